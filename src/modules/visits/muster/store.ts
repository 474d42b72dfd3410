/** All SQL of the muster. */
import type { Selectable } from 'kysely'
import type { DB } from '../../../../db/types.ts'
import { json, q, type RawStatement, raw } from '../../../kernel/db/sql.ts'
import type { outcomes } from './contract.ts'
import type { InsidePerson } from './sources.ts'

/** pg gives bigint as text unless told otherwise; revisions stay far below 2^53. */
export interface MusterRow {
  readonly id: string
  readonly site_id: string
  readonly kind: 'alarm' | 'drill'
  readonly status: 'running' | 'ended'
  readonly note: string
  readonly revision: number
  readonly started_at: Date
  readonly started_by_name: string
  readonly ended_at: Date | null
  readonly ended_by_name: string
  readonly end_note: string
}
export interface CountedMuster extends MusterRow {
  readonly total: number
  readonly safe: number
  readonly safe_at_end: number
}
export type PersonRow = Omit<
  Selectable<DB['muster_person']>,
  'kind' | 'added_how' | 'outcome' | 'revision'
> & {
  readonly kind: 'visitor' | 'staff' | 'other'
  readonly added_how: 'frozen' | 'arrived' | 'found'
  readonly outcome: (typeof outcomes)[number] | null
}
export interface MarkRow {
  readonly id: string
  readonly personId: string
  readonly safe: boolean
  readonly at: Date
  readonly byName: string
  readonly point: string
  readonly how: 'person' | 'self' | 'exit'
}

const columns = `m.id, m.site_id, m.kind, m.status, m.note, m.revision::int as revision, m.started_at, m.started_by_name,
  m.ended_at, m.ended_by_name, m.end_note`
const counted = `${columns}, c.total, c.safe, c.safe_at_end`
const counting = `cross join lateral (
  select count(*)::int as total, count(*) filter (where p.safe)::int as safe,
    count(*) filter (where p.safe and (m.ended_at is null or p.marked_at <= m.ended_at))::int as safe_at_end
  from muster_person p where p.muster_id = m.id) c`

export function runningMuster(siteId: string): RawStatement<CountedMuster> {
  return raw(`select ${counted} from muster m ${counting} where m.site_id = $1 and m.status = 'running'`, [
    siteId,
  ])
}

export function runningSites(siteIds: readonly string[]): RawStatement<{ id: string; siteId: string }> {
  return raw(
    `select id, site_id as "siteId" from muster where site_id = any($1::uuid[]) and status = 'running'`,
    [siteIds],
  )
}

export function findMuster(siteId: string, id: string): RawStatement<CountedMuster> {
  return raw(`select ${counted} from muster m ${counting} where m.site_id = $1 and m.id = $2`, [siteId, id])
}

/** Every change of the people takes this lock, so that revisions become visible in their order. */
export function lockMuster(siteId: string, id: string): RawStatement<MusterRow> {
  return raw(`select ${columns} from muster m where m.site_id = $1 and m.id = $2 for update`, [siteId, id])
}

export interface MusterFilter {
  readonly siteId: string
  readonly kind: string | null
  readonly from: Date | null
  readonly to: Date | null
}

const filtered = `m.site_id = $1 and ($2::text is null or m.kind = $2) and ($3::timestamptz is null or m.started_at >= $3)
  and ($4::timestamptz is null or m.started_at < $4)`

export function musterPage(
  filter: MusterFilter,
  after: { readonly at: Date; readonly id: string } | null,
  limit: number,
): RawStatement<CountedMuster> {
  return raw(
    `select ${counted} from muster m ${counting} where ${filtered}
       and ($5::timestamptz is null or (m.started_at, m.id) < ($5, $6::uuid))
     order by m.started_at desc, m.id desc limit $7`,
    [filter.siteId, filter.kind, filter.from, filter.to, after?.at ?? null, after?.id ?? null, limit],
  )
}

export function musterCount(filter: MusterFilter): RawStatement<{ n: number }> {
  return raw(`select count(*)::int as n from muster m where ${filtered}`, [
    filter.siteId,
    filter.kind,
    filter.from,
    filter.to,
  ])
}

export function insertMuster(row: MusterRow & { readonly started_by: string }) {
  return q.insertInto('muster').values(row)
}

export interface NewPerson extends Omit<InsidePerson, 'kind' | 'subjectId'> {
  readonly id: string
  readonly kind: PersonRow['kind']
  readonly subjectId: string | null
}

