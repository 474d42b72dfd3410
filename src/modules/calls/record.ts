/** Use cases of the record itself: begun, answered, taken down, kept private, looked at in full (C1, C2, C12, G1, G5). */
import type { RouteInput } from '../../kernel/contract.ts'
import { DomainError, failWith } from '../../kernel/errors.ts'
import { tidy } from '../../kernel/find/spelling.ts'
import { type Ctx, command, type Work } from '../../kernel/work/command.ts'
import { cardOfContact, cardOfCustomer } from '../customers/public.ts'
import { employeeCard } from '../directory/public.ts'
import { type CallDetail, callErrors } from './card/contract.ts'
import type { calls } from './contract.ts'
import { houseOf } from './house.ts'
import { moveTasks } from './owners/store.ts'
import { columnsOf, learnContact, numberOf, readNumber, recogniseCaller } from './people.ts'
import { isOthers } from './policy.ts'
import { detailOf } from './reading.ts'
import { type Beginning, callNumber, newCall, termsOf } from './row.ts'
import { type CallCommand, ringsIn } from './rules.ts'
import type { CallRules } from './settings.ts'
import { type Change, peopleOf, type Step, step, taken, unchanged } from './step.ts'
import * as store from './store.ts'
import { untilOutcome, watchOpen } from './tasks.ts'

const refuse = failWith(callErrors)

/** The desk's stopwatch began at most this long ago; a form that lay about says nothing of when it rang (C1). */
const longestRinging = 15 * 60_000

type Start = RouteInput<typeof calls.start>['body']

export async function start(ctx: Ctx, { body }: { body: Start }): Promise<CallDetail> {
  const read = body.number === '' ? null : numberOf(body.number, 'number')
  const extension = read?.kind === 'extension' ? read.number : ''
  const number = extension === '' ? (read?.number ?? '') : ''
  const { rules } = await houseOf(ctx)
  const { id } = await command(ctx, async (work) => {
    const { employeeId } = ctx.actor
    const [counted, known, self] = await Promise.all([
      work.one(store.nextNumber()),
      recogniseCaller(work, ctx.siteId, { number, extension }),
      employeeId === null ? undefined : work.maybe(employeeCard(ctx.siteId, employeeId)),
    ])
    const outgoing = body.direction === 'out'
    const { ringingAt, ringSeconds } = ringing(body, work.now)
    const beginning: Beginning = {
      id: body.id,
      siteId: ctx.siteId,
      number: counted.number,
      status: body.answered ? 'open' : 'ringing',
      direction: extension === '' || outgoing ? body.direction : 'internal',
      source: 'hand',
      startedAt: ringingAt ?? work.now,
      now: work.now,
      by: employeeId ?? ctx.actor.id,
    }
    const row = newCall(beginning, {
      ...known,
      ...(outgoing
        ? { dialled: number || extension }
        : { caller_number: number, caller_extension: extension }),
      ringing_at: ringingAt,
      ...(body.answered ? answeredNow(work.now, ringSeconds, rules) : {}),
      // Whoever dials has it at once; a call that rings is nobody's yet.
      ...(body.answered || outgoing ? handlerOf(ctx, self?.extension ?? '') : {}),
    })
    work.write(store.insertCall({ ...row, terms: termsOf(row) }))
    watchOpen(work, row, rules)
    work.journal({
      entity: 'call',
      entityId: row.id,
      action: body.answered ? 'call.answered' : 'call.rang',
      version: 1,
      after: {
        status: row.status,
        direction: row.direction,
        source: row.source,
        contact_name: row.contact_name,
        organisation: row.organisation,
        handler_name: row.handler_name,
        ring_seconds: row.ring_seconds,
        rings: row.rings,
      },
      data: { number: callNumber(row.number), people: peopleOf(row) },
    })
    return { id: row.id }
  })
  return await detailOf(ctx, id)
}

