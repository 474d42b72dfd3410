import { ExtensionLamp } from '../../../modules/calls/ui/lamps/extension-lamp.tsx'
import { useLamps, useLiveLamps } from '../../../modules/calls/ui/queries.ts'
import { Extensions } from '../../../modules/directory/ui/desk/extensions.tsx'
import { useCan } from '../../../ui-kit/session.ts'

/** 员工分机表 with the lamps of the telephone (C13). */
export function ExtensionList() {
  useLiveLamps()
  const { data: lamps } = useLamps(useCan('line.read'))
  return (
    <Extensions
      beside={
        lamps &&
        (({ id, name, extension }) => {
          const lamp = extension ? lamps.get(extension) : undefined
          return lamp ? <ExtensionLamp lamp={lamp} employeeId={id} name={name} /> : null
        })
      }
    />
  )
}
