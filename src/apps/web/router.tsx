import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router'
import { readGateSearch } from '../../modules/visits/ui/gate/gate-search.ts'
import { readRegisterSearch } from '../../modules/visits/ui/register-search.ts'
import { setLinkToken } from '../../ui-kit/client.ts'
import { ApiProblem } from '../../ui-kit/problem.ts'
import { landing } from './nav.ts'
import { meQuery, queryClient } from './queries.ts'
import { FaultPage } from './screens/fault-page.tsx'
import { LoadingPage } from './screens/loading-page.tsx'
import { NotFoundPage } from './screens/not-found-page.tsx'

/** A path of this site only: the address may come from anywhere, and must not lead out (open redirect). */
export function safeReturn(path: unknown): string | undefined {
  if (
    typeof path !== 'string' ||
    !path.startsWith('/') ||
    /^\/[/\\]/.test(path) ||
    path.startsWith('/sign-in')
  )
    return
  return path
}

/** Signed in, or on the way to the sign-in page with the way back. */
async function signedIn(location: { href: string }) {
  try {
    return await queryClient.ensureQueryData(meQuery)
  } catch (fault) {
    if (fault instanceof ApiProblem && fault.status === 401) {
      throw redirect({
        to: '/sign-in',
        search: location.href === '/' ? {} : { return: location.href },
        replace: true,
      })
    }
    throw fault
  }
}

/** For `beforeLoad` of a screen that needs one of these actions; others see the no-permission page. */
export function needs(...actions: readonly string[]) {
  return async ({ location }: { location: { href: string } }) => {
    const me = await signedIn(location)
    if (!actions.some((action) => me.actions.includes(action))) {
      throw new ApiProblem({ code: 'auth.forbidden', status: 403 })
    }
  }
}

const root = createRootRoute({ component: Outlet, notFoundComponent: NotFoundPage })

// Pages before sign-in -------------------------------------------------------------------------------------------

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: (search): { return?: string } => {
    const path = safeReturn(search.return)
    return path ? { return: path } : {}
  },
  component: lazyRouteComponent(() => import('./screens/sign-in.tsx'), 'SignIn'),
})

const setup = createRoute({
  getParentRoute: () => root,
  path: '/setup',
  component: lazyRouteComponent(() => import('./screens/setup.tsx'), 'Setup'),
})

// Shells ---------------------------------------------------------------------------------------------------------

const desk = createRoute({
  getParentRoute: () => root,
  id: 'desk',
  beforeLoad: ({ location }) => signedIn(location),
  component: lazyRouteComponent(() => import('./shell/desk-shell.tsx'), 'DeskShell'),
})

const gate = createRoute({
  getParentRoute: () => root,
  id: 'gate',
  beforeLoad: ({ location }) => signedIn(location),
  component: lazyRouteComponent(() => import('./shell/gate-shell.tsx'), 'GateShell'),
})

/** Opened signed in or from a signed link, so it does not ask for sign-in by itself. */
const phone = createRoute({
  getParentRoute: () => root,
  id: 'phone',
  // After `#`, so that the token reaches neither logs nor other sites; kept for a reload of this tab.
  beforeLoad: ({ location }) => {
    const token = new URLSearchParams(location.hash).get('link')
    if (token) sessionStorage.setItem('foyer.link', token)
    setLinkToken(token ?? sessionStorage.getItem('foyer.link') ?? undefined)
  },
  component: lazyRouteComponent(() => import('./shell/phone-shell.tsx'), 'PhoneShell'),
})

const print = createRoute({
  getParentRoute: () => root,
  id: 'print',
  beforeLoad: ({ location }) => signedIn(location),
  component: lazyRouteComponent(() => import('./shell/print-shell.tsx'), 'PrintShell'),
})

// Desk screens ---------------------------------------------------------------------------------------------------

const home = createRoute({
  getParentRoute: () => desk,
  path: '/',
  // A guard has no desk and a host neither: the nav list says where each belongs.
  beforeLoad: async ({ location }) => {
    const path = landing((await signedIn(location)).actions)
    if (path !== '/') throw redirect({ to: path, replace: true })
  },
  validateSearch: (search): { visit?: string; open?: 'new' | 'announce' } => ({
    ...(typeof search.visit === 'string' ? { visit: search.visit } : {}),
    ...(search.open === 'new' || search.open === 'announce' ? { open: search.open } : {}),
  }),
  component: lazyRouteComponent(() => import('../../modules/visits/ui/desk/console.tsx'), 'Console'),
})

