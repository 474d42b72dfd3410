import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { readVisitFigureSearch } from '../../../modules/visits/ui/figures/search.ts'
import { readGateSearch } from '../../../modules/visits/ui/gate/gate-search.ts'
import { type RegisterSearch, readRegisterSearch } from '../../../modules/visits/ui/register-search.ts'
import { setLinkToken } from '../../../ui-kit/client.ts'
import { readHomeSearch } from '../home-search.ts'
import { surfaceTexts } from '../i18n.ts'
import { landing } from '../nav.ts'
import { desk, gate, needs, phone, print, signedIn } from './shells.ts'

const home = createRoute({
  getParentRoute: () => desk,
  path: '/',
  // A guard has no desk and a host neither: the nav list says where each belongs.
  beforeLoad: async ({ location }) => {
    const path = landing((await signedIn(location)).actions)
    if (path !== '/') throw redirect({ to: path, replace: true })
  },
  validateSearch: readHomeSearch,
  component: lazyRouteComponent(() => import('../screens/home.tsx'), 'Home'),
})

const inside = createRoute({
  getParentRoute: () => desk,
  path: '/inside',
  beforeLoad: needs('visit.read'),
  component: lazyRouteComponent(() => import('../../../modules/visits/ui/desk/inside.tsx'), 'Inside'),
})

const registerBook = createRoute({
  getParentRoute: () => desk,
  path: '/register',
  beforeLoad: needs('visit.read'),
  validateSearch: readRegisterSearch,
  component: lazyRouteComponent(() => import('../../../modules/visits/ui/desk/register.tsx'), 'Register'),
})

const figures = createRoute({
  getParentRoute: () => desk,
  path: '/visit-figures',
  beforeLoad: needs('visit.figures'),
  validateSearch: readVisitFigureSearch,
  component: lazyRouteComponent(
    () => import('../../../modules/visits/ui/figures/figures.tsx'),
    'VisitFigures',
  ),
})

const figureRows = createRoute({
  getParentRoute: () => desk,
  path: '/visit-figures/rows',
  beforeLoad: needs('visit.figures'),
  validateSearch: readRegisterSearch,
  component: lazyRouteComponent(() => import('../../../modules/visits/ui/figures/rows.tsx'), 'FigureRows'),
})

const passStock = createRoute({
  getParentRoute: () => desk,
  path: '/passes',
  beforeLoad: needs('pass.read'),
  component: lazyRouteComponent(() => import('../../../modules/visits/ui/desk/passes.tsx'), 'Passes'),
})

const devicesPage = createRoute({
  getParentRoute: () => desk,
  path: '/devices',
  beforeLoad: needs('door.manage'),
  component: lazyRouteComponent(() => import('../../../modules/visits/devices/ui/devices.tsx'), 'Devices'),
})

const watchListPage = createRoute({
  getParentRoute: () => desk,
  path: '/watch-list',
  beforeLoad: needs('watch-list.read'),
  component: lazyRouteComponent(
    () => import('../../../modules/visits/ui/desk/watch/watch-list.tsx'),
    'WatchList',
  ),
})

const refusalsPage = createRoute({
  getParentRoute: () => desk,
  path: '/refusals',
  beforeLoad: needs('refusal.read'),
  component: lazyRouteComponent(
    () => import('../../../modules/visits/ui/desk/watch/refusals.tsx'),
    'Refusals',
  ),
})

const visitRoutesTable = createRoute({
  getParentRoute: () => desk,
  path: '/visit-routes',
  beforeLoad: needs('visit.configure'),
  component: lazyRouteComponent(
    () => import('../../../modules/visits/ui/desk/routes/page.tsx'),
    'VisitRoutes',
  ),
})

const gateHome = createRoute({
  getParentRoute: () => gate,
  path: '/gate',
  beforeLoad: needs('visit.register'),
  validateSearch: readGateSearch,
  component: lazyRouteComponent(() => import('../../../modules/visits/ui/gate/gate.tsx'), 'Gate'),
})

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
  component: lazyRouteComponent(() => import('../screens/phone-home.tsx'), 'PhoneHome'),
})

/** A visitor's own page: the link in the invitation, no colleague, no sign-in. */
const guest = createRoute({
  getParentRoute: () => phone,
  path: '/i',
  component: lazyRouteComponent(async () => {
    await surfaceTexts('guest')
    return await import('../../../modules/visits/ui/phone/guest/guest-page.tsx')
  }, 'GuestPage'),
})

const agreements = createRoute({
  getParentRoute: () => desk,
  path: '/agreements',
  beforeLoad: needs('agreement.manage'),
  component: lazyRouteComponent(
    () => import('../../../modules/visits/ui/desk/guests/agreements.tsx'),
    'Agreements',
  ),
})

const kiosks = createRoute({
  getParentRoute: () => desk,
  path: '/kiosks',
  beforeLoad: needs('kiosk.manage'),
  component: lazyRouteComponent(() => import('../../../modules/visits/ui/desk/guests/kiosks.tsx'), 'Kiosks'),
})

const hostLink = createRoute({
  getParentRoute: () => phone,
  path: '/h',
  component: lazyRouteComponent(() => import('../../../modules/visits/ui/phone/host-link.tsx'), 'HostLink'),
})

const privacyPage = createRoute({
  getParentRoute: () => desk,
  path: '/privacy',
  beforeLoad: needs('privacy.read'),
  component: lazyRouteComponent(
    () => import('../../../modules/visits/ui/desk/privacy/privacy.tsx'),
    'Privacy',
  ),
})

const printVisit = createRoute({
  getParentRoute: () => print,
  path: '/print/visits/$id',
  validateSearch: (search): { paper?: 'slip' | 'card' | 'label' } =>
    search.paper === 'slip' || search.paper === 'card' || search.paper === 'label'
      ? { paper: search.paper }
      : {},
  component: lazyRouteComponent(
    () => import('../../../modules/visits/ui/print/visit-paper.tsx'),
    'VisitPaper',
  ),
})

const printRegister = createRoute({
  getParentRoute: () => print,
  path: '/print/register',
  beforeLoad: needs('visit.read'),
  validateSearch: (search): RegisterSearch & { form?: 'in-out' } => ({
    ...readRegisterSearch(search),
    ...(search.form === 'in-out' ? { form: search.form } : {}),
  }),
  component: lazyRouteComponent(
    () => import('../../../modules/visits/ui/print/register-paper.tsx'),
    'RegisterPaper',
  ),
})

/** Screens of the module by shell. */
export const visitScreens = {
  desk: [
    agreements,
    kiosks,
    home,
    inside,
    registerBook,
    figures,
    figureRows,
    passStock,
    devicesPage,
    visitRoutesTable,
    watchListPage,
    refusalsPage,
    privacyPage,
  ],
  gate: [gateHome],
  phone: [guest, host, hostLink],
  print: [printVisit, printRegister],
} as const
