/** Use cases that end a call: the line, its outcome, and back again (C4, C6, C7, C10, G1, G2). */
import type { RouteInput } from '../../kernel/contract.ts'
import { DomainError, fail, failWith } from '../../kernel/errors.ts'
import { mustAllow } from '../../kernel/transitions.ts'
import { type Ctx, command, type Work } from '../../kernel/work/command.ts'
import type { CallbackKind } from './callbacks/rules.ts'
import { withdrawCallbacksOf, writeCallback } from './callbacks/write.ts'
import { type CallDetail, callErrors } from './card/contract.ts'
import { fieldOf } from './cascade.ts'
import type { calls } from './contract.ts'
import { viewerOf } from './house.ts'
import { orderHangUp } from './intake/order.ts'
import { withdrawMessagesOf, writeMessage } from './messages/write.ts'
import { learnContact, readNumber } from './people.ts'
import { isOthers, maySee } from './policy.ts'
import { detailOf } from './reading.ts'
import { rangSeconds, seconds } from './record.ts'
import { isComplaint } from './routing/rules.ts'
import { callNumber, otherParty, reachedAt } from './row.ts'
import { type CallStatus, mayUndo, missingFor, ringsIn, transitions } from './rules.ts'
import type { CallRules } from './settings.ts'
import { type Step, step, taken } from './step.ts'
import * as store from './store.ts'
import { oweMissed, oweOutcome, plus, untilOutcome, watchOpen } from './tasks.ts'

const refuse = failWith(callErrors)

export async function hangUp(
  ctx: Ctx,
  { params, body }: RouteInput<typeof calls.hangUp>,
): Promise<CallDetail> {
  if (body.order) return await orderEnd(ctx, params.id)
  const { id } = await step(ctx, params.id, 'hangUp', async ({ work, house, call, subject }) => {
    work.settleTasks(subject, untilOutcome, 'hung up')
    const gaveUp = call.answered_at === null && call.direction !== 'out'
    const ended: store.CallPatch = {
      ended_at: work.now,
      ...(call.answered_at === null
        ? rangFor(call, work.now, house.rules)
        : { talk_seconds: seconds(call.answered_at, work.now) }),
    }
    if (gaveUp) {
      const patch = { ...ended, ended_by: 'caller' as const, ...outcomeColumns(ctx, work, 'missed', '') }
      await oweMissed(work, { ...call, ...ended } as store.CallRow, house.rules)
      return { to: 'missed', action: 'call.missed', patch }
    }
    oweOutcome(work, call, house.rules)
    return { to: 'after', action: 'call.hung-up', patch: ended, data: { talkSeconds: ended.talk_seconds } }
  })
  return await detailOf(ctx, id)
}

export function outcomeColumns(
  ctx: Ctx,
  work: Work,
  outcome: NonNullable<store.CallRow['outcome']>,
  note: string,
): store.CallPatch {
  return {
    outcome,
    outcome_note: note,
    outcome_at: work.now,
    outcome_by: ctx.actor.employeeId ?? ctx.actor.id,
    outcome_by_name: ctx.actor.name,
  }
}

function rangFor(call: store.CallRow, now: Date, rules: CallRules): store.CallPatch {
  const rang = rangSeconds(call, now)
  if (rang === null) return {}
  return { ring_seconds: rang, rings: ringsIn(rang, rules.ringCadenceSeconds) }
}

/** The exchange ends it and says so; until then the record stands as it is. */
async function orderEnd(ctx: Ctx, id: string): Promise<CallDetail> {
  await command(ctx, async (work) => {
    const call = await work.maybe(store.lockCall(ctx.siteId, id))
    const viewer = viewerOf(ctx)
    if (call === undefined || !maySee(viewer, call)) return fail('entity.not-found')
    mustAllow(transitions, call.status, 'hangUp')
    if (isOthers(viewer, call)) throw taken(call)
    return { id: await orderHangUp(work, call.id) }
  })
  return await detailOf(ctx, id)
}

type Closing = RouteInput<typeof calls.close>['body']

