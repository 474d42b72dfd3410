/** All SQL of visits (passes and register have their own). Functions return statements; they never run them. */
import type { Insertable, Selectable, Updateable } from 'kysely'
import type { DB } from '../../../db/types.ts'
import { q, type RawStatement, raw } from '../../kernel/db/sql.ts'

export type VisitRow = Selectable<DB['visit']> & { group_title: string | null }
export type VisitInsert = Insertable<DB['visit']>
export type VisitPatch = Updateable<DB['visit']>

/** Written out, not `select *`: the statement is prepared by its text, and a new column must not change it unseen. */
const visitRow = `v.id, v.site_id, v.number, v.version, v.status, v.previous_status, v.status_at, v.status_by, v.category, v.kind,
  v.announced, v.group_id, v.visitor_id, v.visitor_name, v.organisation, v.phone, v.party_size, v.companions, v.purpose,
  v.plate, v.note, v.host_id, v.host_name, v.host_department_id, v.host_department, v.host_extension, v.receiver_id,
  v.receiver_name, v.asked_kind, v.asked_id, v.asked_name, v.asked_extension, v.asked_ids, v.ask_due_at, v.consent_by, v.consent_by_name,
  v.consent_how, v.consent_at, v.host_ready_at, v.decline_reason, v.refuse_reason, v.expected_at, v.arrived_at,
  v.admitted_at, v.met_at, v.signed_at, v.signed_by, v.signed_by_name, v.sign_note, v.left_at, v.late_signature,
  v.release_confirmed_by, v.valid_until, v.waiting_place, v.areas, v.escort_id, v.escort_name, v.document_kind,
  v.document_sealed, v.document_index, v.document_tail, v.document_checked_at, v.document_checked_by, v.pass_number,
  v.pass_returned, v.slip_returned, v.source, v.source_key, v.sort_at, v.created_at, v.created_by, v.created_by_name,
  v.updated_at, v.topic, v.questions_at, v.route, v.hold_reason, v.emergency, v.parking_place, v.driver_name, v.driver_phone,
  v.vehicle_in_at, v.vehicle_out_at, v.led_in_at, v.leaving_at, v.gate_told_at, v.driver_told_at, v.permit_id, v.via,
  v.erased_at, v.agreements_due, v.approvals_due, v.escort_due, v.seen_area, v.seen_at`

export const selectVisit = `select ${visitRow}, g.title as group_title
  from visit v left join visit_group g on g.id = v.group_id`

/** Locked for the rest of the transaction: the decision made on it stays true until the commit. */
export function lockVisit(siteId: string, id: string): RawStatement<VisitRow> {
  return raw(`${selectVisit} where v.site_id = $1 and v.id = $2 for update of v`, [siteId, id])
}

export function findVisit(siteId: string, id: string): RawStatement<VisitRow> {
  return raw(`${selectVisit} where v.site_id = $1 and v.id = $2`, [siteId, id])
}

const insertTexts = new Map<string, string>()

/** Its text is made once per set of columns: building seventy of them anew was the dearest part of a walk-in here. */
export function insertVisit(row: VisitInsert): RawStatement<unknown> {
  const given = Object.entries(row).filter(([, value]) => value !== undefined)
  const columns = given.map(([column]) => column).join(', ')
  let text = insertTexts.get(columns)
  if (text === undefined) {
    if (!/^[a-z_, ]+$/.test(columns)) throw new Error('a visit has only the columns of its table')
    text = `insert into visit (${columns}) values (${given.map((_, index) => `$${index + 1}`).join(', ')})`
    insertTexts.set(columns, text)
  }
  return raw(
    text,
    given.map(([, value]) => value),
  )
}

/** The guard of design §1.1: the status the decision was made on is part of the condition. */
export function updateVisit(id: string, from: VisitRow['status'], patch: VisitPatch) {
  return q.updateTable('visit').set(patch).where('id', '=', id).where('status', '=', from)
}

export type ToldVisit = Pick<
  VisitRow,
  | 'id'
  | 'site_id'
  | 'number'
  | 'status'
  | 'visitor_name'
  | 'organisation'
  | 'purpose'
  | 'party_size'
  | 'host_id'
  | 'receiver_id'
  | 'asked_kind'
  | 'asked_id'
  | 'late_signature'
