/** PURE: who may do what with a visit. The matrix says what a role may at all; this looks at the record. */
import { allows } from '../../kernel/transitions.ts'
import { mayUndo, transitions, type VisitCommand, type VisitStatus } from './rules.ts'
import { watchListGrants } from './watch-list/policy.ts'
import { isSecondPerson } from './watch-list/rules.ts'

const desk = ['receptionist', 'guard', 'duty_manager'] as const
const watching = [...desk, 'office_admin', 'director', 'quality', 'system_admin'] as const
const everyone = [...watching, 'host', 'agent', 'department_head', 'technician'] as const
const tenants = ['tenant_admin', 'tenant_member'] as const

/** Rows of the one matrix role × action (design §4). `link` is the role of a signed link: one visit, one person. */
export const grants: Readonly<Record<string, readonly string[]>> = {
  'visit.read': watching,
  'visit.see': [...everyone, ...tenants, 'link'],
  'visit.register': desk,
  'visit.announce': [...everyone, ...tenants],
  'visit.answer': [...everyone, ...tenants, 'link'],
  'visit.meet': [...everyone, ...tenants, 'link'],
  'visit.sign': [...everyone, ...tenants, 'link'],
  'visit.cancel': [...everyone, ...tenants, 'link'],
  'visit.release': desk,
  'visit.reveal': [...everyone, ...tenants],
  'visit.export': ['receptionist', 'duty_manager', 'office_admin', 'director', 'quality'],
  'visit.import': ['receptionist', 'duty_manager', 'office_admin'],
  'visit.configure': ['office_admin', 'director', 'system_admin'],
  'pass.read': [...desk, 'office_admin', 'system_admin'],
  'pass.manage': ['receptionist', 'duty_manager', 'office_admin'],
  ...watchListGrants,
}

/** What the policy needs to know of the caller. */
export interface Viewer {
  /** Holds `visit.register`: receptionist, guard, duty manager. */
  readonly atDesk: boolean
  readonly reads: boolean
  readonly releases: boolean
  readonly employeeId: string | null
  /** Id written into `status_by`. */
  readonly id: string
  /** Posts staffed, `department:<id>` among them. */
  readonly posts: readonly string[]
  /** Holds `watch-list.decide`. */
  readonly decides?: boolean
  /** E1: departments of the company whose visitors they see. */
  readonly tenant?: readonly string[]
}

export interface Subject {
  readonly status: VisitStatus
  readonly host_id: string | null
  readonly host_department_id?: string | null
  readonly receiver_id: string | null
  readonly asked_kind: 'person' | 'post' | null
  readonly asked_id: string | null
  readonly consent_by: string | null
  readonly created_by: string
  readonly late_signature: boolean
  readonly previous_status: string | null
  readonly status_at: Date
  readonly status_by: string
  readonly document_checked_by?: string | null
}

/** The host, whoever receives instead, whoever is asked now: those whose visitor it is. */
function concerned(viewer: Viewer, visit: Subject): boolean {
  if (visit.asked_kind === 'post' && visit.asked_id !== null && viewer.posts.includes(visit.asked_id))
    return true
  const { employeeId } = viewer
  if (employeeId === null) return false
  return [
    visit.host_id,
    visit.receiver_id,
    visit.asked_kind === 'person' ? visit.asked_id : null,
    visit.consent_by,
  ].includes(employeeId)
}

export function maySee(viewer: Viewer, visit: Subject): boolean {
  return (
    viewer.reads ||
    (visit.host_department_id != null && viewer.tenant?.includes(visit.host_department_id) === true) ||
    concerned(viewer, visit) ||
    (viewer.employeeId !== null && visit.created_by === viewer.employeeId)
  )
}

/** The reason for declining is for the house, and the desk must be able to explain it to its manager (V5). */
export function mayReveal(viewer: Viewer, visit: Subject): boolean {
  return viewer.atDesk || concerned(viewer, visit)
}

/** May this person give this command, whatever the state? */
export function mayCommand(viewer: Viewer, visit: Subject, command: VisitCommand): boolean {
  switch (command) {
    case 'receive':
    case 'wait':
    case 'delegate':
    case 'decline':
    case 'meet':
      return viewer.atDesk || concerned(viewer, visit)
    case 'sign':
    case 'signLate':
      return concerned(viewer, visit)
    case 'cancel':
      return viewer.atDesk || concerned(viewer, visit) || visit.created_by === viewer.employeeId
    case 'release':
      return viewer.releases
    case 'clear':
      return viewer.decides === true
    // Who may let a held visitor in may also confirm that it is the one on the list (V12).
    case 'refuse':
      return viewer.atDesk || (visit.status === 'held' && viewer.decides === true)
    case 'undo':
      return viewer.id === visit.status_by
    default:
      return viewer.atDesk
  }
}

/** Another pair of eyes: nobody clears what they held themselves (V12). */
function mayClear(viewer: Viewer, visit: Subject): boolean {
  const { created_by, status, status_by, document_checked_by = null, consent_by = null, host_id } = visit
  return isSecondPerson(viewer.id, {
    created_by,
    status,
    status_by,
    document_checked_by,
    consent_by,
    host_id,
  })
}

/** The `can` of an answer: table, person and, for undo and late signature, the record itself. */
export function permitted(
  viewer: Viewer,
  visit: Subject,
  now: Date,
  undoMinutes: number,
): Partial<Record<VisitCommand, true>> {
  const can: Partial<Record<VisitCommand, true>> = {}
  for (const command of Object.keys(transitions[visit.status]) as VisitCommand[]) {
    if (!allows(transitions, visit.status, command) || !mayCommand(viewer, visit, command)) continue
    if (command === 'signLate' && !visit.late_signature) continue
    if (command === 'clear' && !mayClear(viewer, visit)) continue
    if (command === 'undo') {
      const undoable = {
        status: visit.status,
        previousStatus: visit.previous_status as VisitStatus | null,
        statusAt: visit.status_at,
        statusBy: visit.status_by,
      }
      if (!mayUndo(undoable, viewer.id, now, undoMinutes)) continue
    }
    can[command] = true
  }
  return can
}
