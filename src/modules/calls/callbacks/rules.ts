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

/** Minutes after which it is worth trying again; null: another number or another time is needed first. */
export function retryMinutes(result: AttemptResult): number | null {
  switch (result) {
    case 'busy':
      return 5
    case 'no-answer':
      return 15
    case 'later':
      return 30
    case 'wrong-number':
    case 'reached':
      return null
  }
}

export interface Question {
  readonly key: string
  readonly text: { readonly zh: string; readonly en: string }
  readonly answer: 'text' | 'yes-no' | 'score'
}

export interface Answer {
  readonly key: string
  readonly question: { readonly zh: string; readonly en: string }
  readonly answer: string
}

/**
 * C14: what was said to each question of the script, in its order; questions left out are left out.
 * @returns `wrong`: place of an answer to a question the script has not, or of the wrong kind
 */
export function answered(
  questions: readonly Question[],
  given: readonly { readonly key: string; readonly answer: string }[],
): { readonly answers: readonly Answer[]; readonly wrong: number | null } {
  const wrong = given.findIndex(({ key, answer }) => {
    const question = questions.find((one) => one.key === key)
    return question === undefined || !fits(question.answer, answer)
  })
  const answers = questions.flatMap((question) => {
    const said = given.findLast((one) => one.key === question.key)
    return said === undefined || said.answer === ''
      ? []
      : [{ key: question.key, question: question.text, answer: said.answer }]
  })
  return { answers, wrong: wrong < 0 ? null : wrong }
}

function fits(kind: Question['answer'], answer: string): boolean {
  if (answer === '' || kind === 'text') return true
  return kind === 'yes-no' ? answer === 'yes' || answer === 'no' : /^[1-5]$/.test(answer)
}
