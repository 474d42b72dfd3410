/** PURE: the life of a message slip 留言单 (C10). */
import { type TransitionTable, transitions as table } from '../../../kernel/transitions.ts'

export const messageStatuses = ['new', 'seen', 'done', 'reported', 'withdrawn'] as const
export type MessageStatus = (typeof messageStatuses)[number]

export const messageCommands = ['see', 'done', 'report', 'forward', 'withdraw', 'present', 'undo'] as const
export type MessageCommand = (typeof messageCommands)[number]

/** The trigger `message_transition` repeats it (a test compares them). */
export const messageTransitions: TransitionTable<MessageStatus, MessageCommand> = table({
  new: { see: ['seen'], done: ['done'], forward: ['new'], withdraw: ['withdrawn'], present: ['new'] },
  seen: { done: ['done'], forward: ['new'], withdraw: ['withdrawn'], undo: ['new'] },
  done: { report: ['reported'], undo: ['seen', 'new'] },
  reported: { undo: ['done'] },
  withdrawn: { undo: ['new', 'seen'] },
})
