/** S10, T5: what customers said is written down; a suggestion is a promise to answer (G2). */
import type { z } from 'zod'
import type { RouteAnswer, RouteInput } from '../../../kernel/contract.ts'
import { DomainError, fail } from '../../../kernel/errors.ts'
import { newId } from '../../../kernel/ids.ts'
import type { Owner } from '../../../kernel/tasks/rules.ts'
import { type Ctx, command, query, type Work } from '../../../kernel/work/command.ts'
import { findEmployee } from '../../directory/public.ts'
import { companyById, currentCompany } from '../companies/store.ts'
import { contactById } from '../contacts/store.ts'
import { dueAfter, type Lens, lensOf, selfOf } from '../house.ts'
import { decodePlace, encodePlace } from '../lists/paging.ts'
import { seesInFull } from '../policy.ts'
import { currentContact } from '../recognise/store.ts'
import { withinUndo } from '../rules.ts'
import type { remarkShape, remarks } from './contract.ts'
import * as store from './store.ts'

type RemarkAnswer = z.input<typeof remarkShape>

const kinds = ['customer.suggestion'] as const
const subject = (id: string) => ({ entity: 'customer-remark', id })

function presentRemark(row: store.RemarkRow, lens: Lens): RemarkAnswer {
  const writes = lens.viewer.writes
  const suggestion = row.kind === 'suggestion'
  return {
    id: row.id,
    kind: row.kind,
    text: row.text,
    status: row.status,
    customerId: row.customerId,
    customerName: row.customerName ?? '',
    contactId: row.contactId,
    contactName: row.contactName ?? '',
    answer: row.answer,
    answeredAt: row.answeredAt?.toISOString() ?? null,
    answeredBy: row.answeredByName,
    at: row.at.toISOString(),
    by: row.byName,
    version: row.version,
    can: {
      answer: writes && suggestion && row.status === 'open',
      reopen:
        writes &&
        suggestion &&
        row.status === 'answered' &&
        withinUndo(row.answeredAt, lens.now, lens.rules.undoMinutes),
    },
  }
}

export async function list(
  ctx: Ctx,
  input: RouteInput<typeof remarks.list>,
): Promise<RouteAnswer<typeof remarks.list>> {
  const { customerId, contactId, kind, status, cursor, limit } = input.query
  const sql = query(ctx)
  const lens = await lensOf(ctx, sql)
  const place = cursor === undefined ? null : decodePlace(cursor)
  const [company, contact] = await Promise.all([
    customerId === undefined ? undefined : sql.maybe(currentCompany(ctx.siteId, customerId)),
    contactId === undefined ? undefined : sql.maybe(currentContact(ctx.siteId, contactId)),
  ])
  const rows = await sql.all(
    store.remarkPage({
      siteId: ctx.siteId,
      me: lens.viewer.employeeId,
      all: lens.viewer.readsAll,
      customerId: company?.id ?? customerId ?? null,
      contactIds: contactId === undefined ? null : [contact?.id ?? contactId],
      kind: kind ?? null,
      status: status ?? null,
      after: place === null ? null : { at: new Date(place.at), id: place.id },
      limit: limit + 1,
    }),
  )
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return {
    items: shown.map((row) => presentRemark(row, lens)),
    next:
      rows.length > limit && last !== undefined
        ? encodePlace({ at: last.at.toISOString(), id: last.id })
        : null,
  }
}

interface About {
  readonly customerId: string | null
  readonly contactId: string | null
  readonly name: string
  readonly ownerId: string | null
}

/** Merged ids lead to the record kept. @throws DomainError `customer.unknown`, `auth.forbidden` */
async function aboutOf(
  work: Work,
  lens: Lens,
  body: { customerId?: string | undefined; contactId?: string | undefined },
): Promise<About> {
  const { siteId } = work.ctx
  const me = lens.viewer.employeeId
  const unknown = (path: string) => {
    throw new DomainError('customer.unknown', {}, [{ path, code: 'unknown' }])
  }
  const mustSee = (row: { ownerId: string | null; concerns: boolean }) => {
    if (!seesInFull(lens.viewer, row)) fail('auth.forbidden', { action: 'customer.write' })
  }
  if (body.contactId !== undefined) {
    const kept = await work.maybe(currentContact(siteId, body.contactId))
    const row = kept === undefined ? undefined : await work.maybe(contactById(siteId, me, kept.id))
    if (row === undefined) return unknown('contactId')
    mustSee(row)
    return { customerId: row.customerId, contactId: row.id, name: row.name, ownerId: row.ownerId }
  }
  const kept =
    body.customerId === undefined ? undefined : await work.maybe(currentCompany(siteId, body.customerId))
  const row = kept === undefined ? undefined : await work.maybe(companyById(siteId, me, kept.id))
  if (row === undefined) return unknown('customerId')
  mustSee(row)
  return { customerId: row.id, contactId: null, name: row.name, ownerId: row.ownerId }
}

