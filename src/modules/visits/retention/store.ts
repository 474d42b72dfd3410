/** All SQL of what is kept and erased. Every table that holds words about a visitor stands in `eraseVisits`. */
import { type RawStatement, raw } from '../../../kernel/db/sql.ts'
import type { VisitStatus } from '../rules.ts'

/** Stands where a name stood: the same in every language, and nobody's name. */
const erasedName = '***'

const over = "v.status not in ('held', 'asking', 'admitted', 'with_host', 'signed_off', 'expected')"

export interface Due {
  readonly id: string
  readonly visitor_id: string
}

export function visitsDue(siteId: string, category: string, before: Date, most: number): RawStatement<Due> {
  return raw(
    `select v.id, v.visitor_id from visit v
     where v.site_id = $1 and v.category = $2 and v.erased_at is null and v.sort_at < $3 and ${over}
     order by v.sort_at limit $4 for update skip locked`,
    [siteId, category, before, most],
  )
}

export function visitsOfPerson(
  siteId: string,
  visitorId: string,
): RawStatement<Due & { status: VisitStatus; sort_at: Date }> {
  return raw(
    `select v.id, v.visitor_id, v.status, v.sort_at from visit v
     where v.site_id = $1 and v.visitor_id = $2 and v.erased_at is null order by v.sort_at for update`,
    [siteId, visitorId],
  )
}

/** The visit keeps times, host, kind, category and size; the person goes. */
export function eraseVisits(
  siteId: string,
  ids: readonly string[],
  what: 'person' | 'all',
  at: Date,
): RawStatement<unknown>[] {
  const mine = [siteId, ids]
  return [
    raw(
      `update visit set visitor_name = $3, phone = '', companions = '[]', plate = '', note = '', sign_note = '',
         driver_name = '', driver_phone = '', document_kind = null, document_sealed = null, document_index = null,
         document_tail = null, decline_reason = '', refuse_reason = '', release_confirmed_by = '',
         organisation = case when $4 then '' else organisation end, purpose = case when $4 then '' else purpose end,
         erased_at = $5, version = version + 1, updated_at = $5
       where site_id = $1 and id = any($2)`,
      [...mine, erasedName, what === 'all', at],
    ),
    raw('delete from document_check where site_id = $1 and visit_id = any($2)', mine),
    raw(
      `update agreement_signature set signer_name = $3, file_id = null where site_id = $1 and visit_id = any($2)`,
      [...mine, erasedName],
    ),
    raw('delete from invitation_letter where site_id = $1 and visit_id = any($2)', mine),
    raw('delete from invitation where site_id = $1 and visit_id = any($2)', mine),
    raw('delete from visit_vehicle where site_id = $1 and visit_id = any($2)', mine),
    raw("update visit_hop set note = '' where site_id = $1 and visit_id = any($2) and note <> ''", mine),
    raw("update area_approval set note = $3 where site_id = $1 and visit_id = any($2) and note <> ''", [
      ...mine,
      erasedName,
    ]),
    raw("update visit_refusal set reason = '' where site_id = $1 and visit_id = any($2)", mine),
    raw(
      `update watch_hit set person = '{}', agreed = '[]', differed = '[]', note = '' where site_id = $1 and visit_id = any($2)`,
      mine,
    ),
    raw(
      `update visit_unannounced set claim = $3, instruction_words = '' where site_id = $1 and visit_id = any($2)`,
      [...mine, erasedName],
    ),
    raw(
      `update muster_person set name = $3, organisation = '', detail = ''
       where kind = 'visitor' and subject_id = any($2) and muster_id in (select id from muster where site_id = $1)`,
      [...mine, erasedName],
    ),
    raw(
      `update task set facts = facts - '{visitorName,organisation,passNumber}'::text[]
       where site_id = $1 and subject_entity = 'visit' and subject_id = any($2::text[])`,
      mine,
    ),
    raw(
      `update visit_group set leader_name = '', leader_phone = '', plates = '[]'
       where site_id = $1 and id in (select group_id from visit where site_id = $1 and id = any($2) and group_id is not null)
         and not exists (select from visit m where m.group_id = visit_group.id and m.erased_at is null and not m.id = any($2))`,
      mine,
    ),
  ]
}