/** C1: measured by the stopwatch, never typed: from the ringing the client saw to the command. */
function ringing(body: Start, now: Date): { ringingAt: Date | null; ringSeconds: number | null } {
  if (body.ringingAt === null) return { ringingAt: body.answered ? null : now, ringSeconds: null }
  const said = new Date(body.ringingAt)
  if (now.getTime() - said.getTime() > longestRinging)
    throw new DomainError('input.invalid', {}, [{ path: 'ringingAt', code: 'too-long-ago' }])
  // A clock that runs ahead of the server's.
  const ringingAt = said > now ? now : said
  return { ringingAt, ringSeconds: seconds(ringingAt, now) }
}

/** Null when it was not heard, or left standing so long that nobody rang any more. */
export function rangSeconds(call: Pick<store.CallRow, 'ringing_at'>, now: Date): number | null {
  if (call.ringing_at === null || now.getTime() - call.ringing_at.getTime() > longestRinging) return null
  return seconds(call.ringing_at, now)
}

export function seconds(from: Date, to: Date): number {
  return Math.max(0, to.getTime() - from.getTime()) / 1000
}

function answeredNow(now: Date, ringSeconds: number | null, rules: CallRules) {
  return {
    answered_at: now,
    ring_seconds: ringSeconds,
    rings: ringSeconds === null ? null : ringsIn(ringSeconds, rules.ringCadenceSeconds),
  }
}

function handlerOf(ctx: Ctx, extension: string) {
  return { handler_id: ctx.actor.employeeId, handler_name: ctx.actor.name, handler_extension: extension }
}

export async function answer(
  ctx: Ctx,
  { params, body }: RouteInput<typeof calls.answer>,
): Promise<CallDetail> {
  const order: CallCommand = body.takeOver ? 'takeOver' : 'answer'
  const { id } = await step(ctx, params.id, order, async (at) => {
    const { call, viewer } = at
    if (order === 'answer' && call.status === 'missed')
      throw new DomainError('transition.refused', { from: call.status, command: order })
    const mine = call.handler_id !== null && call.handler_id === viewer.employeeId
    if (mine) return unchanged
    if (isOthers(viewer, call) && !body.takeOver) throw taken(call)
    const self =
      viewer.employeeId === null
        ? undefined
        : await at.work.maybe(employeeCard(ctx.siteId, viewer.employeeId))
    const handler = handlerOf(ctx, self?.extension ?? '')
    return call.status === 'ringing' ? pickUp(at, handler) : takeRecord(at, handler)
  })
  return await detailOf(ctx, id)
}

type Handler = ReturnType<typeof handlerOf>

/** By hand, or before the exchange has said so: it corrects the seconds as soon as it speaks. */
function pickUp({ call, work, house }: Step, handler: Handler): Change {
  const rang = rangSeconds(call, work.now)
  return {
    to: 'open',
    action: 'call.answered',
    patch: { ...handler, ...answeredNow(work.now, rang, house.rules) },
    data: { name: handler.handler_name },
  }
}

/** G1: the record passes on expressly, with what it owes. */
function takeRecord({ call, work, subject }: Step, handler: Handler): Change {
  if (handler.handler_id !== null)
    work.write(moveTasks(subject, untilOutcome, { kind: 'person', id: handler.handler_id }))
  return {
    action: call.handler_id === null ? 'call.answered' : 'call.taken-over',
    patch: handler,
    data: { name: handler.handler_name, from: call.handler_name, fromId: call.handler_id },
  }
}

type Edit = RouteInput<typeof calls.edit>['body']

export async function edit(ctx: Ctx, { params, body }: RouteInput<typeof calls.edit>): Promise<CallDetail> {
  const { id } = await step(ctx, params.id, 'edit', async ({ work, call }) => {
    const patch = await patchOf(ctx, work, call, body)
    await mustBeFresh(work, call, body.version, Object.keys(patch))
    const changed = Object.fromEntries(
      Object.entries(patch).filter(([key, value]) => value !== (call as Record<string, unknown>)[key]),
    )
    if (Object.keys(changed).length === 0) return unchanged
    const after = { ...call, ...changed } as store.CallRow
    const asked = after.organisation !== '' && after.contact_name !== '' && after.reason !== ''
    const learned = call.status === 'closed' ? await learnContact(work, after) : {}
    return { action: 'call.edited', patch: { ...changed, ...learned, questions_asked: asked } }
  })
  return await detailOf(ctx, id)
}

