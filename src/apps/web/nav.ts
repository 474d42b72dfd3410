import type { IconName } from '../../ui-kit/icon.tsx'

export interface NavItem {
  path: string
  labelKey: string
  icon: IconName
  /** Shown to whoever may do this (or one of these) at the site; null: everyone signed in. */
  action: string | readonly string[] | null
  surface: 'desk' | 'gate' | 'phone'
  /** Not needed every hour: stands in this drawer of the desk's column. */
  group?: NavGroup
}

type NavGroup = 'visits' | 'phone' | 'house'

export const navGroups: readonly { group: NavGroup; labelKey: string; icon: IconName }[] = [
  { group: 'visits', labelKey: 'nav.group.visits', icon: 'book' },
  { group: 'phone', labelKey: 'nav.group.phone', icon: 'phone' },
  { group: 'house', labelKey: 'nav.group.house', icon: 'settings' },
]

/** Who has a desk: reception, duty manager, office, those who lead and look after the house. A guard has the gate. */
const desk = ['pass.manage', 'visit.export', 'visit.configure', 'user.read']

/** The one list of places; the left column of the desk and the foot of gate and phone are filtered from it. */
const nav: readonly NavItem[] = [
  { path: '/', labelKey: 'nav.desk', icon: 'desk', action: desk, surface: 'desk' },
  { path: '/todo', labelKey: 'nav.todo', icon: 'task', action: 'task.read-all', surface: 'desk' },
  { path: '/inside', labelKey: 'nav.inside', icon: 'group', action: 'visit.read', surface: 'desk' },
  { path: '/register', labelKey: 'nav.register', icon: 'book', action: 'visit.read', surface: 'desk' },
  { path: '/groups', labelKey: 'nav.groups', icon: 'group', action: 'visit.register', surface: 'desk' },
  { path: '/calls', labelKey: 'nav.calls', icon: 'phone', action: 'call.read', surface: 'desk' },
  { path: '/messages', labelKey: 'nav.messages', icon: 'message', action: 'message.read', surface: 'desk' },
  { path: '/callbacks', labelKey: 'nav.callbacks', icon: 'swap', action: 'callback.read', surface: 'desk' },
  {
    path: '/customers',
    labelKey: 'nav.customers',
    icon: 'building',
    action: 'customer.read',
    surface: 'desk',
  },
  { path: '/muster', labelKey: 'nav.muster', icon: 'signOut', action: 'muster.read', surface: 'desk' },
  {
    path: '/visit-figures',
    labelKey: 'nav.visitFigures',
    icon: 'chart',
    action: 'visit.figures',
    surface: 'desk',
    group: 'visits',
  },
  {
    path: '/important',
    labelKey: 'nav.important',
    icon: 'star',
    action: 'visit.read',
    surface: 'desk',
    group: 'visits',
  },
  {
    path: '/vehicles',
    labelKey: 'nav.vehicles',
    icon: 'car',
    action: 'vehicle.read',
    surface: 'desk',
    group: 'visits',
  },
  {
    path: '/emergencies',
    labelKey: 'nav.emergencies',
    icon: 'alert',
    action: 'visit.read',
    surface: 'desk',
    group: 'visits',
  },
  {
    path: '/unannounced',
    labelKey: 'nav.unannounced',
    icon: 'user',
    action: 'visit.register',
    surface: 'desk',
    group: 'visits',
  },
  {
    path: '/incidents',
    labelKey: 'nav.incidents',
    icon: 'shield',
    action: 'incident.read',
    surface: 'desk',
    group: 'visits',
  },
  {
    path: '/staff-register',
    labelKey: 'nav.staffRegister',
    icon: 'door',
    action: 'outing.read',
    surface: 'desk',
    group: 'visits',
  },
  {
    path: '/permits',
    labelKey: 'nav.permits',
    icon: 'pass',
    action: 'permit.manage',
    surface: 'desk',
    group: 'visits',
  },
  {
    path: '/passes',
    labelKey: 'nav.passes',
    icon: 'pass',
    action: 'pass.read',
    surface: 'desk',
    group: 'visits',
  },
  {
    path: '/refusals',
    labelKey: 'nav.refusals',
    icon: 'minus',
    action: 'refusal.read',
    surface: 'desk',
    group: 'visits',
  },
  {
    path: '/watch-list',
    labelKey: 'nav.watchList',
    icon: 'shield',
    action: 'watch-list.read',
    surface: 'desk',
    group: 'visits',
  },
  {
    path: '/call-figures',
    labelKey: 'nav.callFigures',
    icon: 'chart',
    action: 'call.figures',
    surface: 'desk',
    group: 'phone',
  },
  {
    path: '/private-calls',
    labelKey: 'nav.privateCalls',
    icon: 'lock',
    action: 'call.see',
    surface: 'desk',
    group: 'phone',
  },
  {
    path: '/duty-days',
    labelKey: 'nav.dutyDays',
    icon: 'calendar',
    action: 'line.note',
    surface: 'desk',
    group: 'phone',
  },
  {
    path: '/directory',
    labelKey: 'nav.directory',
    icon: 'book',
    action: 'directory.read',
    surface: 'desk',
    group: 'phone',
  },
  {
    path: '/visit-routes',
    labelKey: 'nav.visitRoutes',
    icon: 'swap',
    action: 'visit.configure',
    surface: 'desk',
    group: 'house',
  },
  {
    path: '/areas',
    labelKey: 'nav.areas',
    icon: 'pin',
    action: 'area.manage',
    surface: 'desk',
    group: 'house',
  },
  {
    path: '/agreements',
    labelKey: 'nav.agreements',
    icon: 'signature',
    action: 'agreement.manage',
    surface: 'desk',
    group: 'house',
  },
  {
    path: '/kiosks',
    labelKey: 'nav.kiosks',
    icon: 'scan',
    action: 'kiosk.manage',
    surface: 'desk',
    group: 'house',
  },
  {
    path: '/devices',
    labelKey: 'nav.devices',
    icon: 'door',
    action: 'door.manage',
    surface: 'desk',
    group: 'house',
  },
  {
    path: '/privacy',
    labelKey: 'nav.privacy',
    icon: 'lock',
    action: 'privacy.read',
    surface: 'desk',
    group: 'house',
  },
  {
    path: '/calendar',
    labelKey: 'nav.calendar',
    icon: 'calendar',
    action: 'calendar.edit',
    surface: 'desk',
    group: 'house',
  },
  {
    path: '/users',
    labelKey: 'nav.users',
    icon: 'user',
    action: 'user.read',
    surface: 'desk',
    group: 'house',
  },
  {
    path: '/sites',
    labelKey: 'nav.sites',
    icon: 'building',
    action: 'site.read',
    surface: 'desk',
    group: 'house',
  },
  {
    path: '/api-keys',
    labelKey: 'nav.apiKeys',
    icon: 'key',
    action: 'apikey.manage',
    surface: 'desk',
    group: 'house',
  },
  {
    path: '/exchange',
    labelKey: 'nav.exchange',
    icon: 'phone',
    action: 'exchange.configure',
    surface: 'desk',
    group: 'house',
  },
  {
    path: '/settings',
    labelKey: 'nav.settings',
    icon: 'settings',
    action: 'setting.read',
    surface: 'desk',
    group: 'house',
  },
  {
    path: '/channels',
    labelKey: 'nav.channels',
    icon: 'message',
    action: 'channel.manage',
    surface: 'desk',
    group: 'house',
  },
  {
    path: '/deliveries',
    labelKey: 'nav.deliveries',
    icon: 'mail',
    action: 'delivery.manage',
    surface: 'desk',
    group: 'house',
  },
  {
    path: '/audit',
    labelKey: 'nav.audit',
    icon: 'list',
    action: 'journal.read',
    surface: 'desk',
    group: 'house',
  },
  { path: '/gate', labelKey: 'nav.gate', icon: 'door', action: 'visit.register', surface: 'gate' },
  { path: '/gate/todo', labelKey: 'nav.todo', icon: 'task', action: 'visit.register', surface: 'gate' },
  { path: '/gate/groups', labelKey: 'nav.groups', icon: 'group', action: 'visit.register', surface: 'gate' },
  {
    path: '/gate/vehicles',
    labelKey: 'nav.vehicles',
    icon: 'car',
    action: 'visit.register',
    surface: 'gate',
  },
  {
    path: '/gate/important',
    labelKey: 'nav.important',
    icon: 'star',
    action: 'visit.register',
    surface: 'gate',
  },
  { path: '/gate/staff', labelKey: 'nav.staff', icon: 'user', action: 'outing.register', surface: 'gate' },
  {
    path: '/gate/emergencies',
    labelKey: 'nav.emergencies',
    icon: 'alert',
    action: 'visit.register',
    surface: 'gate',
  },
  {
    path: '/gate/unannounced',
    labelKey: 'nav.unannounced',
    icon: 'user',
    action: 'visit.register',
    surface: 'gate',
  },
  { path: '/gate/muster', labelKey: 'nav.muster', icon: 'signOut', action: 'muster.lead', surface: 'gate' },
  { path: '/host', labelKey: 'nav.host', icon: 'phone', action: 'visit.announce', surface: 'phone' },
  { path: '/host/todo', labelKey: 'nav.todo', icon: 'task', action: 'task.use', surface: 'phone' },
  { path: '/host/groups', labelKey: 'nav.groups', icon: 'group', action: 'visit.announce', surface: 'phone' },
  { path: '/host/areas', labelKey: 'nav.approvals', icon: 'pin', action: 'area.decide', surface: 'phone' },
  {
    path: '/host/outings',
    labelKey: 'nav.outings',
    icon: 'door',
    action: 'outing.request',
    surface: 'phone',
  },
]

/** Homes in the order in which they are offered: whoever works at the desk starts there, a guard at the gate, a host on the phone. */
const homes = ['/', '/gate', '/host']

/** Where somebody belongs who asked for no page. */
export function landing(actions: readonly string[]) {
  const open = nav.filter((item) => mayOpen(item, actions)).map((item) => item.path)
  return homes.find((home) => open.includes(home)) ?? open[0] ?? '/account'
}

function mayOpen({ action }: NavItem, actions: readonly string[]) {
  if (action === null) return true
  return (typeof action === 'string' ? [action] : action).some((wanted) => actions.includes(wanted))
}

export function navFor(surface: NavItem['surface'], actions: readonly string[]) {
  return nav.filter((item) => item.surface === surface && mayOpen(item, actions))
}
