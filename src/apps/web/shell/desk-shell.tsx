import { Link, Outlet, useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { NotificationBell } from '../../../kernel/notifications/ui/bell.tsx'
import { CallStrip } from '../../../modules/calls/ui/desk/call-strip.tsx'
import { MyLineMenu } from '../../../modules/calls/ui/lamps/my-line.tsx'
import { DeskReader } from '../../../modules/visits/ui/desk/desk-reader.tsx'
import { ConnectionStrip } from '../../../ui-kit/connection-strip.tsx'
import { Icon } from '../../../ui-kit/icon.tsx'
import { KeyHelp } from '../../../ui-kit/key-help.tsx'
import { useLiveState } from '../../../ui-kit/live.ts'
import { Menu } from '../../../ui-kit/menu.tsx'
import { useOffline } from '../../../ui-kit/offline/state.ts'
import { SessionContext } from '../../../ui-kit/session.ts'
import { navFor, navGroups } from '../nav.ts'
import { AlarmStrip } from './alarm-strip.tsx'
import css from './desk-shell.module.css'
import { MusterBanner } from './muster-banner.tsx'
import { NavDrawer } from './nav-drawer.tsx'
import { SearchBox } from './search-box.tsx'
import { Clock, LanguageSwitch, ThemeSwitch, UserMenu } from './shell-bits.tsx'
import { useManifest } from './use-manifest.ts'
import { useShell } from './use-shell.ts'

/** The desk: places on the left, one line above, the screen in the rest; only lists scroll. */
export function DeskShell() {
  useManifest('desk')
  const { t } = useTranslation()
  const { me, switchSite, leave, openOutbox } = useShell()
  const navigate = useNavigate()
  const live = useLiveState()
  const offline = useOffline()
  const go = (path: string) => void navigate({ to: path })
  const places = navFor('desk', me.actions)
  return (
    <SessionContext value={me}>
      <div className={css.shell}>
        <a className={css.skip} href="#main">
          {t('shell.skip')}
        </a>
        <header className={css.top}>
          <Link to="/" className={css.brand}>
            {t('shell.brand')}
          </Link>
          {me.sites.length > 1 ? (
            <Menu
              label={t('shell.site', { name: me.site.name })}
              items={me.sites.map((site) => ({
                id: site.id,
                label: site.name,
                chosen: site.id === me.site.id,
                run: () => void switchSite(site.id),
              }))}
            >
              <span className={css.site}>{me.site.name}</span>
            </Menu>
          ) : (
            <span className={css.site}>{me.site.name}</span>
          )}
          <SearchBox go={go} leave={leave} />
          <div className={css.right}>
            <Clock zone={me.site.zone} />
            <MyLineMenu />
            <NotificationBell />
            <LanguageSwitch />
            <ThemeSwitch />
            <UserMenu name={me.user.name} go={go} leave={leave} />
          </div>
        </header>
        <nav className={css.nav} aria-label={t('shell.nav')}>
          {places
            .filter(({ group }) => group === undefined)
            .map((item) => (
              <Link
                key={item.path}
                to={item.path}
                className={css.place}
                activeOptions={{ exact: item.path === '/' }}
              >
                <Icon name={item.icon} />
                <span>{t(item.labelKey)}</span>
              </Link>
            ))}
          {navGroups.map(({ group, labelKey, icon }) => {
            const items = places.filter((item) => item.group === group)
            return items.length === 0 ? null : (
              <NavDrawer key={group} label={t(labelKey)} icon={icon} className={css.place} items={items} />
            )
          })}
        </nav>
        <div className={css.rest}>
          <ConnectionStrip
            state={offline.online ? live : 'offline'}
            waiting={offline.waiting}
            conflicts={offline.conflicts}
            onOpen={openOutbox}
            onUpdate={offline.update}
          />
          <MusterBanner to="/muster" />
          <CallStrip />
          <AlarmStrip surface="desk" />
          <main id="main" className={css.main} tabIndex={-1}>
            <Outlet />
          </main>
        </div>
        <DeskReader />
        <KeyHelp />
      </div>
    </SessionContext>
  )
}
