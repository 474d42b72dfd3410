/** G5: what the house stores about one person, table by table; the same list is counted, handed out and erased. */
import type { Sql } from '../../../kernel/db/sql.ts'
import type { Cell, PersonalPart } from '../../../kernel/personal/source.ts'
import { showNumber } from '../../../kernel/telephone/number.ts'
import type { Ctx } from '../../../kernel/work/command.ts'
import type { House } from '../house.ts'
import { permitNumber } from '../permits/present.ts'
import { visitNumber } from '../present.ts'
import type { VisitRow } from '../store.ts'
import { showPlate } from '../vehicles/rules.ts'
import * as stored from './copy-store.ts'
import type { PersonRow } from './store.ts'
import { events, heads, states, titles } from './words.ts'

const phone = (number: string) => (number === '' ? '' : showNumber(number))
const plate = (text: string) => (text === '' ? '' : showPlate(text))

function visitRow(house: House, row: VisitRow): Cell[] {
  const bilingual = (key: string, found: { zh: string; en: string } | undefined) =>
    found ?? { zh: key, en: key }
  return [
    visitNumber(row.number),
    bilingual(row.kind, house.kinds.get(row.kind)?.name),
    bilingual(row.category, house.categories.get(row.category)?.name),
    states[row.status],
    row.visitor_name,
    row.organisation,
    phone(row.phone),
    row.party_size,
    Array.isArray(row.companions) ? row.companions.join('、') : '',
    row.purpose,
    plate(row.plate),
    row.group_title,
    row.host_name,
    row.host_department,
    row.expected_at,
    row.arrived_at,
    row.left_at,
    row.pass_number,
    row.document_tail === null ? '' : `****${row.document_tail}`,
    row.note,
  ]
}

/** @param people the rows of one person: whoever is the same contact is the same person (C5) */
export async function collect(
  ctx: Ctx,
  sql: Sql,
  house: House,
  people: readonly PersonRow[],
): Promise<PersonalPart[]> {
  const { siteId } = ctx
  const ids = people.map(({ id }) => id)
  const visits = await sql.all(stored.visitsStored(siteId, ids))
  const of = visits.map(({ id }) => id)
  const [documents, cars, signatures, letters, permits, files, happened] = await Promise.all([
    sql.all(stored.documentsStored(siteId, of)),
    sql.all(stored.carsStored(siteId, of)),
    sql.all(stored.signaturesStored(siteId, of)),
    sql.all(stored.lettersStored(siteId, of)),
    sql.all(stored.permitsStored(siteId, ids)),
    sql.all(stored.filesStored(siteId, of)),
    sql.all(stored.eventsStored(siteId, of)),
  ])
  const part = (key: keyof typeof titles, rows: readonly (readonly Cell[])[]): PersonalPart => ({
    title: titles[key],
    heads: heads[key],
    rows,
  })
  const behind = {
    siteId,
    contactIds: [...new Set(people.flatMap(({ contact_id }) => contact_id ?? []))],
    phones: [...new Set(people.flatMap((one) => (one.phone === '' ? [] : [one.phone])))],
  }
  const elsewhere = await Promise.all(
    ctx.kernel.modules.list.flatMap(({ personal }) =>
      personal === undefined ? [] : [personal.collect(sql, behind)],
    ),
  )
  return [
    part(
      'person',
      people.map((one) => [
        one.name,
        one.organisation,
        phone(one.phone),
        plate(one.plate),
        one.document_tail === null ? '' : `****${one.document_tail}`,
        one.visits,
        one.created_at,
        one.last_visit_at,
      ]),
    ),
    part(
      'visits',
      visits.map((row) => visitRow(house, row)),
    ),
    part(
      'documents',
      documents.map((one) => [
        visitNumber(one.number),
        one.at,
        one.kind,
        one.tail === null ? '' : `****${one.tail}`,
        one.name,
        one.country,
        one.expires,
      ]),
    ),
    part(
      'cars',
      cars.map((one) => [
        visitNumber(one.number),
        plate(one.plate),
        one.driver,
        phone(one.phone),
        one.place,
        one.in_at,
        one.out_at,
      ]),
    ),
    part(
      'permits',
      permits.map((one) => [
        permitNumber(one.number),
        one.name,
        one.organisation,
        phone(one.phone),
        plate(one.plate),
        one.document_tail === null ? '' : `****${one.document_tail}`,
        one.purpose,
        one.valid_from,
        one.valid_to,
        one.papers.join('、'),
      ]),
    ),
    part(
      'signatures',
      signatures.map((one) => [visitNumber(one.number), bothOf(one.title), one.version, one.signer, one.at]),
    ),
    part(
      'letters',
      letters.map((one) => [visitNumber(one.number), one.at, one.email]),
    ),
    part(
      'files',
      files.map((one) => [visitNumber(one.number), one.at, one.name, one.media_type]),
    ),
    part(
      'events',
      happened.map((one) => [visitNumber(one.number), one.at, events[one.what], one.place, one.words]),
    ),
    ...elsewhere.flat(),
  ]
}

function bothOf(title: unknown): Cell {
  const { zh, en } = (title ?? {}) as { zh?: unknown; en?: unknown }
  return { zh: typeof zh === 'string' ? zh : '', en: typeof en === 'string' ? en : '' }
}
