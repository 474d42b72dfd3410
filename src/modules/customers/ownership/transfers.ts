/** A colleague asks for somebody's customer; the head of the owner's department decides (C5). */
import type { RouteAnswer, RouteInput } from '../../../kernel/contract.ts'
import { DomainError, fail } from '../../../kernel/errors.ts'
import { newId } from '../../../kernel/ids.ts'
import type { LadderStep, Owner } from '../../../kernel/tasks/rules.ts'
import { mustAllow } from '../../../kernel/transitions.ts'
import { type Ctx, command, query, type Work } from '../../../kernel/work/command.ts'
import { departmentOf } from '../../directory/public.ts'
import { lockedCompany } from '../companies/company.ts'
import { lockCompanies } from '../companies/store.ts'
import { dueAfter, type Lens, lensOf, selfOf } from '../house.ts'
import { decodePlace, encodePlace } from '../lists/paging.ts'
import { maySeeTransfer, transferCan } from '../policy.ts'
import { presentTransfer, type TransferAnswer } from '../present.ts'
import { type TransferCommand, transferTable } from '../rules.ts'
import type { transfers } from './contract.ts'
import { giveTo, release } from './give.ts'
import { knownEmployees, settleOrphans } from './service.ts'
import * as store from './store.ts'

const office: Owner = { kind: 'post', id: 'office_admin' }
const subject = (id: string) => ({ entity: 'customer-transfer', id })
const kinds = ['customer.transfer'] as const

export async function list(
  ctx: Ctx,
  input: RouteInput<typeof transfers.list>,
): Promise<RouteAnswer<typeof transfers.list>> {
  const { status, cursor, limit } = input.query
  const sql = query(ctx)
  const lens = await lensOf(ctx, sql)
  const { viewer } = lens
  const place = cursor === undefined ? null : decodePlace(cursor)
  const rows = await sql.all(
    store.transferPage({
      siteId: ctx.siteId,
      status: status === 'all' ? null : status,
      all: viewer.readsAll,
      self: viewer.self,
      employeeId: viewer.employeeId,
      departments: viewer.leads,
      after: place === null ? null : { at: new Date(place.at), id: place.id },
      limit: limit + 1,
    }),
  )
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return {
    items: shown.map((row) => presentTransfer(row, lens)),
    next:
      rows.length > limit && last !== undefined
        ? encodePlace({ at: last.askedAt.toISOString(), id: last.id })
        : null,
  }
}

export async function ask(ctx: Ctx, input: RouteInput<typeof transfers.ask>): Promise<TransferAnswer> {
  const { reason, lockUntil = null } = input.body
  const id = await command(ctx, async (work) => {
    const lens = await lensOf(ctx, work)
    const row = await lockedCompany(work, lens, input.params.id)
    const toId = input.body.toId ?? lens.viewer.employeeId
    if (toId === null) throw new DomainError('customer.owner-unknown')
    if (!row.active) throw new DomainError('customer.inactive')
    if (row.ownerId === null) throw new DomainError('customer.not-owned')
    if (row.ownerId === toId) throw new DomainError('customer.yours-already')
    if ((await work.maybe(store.openTransfer(row.id))) !== undefined)
      throw new DomainError('customer.transfer-open')
    const [to] = await knownEmployees(work, [toId], 'toId')
    const transfer = {
      id: newId(),
      siteId: ctx.siteId,
      customerId: row.id,
      fromId: row.ownerId,
      fromName: row.ownerName ?? '',
      toId,
      toName: to?.name ?? '',
      reason,
      lockUntil,
      askedAt: work.now,
      askedBy: selfOf(ctx),
      askedByName: ctx.actor.name,
    }
    work.write(store.insertTransfer(transfer))
    note(work, transfer, 'customer-transfer.asked', { after: { toId, toName: transfer.toName, reason } })
    await openDecision(work, lens, { ...transfer, customerName: row.name })
    return transfer.id
  })
  return answer(ctx, id)
}

interface Asked {
  readonly id: string
  readonly customerId: string
  readonly customerName: string
  readonly fromId: string | null
  readonly fromName: string
  readonly toId: string
  readonly toName: string
}

/** The owner's head decides; when that is one of the two, or there is none, the office does. */
async function openDecision(work: Work, lens: Lens, asked: Asked): Promise<void> {
  const { dueAt, remindAt } = await dueAfter(work, lens.rules.transferHours)
  const department =
    asked.fromId === null ? undefined : await departmentOf(work, work.ctx.siteId, asked.fromId)
  const partial = department?.headId == null || [asked.toId, selfOf(work.ctx)].includes(department.headId)
  const owner: Owner =
    department === undefined || partial ? office : { kind: 'post', id: `department:${department.id}` }
  const ladder: LadderStep[] = owner === office ? [] : [{ afterMinutes: 8 * 60, owner: office }]
  work.openTask({
    kind: 'customer.transfer',
    subject: subject(asked.id),
    facts: { customer: asked.customerName, from: asked.fromName, to: asked.toName },
    owner,
    dueAt,
    remindAt,
    ladder,
  })
}

function note(
  work: Work,
  transfer: { id: string; customerId: string; fromId: string | null; toId: string },
  action: string,
  change: { before?: Record<string, unknown>; after?: Record<string, unknown> },
  version = 1,
): void {
  work.journal({
    entity: 'customer-transfer',
    entityId: transfer.id,
    action,
    version,
    ...change,
    data: {
      customerId: transfer.customerId,
      people: [transfer.fromId, transfer.toId].filter((id) => id !== null),
    },
  })
}

