/** V5: who is asked, for how long, and who comes next. */
import { systemActor } from '../../kernel/actor.ts'
import { json } from '../../kernel/db/sql.ts'
import type { TaskKind } from '../../kernel/tasks/kind.ts'
import type { Owner } from '../../kernel/tasks/rules.ts'
import type { Work } from '../../kernel/work/command.ts'
import { type ConsentStep, consentChain } from '../directory/public.ts'
import { type House, houseOf } from './house.ts'
import type { Viewer } from './policy.ts'
import { texts } from './present.ts'
import { apply, type Change, type Step, subjectOf } from './step.ts'
import * as store from './store.ts'
import { asking, consentTask, plus, type TaskSubject, unansweredTask } from './tasks.ts'

/** Columns that say who is being asked now. */
export interface Asked {
  readonly asked_kind: 'person' | 'post'
  readonly asked_id: string
  readonly asked_name: string
  readonly asked_ids: string
  readonly ask_due_at: Date | null
}

const deskAsked = (before: readonly string[]): Asked => ({
  asked_kind: 'post',
  asked_id: 'desk',
  asked_name: '',
  asked_ids: json([...before, 'desk']),
  ask_due_at: null,
})

/** Opens the question to one person or post, with the time it has. */
export function ask(
  work: Work,
  house: House,
  visit: TaskSubject,
  to: ConsentStep,
  before: readonly string[],
): Asked {
  const dueAt = plus(work.now, house.timings.consentMinutes)
  const owner: Owner = { kind: to.kind, id: to.id }
  work.openTask(consentTask(visit, owner, dueAt))
  return {
    asked_kind: to.kind,
    asked_id: to.id,
    asked_name: to.name,
    asked_ids: json([...before, to.id]),
    ask_due_at: dueAt,
  }
}

/** Nobody left to ask: the desk owns the question and decides with the visitor. */
export function askDesk(work: Work, visit: TaskSubject, before: readonly string[]): Asked {
  work.openTask(unansweredTask(visit, work.now))
  return deskAsked(before)
}

/** The next who has not been asked yet: deputy, head, department; then the desk. */
export async function askNext({ work, house, visit, subject }: Step, outcome: string): Promise<Change> {
  const before = texts(visit.asked_ids)
  const chain = visit.host_id === null ? [] : await consentChain(work, visit.site_id, visit.host_id)
  const next = chain.find((one) => !before.includes(one.id))
  work.settleTasks(subject, asking, outcome)
  const asked =
    next === undefined
      ? askDesk(work, subjectOf(visit), before)
      : ask(work, house, subjectOf(visit), next, before)
  return {
    action: next === undefined ? 'visit.unanswered' : 'visit.asked',
    patch: asked,
    data: { askedName: asked.asked_name, askedKind: asked.asked_kind, outcome },
  }
}

const nobody: Viewer = {
  atDesk: true,
  reads: true,
  releases: true,
  employeeId: null,
  id: systemActor.id,
  posts: [],
}

/** The clock of the question ran out: the dispatcher comes here, inside its own transaction. */
export const consentKind: TaskKind = {
  notify: true,
  settledBySubject: true,
  link: ({ subjectId }) => `/visits/${subjectId}`,
  async onFire(work, task, fired) {
    if (fired.event === 'reminded') return 'continue'
    const visit = await work.maybe(store.lockVisit(task.siteId, task.subjectId))
    if (visit === undefined || visit.status !== 'asking') {
      work.cancelTasks({ entity: 'visit', id: task.subjectId }, asking, 'answered')
      return 'handled'
    }
    const house = await houseOf(work.ctx)
    await apply(work, house, nobody, visit, 'redirect', (step) => askNext(step, 'no-answer'))
    return 'handled'
  },
}
