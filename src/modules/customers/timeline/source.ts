/** One timeline (C5): what belongs to a customer's or contact's card, and this module's own part of it. */
import { fail } from '../../../kernel/errors.ts'
import type { HistoryItem, HistorySource, HistorySubject } from '../../../kernel/history/source.ts'
import { type Ctx, query } from '../../../kernel/work/command.ts'
import { companyById, currentCompany } from '../companies/store.ts'
import { contactById, peopleOf } from '../contacts/store.ts'
import { lensOf } from '../house.ts'
import { seesInFull } from '../policy.ts'
import { currentContact } from '../recognise/store.ts'
import * as store from './store.ts'

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

async function subjects(ctx: Ctx, { entity, id }: HistorySubject): Promise<readonly HistorySubject[]> {
  if (!uuid.test(id)) fail('entity.not-found')
  const sql = query(ctx)
  const { viewer } = await lensOf(ctx, sql)
  const { siteId } = ctx
  const me = viewer.employeeId
  if (entity === 'contact') {
    const kept = (await sql.maybe(currentContact(siteId, id))) ?? fail('entity.not-found')
    const row = await sql.one(contactById(siteId, me, kept.id))
    if (!seesInFull(viewer, row)) fail('entity.not-found')
    return named('contact', await sql.all(store.mergedInto('contact', siteId, [kept.id])))
  }
  const kept = (await sql.maybe(currentCompany(siteId, id))) ?? fail('entity.not-found')
  const row = await sql.one(companyById(siteId, me, kept.id))
  if (!seesInFull(viewer, row)) fail('entity.not-found')
  const people = (await sql.all(peopleOf(siteId, me, kept.id))).map((one) => one.id)
  const [companies, contacts] = await Promise.all([
    sql.all(store.mergedInto('customer', siteId, [kept.id])),
    sql.all(store.mergedInto('contact', siteId, people)),
  ])
  return [...named('customer', companies), ...named('contact', contacts)]
}

const named = (entity: string, rows: readonly { id: string }[]): HistorySubject[] =>
  rows.map(({ id }) => ({ entity, id }))

async function read(
  ctx: Ctx,
  about: readonly HistorySubject[],
  before: Date | null,
  limit: number,
): Promise<readonly HistoryItem[]> {
  const idsOf = (entity: string) => about.filter((one) => one.entity === entity).map((one) => one.id)
  const rows = await query(ctx).all(
    store.timeline(ctx.siteId, idsOf('customer'), idsOf('contact'), before, limit),
  )
  return rows.map((row) => ({
    entity: `customer-${row.source}`,
    id: row.id,
    at: row.at,
    textKey: `customers.history.${row.source}.${row.kind}`,
    facts: { by: row.byName, to: row.toName },
    matter: row.matter,
    tone: toneOf(row),
    link: null,
  }))
}

function toneOf({ kind }: store.TimelineRow): HistoryItem['tone'] {
  if (kind === 'suggestion-open' || kind === 'asked') return 'waiting'
  return kind === 'suggestion-answered' || kind === 'approved' ? 'good' : 'neutral'
}

export const customerHistory: HistorySource = {
  entity: 'customer',
  action: 'customer.read',
  read,
  cards: { entities: ['customer', 'contact'], subjects },
}
