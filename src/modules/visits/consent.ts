/** V5, V6: who is asked, for how long, and who comes next; every one of them is kept with the answer. */
import { systemActor } from '../../kernel/actor.ts'
import { json } from '../../kernel/db/sql.ts'
import type { TaskKind } from '../../kernel/tasks/kind.ts'
import type { Owner } from '../../kernel/tasks/rules.ts'
import type { Work } from '../../kernel/work/command.ts'
import { type House, houseOf } from './house.ts'
import type { Viewer } from './policy.ts'
import { texts } from './present.ts'
import { type Askee, resolveTargets } from './routes/resolve.ts'
import { type HopResult, lastFor, nextToAsk } from './routes/rules.ts'
import { addHop, endHop } from './routes/store.ts'
import { routeOf } from './routes/table.ts'
import { apply, type Change, type Step, subjectOf } from './step.ts'
import * as store from './store.ts'
import { asking, consentTask, plus, type TaskSubject, turnAwayTask, unansweredTask } from './tasks.ts'

/** Columns that say who is being asked now. */
export interface Asked {
  readonly asked_kind: 'person' | 'post'
  readonly asked_id: string
  readonly asked_name: string
  readonly asked_extension: string
  readonly asked_ids: string
  readonly ask_due_at: Date | null
}

const deskAsked = (before: readonly string[]): Asked => ({
  asked_kind: 'post',
  asked_id: 'desk',
  asked_name: '',
  asked_extension: '',
  asked_ids: json([...before, 'desk']),
  ask_due_at: null,
})

/** Who asks, for the record of the question: the person at the desk, or nobody when the clock ran out. */
export function writeHop(
  work: Work,
  visitId: string,
  to: Askee,
  done: { readonly result: HopResult; readonly how: string } | null = null,
): void {
  const { actor, siteId } = work.ctx
  work.write(
    addHop({
      visitId,
      siteId,
      target: to.target,
      kind: to.kind,
      id: to.id,
      name: to.name,
      nameEn: to.nameEn,
      department: to.department,
      extension: to.extension,
      at: work.now,
      by: actor.employeeId ?? actor.id,
      byName: actor.kind === 'system' ? '' : actor.name,
      how: done?.how ?? 'console',
      result: done?.result ?? null,
    }),
  )
}

/** Opens the question to one person or post, with the time it has. A bare telephone is the desk's to call. */
export function ask(
  work: Work,
  house: House,
  visit: TaskSubject,
  to: Askee,
  before: readonly string[],
): Asked {
  const dueAt = plus(work.now, house.timings.consentMinutes)
  const owner: Owner = to.id.startsWith('extension:')
    ? { kind: 'post', id: 'desk' }
    : { kind: to.kind, id: to.id }
  work.openTask(consentTask(visit, owner, dueAt))
  writeHop(work, visit.id, to)
  return {
    asked_kind: to.kind,
    asked_id: to.id,
    asked_name: to.name,
    asked_extension: to.extension,
    asked_ids: json([...before, to.id]),
    ask_due_at: dueAt,
  }
}

/** Nobody left to ask: the desk owns the question and decides with the visitor. */
export function askDesk(work: Work, visit: TaskSubject, before: readonly string[]): Asked {
  work.openTask(unansweredTask(visit, work.now))
  return deskAsked(before)
}

/** The next who has not been asked yet; after the last the desk, or the courteous refusal, as the route says (V6). */
export async function askNext(
  { work, house, visit, subject }: Step,
  outcome: 'no-answer' | 'busy' | 'passed',
): Promise<Change> {
  const before = texts(visit.asked_ids)
  const route = routeOf(house, visit.route)
  const whom = { hostId: visit.host_id, visitorId: visit.visitor_id, organisation: visit.organisation }
  const people = await resolveTargets(work.ctx, work, route.targets, whom)
  const next = nextToAsk(people, before, lastFor(route.last, visit.announced))
  work.settleTasks(subject, asking, outcome)
  const byClock = work.ctx.actor.kind === 'system'
  const end = {
    result: outcome,
    at: work.now,
    byName: byClock ? '' : work.ctx.actor.name,
    how: byClock || outcome === 'passed' ? null : 'phone',
  }
  work.write(endHop(visit.id, { ...end, note: '' }))
  const data = (asked: Asked) => ({ askedName: asked.asked_name, askedKind: asked.asked_kind, outcome })
  if (next.act === 'ask') {
    const asked = ask(work, house, subjectOf(visit), next.target, before)
    return { action: 'visit.asked', patch: asked, data: data(asked) }
  }
  // Already the desk's: whoever asks on has to name somebody.
  if (next.act === 'desk' || before.includes('desk')) {
    const asked = askDesk(work, subjectOf(visit), before)
    return { action: 'visit.unanswered', patch: asked, data: data(asked) }
  }
  work.openTask(turnAwayTask(subjectOf(visit), work.now))
  return {
    to: 'declined',
    action: 'visit.declined',
    patch: { decline_reason: '', ask_due_at: null },
    data: { askedName: visit.asked_name, route: visit.route, outcome },
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
