/** What a promise owes (G2): the call in time, the next try, and an answer to somebody dissatisfied (C14). */
import type { Owner } from '../../../kernel/tasks/rules.ts'
import type { Work } from '../../../kernel/work/command.ts'
import { dutyManager, ladderOf, levelsAbove } from '../owners/owner.ts'
import { callerText } from '../owners/rules.ts'
import { callbackNumber } from './present.ts'
import type { CallbackRow } from './store.ts'

export const due = 'callback.due'
export const retry = 'callback.retry'
export const dissatisfied = 'callback.dissatisfied'
export const openKinds = [due, retry] as const

/** Minutes between the levels that are told after the due time. */
const everyMinutes = 10
/** A dissatisfied customer hears from the duty manager within. */
const dissatisfiedMinutes = 60

type Owing = Pick<
  CallbackRow,
  | 'id'
  | 'number'
  | 'caller_name'
  | 'organisation'
  | 'owner_kind'
  | 'owner_id'
  | 'taken_by'
  | 'due_at'
  | 'kind'
>

/** Whoever has taken it, else its owner. */
export function responsible(callback: Pick<Owing, 'owner_kind' | 'owner_id' | 'taken_by'>): Owner {
  return callback.taken_by === null
    ? { kind: callback.owner_kind, id: callback.owner_id }
    : { kind: 'person', id: callback.taken_by }
}

export async function oweCall(work: Work, callback: Owing): Promise<void> {
  const owner = responsible(callback)
  const owed: Owner = { kind: callback.owner_kind, id: callback.owner_id }
  const levels = await levelsAbove(work.ctx, work, owed)
  work.openTask({
    kind: due,
    subject: subjectOf(callback.id),
    facts: factsOf(callback),
    owner,
    dueAt: callback.due_at,
    remindAt: remindAt(work.now, callback.due_at),
    ladder: ladderOf(owner, levels, everyMinutes),
  })
}

/** Ten minutes before, or when two thirds of a short time are over. */
function remindAt(now: Date, dueAt: Date): Date | null {
  const left = dueAt.getTime() - now.getTime()
  if (left <= 0) return null
  return new Date(dueAt.getTime() - Math.min(10 * 60_000, left / 3))
}

/** Not reached: whoever tried is told when to try again; past the promised time `callback.due` chases by itself. */
export function oweRetry(work: Work, callback: Owing, owner: Owner, at: Date): void {
  work.openTask({
    kind: retry,
    subject: subjectOf(callback.id),
    facts: factsOf(callback),
    owner,
    dueAt: at,
  })
}

/** C14: the duty manager sees to it and writes down how it ended. */
export function oweDissatisfied(work: Work, callback: Owing, satisfaction: number): void {
  work.openTask({
    kind: dissatisfied,
    subject: subjectOf(callback.id),
    facts: { ...factsOf(callback), satisfaction },
    owner: dutyManager,
    dueAt: new Date(work.now.getTime() + dissatisfiedMinutes * 60_000),
    ladder: ladderOf(dutyManager, [{ kind: 'post', id: 'office_admin' }], dissatisfiedMinutes),
  })
}

function factsOf(callback: Owing) {
  return {
    number: callbackNumber(callback.number),
    caller: callerText(callback) || callbackNumber(callback.number),
    kind: callback.kind,
  }
}

export function subjectOf(id: string) {
  return { entity: 'callback', id } as const
}
