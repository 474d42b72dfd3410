import { useQuery } from '@tanstack/react-query'
import { Outlet } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { currentLinkToken } from '../../../ui-kit/client.ts'
import { ConnectionStrip } from '../../../ui-kit/connection-strip.tsx'
import { useLiveState } from '../../../ui-kit/live.ts'
import { SessionContext } from '../../../ui-kit/session.ts'
import { meQuery } from '../queries.ts'
import { MusterBanner } from './muster-banner.tsx'
import css from './phone-shell.module.css'
import { LanguageSwitch } from './shell-bits.tsx'

/** A host's phone: one thumb, one decision. From a signed link there is no session, and none is asked for. */
export function PhoneShell() {
  const { t } = useTranslation()
  const { data: me } = useQuery({ ...meQuery, enabled: currentLinkToken() === undefined })
  const live = useLiveState()
  return (
    <SessionContext value={me ?? null}>
      <div className={css.shell}>
        <header className={css.top}>
          <span className={css.brand}>{me?.site.name ?? t('shell.brand')}</span>
          <LanguageSwitch size="large" />
        </header>
        <ConnectionStrip state={live} />
        {me ? <MusterBanner to="/host/muster" /> : null}
        <main className={css.main} tabIndex={-1}>
          <Outlet />
        </main>
      </div>
    </SessionContext>
  )
}
