import type { IconName } from '../../ui-kit/icon.tsx'

export interface NavItem {
  path: string
  labelKey: string
  icon: IconName
  /** Shown to whoever may do this (or one of these) at the site; null: everyone signed in. */
  action: string | readonly string[] | null
  surface: 'desk' | 'gate' | 'phone'
}

/** The one list of places; the left column of the desk and the foot of gate and phone are filtered from it. */
export const nav: readonly NavItem[] = [
  { path: '/', labelKey: 'nav.desk', icon: 'desk', action: null, surface: 'desk' },
  { path: '/inside', labelKey: 'nav.inside', icon: 'group', action: 'visit.read', surface: 'desk' },
  { path: '/register', labelKey: 'nav.register', icon: 'book', action: 'visit.read', surface: 'desk' },
  { path: '/passes', labelKey: 'nav.passes', icon: 'pass', action: 'pass.read', surface: 'desk' },
  { path: '/gate', labelKey: 'nav.gate', icon: 'door', action: 'visit.register', surface: 'gate' },
  { path: '/host', labelKey: 'nav.host', icon: 'phone', action: 'visit.announce', surface: 'phone' },
  { path: '/users', labelKey: 'nav.users', icon: 'user', action: 'user.read', surface: 'desk' },
  { path: '/sites', labelKey: 'nav.sites', icon: 'building', action: 'site.read', surface: 'desk' },
  { path: '/api-keys', labelKey: 'nav.apiKeys', icon: 'key', action: 'apikey.manage', surface: 'desk' },
  { path: '/calendar', labelKey: 'nav.calendar', icon: 'calendar', action: 'calendar.edit', surface: 'desk' },
  { path: '/settings', labelKey: 'nav.settings', icon: 'settings', action: 'setting.read', surface: 'desk' },
  {
    path: '/deliveries',
    labelKey: 'nav.deliveries',
    icon: 'mail',
    action: 'delivery.manage',
    surface: 'desk',
  },
  { path: '/audit', labelKey: 'nav.audit', icon: 'list', action: 'journal.read', surface: 'desk' },
]

/** Where somebody belongs who asked for no page: the first place of the desk, else of the gate, else of the phone. */
export function landing(actions: readonly string[]) {
  const surfaces = ['desk', 'gate', 'phone'] as const
  return surfaces.flatMap((surface) => navFor(surface, actions))[0]?.path ?? '/account'
}

export function navFor(surface: NavItem['surface'], actions: readonly string[]) {
  return nav.filter((item) => {
    if (item.surface !== surface) return false
    if (item.action === null) return true
    const wanted = typeof item.action === 'string' ? [item.action] : item.action
    return wanted.some((action) => actions.includes(action))
  })
}