/** Whoever stands on the list already stays as they are: two nodes may find the same arrival. */
export function insertPeople(
  musterId: string,
  people: readonly NewPerson[],
  from: {
    readonly at: Date
    readonly by: string
    readonly how: PersonRow['added_how']
    readonly revision: number
  },
): RawStatement<unknown> {
  return raw(
    `insert into muster_person (id, muster_id, kind, subject_id, place, name, organisation, host_name, detail, zone_zh,
       zone_en, added_at, added_by_name, added_how, revision)
     select r.id, $1::uuid, r.kind, r."subjectId", r.place, r.name, r.organisation, r."hostName", r.detail, r."zoneZh",
       r."zoneEn", $3, $4, $5, $6
     from jsonb_to_recordset($2::jsonb) as r(id uuid, kind text, "subjectId" uuid, place int, name text,
       organisation text, "hostName" text, detail text, "zoneZh" text, "zoneEn" text)
     on conflict (muster_id, kind, subject_id, place) where subject_id is not null do nothing`,
    [musterId, json(people), from.at, from.by, from.how, from.revision],
  )
}

export function peopleAfter(musterId: string, revision: number): RawStatement<PersonRow> {
  return raw(
    // 「王芳 +2」 stands before 「王芳 +10」: companions by their place, not by their letters.
    `select * from muster_person where muster_id = $1 and revision > $2
     order by added_at, regexp_replace(name, ' [+][0-9]+$', ''), subject_id, place, id`,
    [musterId, revision],
  )
}

export function peopleById(musterId: string, ids: readonly string[]): RawStatement<PersonRow> {
  return raw('select * from muster_person where muster_id = $1 and id = any($2::uuid[])', [musterId, ids])
}

export function personOfEmployee(
  musterId: string,
  employeeId: string,
): RawStatement<{ personId: string; safe: boolean }> {
  return raw(
    `select id as "personId", safe from muster_person where muster_id = $1 and kind = 'staff' and subject_id = $2`,
    [musterId, employeeId],
  )
}

export function marksOf(personIds: readonly string[]): RawStatement<MarkRow> {
  return raw(
    `select id, person_id as "personId", safe, at, by_name as "byName", point, how from muster_mark
     where person_id = any($1::uuid[])`,
    [personIds],
  )
}

export function insertMarks(
  musterId: string,
  marks: readonly (MarkRow & { readonly byId: string })[],
  receivedAt: Date,
): RawStatement<unknown> {
  return raw(
    `insert into muster_mark (id, muster_id, person_id, safe, at, by_id, by_name, point, how, received_at)
     select r.id, $1::uuid, r."personId", r.safe, r.at, r."byId", r."byName", r.point, r.how, $3
     from jsonb_to_recordset($2::jsonb) as r(id uuid, "personId" uuid, safe boolean, at timestamptz, "byId" text,
       "byName" text, point text, how text)
     on conflict (id) do nothing`,
    [musterId, json(marks), receivedAt],
  )
}

export interface Standings {
  readonly id: string
  readonly safe: boolean
  readonly markedAt: Date | null
  readonly markedByName: string
  readonly point: string
  readonly missingAt: Date | null
}

export function saveStandings(people: readonly Standings[], revision: number): RawStatement<unknown> {
  return raw(
    `update muster_person p set safe = r.safe, marked_at = r."markedAt", marked_by_name = r."markedByName",
       point = r.point, missing_at = r."missingAt", revision = $2
     from jsonb_to_recordset($1::jsonb) as r(id uuid, safe boolean, "markedAt" timestamptz, "markedByName" text,
       point text, "missingAt" timestamptz)
     where p.id = r.id`,
    [json(people), revision],
  )
}

export function setRevision(id: string, revision: number): RawStatement<unknown> {
  return raw('update muster set revision = $2 where id = $1', [id, revision])
}

export function endMuster(
  id: string,
  end: {
    readonly at: Date
    readonly by: string
    readonly byName: string
    readonly note: string
    readonly revision: number
  },
): RawStatement<unknown> {
  return raw(
    `update muster set status = 'ended', ended_at = $2, ended_by = $3, ended_by_name = $4, end_note = $5, revision = $6
     where id = $1`,
    [id, end.at, end.by, end.byName, end.note, end.revision],
  )
}

export function saveOutcome(
  id: string,
  outcome: {
    readonly outcome: string
    readonly note: string
    readonly at: Date
    readonly by: string
    readonly revision: number
  },
): RawStatement<unknown> {
  return raw(
    `update muster_person set outcome = $2, outcome_note = $3, outcome_at = $4, outcome_by_name = $5, revision = $6
     where id = $1`,
    [id, outcome.outcome, outcome.note, outcome.at, outcome.by, outcome.revision],
  )
}