export async function close(ctx: Ctx, { params, body }: RouteInput<typeof calls.close>): Promise<CallDetail> {
  const { id } = await step(ctx, params.id, 'close', async (at) => {
    const { work, call, subject, house } = at
    const [trying] = await work.all(store.openTrying(call.id))
    mustBeComplete(call, body)
    // Whoever deals with a missed call has dealt with the promise to call back.
    if (call.status === 'missed')
      await withdrawCallbacksOf(work, call.id, `${callNumber(call.number)} ${body.outcome}`)
    else await keepMissed(work, call)
    work.settleTasks(subject, untilOutcome, body.outcome)
    if (trying !== undefined) endTrying(work, trying, body.outcome)
    const patch: store.CallPatch = {
      ...outcomeColumns(ctx, work, body.outcome, body.note),
      ...(body.outcome === 'private' ? { private: true } : {}),
      ...endOf(at),
      // Whoever gives an unowned call its outcome owns that (G1).
      ...(call.handler_id === null ? { handler_id: ctx.actor.employeeId, handler_name: ctx.actor.name } : {}),
    }
    const after = { ...call, ...patch } as store.CallRow
    Object.assign(patch, await learnContact(work, after))
    const contactId = patch.contact_id ?? call.contact_id
    const told = await promise(at, body, { ...after, contact_id: contactId }, house.rules)
    return {
      to: 'closed',
      action: 'call.closed',
      patch,
      data: { outcome: body.outcome, ...told, ...(trying === undefined ? {} : { name: trying.target_name }) },
      people: [trying?.target_id ?? null],
    }
  })
  return await detailOf(ctx, id)
}

/** Who was missed before and has got through by themselves need not be called back; whoever is dialling already, goes on. */
async function keepMissed(work: Work, call: store.CallRow): Promise<void> {
  const number = otherParty(call)
  if (call.direction !== 'in' || call.answered_at === null || number === '') return
  const owed = await work.maybe(store.missedPromise(call.site_id, number))
  if (owed?.status === 'promised' && owed.callId !== null && owed.callId !== call.id)
    await withdrawCallbacksOf(work, owed.callId, callNumber(call.number))
}

/** @throws DomainError `call.details-missing` naming the fields (C2, C4) */
function mustBeComplete(call: store.CallRow, body: Closing): void {
  const typed = body.callback === undefined ? '' : readNumber(body.callback.phone, 'callback.phone')
  const missing = missingFor(body.outcome, {
    name: call.contact_name || call.caller_shown,
    organisation: call.organisation,
    reason: call.reason,
    phone: typed || reachedAt(call),
    message: body.message !== undefined,
    owner: body.callback !== undefined,
    note: body.note,
  })
  // A promise may come with any outcome, and none can be kept without a number.
  if (body.callback !== undefined && (typed || reachedAt(call)) === '' && !missing.includes('phone'))
    missing.push('phone')
  if (missing.length > 0) refuse('call.details-missing', { missing }, missing.map(fieldOf))
}

function endTrying(work: Work, hop: store.HopRow, outcome: Closing['outcome']): void {
  work.write(
    store.endHop(hop.id, {
      result: outcome === 'put-through' ? 'answered' : 'cancelled',
      ended_at: work.now,
      seconds: seconds(hop.started_at, work.now),
    }),
  )
}

/** By hand the stopwatch stops here; the exchange says itself when its line ends. */
function endOf({ call, work }: Step): store.CallPatch {
  if (call.source === 'exchange' || call.ended_at !== null) return {}
  const spoke = call.answered_at === null ? {} : { talk_seconds: seconds(call.answered_at, work.now) }
  return { ended_at: work.now, ...spoke }
}