/**
 * Two people on one record: an edit is stale when a field it changes was changed since. What the exchange tells meanwhile
 * does not disturb who is typing.
 */
async function mustBeFresh(
  work: Work,
  call: store.CallRow,
  version: number,
  columns: readonly string[],
): Promise<void> {
  if (version === call.version) return
  const since = await work.all(store.editsSince(call.id, version))
  const touched = new Set(since.flatMap(({ columns: changed }) => changed))
  if (version > call.version || columns.some((column) => touched.has(column)))
    throw new DomainError('edit.stale', { stored: call.version, sent: version })
}

/** Columns of what was sent; a contact or company that is picked brings its own names along. */
async function patchOf(ctx: Ctx, work: Work, call: store.CallRow, body: Edit): Promise<store.CallPatch> {
  const patch: store.CallPatch = {}
  if (body.contactId !== undefined) Object.assign(patch, await contactColumns(ctx, work, body.contactId))
  if (body.customerId !== undefined)
    Object.assign(patch, await customerColumns(ctx, work, call, body.customerId))
  if (body.wantedId !== undefined) Object.assign(patch, await wantedColumns(ctx, work, body.wantedId))
  if (body.departmentId !== undefined)
    Object.assign(patch, await departmentColumns(ctx, work, body.departmentId))
  if (body.contactName !== undefined) patch.contact_name = tidy(body.contactName)
  if (body.organisation !== undefined) patch.organisation = tidy(body.organisation)
  if (body.contactPhone !== undefined) patch.contact_phone = readNumber(body.contactPhone, 'contactPhone')
  if (body.reason !== undefined) patch.reason = body.reason
  return patch
}

function unknown(path: string): DomainError {
  return new DomainError('input.invalid', {}, [{ path, code: 'unknown' }])
}

async function contactColumns(ctx: Ctx, work: Work, id: string | null): Promise<store.CallPatch> {
  if (id === null) return { contact_id: null }
  const card = await work.maybe(cardOfContact(ctx.siteId, id))
  if (card === undefined) throw unknown('contactId')
  return columnsOf(card)
}

async function customerColumns(
  ctx: Ctx,
  work: Work,
  call: store.CallRow,
  id: string | null,
): Promise<store.CallPatch> {
  if (id === null) return { customer_id: null }
  const card = await work.maybe(cardOfCustomer(ctx.siteId, id))
  if (card === undefined) throw unknown('customerId')
  return { customer_id: card.customerId, organisation: card.customerName || call.organisation }
}

async function wantedColumns(ctx: Ctx, work: Work, id: string | null): Promise<store.CallPatch> {
  if (id === null) return { wanted_id: null, wanted_name: '' }
  const wanted = await work.maybe(employeeCard(ctx.siteId, id))
  if (wanted === undefined || !wanted.active)
    return refuse('call.target-unknown', {}, [{ path: 'wantedId', code: 'unknown' }])
  return {
    wanted_id: wanted.id,
    wanted_name: wanted.name,
    department_id: wanted.departmentId,
    department_name: wanted.departmentName ?? '',
  }
}

async function departmentColumns(ctx: Ctx, work: Work, id: string | null): Promise<store.CallPatch> {
  if (id === null) return { department_id: null, department_name: '' }
  const found = await work.maybe(store.departmentName(ctx.siteId, id))
  if (found === undefined)
    return refuse('call.target-unknown', {}, [{ path: 'departmentId', code: 'unknown' }])
  return { department_id: found.id, department_name: found.name }
}
