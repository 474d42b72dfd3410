/** PURE: who may do what with calls, messages and promises. The matrix says what a role may at all; this looks at the record. */
import { allows } from '../../kernel/transitions.ts'
import { type CallCommand, type CallStatus, mayUndo, transitions } from './rules.ts'

const desk = ['receptionist', 'agent', 'duty_manager'] as const
const watching = [...desk, 'office_admin', 'director', 'quality', 'system_admin'] as const
const everyone = [...watching, 'host', 'guard', 'department_head', 'technician'] as const
const tenants = ['tenant_admin', 'tenant_member'] as const

/** Rows of the one matrix role × action (design §4). `link` is the role of a signed link: one message, one person. */
export const grants: Readonly<Record<string, readonly string[]>> = {
  'call.see': [...everyone],
  'call.read': watching,
  'call.handle': desk,
  'call.reveal': [...desk, 'department_head', 'host'],
  'call.export': [...desk, 'office_admin', 'director', 'quality'],
  'call.figures': ['duty_manager', 'office_admin', 'director', 'quality', 'department_head'],
  'call.configure': ['office_admin', 'director', 'system_admin'],
  'call.dial': [...everyone],
  'message.see': [...everyone, ...tenants, 'link'],
  'message.read': watching,
  'message.take': [...everyone],
  'message.act': [...everyone, ...tenants, 'link'],
  'callback.see': [...everyone],
  'callback.read': watching,
  'callback.promise': [...everyone],
  'callback.use': [...everyone],
  'line.read': [...everyone],
  'line.say': [...everyone],
  'line.note': [...desk, 'guard'],
  'duty.set': ['duty_manager', 'office_admin', 'department_head', 'director'],
  'exchange.configure': ['office_admin', 'system_admin'],
}

/** What the policy needs to know of the caller of a command. */
export interface Viewer {
  /** Holds `call.handle`: receptionist, agent, duty manager. */
  readonly handles: boolean
  readonly reads: boolean
  /** Holds `call.figures`: the quality report shows private calls (C12). */
  readonly measures: boolean
  readonly reveals: boolean
  readonly dials: boolean
  readonly employeeId: string | null
  /** Id written into `status_by`. */
  readonly id: string
}

export interface Subject {
  readonly status: CallStatus
  readonly handler_id: string | null
  readonly wanted_id: string | null
  readonly created_by: string
  readonly private: boolean
  readonly previous_status: string | null
  readonly status_at: Date
  readonly status_by: string
}

/** Whose call it is by the record alone; who was rung, tried or left a message is asked of the store besides. */
export function concerned(viewer: Viewer, call: Subject): boolean {
  const { employeeId } = viewer
  return employeeId !== null && [call.handler_id, call.wanted_id, call.created_by].includes(employeeId)
}

/** @param involved what the store says of a colleague whose name is not on the record itself */
export function maySee(viewer: Viewer, call: Subject, involved = false): boolean {
  return viewer.reads || involved || concerned(viewer, call)
}

/** C12: with whom a colleague speaks privately is theirs; others see that there was such a call and how long. */
export function maySeeParty(viewer: Viewer, call: Subject, involved = false): boolean {
  return !call.private || involved || concerned(viewer, call)
}

/** G5: the desk, and those it concerns. */
export function mayReveal(viewer: Viewer, call: Subject, involved = false): boolean {
  return (
    viewer.reveals &&
    maySeeParty(viewer, call, involved) &&
    (viewer.handles || involved || concerned(viewer, call))
  )
}

/** Correcting a record is anybody's who handles calls; leading the caller is whose call it is (G1). */
const shared: readonly CallCommand[] = ['edit', 'answer', 'takeOver']

/** G1: another's call is taken over first. A call nobody answered is anybody's. */
export function isOthers(viewer: Viewer, call: Subject): boolean {
  return call.handler_id !== null && call.handler_id !== viewer.employeeId
}

export function mayCommand(viewer: Viewer, call: Subject, command: CallCommand): boolean {
  if (!viewer.handles) return false
  if (command === 'undo') return call.status_by === viewer.id
  if (command === 'takeOver') return isOthers(viewer, call) && viewer.employeeId !== null
  if (command === 'answer') return call.handler_id === null
  return shared.includes(command) || !isOthers(viewer, call)
}

/** The `can` of an answer: table, person and, for undo, the record itself. */
export function permitted(
  viewer: Viewer,
  call: Subject,
  now: Date,
  undoMinutes: number,
): Partial<Record<CallCommand, true>> {
  const can: Partial<Record<CallCommand, true>> = {}
  for (const command of Object.keys(transitions[call.status]) as CallCommand[]) {
    // Only what the exchange tells.
    if (command === 'miss') continue
    if (!allows(transitions, call.status, command) || !mayCommand(viewer, call, command)) continue
    if (command === 'undo') {
      const undoable = {
        status: call.status,
        previousStatus: call.previous_status as CallStatus | null,
        statusAt: call.status_at,
        statusBy: call.status_by,
      }
      if (!mayUndo(undoable, viewer.id, now, undoMinutes)) continue
    }
    can[command] = true
  }
  return can
}