export async function add(ctx: Ctx, input: RouteInput<typeof remarks.add>): Promise<RemarkAnswer> {
  const { kind, text } = input.body
  const id = await command(ctx, async (work) => {
    const lens = await lensOf(ctx, work)
    const about = await aboutOf(work, lens, input.body)
    const remark = {
      id: newId(),
      siteId: ctx.siteId,
      customerId: about.customerId,
      contactId: about.contactId,
      kind,
      text,
      status: kind === 'suggestion' ? ('open' as const) : ('kept' as const),
      at: work.now,
      byId: selfOf(ctx),
      byName: ctx.actor.name,
    }
    work.write(store.insertRemark(remark))
    note(work, remark.id, about, 'customer-remark.added', { after: { kind, text } }, 1)
    if (kind === 'suggestion') await promise(work, lens, remark.id, about, text)
    return remark.id
  })
  return one(ctx, id)
}

/** The customer's owner answers; without one (or after they left) the office. */
async function promise(work: Work, lens: Lens, id: string, about: About, text: string): Promise<void> {
  const { dueAt, remindAt } = await dueAfter(work, lens.rules.suggestionHours)
  const holder = about.ownerId === null ? undefined : await findEmployee(work, work.ctx.siteId, about.ownerId)
  const owner: Owner =
    holder?.active === true ? { kind: 'person', id: holder.id } : { kind: 'post', id: 'office_admin' }
  work.openTask({
    kind: 'customer.suggestion',
    subject: subject(id),
    facts: {
      customer: about.name,
      text: text.length > 80 ? `${text.slice(0, 79)}…` : text,
      link: linkOf(about),
    },
    owner,
    dueAt,
    remindAt,
    ladder: [{ afterMinutes: 8 * 60, owner: { kind: 'post', id: 'duty_manager' } }],
  })
}

const linkOf = (about: About) =>
  about.contactId === null ? `/customers/${about.customerId}` : `/contacts/${about.contactId}`

function note(
  work: Work,
  id: string,
  about: Pick<About, 'customerId' | 'contactId' | 'ownerId'>,
  action: string,
  change: { before?: Record<string, unknown>; after?: Record<string, unknown> },
  version: number,
): void {
  work.journal({
    entity: 'customer-remark',
    entityId: id,
    action,
    version,
    ...change,
    data: {
      customerId: about.customerId,
      contactId: about.contactId,
      people: about.ownerId === null ? [] : [about.ownerId],
    },
  })
}

async function one(ctx: Ctx, id: string): Promise<RemarkAnswer> {
  const sql = query(ctx)
  const lens = await lensOf(ctx, sql)
  return presentRemark(await sql.one(store.remarkById(ctx.siteId, lens.viewer.employeeId, id)), lens)
}

async function locked(work: Work, lens: Lens, id: string): Promise<store.RemarkRow> {
  const { siteId } = work.ctx
  const [, row] = await Promise.all([
    work.run(store.lockRemark(siteId, id)),
    work.maybe(store.remarkById(siteId, lens.viewer.employeeId, id)),
  ])
  return row === undefined || !seesInFull(lens.viewer, row) ? fail('entity.not-found') : row
}

export async function answer(ctx: Ctx, input: RouteInput<typeof remarks.answer>): Promise<RemarkAnswer> {
  const id = await command(ctx, async (work) => {
    const lens = await lensOf(ctx, work)
    const row = await locked(work, lens, input.params.id)
    if (row.kind !== 'suggestion' || row.status !== 'open') throw new DomainError('customer.remark-settled')
    const { answer: text } = input.body
    work.write(store.setAnswer(row.id, { text, at: work.now, byName: ctx.actor.name }))
    note(
      work,
      row.id,
      row,
      'customer-remark.answered',
      { before: { status: 'open' }, after: { status: 'answered', answer: text } },
      row.version + 1,
    )
    work.settleTasks(subject(row.id), kinds, text.slice(0, 200))
    return row.id
  })
  return one(ctx, id)
}

/** The promise stands again, due anew; the first answer stays in the journal (G4). */
export async function reopen(ctx: Ctx, input: RouteInput<typeof remarks.reopen>): Promise<RemarkAnswer> {
  const id = await command(ctx, async (work) => {
    const lens = await lensOf(ctx, work)
    const row = await locked(work, lens, input.params.id)
    if (row.status !== 'answered') throw new DomainError('customer.remark-settled')
    if (!withinUndo(row.answeredAt, work.now, lens.rules.undoMinutes))
      throw new DomainError('customer.undo-late')
    work.write(store.setAnswer(row.id, null))
    note(
      work,
      row.id,
      row,
      'customer-remark.reopened',
      { before: { status: 'answered', answer: row.answer }, after: { status: 'open' } },
      row.version + 1,
    )
    const about = { ...row, name: row.contactName ?? row.customerName ?? '' }
    await promise(work, lens, row.id, about, row.text)
    return row.id
  })
  return one(ctx, id)
}
