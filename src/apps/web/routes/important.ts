import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { readIncidentSearch } from '../../../modules/visits/security/ui/incident-search.ts'
import { desk, gate, needs, phone, print, signedIn } from './shells.ts'
import { withTexts } from './with-texts.ts'

/** Their words come with them: gate and phone do not carry them on their first screen. */
const pages = () => withTexts('urgent', import('../../../modules/visits/important/ui/pages.tsx'))
const emergencies = () => withTexts('urgent', import('../../../modules/visits/emergency/ui/emergencies.tsx'))
const unannounced = () =>
  withTexts('urgent', import('../../../modules/visits/unannounced/ui/unannounced.tsx'))
const incidents = () => withTexts('urgent', import('../../../modules/visits/security/ui/incidents.tsx'))

const readVisit = (search: Record<string, unknown>): { visit?: string } =>
  typeof search.visit === 'string' ? { visit: search.visit } : {}

const importantDesk = createRoute({
  getParentRoute: () => desk,
  path: '/important',
  beforeLoad: needs('visit.read'),
  component: lazyRouteComponent(pages, 'ImportantDesk'),
})

const warnDesk = createRoute({
  getParentRoute: () => desk,
  path: '/important/new',
  beforeLoad: needs('visit.warn'),
  component: lazyRouteComponent(pages, 'WarnDesk'),
})

const importantGate = createRoute({
  getParentRoute: () => gate,
  path: '/gate/important',
  beforeLoad: needs('visit.register'),
  component: lazyRouteComponent(pages, 'ImportantGate'),
})

const warnPhone = createRoute({
  getParentRoute: () => phone,
  path: '/host/warn',
  beforeLoad: ({ location }) => signedIn(location),
  component: lazyRouteComponent(pages, 'WarnPhone'),
})

const emergenciesDesk = createRoute({
  getParentRoute: () => desk,
  path: '/emergencies',
  beforeLoad: needs('visit.read'),
  component: lazyRouteComponent(emergencies, 'Emergencies'),
})

const emergenciesGate = createRoute({
  getParentRoute: () => gate,
  path: '/gate/emergencies',
  beforeLoad: needs('visit.register'),
  component: lazyRouteComponent(emergencies, 'EmergenciesGate'),
})

const unannouncedDesk = createRoute({
  getParentRoute: () => desk,
  path: '/unannounced',
  beforeLoad: needs('visit.register'),
  validateSearch: readVisit,
  component: lazyRouteComponent(unannounced, 'Unannounced'),
})

const unannouncedGate = createRoute({
  getParentRoute: () => gate,
  path: '/gate/unannounced',
  beforeLoad: needs('visit.register'),
  validateSearch: readVisit,
  component: lazyRouteComponent(unannounced, 'Unannounced'),
})

const incidentsDesk = createRoute({
  getParentRoute: () => desk,
  path: '/incidents',
  beforeLoad: needs('incident.read'),
  validateSearch: readIncidentSearch,
  component: lazyRouteComponent(incidents, 'Incidents'),
})

const incidentsGate = createRoute({
  getParentRoute: () => gate,
  path: '/gate/incidents',
  beforeLoad: needs('incident.read'),
  validateSearch: readIncidentSearch,
  component: lazyRouteComponent(incidents, 'GateIncidents'),
})

const incidentsPrint = createRoute({
  getParentRoute: () => print,
  path: '/print/incidents',
  beforeLoad: needs('incident.read'),
  validateSearch: readIncidentSearch,
  component: lazyRouteComponent(
    () => withTexts('urgent', import('../../../modules/visits/security/ui/incidents-paper.tsx')),
    'IncidentsPaper',
  ),
})

const vehiclesDesk = createRoute({
  getParentRoute: () => desk,
  path: '/vehicles',
  beforeLoad: needs('vehicle.read'),
  component: lazyRouteComponent(
    () => withTexts('urgent', import('../../../modules/visits/vehicles/ui/vehicles.tsx')),
    'Vehicles',
  ),
})

const vehiclesGate = createRoute({
  getParentRoute: () => gate,
  path: '/gate/vehicles',
  beforeLoad: needs('visit.register'),
  component: lazyRouteComponent(
    () => withTexts('urgent', import('../../../modules/visits/vehicles/ui/gate-vehicles.tsx')),
    'GateVehicles',
  ),
})

const areasDesk = createRoute({
  getParentRoute: () => desk,
  path: '/areas',
  beforeLoad: needs('area.manage'),
  component: lazyRouteComponent(
    () => withTexts('urgent', import('../../../modules/visits/areas/ui/areas-page.tsx')),
    'Areas',
  ),
})

const areasPhone = createRoute({
  getParentRoute: () => phone,
  path: '/host/areas',
  beforeLoad: ({ location }) => signedIn(location),
  validateSearch: readVisit,
  component: lazyRouteComponent(
    () => withTexts('urgent', import('../../../modules/visits/areas/ui/my-approvals.tsx')),
    'MyApprovals',
  ),
})

/** Important guests, emergencies, alarms and vehicles by shell. */
export const importantScreens = {
  desk: [importantDesk, warnDesk, emergenciesDesk, unannouncedDesk, incidentsDesk, vehiclesDesk, areasDesk],
  gate: [importantGate, emergenciesGate, unannouncedGate, incidentsGate, vehiclesGate],
  phone: [warnPhone, areasPhone],
  print: [incidentsPrint],
} as const
