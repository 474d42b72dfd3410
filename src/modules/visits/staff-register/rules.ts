/** PURE: the life of an outing (V20), who approves it, and who of the staff is on site. */
import { type TransitionTable, transitions as table } from '../../../kernel/transitions.ts'

export const outingStatuses = ['requested', 'approved', 'declined', 'out', 'back', 'cancelled'] as const
export type OutingStatus = (typeof outingStatuses)[number]

const outingCommands = ['approve', 'decline', 'cancel', 'leave', 'return', 'undo'] as const
export type OutingCommand = (typeof outingCommands)[number]

/** What may follow what; the trigger `outing_transition` repeats it (a test compares them). */
export const outingTransitions: TransitionTable<OutingStatus, OutingCommand> = table({
  requested: { approve: ['approved'], decline: ['declined'], cancel: ['cancelled'] },
  approved: { leave: ['out'], cancel: ['cancelled'], undo: ['requested'] },
  declined: { undo: ['requested'] },
  // Written at the gate without a request before it: taken back, nothing remains to go back to.
  out: { return: ['back'], undo: ['approved', 'cancelled'] },
  back: { undo: ['out'] },
  cancelled: { undo: ['requested', 'approved'] },
})

export interface ReasonPolicy {
  /** The head of the department agrees before the person goes. */
  readonly approval: boolean
}

/** V20 speaks of working hours; outside them nobody needs leave to go home. */
export function needsApproval(reason: ReasonPolicy, workingTime: boolean): boolean {
  return reason.approval && workingTime
}

export interface Approvers {
  readonly employeeId: string
  readonly headId: string | null
  readonly deputyId: string | null
}

/** Nobody approves their own outing: a head asks the deputy, and where there is nobody the duty manager decides. */
export function approverOf({ employeeId, headId, deputyId }: Approvers): string | null {
  return [headId, deputyId].find((id) => id !== null && id !== employeeId) ?? null
}

export interface Presence {
  readonly inside: boolean
  readonly zone: string
  readonly arrivedAt: Date | null
  readonly leftAt: Date | null
  /** Time of the newest event taken in. */
  readonly lastAt: Date
}

export interface PresenceEvent {
  readonly direction: 'in' | 'out'
  readonly zone: string
  readonly at: Date
}

/**
 * One event of gate, card or door. A door system delivers late and twice: what is not newer than the newest changes
 * nothing. A second "in" moves the person to another zone and keeps when they came.
 */
export function presenceAfter(before: Presence | undefined, event: PresenceEvent): Presence | undefined {
  if (before !== undefined && event.at <= before.lastAt) return undefined
  if (event.direction === 'out') {
    return {
      inside: false,
      zone: '',
      arrivedAt: before?.arrivedAt ?? null,
      leftAt: event.at,
      lastAt: event.at,
    }
  }
  const stays = before?.inside === true
  return {
    inside: true,
    zone: event.zone === '' && stays ? before.zone : event.zone,
    arrivedAt: stays ? before.arrivedAt : event.at,
    leftAt: null,
    lastAt: event.at,
  }
}

export function isLate(
  outing: { readonly status: OutingStatus; readonly return_by: Date | null; readonly back_at: Date | null },
  now: Date,
): boolean {
  if (outing.return_by === null) return false
  if (outing.status === 'out') return now > outing.return_by
  return outing.status === 'back' && outing.back_at !== null && outing.back_at > outing.return_by
}
