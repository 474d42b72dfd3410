/** PURE: the life of a call record. No clock, no database. */
import { type TransitionTable, transitions as table } from '../../kernel/transitions.ts'

export const statuses = [
  'ringing',
  /** Answered: the receptionist speaks with the caller. */
  'open',
  /** The line has ended, the outcome is still owed (C4). */
  'after',
  'missed',
  'closed',
] as const
export type CallStatus = (typeof statuses)[number]

export const outcomes = [
  'put-through',
  'message',
  'callback',
  'declined',
  'resolved',
  'missed',
  'wrong-number',
  'private',
] as const
export type Outcome = (typeof outcomes)[number]

export const commands = [
  'edit',
  'answer',
  'takeOver',
  'miss',
  'choose',
  'situation',
  'hop',
  'hopResult',
  'hangUp',
  'close',
  'undo',
] as const
export type CallCommand = (typeof commands)[number]

/** The one truth about what may follow what; the trigger `call_transition` repeats it (a test compares them). */
export const transitions: TransitionTable<CallStatus, CallCommand> = table({
  ringing: {
    edit: ['ringing'],
    answer: ['open'],
    miss: ['missed'],
    choose: ['ringing'],
    situation: ['ringing'],
    // A caller who gave up is missed; somebody rung in vain from here still owes what became of it.
    hangUp: ['missed', 'after'],
    close: ['closed'],
  },
  open: {
    edit: ['open'],
    answer: ['open'],
    takeOver: ['open'],
    choose: ['open'],
    situation: ['open'],
    hop: ['open'],
    hopResult: ['open'],
    hangUp: ['after'],
    close: ['closed'],
    undo: ['ringing'],
  },
  after: {
    edit: ['after'],
    answer: ['after'],
    takeOver: ['after'],
    choose: ['after'],
    situation: ['after'],
    // Put through without waiting: what became of it is known only later.
    hopResult: ['after'],
    close: ['closed'],
    undo: ['open', 'ringing'],
  },
  missed: {
    edit: ['missed'],
    // The exchange could not be heard for a while, and somebody had answered after all.
    answer: ['open', 'after'],
    choose: ['missed'],
    close: ['closed'],
    undo: ['ringing'],
  },
  closed: { edit: ['closed'], undo: ['ringing', 'open', 'after', 'missed'] },
})

export const openStatuses: readonly CallStatus[] = ['ringing', 'open', 'after']

/** Rings heard in this many seconds: the first begins at once, the next after each cadence (C1; China 1 s on, 4 s off). */
export function ringsIn(seconds: number, cadenceSeconds: number): number {
  return Math.floor(seconds / cadenceSeconds) + 1
}

/** C1: later than this many rings the greeting is an apology. */
export function answeredLate(rings: number | null, allowed: number): boolean {
  return rings !== null && rings > allowed
}

export interface Undoable {
  readonly status: CallStatus
  readonly previousStatus: CallStatus | null
  readonly statusAt: Date
  readonly statusBy: string
}

/** One step back, by whoever made it, while it is fresh; afterwards a correction is a record of its own (G4). */
export function mayUndo(call: Undoable, by: string, now: Date, minutes: number): boolean {
  if (call.previousStatus === null || call.statusBy !== by) return false
  if (now.getTime() - call.statusAt.getTime() > minutes * 60_000) return false
  return (transitions[call.status].undo ?? []).includes(call.previousStatus)
}

/** What must be on the record before an outcome is one (C2, C4): nobody can be called back without a number. */
export const details = ['organisation', 'name', 'reason', 'phone', 'message', 'owner', 'note'] as const
export type Detail = (typeof details)[number]

export interface Recorded {
  readonly name: string
  readonly organisation: string
  readonly reason: string
  readonly phone: string
  /** A message, or the matter of the callback, comes with the closing. */
  readonly message: boolean
  readonly owner: boolean
  readonly note: string
}

/** C4, C7, C10: what an outcome still wants; empty when the call may end with it. */
export function missingFor(outcome: Outcome, record: Recorded): Detail[] {
  const missing: Detail[] = []
  const somebody = record.name !== '' || record.organisation !== ''
  if (outcome === 'message') {
    if (!record.message) missing.push('message')
    if (!somebody && record.phone === '') missing.push('name', 'phone')
  }
  if (outcome === 'callback') {
    if (!record.owner) missing.push('owner')
    if (record.phone === '') missing.push('phone')
    if (!somebody) missing.push('name')
  }
  // Whoever is turned away or served at once leaves at least what it was about (C2, C8).
  if ((outcome === 'declined' || outcome === 'resolved') && record.reason === '' && record.note === '')
    missing.push('reason')
  return missing
}

/** Moments in which something is said to the caller; each has exactly one wording per site and language (G7). */
export const situations = [
  'greeting',
  'greeting-late',
  'ask-three',
  'ask-company-phone',
  'hold',
  'connecting',
  'put-through',
  'busy-next',
  'no-answer-next',
  'not-in',
  'refused',
  'hotline-busy',
  'message-offer',
  'message-taken',
  'callback-promise',
  'declined',
  'line-fault',
  'angry',
  'dialect',
  'beyond-knowledge',
  'wrong-number',
  'callback-opening',
  'callback-report',
  'return-visit-opening',
  'return-visit-closing',
  'farewell',
] as const
export type Situation = (typeof situations)[number]

/** Filled in when spoken; any other name in double braces is refused by the setting. */
export const placeholders = [
  'site',
  'agent',
  'caller',
  'company',
  'target',
  'minutes',
  'time',
  'number',
] as const