type Apply = (at: { work: Work; lens: Lens; row: store.TransferRow }) => Promise<void>

/** Load locked (company first, as every other command does) → may they → does the table allow it → apply. */
async function decide(ctx: Ctx, id: string, order: TransferCommand, apply: Apply): Promise<TransferAnswer> {
  await command(ctx, async (work) => {
    const lens = await lensOf(ctx, work)
    const seen = (await work.maybe(store.transferById(ctx.siteId, id))) ?? fail('entity.not-found')
    await work.run(lockCompanies(ctx.siteId, [seen.customerId]))
    const row = await work.one(store.lockTransfer(ctx.siteId, id))
    if (!maySeeTransfer(lens.viewer, row)) fail('entity.not-found')
    mustAllow(transferTable, row.status, order)
    if (!transferCan(lens.viewer, row, work.now, lens.rules.undoMinutes)[order]) {
      if (order === 'undo') throw new DomainError('customer.undo-late')
      fail('auth.forbidden', { action: 'customer.assign' })
    }
    await apply({ work, lens, row })
    return id
  })
  return answer(ctx, id)
}

async function answer(ctx: Ctx, id: string): Promise<TransferAnswer> {
  const sql = query(ctx)
  const [lens, row] = await Promise.all([lensOf(ctx, sql), sql.one(store.transferById(ctx.siteId, id))])
  return presentTransfer(row, lens)
}

function close(
  work: Work,
  row: store.TransferRow,
  to: 'approved' | 'refused' | 'withdrawn',
  answerText: string,
  was: { since: Date | null; lockedUntil: string | null } = { since: null, lockedUntil: null },
): void {
  const decided = to !== 'withdrawn'
  work.write(
    store.moveTransfer(row.id, 'asked', to, {
      at: work.now,
      by: decided ? selfOf(work.ctx) : null,
      byName: decided ? work.ctx.actor.name : '',
      answer: answerText,
      fromSince: was.since,
      fromLockedUntil: was.lockedUntil,
    }),
  )
  note(
    work,
    row,
    `customer-transfer.${to}`,
    { before: { status: 'asked' }, after: { status: to, answer: answerText } },
    row.version + 1,
  )
  work.settleTasks(subject(row.id), kinds, to)
}

export async function approve(
  ctx: Ctx,
  { params, body }: RouteInput<typeof transfers.approve>,
): Promise<TransferAnswer> {
  return decide(ctx, params.id, 'approve', async ({ work, lens, row }) => {
    const company = await lockedCompany(work, lens, row.customerId)
    if (company.ownerId !== row.fromId) throw new DomainError('customer.transfer-outdated')
    await knownEmployees(work, [row.toId], 'toId')
    close(work, row, 'approved', body.answer, { since: company.ownerSince, lockedUntil: company.lockedUntil })
    giveTo(work, lens, company, {
      employeeId: row.toId,
      name: row.toName,
      reason: row.reason,
      action: 'customer.transferred',
      lockedUntil: row.lockUntil ?? undefined,
    })
    await settleOrphans(work, row.fromId, 1)
  })
}

export async function refuse(
  ctx: Ctx,
  { params, body }: RouteInput<typeof transfers.refuse>,
): Promise<TransferAnswer> {
  return decide(ctx, params.id, 'refuse', async ({ work, row }) => close(work, row, 'refused', body.answer))
}

export async function withdraw(
  ctx: Ctx,
  { params }: RouteInput<typeof transfers.withdraw>,
): Promise<TransferAnswer> {
  return decide(ctx, params.id, 'withdraw', async ({ work, row }) => close(work, row, 'withdrawn', ''))
}

/** Only while nothing was built on it: no later request, and the customer is still whose the decision made it. */
export async function undo(ctx: Ctx, { params }: RouteInput<typeof transfers.undo>): Promise<TransferAnswer> {
  return decide(ctx, params.id, 'undo', async ({ work, lens, row }) => {
    if ((await work.maybe(store.laterTransfer(row.customerId, row.id, row.askedAt))) !== undefined)
      throw new DomainError('customer.transfer-open')
    const company = await lockedCompany(work, lens, row.customerId)
    const holder = row.status === 'approved' ? row.toId : row.fromId
    if (company.ownerId !== holder) throw new DomainError('customer.transfer-outdated')
    const blank = { at: null, by: null, byName: '', answer: '', fromSince: null, fromLockedUntil: null }
    work.write(store.moveTransfer(row.id, row.status, 'asked', blank))
    note(
      work,
      row,
      'customer-transfer.undone',
      { before: { status: row.status }, after: { status: 'asked' } },
      row.version + 1,
    )
    if (row.status === 'approved') giveBack(work, lens, row, company)
    await openDecision(work, lens, row)
  })
}

/** The former owner has it as before: since the same day, protected until the same day. */
function giveBack(
  work: Work,
  lens: Lens,
  row: store.TransferRow,
  company: Parameters<typeof release>[1],
): void {
  if (row.fromId === null) {
    release(work, company, '')
    return
  }
  giveTo(work, lens, company, {
    employeeId: row.fromId,
    name: row.fromName,
    reason: '',
    action: 'customer.transferred',
    lockedUntil: row.fromLockedUntil,
    since: row.fromSince,
  })
}
