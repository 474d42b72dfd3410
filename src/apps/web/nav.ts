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

/** Path, text, icon, and what one must be allowed to do there. */
type Place = readonly [path: string, labelKey: string, icon: IconName, action: NavItem['action']]

/** The one list of places; the left column of the desk and the foot of gate and phone are filtered from it. */
const places: readonly (Pick<NavItem, 'surface' | 'group'> & { list: readonly Place[] })[] = [
  {
    surface: 'desk',
    list: [
      ['/', 'nav.desk', 'desk', desk],
      ['/todo', 'nav.todo', 'task', 'task.read-all'],
      ['/inside', 'nav.inside', 'group', 'visit.read'],
      ['/register', 'nav.register', 'book', 'visit.read'],
      ['/groups', 'nav.groups', 'group', 'visit.register'],
      ['/calls', 'nav.calls', 'phone', 'call.read'],
      ['/messages', 'nav.messages', 'message', 'message.read'],
      ['/callbacks', 'nav.callbacks', 'swap', 'callback.read'],
      ['/customers', 'nav.customers', 'building', 'customer.read'],
      ['/muster', 'nav.muster', 'signOut', 'muster.read'],
    ],
  },
  {
    surface: 'desk',
    group: 'visits',
    list: [
      ['/visit-figures', 'nav.visitFigures', 'chart', 'visit.figures'],
      ['/important', 'nav.important', 'star', 'visit.read'],
      ['/vehicles', 'nav.vehicles', 'car', 'vehicle.read'],
      ['/emergencies', 'nav.emergencies', 'alert', 'visit.read'],
      ['/unannounced', 'nav.unannounced', 'user', 'visit.register'],
      ['/incidents', 'nav.incidents', 'shield', 'incident.read'],
      ['/staff-register', 'nav.staffRegister', 'door', 'outing.read'],
      ['/permits', 'nav.permits', 'pass', 'permit.manage'],
      ['/passes', 'nav.passes', 'pass', 'pass.read'],
      ['/refusals', 'nav.refusals', 'minus', 'refusal.read'],
      ['/watch-list', 'nav.watchList', 'shield', 'watch-list.read'],
    ],
  },
  {
    surface: 'desk',
    group: 'phone',
    list: [
      ['/call-figures', 'nav.callFigures', 'chart', 'call.figures'],
      ['/private-calls', 'nav.privateCalls', 'lock', 'call.see'],
      ['/duty-days', 'nav.dutyDays', 'calendar', 'line.note'],
      ['/directory', 'nav.directory', 'book', 'directory.read'],
    ],
  },
  {
    surface: 'desk',
    group: 'house',
    list: [
      ['/visit-routes', 'nav.visitRoutes', 'swap', 'visit.configure'],
      ['/areas', 'nav.areas', 'pin', 'area.manage'],
      ['/agreements', 'nav.agreements', 'signature', 'agreement.manage'],
      ['/kiosks', 'nav.kiosks', 'scan', 'kiosk.manage'],
      ['/devices', 'nav.devices', 'door', 'door.manage'],
      ['/privacy', 'nav.privacy', 'lock', 'privacy.read'],
      ['/calendar', 'nav.calendar', 'calendar', 'calendar.edit'],
      ['/users', 'nav.users', 'user', 'user.read'],
      ['/sites', 'nav.sites', 'building', 'site.read'],
      ['/api-keys', 'nav.apiKeys', 'key', 'apikey.manage'],
      ['/exchange', 'nav.exchange', 'phone', 'exchange.configure'],
      ['/settings', 'nav.settings', 'settings', 'setting.read'],
      ['/channels', 'nav.channels', 'message', 'channel.manage'],
      ['/deliveries', 'nav.deliveries', 'mail', 'delivery.manage'],
      ['/audit', 'nav.audit', 'list', 'journal.read'],
    ],
  },
  {
    surface: 'gate',
    list: [
      ['/gate', 'nav.gate', 'door', 'visit.register'],
      ['/gate/todo', 'nav.todo', 'task', 'visit.register'],
      ['/gate/groups', 'nav.groups', 'group', 'visit.register'],
      ['/gate/vehicles', 'nav.vehicles', 'car', 'visit.register'],
      ['/gate/important', 'nav.important', 'star', 'visit.register'],
      ['/gate/staff', 'nav.staff', 'user', 'outing.register'],
      ['/gate/emergencies', 'nav.emergencies', 'alert', 'visit.register'],
      ['/gate/unannounced', 'nav.unannounced', 'user', 'visit.register'],
      ['/gate/muster', 'nav.muster', 'signOut', 'muster.lead'],
    ],
  },
  {
    surface: 'phone',
    list: [
      ['/host', 'nav.host', 'phone', 'visit.announce'],
      ['/host/todo', 'nav.todo', 'task', 'task.use'],
      ['/host/groups', 'nav.groups', 'group', 'visit.announce'],
      ['/host/areas', 'nav.approvals', 'pin', 'area.decide'],
      ['/host/outings', 'nav.outings', 'door', 'outing.request'],
    ],
  },
]

const nav: readonly NavItem[] = places.flatMap(({ list, ...where }) =>
  list.map(([path, labelKey, icon, action]) => ({ path, labelKey, icon, action, ...where })),
)

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
