import { Link, Outlet } from '@tanstack/react-router'
import { Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { ConnectionStrip } from '../../../ui-kit/connection-strip.tsx'
import { Icon } from '../../../ui-kit/icon.tsx'
import { KeyHelp } from '../../../ui-kit/key-help.tsx'
import { lazyPart } from '../../../ui-kit/lazy-part.ts'
import { useLiveState } from '../../../ui-kit/live.ts'
import { useOffline } from '../../../ui-kit/offline/state.ts'
import { SessionContext } from '../../../ui-kit/session.ts'
import { navFor } from '../nav.ts'
import { AlarmStrip } from './alarm-strip.tsx'
import css from './gate-shell.module.css'
import { MusterBanner } from './muster-banner.tsx'
import { Clock, LanguageSwitch, ThemeSwitch, UserMenu } from './shell-bits.tsx'
import { useManifest } from './use-manifest.ts'
import { useShell } from './use-shell.ts'

const GateReader = lazyPart(
  async () => (await import('../../../modules/visits/ui/gate/gate-reader.tsx')).GateReader,
)

/** Tablet or phone at the gate, in sunlight and with gloves: everything at least 48 px, places at the foot. */
export function GateShell() {
  useManifest('gate')
  const { t } = useTranslation()
  const { me, leave, openOutbox } = useShell()
  const live = useLiveState()
  const offline = useOffline()
  const places = navFor('gate', me.actions)
  return (
    <SessionContext value={me}>
      <div className={css.shell}>
        <header className={css.top}>
          <span className={css.site}>{me.site.name}</span>
          <Clock zone={me.site.zone} />
          <div className={css.right}>
            <LanguageSwitch size="large" />
            <ThemeSwitch />
            <UserMenu name={me.user.name} leave={leave} />
          </div>
        </header>
        <ConnectionStrip
          state={offline.online ? live : 'offline'}
          waiting={offline.waiting}
          conflicts={offline.conflicts}
          onOpen={openOutbox}
          onUpdate={offline.update}
        />
        <MusterBanner to="/gate/muster" />
        <AlarmStrip surface="gate" />
        <main className={css.main} tabIndex={-1}>
          <Outlet />
        </main>
        {places.length > 1 ? (
          <nav className={css.nav} aria-label={t('shell.nav')}>
            {places.map((item) => (
              <Link
                key={item.path}
                to={item.path}
                className={css.place}
                activeOptions={{ exact: true, includeSearch: false }}
              >
                <Icon name={item.icon} size={24} />
                {t(item.labelKey)}
              </Link>
            ))}
          </nav>
        ) : null}
        <Suspense>
          <GateReader />
        </Suspense>
        <KeyHelp />
      </div>
    </SessionContext>
  )
}
