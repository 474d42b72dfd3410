/** What happens to a promise: given, taken by one, put back, handed over, tried, kept, given up, taken back. */
import type { RouteInput } from '../../../kernel/contract.ts'
import { DomainError, fail } from '../../../kernel/errors.ts'
import { newId } from '../../../kernel/ids.ts'
import { type Ctx, command } from '../../../kernel/work/command.ts'
import { showNumber } from '../../customers/public.ts'
import { callerOf, phoneOf } from '../owners/caller.ts'
import { type OwnerFound, ownerFound } from '../owners/owner.ts'
import { isInTime } from '../owners/rules.ts'
import { moveTasks } from '../owners/store.ts'
import { rulesSetting } from '../settings.ts'
import type { CallbackCard, CallbackDetail, callbacks } from './contract.ts'
import { mayReveal, maySee } from './policy.ts'
import { presentCallback } from './present.ts'
import { detailOf } from './reading.ts'
import { type CallbackStatus, retryMinutes } from './rules.ts'
import { type Change, type Changed, lensOf, type Step, step } from './step.ts'
import * as store from './store.ts'
import { dissatisfied, due, openKinds, oweCall, oweRetry, responsible, retry, subjectOf } from './tasks.ts'
import { insertCallback, ownerUnknown } from './write.ts'

const card = ({ row, lens }: Changed): CallbackCard => presentCallback(row, lens)

/** Without a call before it: somebody stood at the desk, or a return visit is due (C14). */
export async function promise(
  ctx: Ctx,
  { body }: RouteInput<typeof callbacks.promise>,
): Promise<CallbackCard> {
  const phone = phoneOf(body.phone, 'phone')
  if (body.callerName === '' && body.organisation === '')
    throw new DomainError('call.details-missing', { missing: ['name'] })
  const rules = await ctx.kernel.settings.get(ctx.siteId, rulesSetting)
  return command(ctx, async (work) => {
    const lens = await lensOf(ctx, work, rules, work.now)
    const caller = await callerOf(work, { ...body, phone })
    const row = await insertCallback(work, {
      ...body,
      ...caller,
      phone,
      callId: null,
      messageId: null,
      dueAt: new Date(work.now.getTime() + body.minutes * 60_000),
    })
    return presentCallback(row, lens)
  })
}

/** Two at once: the row's lock lets one through, the other learns who has it. */
export async function take(ctx: Ctx, { params }: RouteInput<typeof callbacks.take>): Promise<CallbackDetail> {
  return step(
    ctx,
    params.id,
    'take',
    async ({ work, lens, callback }) => {
      const taken_by = lens.viewer.employeeId
      if (taken_by === null) throw new DomainError('auth.forbidden', { action: 'callback.use' })
      work.write(moveTasks(subjectOf(callback.id), openKinds, { kind: 'person', id: taken_by }))
      return {
        to: 'taken',
        action: 'callback.taken',
        data: { name: ctx.actor.name, tasksMoved: true },
        patch: { taken_by, taken_by_name: ctx.actor.name },
      }
    },
    detailOf,
  )
}

/** G1: the owner owes it again. */
export async function release(
  ctx: Ctx,
  { params, body }: RouteInput<typeof callbacks.release>,
): Promise<CallbackCard> {
  return step(ctx, params.id, 'release', async (one) => putBack(one, body.note), card)
}

export function putBack({ work, callback }: Step, note: string): Change {
  const { owner_kind: kind, owner_id: id } = callback
  work.write(moveTasks(subjectOf(callback.id), openKinds, { kind, id }))
  return {
    to: 'promised',
    action: 'callback.released',
    data: { note, ownerName: callback.owner_name },
    patch: { taken_by: null, taken_by_name: '' },
  }
}

export async function handOver(
  ctx: Ctx,
  { params, body }: RouteInput<typeof callbacks.handOver>,
): Promise<CallbackCard> {
  return step(
    ctx,
    params.id,
    'handOver',
    async (one) => {
      const found = await ownerFound(ctx, one.work, body.owner)
      if (found === undefined) throw ownerUnknown('owner.id')
      return giveTo(one, found, body.note)
    },
    card,
  )
}

/** The part of `handOver` that a colleague's departure shares. The task starts anew: the new owner is told, reminded, chased. */
export function giveTo({ work, callback }: Step, to: OwnerFound, note: string): Change {
  work.cancelTasks(subjectOf(callback.id), openKinds, to.name)
  return {
    to: 'promised',
    action: 'callback.handed-over',
    data: { fromName: callback.taken_by_name || callback.owner_name, toName: to.name, note },
    patch: {
      owner_kind: to.owner.kind,
      owner_id: to.owner.id,
      owner_name: to.name,
      taken_by: null,
      taken_by_name: '',
    },
    owes: (after) => oweCall(work, after),
  }
}