>

/** What a notice says: read for every change of every visit, so no more than that. */
export function visitToTell(siteId: string, id: string): RawStatement<ToldVisit> {
  return raw(
    `select id, site_id, number, status, visitor_name, organisation, purpose, party_size, host_id, receiver_id, asked_kind,
       asked_id, late_signature from visit where site_id = $1 and id = $2`,
    [siteId, id],
  )
}

export const nextNumber: RawStatement<{ number: number }> = raw("select nextval('visit_number') as number")

/** Members of a group the house announced stand on the board as one card, n of m (V22); who is held stands for themselves. */
const onItsOwn = `(v.group_id is null or g.source is distinct from 'house')`

/** Everyone inside whatever the day, today's expected, the last who left today. */
export function boardVisits(siteId: string, from: Date, to: Date, most: number): RawStatement<VisitRow> {
  return raw(
    `(${selectVisit} where v.site_id = $1 and v.status in ('held', 'asking', 'admitted', 'with_host', 'signed_off')
        and (v.status = 'held' or ${onItsOwn}) order by v.status_at limit 1000)
     union all
     (${selectVisit} where v.site_id = $1 and v.status = 'expected' and v.expected_at >= $2 and v.expected_at < $3
        and ${onItsOwn} order by v.expected_at limit $4)
     union all
     (${selectVisit} where v.site_id = $1 and v.status = 'left' and v.left_at >= $2 and v.left_at < $3
        and ${onItsOwn} order by v.left_at desc limit $4)`,
    [siteId, from, to, most],
  )
}

export interface BoardCounts {
  readonly status: VisitRow['status']
  readonly n: number
  /** Of those expected: without members of groups, who have their group's card. */
  readonly own: number
  readonly people: number
}

export function boardCounts(siteId: string, from: Date, to: Date): RawStatement<BoardCounts> {
  return raw(
    `select status, count(*)::int as n, 0 as own, coalesce(sum(party_size), 0)::int as people from visit
       where site_id = $1 and status in ('held', 'asking', 'admitted', 'with_host', 'signed_off') group by status
     union all
     select 'expected', count(*)::int, count(*) filter (where ${onItsOwn})::int, coalesce(sum(v.party_size), 0)::int
       from visit v left join visit_group g on g.id = v.group_id
       where v.site_id = $1 and v.status = 'expected' and v.expected_at >= $2 and v.expected_at < $3
     union all
     select 'left', count(*)::int, 0, coalesce(sum(party_size), 0)::int from visit
       where site_id = $1 and status = 'left' and left_at >= $2 and left_at < $3`,
    [siteId, from, to],
  )
}

export function insideVisits(siteId: string): RawStatement<VisitRow> {
  return raw(
    `${selectVisit} where v.site_id = $1 and v.status in ('held', 'asking', 'admitted', 'with_host', 'signed_off')
     order by v.arrived_at limit 5000`,
    [siteId],
  )
}

/** A host's own: asked now, inside, coming, signatures owed, and what was today. */
export function visitsOfHost(siteId: string, personId: string, from: Date): RawStatement<VisitRow> {
  return raw(
    `${selectVisit} where v.site_id = $1 and (
       (v.status = 'asking' and v.asked_id = $2::text)
       or ((v.host_id = $2::uuid or v.receiver_id = $2::uuid) and (v.late_signature
           or v.status in ('held', 'asking', 'admitted', 'with_host', 'signed_off')
           or (v.status = 'expected' and v.sort_at >= $3) or v.sort_at >= $3)))
     order by v.sort_at limit 200`,
    [siteId, personId, from],
  )
}

export interface VisitorInsert {
  readonly id: string
  readonly siteId: string
  readonly name: string
  readonly pinyin: string
  readonly initials: string
  readonly organisation: string
  readonly phone: string
  readonly grams: readonly string[]
  readonly plate: string
  readonly visitId: string
  readonly at: Date
}

