/** V5: the host's answer, tapped or told, and asking somebody else. */
import type { RouteInput } from '../../../kernel/contract.ts'
import { DomainError } from '../../../kernel/errors.ts'
import type { Ctx } from '../../../kernel/work/command.ts'
import { type EmployeeCard, employeeCard } from '../../directory/public.ts'
import type { VisitCard } from '../card/contract.ts'
import { ask, askNext } from '../consent.ts'
import { guestIsHere } from '../important/arrived.ts'
import { texts } from '../present.ts'
import { askeeOf } from '../routes/resolve.ts'
import { endHop } from '../routes/store.ts'
import { type Change, type Step, step, subjectOf } from '../step.ts'
import type { VisitPatch } from '../store.ts'
import { asking, openStay, plus, staying, waitingTask } from '../tasks.ts'
import type { stay } from './contract.ts'

type Answer = RouteInput<typeof stay.answer>['body']

export async function answer(ctx: Ctx, { params, body }: RouteInput<typeof stay.answer>): Promise<VisitCard> {
  return step(ctx, params.id, body.answer, (at) => answered(ctx, at, body))
}

/** What the answer changes; also for the one the desk wrote down hop by hop. */
export async function answered(ctx: Ctx, at: Step, body: Answer): Promise<Change> {
  const how = body.how ?? (ctx.actor.kind === 'link' ? 'link' : 'console')
  if (body.answer === 'decline') return decline(at, body.reason, how)
  const to = body.answer === 'delegate' ? await person(ctx, at, body.toId) : undefined
  const readyAt = body.answer === 'wait' ? plus(at.work.now, body.minutes) : at.work.now
  const agreed = at.visit.status === 'asking' ? consent(at, how) : {}
  if (at.visit.status === 'asking') {
    stayBegins(at, readyAt, to)
    const receiver = to === undefined ? {} : { receiver_id: to.id, receiver_name: to.name }
    const visit = { ...at.visit, ...receiver }
    await guestIsHere(at.work.ctx, at.work, at.house.categories.get(visit.category), visit)
  } else waitsAgain(at, readyAt, to)
  return {
    ...(at.visit.status === 'asking' ? { to: 'admitted' as const } : {}),
    action: 'visit.answered',
    patch: {
      ...agreed,
      host_ready_at: body.answer === 'wait' ? readyAt : at.visit.host_ready_at,
      ...(to === undefined ? {} : { receiver_id: to.id, receiver_name: to.name }),
    },
    data: answerData(body, how, to),
  }
}

function answerData(body: Answer, how: string, to: EmployeeCard | undefined): Record<string, unknown> {
  return {
    answer: body.answer,
    how,
    ...(body.answer === 'wait' ? { minutes: body.minutes } : {}),
    ...(to === undefined ? {} : { toName: to.name }),
  }
}

/** The word was given: by whom, how and when stays with the visit. */
function consent({ work, visit, viewer }: Step, how: string): VisitPatch {
  // Told to the desk by phone, the word is the asked one's, not the receptionist's who typed it.
  const told = viewer.employeeId === null || (viewer.atDesk && viewer.employeeId !== visit.asked_id)
  return {
    consent_by: told ? visit.asked_id : viewer.id,
    consent_by_name: told ? visit.asked_name : work.ctx.actor.name,
    consent_how: how,
    consent_at: work.now,
    admitted_at: work.now,
    ask_due_at: null,
  }
}

function receiving({ visit }: Step, to: EmployeeCard | undefined) {
  const subject = subjectOf(visit)
  return to === undefined ? subject : { ...subject, hostId: to.id, hostName: to.name }
}

function stayBegins(at: Step, readyAt: Date, to: EmployeeCard | undefined): void {
  const { work, house, visit, subject } = at
  work.settleTasks(subject, asking, 'answered')
  openStay(work, receiving(at, to), readyAt, visit.valid_until ?? readyAt, house.timings)
}

/** Already in: the clock of the waiting starts anew, with whoever comes now. */
function waitsAgain(at: Step, readyAt: Date, to: EmployeeCard | undefined): void {
  const { work, house, visit, subject } = at
  if (visit.status === 'with_host') return
  work.settleTasks(subject, ['visit.waiting'], 'postponed')
  work.openTask(waitingTask(receiving(at, to), readyAt, house.timings))
}

/** The visitor hears the courteous wording only; the reason stays in the house. */
function decline({ work, subject, visit }: Step, reason: string, how: string): Change {
  work.settleTasks(subject, [...asking, ...staying], 'declined')
  return {
    to: 'declined',
    action: 'visit.declined',
    patch: { decline_reason: reason, ask_due_at: null },
    data: { how, askedName: visit.asked_name },
  }
}

async function person(ctx: Ctx, { work, visit }: Step, id: string): Promise<EmployeeCard> {
  const found = await work.maybe(employeeCard(ctx.siteId, id))
  if (found === undefined || id === visit.host_id) {
    throw new DomainError('visit.host-unknown', {}, [{ path: 'toId', code: 'unknown' }])
  }
  return found
}

/** Ask the next one now, without waiting for the time to run out; or somebody the desk knows of. */
export async function redirect(
  ctx: Ctx,
  { params, body }: RouteInput<typeof stay.redirect>,
): Promise<VisitCard> {
  return step(ctx, params.id, 'redirect', async (at) => {
    if (body.toId === undefined) return askNext(at, 'passed')
    const { work, house, visit, subject } = at
    const to = await person(ctx, { ...at, visit: { ...visit, host_id: null } }, body.toId)
    work.settleTasks(subject, asking, 'redirected')
    work.write(
      endHop(visit.id, { result: 'passed', at: work.now, byName: ctx.actor.name, how: null, note: '' }),
    )
    const asked = ask(work, house, subjectOf(visit), askeeOf('hand', to), texts(visit.asked_ids))
    return {
      action: 'visit.asked',
      patch: asked,
      data: { askedName: to.name, askedKind: 'person', outcome: 'redirected' },
    }
  })
}
