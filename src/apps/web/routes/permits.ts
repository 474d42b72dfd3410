import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { readPermitSearch } from '../../../modules/visits/permits/ui/search.ts'
import { surfaceTexts } from '../i18n.ts'
import { desk, gate, needs, print } from './shells.ts'

const deskPermits = createRoute({
  getParentRoute: () => desk,
  path: '/permits',
  beforeLoad: needs('permit.read'),
  validateSearch: readPermitSearch,
  component: lazyRouteComponent(() => import('../../../modules/visits/permits/ui/permits.tsx'), 'Permits'),
})

/** Permits have their words with the desk's: the gate fetches them with the page, not before the first screen. */
const gatePermit = createRoute({
  getParentRoute: () => gate,
  path: '/gate/permits',
  beforeLoad: needs('visit.register'),
  validateSearch: (search): { code?: string } => {
    // A number in the address may have been read as one.
    const code = typeof search.code === 'number' ? String(search.code) : search.code
    return typeof code === 'string' ? { code } : {}
  },
  component: lazyRouteComponent(async () => {
    await surfaceTexts('desk')
    return await import('../../../modules/visits/permits/ui/gate-permit.tsx')
  }, 'GatePermit'),
})

const printPermit = createRoute({
  getParentRoute: () => print,
  path: '/print/permits/$id',
  component: lazyRouteComponent(
    () => import('../../../modules/visits/permits/ui/permit-paper.tsx'),
    'PermitPaper',
  ),
})

/** Screens of standing permits by shell (V22). */
export const permitScreens = { desk: [deskPermits], gate: [gatePermit], print: [printPermit] } as const