/** C4, C6, C7, C10: message and promise in the transaction of the outcome; one cannot be there without the other. */
async function promise({ work }: Step, body: Closing, call: store.CallRow, rules: CallRules) {
  const from = {
    callId: call.id,
    contactId: call.contact_id,
    customerId: call.customer_id,
    callerName: call.contact_name || call.caller_shown,
    organisation: call.organisation,
  }
  const told: Record<string, unknown> = {}
  if (body.message !== undefined) {
    const { to, ...message } = body.message
    const written = await writeMessage(work, { ...from, ...message, phone: reachedAt(call), to })
    told.message = written.number
    told.toName = written.toName
  }
  if (body.callback !== undefined) {
    const { id, owner, minutes, phone, matter } = body.callback
    const written = await writeCallback(work, {
      ...from,
      id,
      kind: kindOf(call),
      messageId: null,
      phone: readNumber(phone, 'callback.phone') || reachedAt(call),
      matter: matter || call.reason,
      owner,
      // A complaint waits no longer than the house allows, whatever was said at the telephone (C7).
      dueAt: plus(work.now, isComplaint(call.route) ? Math.min(minutes, rules.complaintMinutes) : minutes),
    })
    told.ownerName = written.ownerName
    told.minutes = minutes
  }
  return told
}

/** PURE: what the promise is about. */
function kindOf(call: Pick<store.CallRow, 'route' | 'situations'>): CallbackKind {
  if (isComplaint(call.route)) return 'complaint'
  const kinds = { 'line-fault': 'line-fault', 'beyond-knowledge': 'question', dialect: 'dialect' } as const
  for (const [situation, kind] of Object.entries(kinds)) if (call.situations.includes(situation)) return kind
  return 'cascade'
}

export async function undo(ctx: Ctx, { params }: RouteInput<typeof calls.undo>): Promise<CallDetail> {
  const { id } = await step(ctx, params.id, 'undo', async (at) => {
    const { work, call, viewer, house, subject } = at
    const to = call.previous_status as CallStatus | null
    const undoable = {
      status: call.status,
      previousStatus: to,
      statusAt: call.status_at,
      statusBy: call.status_by,
    }
    if (to === null || !(transitions[call.status].undo ?? []).includes(to))
      throw new DomainError('transition.refused', { from: call.status, command: 'undo' })
    if (call.status_by !== viewer.id) throw new DomainError('auth.forbidden', { action: 'call.undo' })
    if (!mayUndo(undoable, viewer.id, work.now, house.rules.undoMinutes)) return refuse('call.undo-too-late')
    work.cancelTasks(subject, untilOutcome, 'undone')
    if (call.status === 'closed' || call.status === 'missed') {
      const note = `${callNumber(call.number)} undone`
      await withdrawMessagesOf(work, call.id, note)
      await withdrawCallbacksOf(work, call.id, note)
    }
    const patch = backTo(call, to)
    await oweAgain(work, { ...call, ...patch, status: to } as store.CallRow, house.rules)
    return { to, action: 'call.undone', patch, data: { from: call.status, to } }
  })
  return await detailOf(ctx, id)
}

function backTo(call: store.CallRow, to: CallStatus): store.CallPatch {
  const patch: store.CallPatch = {}
  if (call.outcome !== null)
    Object.assign(patch, {
      outcome: to === 'missed' ? 'missed' : null,
      outcome_note: '',
      outcome_at: to === 'missed' ? call.ended_at : null,
      outcome_by: null,
      outcome_by_name: '',
      ...(call.outcome === 'private' ? { private: false } : {}),
    })
  const speaks = to === 'open' || to === 'ringing'
  if (speaks && call.source !== 'exchange')
    Object.assign(patch, { ended_at: null, ended_by: null, talk_seconds: 0 })
  if (to === 'ringing')
    Object.assign(patch, {
      answered_at: null,
      ring_seconds: null,
      rings: null,
      ...(call.direction === 'out' ? {} : { handler_id: null, handler_name: '', handler_extension: '' }),
    })
  return patch
}

/** What was owed in that state is owed again (G2). */
async function oweAgain(work: Work, call: store.CallRow, rules: CallRules): Promise<void> {
  if (call.status === 'after') oweOutcome(work, call, rules)
  else if (call.status === 'missed') await oweMissed(work, call, rules)
  else if (call.source !== 'exchange') watchOpen(work, call, rules)
}