/** Not reached: when to try again is proposed and told by a task; another time the caller asked for moves the promise. */
export async function attempt(
  ctx: Ctx,
  { params, body }: RouteInput<typeof callbacks.attempt>,
): Promise<CallbackDetail> {
  return step(
    ctx,
    params.id,
    'attempt',
    async ({ work, lens, callback }) => {
      const asked = body.dueAt === undefined ? null : new Date(body.dueAt)
      if (asked !== null && asked <= work.now)
        return fail('input.invalid', {}, [{ path: 'dueAt', code: 'task.due-past' }])
      // At once: the answer reads the tries.
      await work.run(store.insertAttempt(attemptRow(ctx, callback, work.now, body)))
      const subject = subjectOf(callback.id)
      const minutes = retryMinutes(body.result)
      const again = minutes === null ? null : new Date(work.now.getTime() + minutes * 60_000)
      if (asked !== null) work.cancelTasks(subject, openKinds, body.result)
      else work.settleTasks(subject, [retry], body.result)
      const { employeeId } = lens.viewer
      return {
        action: 'callback.attempted',
        data: { result: body.result, note: body.note, retryAt: (asked ?? again)?.toISOString() ?? null },
        patch: { attempts: callback.attempts + 1, ...(asked === null ? {} : { due_at: asked }) },
        owes: async (after) => {
          if (asked !== null) await oweCall(work, after)
          // Later than promised there is nothing to add: the promise itself is overdue and chases.
          else if (again !== null && again < after.due_at) {
            const owner =
              employeeId === null ? responsible(after) : ({ kind: 'person', id: employeeId } as const)
            oweRetry(work, after, owner, again)
          }
        },
      }
    },
    detailOf,
  )
}

export function attemptRow(
  ctx: Ctx,
  callback: store.CallbackRow,
  at: Date,
  tried: { id?: string | undefined; result: store.AttemptRow['result']; note: string },
) {
  return {
    id: tried.id ?? newId(),
    callback_id: callback.id,
    site_id: callback.site_id,
    at,
    result: tried.result,
    note: tried.note,
    call_id: null,
    by_id: ctx.actor.employeeId ?? ctx.actor.id,
    by_name: ctx.actor.name,
  }
}

/** Honest tries first; whether somebody tried in time is what counts. */
export async function giveUp(
  ctx: Ctx,
  { params, body }: RouteInput<typeof callbacks.giveUp>,
): Promise<CallbackCard> {
  return step(
    ctx,
    params.id,
    'giveUp',
    async ({ work, callback }) => {
      if (callback.attempts === 0) throw new DomainError('callback.not-tried')
      const [first] = await work.all(store.attemptsOf(callback.id))
      work.settleTasks(subjectOf(callback.id), openKinds, body.note)
      return {
        to: 'unreachable',
        action: 'callback.given-up',
        data: { note: body.note, attempts: callback.attempts },
        patch: ended(ctx, work.now, body.note, first !== undefined && first.at <= callback.due_at),
      }
    },
    card,
  )
}

export async function withdraw(
  ctx: Ctx,
  { params, body }: RouteInput<typeof callbacks.withdraw>,
): Promise<CallbackCard> {
  return step(
    ctx,
    params.id,
    'withdraw',
    async ({ work, callback }) => {
      work.cancelTasks(subjectOf(callback.id), openKinds, body.note)
      return {
        to: 'withdrawn',
        action: 'callback.withdrawn',
        data: { note: body.note },
        patch: ended(ctx, work.now, body.note, null),
      }
    },
    card,
  )
}

export function ended(ctx: Ctx, at: Date, note: string, inTime: boolean | null): Partial<store.CallbackRow> {
  return { ended_at: at, ended_by_name: ctx.actor.name, result_note: note, in_time: inTime }
}

/** One step back: the promise is open again, with what it owes. */
export async function undo(ctx: Ctx, { params }: RouteInput<typeof callbacks.undo>): Promise<CallbackCard> {
  return step(
    ctx,
    params.id,
    'undo',
    async ({ work, callback, rules }) => {
      if (!isInTime(callback, work.now, rules.undoMinutes)) throw new DomainError('call.undo-too-late')
      const subject = subjectOf(callback.id)
      work.cancelTasks(subject, [due, retry, dissatisfied], 'undo')
      if (callback.status === 'kept' && callback.ended_at !== null)
        work.write(store.removeReached(callback.id, callback.ended_at))
      return {
        to: callback.previous_status as CallbackStatus,
        action: 'callback.undone',
        data: { from: callback.status },
        patch: {
          previous_status: null,
          ended_at: null,
          ended_by_name: '',
          result_note: '',
          in_time: null,
          satisfaction: null,
          answers: [],
        },
        owes: (after) => oweCall(work, after),
      }
    },
    card,
  )
}

/** G5: the full number, once, with a journal entry of who looked. */
export async function reveal(
  ctx: Ctx,
  { params }: RouteInput<typeof callbacks.reveal>,
): Promise<{ phone: string }> {
  const rules = await ctx.kernel.settings.get(ctx.siteId, rulesSetting)
  return command(ctx, async (work) => {
    const [row, lens] = await Promise.all([
      work.maybe(store.findCallback(ctx.siteId, params.id)),
      lensOf(ctx, work, rules, work.now),
    ])
    if (row === undefined || !maySee(lens.viewer, row)) return fail('entity.not-found')
    if (!mayReveal(lens.viewer, row)) throw new DomainError('auth.forbidden', { action: 'callback.use' })
    work.journal({
      entity: 'callback',
      entityId: row.id,
      action: 'callback.revealed',
      version: row.version,
      data: { field: 'phone' },
    })
    return { phone: showNumber(row.phone) }
  })
}
