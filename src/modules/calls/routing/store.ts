/** Who is behind the targets of a route, in one statement: employees, heads of departments, duty of the day, deputies. */
import { json, type RawStatement, raw } from '../../../kernel/db/sql.ts'
import { saidLapsesHours } from '../lines/rules.ts'

export interface TargetAsked {
  readonly step: number
  readonly kind: string
  readonly post: string | null
  readonly staff: string | null
  /** Of a duty post too: its head is asked when nobody is on duty. */
  readonly department: string | null
  readonly extension: string | null
}

export interface TargetFound {
  readonly step: number
  readonly id: string | null
  readonly name: string | null
  readonly extension: string | null
  /** Whose place the deputy takes. */
  readonly instead: string | null
}

export interface Whom {
  readonly siteId: string
  readonly wantedId: string | null
  readonly ownerId: string | null
  /** The site's calendar day. */
  readonly day: string
  readonly now: Date
}

/**
 * `base` is the colleague a target names, `person` that one or the head above them: never the colleague themselves, so
 * the head of a department has the head of the next one above. Who said they are away is stood in for by their deputy.
 * Only active people; a colleague without a telephone of their own is reached at their department's.
 */
export function targetsOf(whom: Whom, asked: readonly TargetAsked[]): RawStatement<TargetFound> {
  return raw(
    `with t as (
       select * from jsonb_to_recordset($2::jsonb)
         as t(step int, kind text, post text, staff text, department text, extension text)
     ), base as (
       select t.*, case
         when t.kind in ('wanted', 'wanted-head') then $3::uuid
         when t.kind in ('owner', 'owner-head') then $4::uuid
         when t.kind in ('duty', 'duty-head') then
           (select d.employee_id from duty_day d where d.site_id = $1 and d.day = $5::date and d.post = t.post)
         when t.kind = 'person' then
           (select e.id from employee e where e.site_id = $1 and e.number = t.staff and e.active)
         when t.kind = 'extension' then
           (select min(e.id::text)::uuid from employee e where e.site_id = $1 and e.extension = t.extension and e.active
             having count(*) = 1)
         end as base_id
       from t
     ), person as (
       select base.*, case
         when base.kind = 'department-head' or (base.kind = 'duty-head' and base.base_id is null) then (
           select h.id from department d join employee h on h.id in (d.head_id, d.deputy_id) and h.active
           where d.site_id = $1 and d.name = base.department and d.active order by h.id = d.head_id desc limit 1)
         when base.kind in ('wanted-head', 'owner-head', 'duty-head') then (
           select h.id from employee e
             join department d on d.id = e.department_id
             left join department up on up.id = d.parent_id and up.active
             cross join lateral (values (d.head_id, 1), (up.head_id, 2), (d.deputy_id, 3)) as above(id, rank)
             join employee h on h.id = above.id and h.active
           where e.id = base.base_id and e.site_id = $1 and h.id <> e.id and d.active order by above.rank limit 1)
         else base.base_id end as person_id
       from base
     )
     select p.step, coalesce(deputy.id, e.id) as id,
       case when p.kind = 'department' then own.name else coalesce(deputy.name, e.name) end as name,
       case when p.kind = 'extension' then p.extension
         when p.kind = 'department' then own.extension
         else coalesce(deputy.extension, e.extension, d.extension) end as extension,
       case when deputy.id is null then null else e.name end as instead
     from person p
       left join employee e on e.id = p.person_id and e.site_id = $1 and e.active
       left join department d on d.id = e.department_id
       left join department own on p.kind = 'department' and own.site_id = $1 and own.name = p.department and own.active
       left join line l on l.site_id = $1 and l.extension = e.extension and l.said = 'away'
         and coalesce(l.said_until, l.said_at + make_interval(hours => $7)) > $6
       left join employee deputy on p.kind <> 'extension' and l.extension is not null and deputy.id = e.deputy_id
         and deputy.active and deputy.extension is not null
     order by p.step`,
    [whom.siteId, json(asked), whom.wantedId, whom.ownerId, whom.day, whom.now, saidLapsesHours],
  )
}

/** Colleagues who speak a dialect, and what their lines say (C11). */
export function speakersOf(
  siteId: string,
  dialect: string,
): RawStatement<{ id: string; name: string; extension: string | null; dialects: string[] }> {
  return raw(
    `select e.id, e.name, e.extension, e.dialects from employee e
     where e.site_id = $1 and e.active and cardinality(e.dialects) > 0
       and ($2::text = '' or exists (select 1 from unnest(e.dialects) as d(name) where strpos(d.name, $2) > 0 or strpos($2, d.name) > 0))
     order by e.extension is null, e.name_pinyin limit 20`,
    [siteId, dialect],
  )
}

/** A colleague or a telephone chosen by hand (C3). */
export function byHand(
  siteId: string,
  employeeId: string | null,
  extension: string | null,
): RawStatement<{ id: string | null; name: string | null; extension: string | null }> {
  return raw(
    `select e.id, e.name, coalesce($3, e.extension, d.extension) as extension
     from (select 1) as one left join employee e on e.site_id = $1 and e.active
         and (e.id = $2::uuid or ($2::uuid is null and e.extension = $3))
       left join department d on d.id = e.department_id
     order by e.id nulls last limit 1`,
    [siteId, employeeId, extension],
  )
}
