import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { readOutingSearch } from '../../../modules/visits/staff-register/ui/search.ts'
import { surfaceTexts } from '../i18n.ts'
import { desk, gate, needs, phone, print, signedIn } from './shells.ts'

/** The screens come with their words, which no surface loads at first (budgets of design §5). */
async function worded<T>(screen: Promise<T>): Promise<T> {
  await surfaceTexts('muster')
  return await screen
}

const muster = createRoute({
  getParentRoute: () => desk,
  path: '/muster',
  beforeLoad: needs('muster.read'),
  component: lazyRouteComponent(
    () => worded(import('../../../modules/visits/muster/ui/desk/muster.tsx')),
    'Muster',
  ),
})

const musterReport = createRoute({
  getParentRoute: () => desk,
  path: '/muster/$id',
  beforeLoad: needs('muster.read'),
  component: lazyRouteComponent(
    () => worded(import('../../../modules/visits/muster/ui/desk/report.tsx')),
    'MusterReport',
  ),
})

const gateMuster = createRoute({
  getParentRoute: () => gate,
  path: '/gate/muster',
  beforeLoad: needs('muster.see'),
  component: lazyRouteComponent(
    () => worded(import('../../../modules/visits/muster/ui/gate/muster-page.tsx')),
    'GateMuster',
  ),
})

const phoneMuster = createRoute({
  getParentRoute: () => phone,
  path: '/host/muster',
  beforeLoad: ({ location }) => signedIn(location),
  component: lazyRouteComponent(
    () => worded(import('../../../modules/visits/muster/ui/phone/muster-page.tsx')),
    'PhoneMuster',
  ),
})

const printMuster = createRoute({
  getParentRoute: () => print,
  path: '/print/muster/$id',
  beforeLoad: needs('muster.read'),
  component: lazyRouteComponent(
    () => worded(import('../../../modules/visits/muster/ui/print/report-paper.tsx')),
    'MusterPaper',
  ),
})

const printEvacuation = createRoute({
  getParentRoute: () => print,
  path: '/print/evacuation',
  beforeLoad: needs('muster.see'),
  component: lazyRouteComponent(
    () => worded(import('../../../modules/visits/muster/ui/print/evacuation-paper.tsx')),
    'EvacuationPaper',
  ),
})

const staffRegister = createRoute({
  getParentRoute: () => desk,
  path: '/staff-register',
  beforeLoad: needs('outing.read'),
  validateSearch: readOutingSearch,
  component: lazyRouteComponent(
    () => worded(import('../../../modules/visits/staff-register/ui/desk/staff-register.tsx')),
    'StaffRegister',
  ),
})

const gateStaff = createRoute({
  getParentRoute: () => gate,
  path: '/gate/staff',
  beforeLoad: needs('outing.register'),
  component: lazyRouteComponent(
    () => worded(import('../../../modules/visits/staff-register/ui/gate/staff-gate.tsx')),
    'StaffGate',
  ),
})

const myOutings = createRoute({
  getParentRoute: () => phone,
  path: '/host/outings',
  beforeLoad: ({ location }) => signedIn(location),
  component: lazyRouteComponent(
    () => worded(import('../../../modules/visits/staff-register/ui/phone/my-outings.tsx')),
    'MyOutings',
  ),
})

const printStaffRegister = createRoute({
  getParentRoute: () => print,
  path: '/print/staff-register',
  beforeLoad: needs('outing.read'),
  validateSearch: readOutingSearch,
  component: lazyRouteComponent(
    () => worded(import('../../../modules/visits/staff-register/ui/print/staff-register-paper.tsx')),
    'StaffRegisterPaper',
  ),
})

/** Screens of evacuation and staff register by shell. */
export const musterScreens = {
  desk: [muster, musterReport, staffRegister],
  gate: [gateMuster, gateStaff],
  phone: [phoneMuster, myOutings],
  print: [printMuster, printEvacuation, printStaffRegister],
} as const
