/** SQL of what is kept, for how long, and whose it is. Erasing has its own: `erase-store.ts`. */
import { type RawStatement, raw } from '../../../kernel/db/sql.ts'
import type { VisitStatus } from '../rules.ts'

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

/** One person: the row asked for, and every row that is the same contact (C5). Locked: of two who erase, the second finds nobody. */
export function rowsOfPerson(siteId: string, id: string): RawStatement<PersonRow> {
  return raw(
    `select ${personColumns} from visitor
     where site_id = $1 and erased_at is null
       and (id = $2 or contact_id = (select contact_id from visitor where site_id = $1 and id = $2 and erased_at is null))
     order by id for update`,
    [siteId, id],
  )
}

export function visitsOfPeople(
  siteId: string,
  visitorIds: readonly string[],
): RawStatement<Due & { status: VisitStatus; sort_at: Date }> {
  return raw(
    `select v.id, v.visitor_id, v.status, v.sort_at from visit v
     where v.site_id = $1 and v.visitor_id = any($2::uuid[]) and v.erased_at is null order by v.sort_at for update`,
    [siteId, visitorIds],
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

/** Looks at documents have a term of their own: the register of a visit stays when nobody asks any more who looked at what. */
export function eraseLooks(siteId: string, before: Date, most: number): RawStatement<{ visit_id: string }> {
  return raw(
    `delete from document_check where id in (
       select c.id from document_check c join visit v on v.id = c.visit_id
       where c.site_id = $1 and c.checked_at < $2 and ${over} order by c.checked_at limit $3) returning visit_id`,
    [siteId, before, most],
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
  readonly plate: string
  readonly document_kind: string | null
  readonly document_tail: string | null
  readonly contact_id: string | null
  readonly visits: number
  readonly created_at: Date
  readonly last_visit_at: Date
}

const personColumns =
  'id, name, organisation, phone, plate, document_kind, document_tail, contact_id, visits, created_at, last_visit_at'

export function findPeople(siteId: string, text: string, digits: string): RawStatement<PersonRow> {
  return raw(
    `select ${personColumns} from visitor
     where site_id = $1 and erased_at is null and (name like $2 || '%' or name_pinyin like lower($2) || '%'
       or name_initials like lower($2) || '%' or ($3 <> '' and phone_reversed like reverse($3) || '%'))
     order by last_visit_at desc limit 20`,
    [siteId, text, digits],
  )
}

export interface PersonCounts {
  readonly documents: number
  readonly files: number
  readonly signatures: number
  readonly invitations: number
  readonly watched: boolean
  readonly permit: boolean
}

export function personCounts(siteId: string, visitorIds: readonly string[]): RawStatement<PersonCounts> {
  return raw(
    `with mine as (
       select v.id, v.document_sealed from visit v
       where v.site_id = $1 and v.visitor_id = any($2::uuid[]) and v.erased_at is null)
     select (select count(*)::int from mine where document_sealed is not null) as documents,
       (select count(*)::int from file f where f.site_id = $1 and f.subject_entity = 'visit'
          and f.subject_id in (select id::text from mine)) as files,
       (select count(*)::int from agreement_signature s where s.site_id = $1 and s.visit_id in (select id from mine)) as signatures,
       (select count(*)::int from invitation i where i.site_id = $1 and i.visit_id in (select id from mine)) as invitations,
       exists (select from watch_hit h join watch_entry e on e.id = h.entry_id
         where h.site_id = $1 and h.visitor_id = any($2::uuid[]) and h.decision is distinct from 'not-same-person'
           and e.status = 'active') as watched,
       exists (select from permit p where p.site_id = $1 and p.visitor_id = any($2::uuid[]) and p.status <> 'ended') as permit`,
    [siteId, visitorIds],
  )
}

/** Ended permits of people who have not been here since; those with visits go with their last one. */
export function peopleOfOldPermits(
  siteId: string,
  endedBefore: Date,
  most: number,
): RawStatement<{ visitor_id: string }> {
  return raw(
    `select distinct q.visitor_id from permit q
     where q.site_id = $1 and q.status = 'ended' and q.status_at < $2 and q.holder_name <> $4
       and not exists (select from visit v where v.visitor_id = q.visitor_id and v.erased_at is null)
       and not exists (select from permit r where r.visitor_id = q.visitor_id
         and (r.status <> 'ended' or r.status_at >= $2))
     limit $3`,
    [siteId, endedBefore, most, '***'],
  )
}

/** Bad lines of imports, whatever they were to become: cells and the values named as wrong. The reasons stay. */
export function forgetBadLines(siteId: string, before: Date, most: number): RawStatement<{ line: number }> {
  return raw(
    `update import_line l set cells = null,
       problems = (select jsonb_agg(p - 'value') from jsonb_array_elements(l.problems) p)
     where (l.run_id, l.line) in (
       select i.run_id, i.line from import_line i join import_run r on r.id = i.run_id
       where r.site_id = $1 and coalesce(r.finished_at, r.at) < $2 and i.cells is not null
       order by i.run_id, i.line limit $3 for update of i skip locked)
     returning l.line`,
    [siteId, before, most],
  )
}
