import { MyLineButtons } from '../../../modules/calls/ui/lamps/my-line.tsx'
import { MyMessages } from '../../../modules/calls/ui/phone/my-messages.tsx'
import { Host } from '../../../modules/visits/ui/phone/host.tsx'

/** A host's phone, put together from the modules: visitors from visits, messages and one's line from calls. */
export function PhoneHome() {
  return <Host above={<MyMessages />} below={<MyLineButtons />} />
}