const inside = createRoute({
  getParentRoute: () => desk,
  path: '/inside',
  beforeLoad: needs('visit.read'),
  component: lazyRouteComponent(() => import('../../modules/visits/ui/desk/inside.tsx'), 'Inside'),
})

const account = createRoute({
  getParentRoute: () => desk,
  path: '/account',
  component: lazyRouteComponent(() => import('../../modules/identity/ui/desk/account.tsx'), 'Account'),
})

const workingCalendar = createRoute({
  getParentRoute: () => desk,
  path: '/calendar',
  beforeLoad: needs('calendar.read'),
  component: lazyRouteComponent(() => import('../../kernel/calendar/ui/calendar.tsx'), 'WorkingCalendar'),
})

const users = createRoute({
  getParentRoute: () => desk,
  path: '/users',
  beforeLoad: needs('user.read'),
  component: lazyRouteComponent(() => import('../../modules/identity/ui/desk/users.tsx'), 'Users'),
})

const apiKeys = createRoute({
  getParentRoute: () => desk,
  path: '/api-keys',
  beforeLoad: needs('apikey.manage'),
  component: lazyRouteComponent(() => import('../../modules/identity/ui/desk/api-keys.tsx'), 'ApiKeys'),
})

const sites = createRoute({
  getParentRoute: () => desk,
  path: '/sites',
  beforeLoad: needs('site.read'),
  component: lazyRouteComponent(() => import('../../modules/identity/ui/desk/sites.tsx'), 'Sites'),
})

const audit = createRoute({
  getParentRoute: () => desk,
  path: '/audit',
  beforeLoad: needs('journal.read'),
  component: lazyRouteComponent(() => import('../../modules/identity/ui/desk/audit.tsx'), 'Audit'),
})

const registerBook = createRoute({
  getParentRoute: () => desk,
  path: '/register',
  beforeLoad: needs('visit.read'),
  validateSearch: readRegisterSearch,
  component: lazyRouteComponent(() => import('../../modules/visits/ui/desk/register.tsx'), 'Register'),
})

const passStock = createRoute({
  getParentRoute: () => desk,
  path: '/passes',
  beforeLoad: needs('pass.read'),
  component: lazyRouteComponent(() => import('../../modules/visits/ui/desk/passes.tsx'), 'Passes'),
})

const settings = createRoute({
  getParentRoute: () => desk,
  path: '/settings',
  beforeLoad: needs('setting.read'),
  validateSearch: (search): { key?: string } => (typeof search.key === 'string' ? { key: search.key } : {}),
  component: lazyRouteComponent(() => import('../../kernel/settings/ui/settings.tsx'), 'Settings'),
})

const notifications = createRoute({
  getParentRoute: () => desk,
  path: '/notifications',
  component: lazyRouteComponent(
    () => import('../../kernel/notifications/ui/notifications.tsx'),
    'Notifications',
  ),
})

const deliveries = createRoute({
  getParentRoute: () => desk,
  path: '/deliveries',
  beforeLoad: needs('delivery.manage'),
  component: lazyRouteComponent(() => import('../../kernel/notifications/ui/deliveries.tsx'), 'Deliveries'),
})

const todo = createRoute({
  getParentRoute: () => desk,
  path: '/todo',
  beforeLoad: needs('task.use'),
  component: lazyRouteComponent(() => import('../../kernel/tasks/ui/todo-page.tsx'), 'TodoPage'),
})

const directory = createRoute({
  getParentRoute: () => desk,
  path: '/directory',
  beforeLoad: needs('directory.read'),
  validateSearch: (search): { employee?: string } =>
    typeof search.employee === 'string' ? { employee: search.employee } : {},
  component: lazyRouteComponent(() => import('../../modules/directory/ui/desk/directory.tsx'), 'Directory'),
})

const extensions = createRoute({
  getParentRoute: () => desk,
  path: '/extensions',
  beforeLoad: needs('directory.read'),
  component: lazyRouteComponent(() => import('../../modules/directory/ui/desk/extensions.tsx'), 'Extensions'),
})

