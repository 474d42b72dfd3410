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

export const commands = ['edit', 'answer', 'miss', 'hop', 'hangUp', 'close', 'undo'] as const
export type CallCommand = (typeof commands)[number]

/** The one truth about what may follow what; the trigger `call_transition` repeats it (a test compares them). */
export const transitions: TransitionTable<CallStatus, CallCommand> = table({
  ringing: { edit: ['ringing'], answer: ['open'], miss: ['missed'], hangUp: ['after'], close: ['closed'] },
  open: { edit: ['open'], hop: ['open'], hangUp: ['after'], close: ['closed'], undo: ['ringing'] },
  after: { edit: ['after'], close: ['closed'], undo: ['open'] },
  missed: { edit: ['missed'], close: ['closed'], undo: ['open', 'after'] },
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
