/** Important guests, emergencies, security calls and vehicles, as the module takes them in. */
import type { Bind } from '../../../kernel/http/bind.ts'
import type { TaskKind } from '../../../kernel/tasks/kind.ts'
import { emergencyErrors } from '../emergency/contract.ts'
import { emergencyRoutes } from '../emergency/http.ts'
import { emergencySetting } from '../emergency/settings.ts'
import { incidentErrors } from '../security/contract.ts'
import { incidentRoutes } from '../security/http.ts'
import { incidentTaskKinds } from '../security/kinds.ts'
import { incidentNotices } from '../security/notices.ts'
import { incidentGrants } from '../security/policy.ts'
import { securitySetting } from '../security/settings.ts'
import { unannouncedErrors } from '../unannounced/contract.ts'
import { unannouncedRoutes } from '../unannounced/http.ts'
import { vehicleErrors } from '../vehicles/contract.ts'
import { vehicleRoutes } from '../vehicles/http.ts'
import { parkingSetting } from '../vehicles/settings.ts'
import { importantErrors } from './contract.ts'
import { importantRoutes } from './http.ts'
import { importantNotices } from './notices.ts'
import { importantSetting } from './settings.ts'

const link: NonNullable<TaskKind['link']> = ({ subjectId }) => `/?visit=${subjectId}`
const bySubject: TaskKind = { notify: true, settledBySubject: true, link }
const host: TaskKind = { ...bySubject, link: ({ subjectId }) => `/host?visit=${subjectId}` }

export const importantPart = {
  routes(bind: Bind): void {
    importantRoutes(bind)
    emergencyRoutes(bind)
    unannouncedRoutes(bind)
    incidentRoutes(bind)
    vehicleRoutes(bind)
  },
  grants: incidentGrants,
  errors: {
    ...importantErrors,
    ...emergencyErrors,
    ...unannouncedErrors,
    ...incidentErrors,
    ...vehicleErrors,
  },
  constraints: {
    visit_vehicle_place: 'parking.taken',
    visit_vehicle_once: 'vehicle.exists',
    visit_departure_order: 'visit.step-order',
    visit_unannounced_instruction: 'visit.instruction-missing',
    incident_pkey: 'entity.exists',
    incident_transition: 'transition.refused',
    incident_reported: 'incident.report-missing',
  },
  settings: [importantSetting, emergencySetting, securitySetting, parkingSetting],
  taskKinds: {
    ...incidentTaskKinds,
    'visit.warning': bySubject,
    'visit.lead-in': bySubject,
    // The host has heard it by the arrival's own notice; then it runs out.
    'visit.guest-here': { ...host, notify: 'when-due' },
    'visit.guest-office': { ...host, notify: 'when-due' },
    'visit.gate-told': bySubject,
    'visit.driver-told': bySubject,
    'visit.car-out': { ...bySubject, notify: 'when-due' },
    'visit.emergency-registration': { ...bySubject, notify: true, link: () => '/emergencies' },
    'visit.instruction': bySubject,
  } satisfies Record<string, TaskKind>,
  live: { incident: { action: 'incident.read', link: (id: string) => `/incidents?incident=${id}` } },
  attachments: { incident: { read: 'incident.read', write: 'incident.raise' } },
  notices: { ...importantNotices, ...incidentNotices },
}