/** New or known: the id is derived from who it is, so that two gates registering one person meet in one row. */
export function rememberVisitor(visitor: VisitorInsert): RawStatement<unknown> {
  return raw(
    `insert into visitor (id, site_id, name, name_pinyin, name_initials, organisation, phone, grams, plate, last_visit_at,
       last_visit_id, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $10)
     on conflict (id) do update set visits = visitor.visits + 1, last_visit_at = excluded.last_visit_at,
       last_visit_id = excluded.last_visit_id, grams = excluded.grams,
       organisation = case when excluded.organisation = '' then visitor.organisation else excluded.organisation end,
       plate = case when excluded.plate = '' then visitor.plate else excluded.plate end
     where visitor.site_id = excluded.site_id`,
    [
      visitor.id,
      visitor.siteId,
      visitor.name,
      visitor.pinyin,
      visitor.initials,
      visitor.organisation,
      visitor.phone,
      visitor.grams,
      visitor.plate,
      visitor.at,
      visitor.visitId,
    ],
  )
}

export function visitorContact(siteId: string, id: string): RawStatement<{ name: string; phone: string }> {
  return raw('select name, phone from visitor where site_id = $1 and id = $2', [siteId, id])
}

export function sealVisitorDocument(
  visitorId: string,
  document: { kind: string; sealed: string | null; index: string | null; tail: string | null },
): RawStatement<unknown> {
  return raw(
    `update visitor set document_kind = $2, document_sealed = coalesce($3, document_sealed),
       document_index = coalesce($4, document_index), document_tail = coalesce($5, document_tail) where id = $1`,
    [visitorId, document.kind, document.sealed, document.index, document.tail],
  )
}

/** Sorts after every text that begins with a prefix. */
export const lastCharacter = '\u{10FFFF}'

export interface KnownVisitor {
  readonly id: string
  readonly name: string
  readonly organisation: string
  readonly phone: string
  readonly plate: string
  readonly visits: number
  readonly last_visit_at: Date
  readonly last_kind: string | null
  readonly last_host_id: string | null
  readonly last_host_name: string | null
  readonly last_purpose: string | null
}

/**
 * Known visitors as you type. Each branch reads a few rows off its own index, so the answer takes as long at a
 * million people as at a thousand.
 */
export function knownVisitors(siteId: string, terms: KnownTerms): RawStatement<KnownVisitor> {
  return raw(
    `with hit as (
       (select id, 0 as rank from visitor where site_id = $1 and name >= $2 and name < $2 || $7 limit 40)
       union all
       (select id, 1 from visitor where site_id = $1 and name_initials >= $3 and name_initials < $3 || $7 limit 40)
       union all
       (select id, 2 from visitor where site_id = $1 and name_pinyin >= $4 and name_pinyin < $4 || $7 limit 40)
       union all
       (select id, 1 from visitor
          where site_id = $1 and phone <> '' and phone_reversed >= $5 and phone_reversed < $5 || $7 limit 40)
       union all
       (select id, 3 from visitor where site_id = $1 and cardinality($6::text[]) > 0 and grams @> $6 limit 40)
     ), best as (select id, min(rank) as rank from hit group by id)
     select p.id, p.name, p.organisation, p.phone, p.plate, p.visits, p.last_visit_at, v.kind as last_kind,
       v.host_id as last_host_id, v.host_name as last_host_name, v.purpose as last_purpose
     from best join visitor p on p.id = best.id left join visit v on v.id = p.last_visit_id
     order by best.rank, p.last_visit_at desc limit 8`,
    [siteId, terms.namePrefix, terms.initials, terms.pinyin, terms.phoneReversed, terms.grams, lastCharacter],
  )
}

export interface KnownTerms {
  readonly namePrefix: string
  readonly initials: string | null
  readonly pinyin: string | null
  readonly phoneReversed: string | null
  readonly grams: readonly string[]
}

export function visitsBefore(visitorId: string, at: Date): RawStatement<{ n: number }> {
  return raw(
    `select count(*)::int as n from (select 1 from visit where visitor_id = $1 and sort_at < $2
       and status not in ('expected', 'cancelled', 'no_show') limit 1000) earlier`,
    [visitorId, at],
  )
}