/** What may be imported says the importer, so the page itself asks. */
const importPage = createRoute({
  getParentRoute: () => desk,
  path: '/imports/$kind',
  component: lazyRouteComponent(() => import('../../kernel/imports/ui/imports.tsx'), 'Imports'),
})

// Gate screens ---------------------------------------------------------------------------------------------------

const gateHome = createRoute({
  getParentRoute: () => gate,
  path: '/gate',
  beforeLoad: needs('visit.register'),
  validateSearch: readGateSearch,
  component: lazyRouteComponent(() => import('../../modules/visits/ui/gate/gate.tsx'), 'Gate'),
})

const gateTodo = createRoute({
  getParentRoute: () => gate,
  path: '/gate/todo',
  beforeLoad: needs('task.use'),
  component: lazyRouteComponent(() => import('../../kernel/tasks/ui/todo-page.tsx'), 'TodoPageLarge'),
})

// Phone screens --------------------------------------------------------------------------------------------------

const host = createRoute({
  getParentRoute: () => phone,
  path: '/host',
  beforeLoad: ({ location }) => {
    // Letters lead here with the link behind `#`: whoever opens one needs no sign-in.
    if (new URLSearchParams(location.hash).has('link')) {
      throw redirect({ to: '/h', hash: location.hash, replace: true })
    }
    // Whoever signs in speaks for themselves, not for an old link of this tab.
    sessionStorage.removeItem('foyer.link')
    setLinkToken(undefined)
    return signedIn(location)
  },
  validateSearch: (search): { visit?: string; open?: 'announce' } => ({
    ...(typeof search.visit === 'string' ? { visit: search.visit } : {}),
    ...(search.open === 'announce' ? { open: search.open } : {}),
  }),
  component: lazyRouteComponent(() => import('../../modules/visits/ui/phone/host.tsx'), 'Host'),
})

const hostLink = createRoute({
  getParentRoute: () => phone,
  path: '/h',
  component: lazyRouteComponent(() => import('../../modules/visits/ui/phone/host-link.tsx'), 'HostLink'),
})

const phoneTodo = createRoute({
  getParentRoute: () => phone,
  path: '/host/todo',
  beforeLoad: needs('task.use'),
  component: lazyRouteComponent(() => import('../../kernel/tasks/ui/todo-page.tsx'), 'TodoPageLarge'),
})

// Printed sheets -------------------------------------------------------------------------------------------------

const printVisit = createRoute({
  getParentRoute: () => print,
  path: '/print/visits/$id',
  validateSearch: (search): { paper?: 'slip' | 'card' | 'label' } =>
    search.paper === 'slip' || search.paper === 'card' || search.paper === 'label'
      ? { paper: search.paper }
      : {},
  component: lazyRouteComponent(() => import('../../modules/visits/ui/print/visit-paper.tsx'), 'VisitPaper'),
})

const printRegister = createRoute({
  getParentRoute: () => print,
  path: '/print/register',
  beforeLoad: needs('visit.read'),
  validateSearch: readRegisterSearch,
  component: lazyRouteComponent(
    () => import('../../modules/visits/ui/print/register-paper.tsx'),
    'RegisterPaper',
  ),
})

const printExtensions = createRoute({
  getParentRoute: () => print,
  path: '/print/extensions',
  beforeLoad: needs('directory.read'),
  component: lazyRouteComponent(
    () => import('../../modules/directory/ui/print/extension-paper.tsx'),
    'ExtensionPaper',
  ),
})

export const router = createRouter({
  routeTree: root.addChildren([
    signIn,
    setup,
    desk.addChildren([
      home,
      todo,
      inside,
      registerBook,
      passStock,
      account,
      users,
      apiKeys,
      sites,
      workingCalendar,
      audit,
      settings,
      notifications,
      deliveries,
      directory,
      extensions,
      importPage,
    ]),
    gate.addChildren([gateHome, gateTodo]),
    phone.addChildren([host, hostLink, phoneTodo]),
    print.addChildren([printVisit, printRegister, printExtensions]),
  ]),
  defaultErrorComponent: FaultPage,
  defaultPendingComponent: LoadingPage,
  defaultPendingMs: 300,
  defaultPreload: 'intent',
  defaultPreloadStaleTime: 0,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