/** A person of whom no visit is left becomes nobody; the row stays for the count of visitors. */
export function eraseVisitors(siteId: string, ids: readonly string[]): RawStatement<unknown> {
  return raw(
    `update visitor p set name = $3, name_pinyin = '', name_initials = '', organisation = '', phone = '', grams = '{}',
       document_kind = null, document_sealed = null, document_index = null, document_tail = null, plate = '', contact_id = null
     where p.site_id = $1 and p.id = any($2)
       and not exists (select from visit v where v.visitor_id = p.id and v.erased_at is null)
       and not exists (select from permit q where q.visitor_id = p.id and q.status <> 'ended')`,
    [siteId, ids, erasedName],
  )
}

/** Numbers of documents go before the person does. */
export function eraseDocuments(
  siteId: string,
  before: Date,
  most: number,
): RawStatement<{ id: string; visitor_id: string }> {
  return raw(
    `with due as (
       select v.id from visit v where v.site_id = $1 and v.document_sealed is not null and v.sort_at < $2 and ${over} limit $3
     ), gone as (
       update document_check c set document_index = null, tail = null, name_on_document = '' from due where c.visit_id = due.id
     )
     update visit v set document_sealed = null, document_index = null, document_tail = null
     from due where v.id = due.id returning v.id, v.visitor_id`,
    [siteId, before, most],
  )
}

/** The known person keeps the number only while a visit does. */
export function forgetDocuments(siteId: string, visitorIds: readonly string[]): RawStatement<unknown> {
  return raw(
    `update visitor p set document_sealed = null, document_index = null, document_tail = null
     where p.site_id = $1 and p.id = any($2)
       and not exists (select from visit v where v.visitor_id = p.id and v.document_sealed is not null)`,
    [siteId, visitorIds],
  )
}

export function filesOfVisits(siteId: string, ids: readonly string[]): RawStatement<{ id: string }> {
  return raw(
    `delete from file where site_id = $1 and subject_entity = 'visit' and subject_id = any($2::text[]) returning id`,
    [siteId, ids],
  )
}

/** Photographs of the day; signed papers stay as long as the visit. */
export function photosBefore(siteId: string, before: Date, most: number): RawStatement<{ id: string }> {
  return raw(
    `delete from file where id in (
       select f.id from file f where f.site_id = $1 and f.subject_entity = 'visit' and f.media_type like 'image/%'
         and f.created_at < $2 limit $3) returning id`,
    [siteId, before, most],
  )
}

export interface TermRow {
  readonly category: string
  readonly kept: number
  readonly oldest: Date | null
}

export function keptByCategory(siteId: string): RawStatement<TermRow> {
  return raw(
    `select category, count(*)::int as kept, min(sort_at) as oldest from visit v
     where v.site_id = $1 and v.erased_at is null group by category`,
    [siteId],
  )
}

export function dueCount(siteId: string, category: string, before: Date): RawStatement<{ n: number }> {
  return raw(
    `select count(*)::int as n from visit v
     where v.site_id = $1 and v.category = $2 and v.erased_at is null and v.sort_at < $3 and ${over}`,
    [siteId, category, before],
  )
}

export interface RunRow {
  readonly day: string
  readonly category: string
  readonly visits: number
  readonly documents: number
  readonly files: number
}

export function addRun(siteId: string, run: RunRow, at: Date): RawStatement<unknown> {
  return raw(
    `insert into retention_run (site_id, day, category, visits, documents, files, at) values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (site_id, day, category) do update set visits = retention_run.visits + excluded.visits,
       documents = retention_run.documents + excluded.documents, files = retention_run.files + excluded.files,
       at = excluded.at`,
    [siteId, run.day, run.category, run.visits, run.documents, run.files, at],
  )
}

