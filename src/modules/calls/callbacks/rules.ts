/** PURE: the life of a promise to call back 回电 (C4, C7, C10, C14). */
import { type TransitionTable, transitions as table } from '../../../kernel/transitions.ts'

export const callbackStatuses = ['promised', 'taken', 'kept', 'unreachable', 'withdrawn'] as const
export type CallbackStatus = (typeof callbackStatuses)[number]

export const callbackKinds = [
  'cascade',
  'complaint',
  'missed',
  'dialect',
  'question',
  'line-fault',
  'message',
  'return-visit',
  'other',
] as const
export type CallbackKind = (typeof callbackKinds)[number]

export const attemptResults = ['reached', 'busy', 'no-answer', 'wrong-number', 'later'] as const
export type AttemptResult = (typeof attemptResults)[number]

export const callbackCommands = [
  'take',
  'release',
  'handOver',
  'attempt',
  'keep',
  'giveUp',
  'withdraw',
  'undo',
] as const
export type CallbackCommand = (typeof callbackCommands)[number]

/** The trigger `callback_transition` repeats it (a test compares them). */
export const callbackTransitions: TransitionTable<CallbackStatus, CallbackCommand> = table({
  promised: {
    take: ['taken'],
    handOver: ['promised'],
    attempt: ['promised'],
    keep: ['kept'],
    giveUp: ['unreachable'],
    withdraw: ['withdrawn'],
  },
  taken: {
    release: ['promised'],
    handOver: ['promised'],
    attempt: ['taken'],
    keep: ['kept'],
    giveUp: ['unreachable'],
    withdraw: ['withdrawn'],
  },
  kept: { undo: ['promised', 'taken'] },
  unreachable: { undo: ['promised', 'taken'] },
  withdrawn: { undo: ['promised', 'taken'] },
})
