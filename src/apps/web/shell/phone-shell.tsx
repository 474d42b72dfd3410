import { useQuery } from '@tanstack/react-query'
import { Outlet, useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { currentLinkToken } from '../../../ui-kit/client.ts'
import { ConnectionStrip } from '../../../ui-kit/connection-strip.tsx'
import { Icon } from '../../../ui-kit/icon.tsx'
import { useLiveState } from '../../../ui-kit/live.ts'
import { Menu } from '../../../ui-kit/menu.tsx'
import { SessionContext } from '../../../ui-kit/session.ts'
import { navFor } from '../nav.ts'
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
          <div className={css.right}>
            <LanguageSwitch size="large" />
            {me ? <Places name={me.user.name} actions={me.actions} /> : null}
          </div>
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

/** The other pages of a host; and out, for a phone that is handed on or was borrowed (G5). */
function Places({ name, actions }: { name: string; actions: readonly string[] }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  async function leave() {
    const { signOut } = await import('../sign-out.ts')
    await signOut()
    await navigate({ to: '/sign-in' })
  }
  return (
    <Menu
      label={t('shell.user.label', { name })}
      align="end"
      items={[
        ...navFor('phone', actions).map(({ path, labelKey, icon }) => ({
          id: path,
          label: t(labelKey),
          icon,
          run: () => void navigate({ to: path }),
        })),
        { id: 'leave', label: t('shell.user.leave'), icon: 'signOut', apart: true, run: () => void leave() },
      ]}
    >
      <Icon name="user" />
    </Menu>
  )
}
