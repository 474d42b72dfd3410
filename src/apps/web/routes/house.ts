import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { surfaceTexts } from '../i18n.ts'
import { desk, gate, needs, phone, root, safeReturn } from './shells.ts'

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: (search): { return?: string } => {
    const path = safeReturn(search.return)
    return path ? { return: path } : {}
  },
  component: lazyRouteComponent(() => import('../screens/sign-in.tsx'), 'SignIn'),
})

const setup = createRoute({
  getParentRoute: () => root,
  path: '/setup',
  component: lazyRouteComponent(() => import('../screens/setup.tsx'), 'Setup'),
})

const account = createRoute({
  getParentRoute: () => desk,
  path: '/account',
  component: lazyRouteComponent(() => import('../../../modules/identity/ui/desk/account.tsx'), 'Account'),
})

const workingCalendar = createRoute({
  getParentRoute: () => desk,
  path: '/calendar',
  beforeLoad: needs('calendar.read'),
  component: lazyRouteComponent(() => import('../../../kernel/calendar/ui/calendar.tsx'), 'WorkingCalendar'),
})

const users = createRoute({
  getParentRoute: () => desk,
  path: '/users',
  beforeLoad: needs('user.read'),
  component: lazyRouteComponent(() => import('../../../modules/identity/ui/desk/users.tsx'), 'Users'),
})

const apiKeys = createRoute({
  getParentRoute: () => desk,
  path: '/api-keys',
  beforeLoad: needs('apikey.manage'),
  component: lazyRouteComponent(() => import('../../../modules/identity/ui/desk/api-keys.tsx'), 'ApiKeys'),
})

const sites = createRoute({
  getParentRoute: () => desk,
  path: '/sites',
  beforeLoad: needs('site.read'),
  component: lazyRouteComponent(() => import('../../../modules/identity/ui/desk/sites.tsx'), 'Sites'),
})

const audit = createRoute({
  getParentRoute: () => desk,
  path: '/audit',
  beforeLoad: needs('journal.read'),
  component: lazyRouteComponent(() => import('../../../modules/identity/ui/desk/audit.tsx'), 'Audit'),
})

const settings = createRoute({
  getParentRoute: () => desk,
  path: '/settings',
  beforeLoad: needs('setting.read'),
  validateSearch: (search): { key?: string } => (typeof search.key === 'string' ? { key: search.key } : {}),
  component: lazyRouteComponent(() => import('../../../kernel/settings/ui/settings.tsx'), 'Settings'),
})

const notifications = createRoute({
  getParentRoute: () => desk,
  path: '/notifications',
  component: lazyRouteComponent(
    () => import('../../../kernel/notifications/ui/notifications.tsx'),
    'Notifications',
  ),
})

const deliveries = createRoute({
  getParentRoute: () => desk,
  path: '/deliveries',
  beforeLoad: needs('delivery.manage'),
  component: lazyRouteComponent(
    () => import('../../../kernel/notifications/ui/deliveries.tsx'),
    'Deliveries',
  ),
})

const channels = createRoute({
  getParentRoute: () => desk,
  path: '/channels',
  beforeLoad: needs('channel.manage'),
  component: lazyRouteComponent(
    () => import('../../../kernel/notifications/ui/channels/channels.tsx'),
    'Channels',
  ),
})

const todo = createRoute({
  getParentRoute: () => desk,
  path: '/todo',
  beforeLoad: needs('task.use'),
  component: lazyRouteComponent(() => import('../../../kernel/tasks/ui/todo-page.tsx'), 'TodoPage'),
})

/** What may be imported says the importer, so the page itself asks. */
const importPage = createRoute({
  getParentRoute: () => desk,
  path: '/imports/$kind',
  component: lazyRouteComponent(() => import('../../../kernel/imports/ui/imports.tsx'), 'Imports'),
})

const gateTodo = createRoute({
  getParentRoute: () => gate,
  path: '/gate/todo',
  beforeLoad: needs('task.use'),
  component: lazyRouteComponent(() => import('../../../kernel/tasks/ui/todo-page.tsx'), 'TodoPageLarge'),
})

const phoneTodo = createRoute({
  getParentRoute: () => phone,
  path: '/host/todo',
  beforeLoad: needs('task.use'),
  component: lazyRouteComponent(() => import('../../../kernel/tasks/ui/todo-page.tsx'), 'TodoPageLarge'),
})

/** Screens of kernel and identity by shell. */
/** The words come with the list; it is opened from the strip of either shell. */
async function outboxPage() {
  const [page] = await Promise.all([import('../screens/outbox/outbox.tsx'), surfaceTexts('offline')])
  return page
}

const readLeaving = (search: Readonly<Record<string, unknown>>): { leaving?: true } =>
  search.leaving === true ? { leaving: true } : {}

const deskOutbox = createRoute({
  getParentRoute: () => desk,
  path: '/offline',
  beforeLoad: needs('visit.register'),
  validateSearch: readLeaving,
  component: lazyRouteComponent(outboxPage, 'Outbox'),
})

const gateOutbox = createRoute({
  getParentRoute: () => gate,
  path: '/gate/offline',
  beforeLoad: needs('visit.register'),
  validateSearch: readLeaving,
  component: lazyRouteComponent(outboxPage, 'Outbox'),
})

export const houseScreens = {
  root: [signIn, setup],
  desk: [
    account,
    workingCalendar,
    users,
    apiKeys,
    sites,
    audit,
    settings,
    notifications,
    deliveries,
    channels,
    todo,
    importPage,
    deskOutbox,
  ],
  gate: [gateTodo, gateOutbox],
  phone: [phoneTodo],
} as const