export function lastRuns(siteId: string): RawStatement<RunRow> {
  return raw(
    `select day::text as day, category, visits, documents, files from retention_run
     where site_id = $1 order by day desc, category limit 60`,
    [siteId],
  )
}

export interface RequestRow {
  readonly id: string
  readonly number: number
  readonly kind: 'export' | 'erase'
  readonly reason: string
  readonly visits: number
  readonly at: Date
  readonly by_name: string
}

export function addRequest(
  siteId: string,
  row: Omit<RequestRow, 'number'> & { readonly visitor_id: string; readonly by_id: string },
): RawStatement<unknown> {
  return raw(
    `insert into privacy_request (id, site_id, kind, visitor_id, reason, visits, at, by_id, by_name)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [row.id, siteId, row.kind, row.visitor_id, row.reason, row.visits, row.at, row.by_id, row.by_name],
  )
}

export function requestPage(siteId: string, before: number | null, most: number): RawStatement<RequestRow> {
  return raw(
    `select id, number, kind, reason, visits, at, by_name from privacy_request
     where site_id = $1 and ($2::bigint is null or number < $2) order by number desc limit $3`,
    [siteId, before, most],
  )
}

export interface PersonRow {
  readonly id: string
  readonly name: string
  readonly organisation: string
  readonly phone: string
  readonly visits: number
  readonly last_visit_at: Date
}

export function findPeople(siteId: string, text: string, digits: string): RawStatement<PersonRow> {
  return raw(
    `select id, name, organisation, phone, visits, last_visit_at from visitor
     where site_id = $1 and name <> $4 and (name like $2 || '%' or name_pinyin like lower($2) || '%'
       or name_initials like lower($2) || '%' or ($3 <> '' and phone_reversed like reverse($3) || '%'))
     order by last_visit_at desc limit 20`,
    [siteId, text, digits, erasedName],
  )
}

export function person(
  siteId: string,
  id: string,
): RawStatement<PersonRow & { document_kind: string | null; plate: string }> {
  return raw(
    `select id, name, organisation, phone, visits, last_visit_at, document_kind, plate from visitor
     where site_id = $1 and id = $2 and name <> $3`,
    [siteId, id, erasedName],
  )
}

/** Two who erase one person at once: the second finds nobody. */
export function lockPerson(siteId: string, id: string): RawStatement<{ id: string }> {
  return raw('select id from visitor where site_id = $1 and id = $2 for update', [siteId, id])
}

export interface PersonCounts {
  readonly documents: number
  readonly files: number
  readonly signatures: number
  readonly invitations: number
  readonly watched: boolean
  readonly permit: boolean
}

export function personCounts(siteId: string, id: string): RawStatement<PersonCounts> {
  return raw(
    `with mine as (select v.id, v.document_sealed from visit v where v.site_id = $1 and v.visitor_id = $2 and v.erased_at is null)
     select (select count(*)::int from mine where document_sealed is not null) as documents,
       (select count(*)::int from file f where f.site_id = $1 and f.subject_entity = 'visit'
          and f.subject_id in (select id::text from mine)) as files,
       (select count(*)::int from agreement_signature s where s.site_id = $1 and s.visit_id in (select id from mine)) as signatures,
       (select count(*)::int from invitation i where i.site_id = $1 and i.visit_id in (select id from mine)) as invitations,
       exists (select from watch_hit h join watch_entry e on e.id = h.entry_id
         where h.site_id = $1 and h.visitor_id = $2 and h.decision is distinct from 'not-same-person' and e.status = 'active') as watched,
       exists (select from permit p where p.site_id = $1 and p.visitor_id = $2 and p.status <> 'ended') as permit`,
    [siteId, id],
  )
}
