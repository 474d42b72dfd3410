/** Messages, callbacks, lines and duty as parts of the module (`module.ts` puts them together). */
import type { Bind } from '../../kernel/http/bind.ts'
import type { CronItem } from '../../kernel/module.ts'
import type { TaskKind } from '../../kernel/tasks/kind.ts'
import { callbackRoutes } from './callbacks/http.ts'
import { lineRoutes } from './lines/http.ts'
import { sweepLines } from './lines/sweep.ts'
import { messageRoutes } from './messages/http.ts'
import { departures } from './owners/departures.ts'

export function promiseRoutes(bind: Bind): void {
  messageRoutes(bind)
  callbackRoutes(bind)
  lineRoutes(bind)
}

const message: NonNullable<TaskKind['link']> = ({ subjectId }) => `/messages?message=${subjectId}`
const callback: NonNullable<TaskKind['link']> = ({ subjectId }) => `/callbacks?callback=${subjectId}`

/** Settled by what happens to the message or the promise, not by ticking a box. */
export const promiseKinds: Readonly<Record<string, TaskKind>> = {
  // The message itself is sent by `messages/notices.ts`, with a link to tap.
  'message.unread': { notify: 'when-due', settledBySubject: true, link: message },
  'message.undone': { notify: 'when-due', settledBySubject: true, link: message },
  'message.report': { notify: true, settledBySubject: true, link: message },
  'callback.due': { notify: true, settledBySubject: true, link: callback },
  'callback.retry': { notify: 'when-due', settledBySubject: true, link: callback },
  // What was done for the customer, only the duty manager can say.
  'callback.dissatisfied': { notify: true, link: callback },
}

export const promiseFollowers = [departures] as const

export const promiseCron: readonly CronItem[] = [
  { name: 'calls-lines', schedule: '* * * * *', run: sweepLines },
]
