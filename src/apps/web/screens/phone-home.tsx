import { Link } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { Host } from '../../../modules/visits/ui/phone/host.tsx'

// After the first screen stands: who waits at the desk comes first on a slow telephone line.
const MyMessages = lazy(async () => ({
  default: (await import('../../../modules/calls/ui/phone/my-messages.tsx')).MyMessages,
}))
const MyLine = lazy(async () => ({
  default: (await import('../../../modules/calls/ui/lamps/my-line.tsx')).MyLineButtons,
}))

/** A host's phone, put together from the modules: visitors from visits, messages and one's line from calls. */
export function PhoneHome() {
  const { t } = useTranslation()
  return (
    <Host
      above={
        <Suspense>
          <MyMessages />
        </Suspense>
      }
      below={
        <Suspense>
          <MyLine />
          <Link to="/host/outings">{t('nav.outings')}</Link>
        </Suspense>
      }
    />
  )
}
