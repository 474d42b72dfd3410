/**
 * How a change of visits moves the figures (V23): new contribution minus the remembered one. Statements only; `follower.ts`
 * and `rebuild.ts` run them, each in a transaction of its own.
 */
import { type RawStatement, raw } from '../../../kernel/db/sql.ts'
import { measures } from './measures.ts'

/** Follower and rebuild take turns; each holds it to the end of its transaction. */
export const takeTurn: RawStatement<unknown> = raw("select pg_advisory_xact_lock(hashtext('visit-figures'))")

const dimensions = [
  'site_id',
  'visitor_id',
  'department_id',
  'host_id',
  'day',
  'hour',
  'kind',
  'category',
  'organisation',
]
const waits = ['admit_minutes', 'meet_minutes']
const names = ['visit_id', ...dimensions, ...measures, ...waits]
const columns = names.join(', ')
const updates = names
  .slice(1)
  .map((name) => `${name} = excluded.${name}`)
  .join(', ')
const remembered = (from: string) =>
  names
    .slice(1)
    .map((name) => `${from}${name}`)
    .join(', ')
const tallies = ['visit_tally_hour', 'visit_tally_host', 'visit_tally_wait']

/** The view's row with first or again, which the view cannot know; $2: visits that are their visitor's first. */
const fresh = names
  .map((name) => {
    if (name === 'first')
      return 'case when arrived = 1 and visit_id = any($2::uuid[]) then 1 else 0 end as first'
    if (name === 'again')
      return 'case when arrived = 1 and visit_id <> all($2::uuid[]) then 1 else 0 end as again'
    return name
  })
  .join(', ')

export interface Touched {
  readonly visit_id: string
  readonly is_first: boolean
}

/**
 * The changed visits, and those which became or ceased to be their visitor's first through the change. Asked of the
 * visits as they are now, however many entries came in between: a later one finds nothing left to do.
 */
export function touchedBy(visitIds: readonly string[]): RawStatement<Touched> {
  return raw(
    `with person as (
       select site_id, visitor_id from visit_counted where visit_id = any($1::uuid[])
       union select site_id, visitor_id from visit where id = any($1::uuid[])
     ), earliest as materialized (
       select f.id from person p cross join lateral (
         select v.id from visit v where v.visitor_id = p.visitor_id and v.site_id = p.site_id and v.arrived_at is not null
         order by v.sort_at, v.id limit 1) f
     ), touched as (
       select unnest($1::uuid[]) as visit_id
       union select id from earliest where not exists (select 1 from visit_counted c where c.visit_id = id and c.first = 1)
       union select c.visit_id from visit_counted c join person p on p.visitor_id = c.visitor_id and p.site_id = c.site_id
         where c.first = 1
     )
     select visit_id, exists (select 1 from earliest where id = visit_id) as is_first from touched`,
    [visitIds],
  )
}

const sums = (from: string) => measures.map((name) => `sum(${from}${name})::int as ${name}`).join(', ')
const added = (table: string) =>
  measures.map((name) => `${name} = ${table}.${name} + excluded.${name}`).join(', ')

const hourKey = 'site_id, day, hour, kind, category, department_id'
const hostKey = 'site_id, day, host_id, kind, category, department_id'
const waitKey = 'site_id, day, which, minutes, kind, category, department_id'

const signed = measures.map((name) => `sign * ${name} as ${name}`).join(', ')

function addTo(table: string, key: string): string {
  return `insert into ${table} (${key}, ${measures.join(', ')})
    select ${key}, ${sums('')} from (select ${key}, sign, ${signed} from change) s group by ${key}
      having ${measures.map((name) => `sum(${name}) <> 0`).join(' or ')}
    on conflict on constraint ${table}_key do update set ${added(table)}`
}

/** Both waits of a row as two; rows without one add nothing. */
const waited = (
  from: string,
) => `(select ${hourKey.replace(' hour,', '')}, 'admit' as which, admit_minutes as minutes, sign from ${from}
    where admit_minutes is not null
  union all select ${hourKey.replace(' hour,', '')}, 'meet', meet_minutes, sign from ${from} where meet_minutes is not null) w`

/**
 * New minus old into every tally, and the new remembered. One statement: all parts see the table as it was before.
 * @param firstIds those of `visitIds` that are their visitor's first
 */
export function recount(visitIds: readonly string[], firstIds: readonly string[]): RawStatement<unknown> {
  return raw(
    `with fresh as materialized (
       select ${fresh} from (select *, 0 as first, 0 as again from visit_contribution where visit_id = any($1::uuid[])) v
     ), change as materialized (
       select ${columns}, 1 as sign from fresh
       union all select ${columns}, -1 from visit_counted where visit_id = any($1::uuid[])
     ), by_hour as (${addTo('visit_tally_hour', hourKey)}),
     by_host as (${addTo('visit_tally_host', hostKey)}),
     by_wait as (insert into visit_tally_wait (${waitKey}, visits)
       select ${waitKey}, sum(sign)::int from ${waited('change')} group by ${waitKey} having sum(sign) <> 0
       on conflict on constraint visit_tally_wait_key do update set visits = visit_tally_wait.visits + excluded.visits),
     gone as (delete from visit_counted c where visit_id = any($1::uuid[]) and not exists (
       select 1 from fresh f where f.visit_id = c.visit_id))
     insert into visit_counted (${columns}) select ${columns} from fresh
     on conflict (visit_id) do update set ${updates}`,
    [visitIds, firstIds],
  )
}

/** Facts of visits that are no more: an import taken back. */
export const forgetGone: RawStatement<unknown> = raw(
  'delete from visit_counted c where not exists (select 1 from visit v where v.id = c.visit_id)',
)

/** The visitor after so many visits: batches are whole visitors, so that "first" is decided within one. */
export function batchEnd(after: string | null, size: number): RawStatement<{ visitor_id: string }> {
  return raw(
    `select visitor_id from visit where visitor_id > coalesce($1, '00000000-0000-0000-0000-000000000000'::uuid)
     order by visitor_id offset $2 limit 1`,
    [after, size],
  )
}

/**
 * What the visits of a range of visitors should be counted as. Both ends are bounds of the index: with `$2 is null or …`
 * every batch read the table to its end.
 */
const counted = `select ${names
  .map((name) => {
    if (name === 'first') return 'case when arrived = 1 and place = 1 then 1 else 0 end as first'
    if (name === 'again') return 'case when arrived = 1 and place > 1 then 1 else 0 end as again'
    return name
  })
  .join(', ')}
  from (select *, row_number() over (partition by site_id, visitor_id order by arrived desc, sort_at, visit_id) as place
    from visit_contribution where visitor_id > coalesce($1, '00000000-0000-0000-0000-000000000000'::uuid)
      and visitor_id <= coalesce($2, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid)) v`

export function recountVisitors(after: string | null, upTo: string | null): RawStatement<unknown> {
  return raw(
    `insert into visit_counted as c (${columns}) ${counted}
     on conflict (visit_id) do update set ${updates}
     where (${remembered('c.')}) is distinct from (${remembered('excluded.')})`,
    [after, upTo],
  )
}

/** Tallies of a span of days anew from what is remembered. */
export function retally(
  sites: readonly string[],
  from: string,
  to: string,
): readonly RawStatement<unknown>[] {
  const span = 'where site_id = any($1::uuid[]) and day >= $2::date and day < $3::date'
  const values = [sites, from, to]
  const anew = (table: string, key: string) =>
    raw(
      `insert into ${table} (${key}, ${measures.join(', ')})
       select ${key}, ${sums('')} from visit_counted ${span} group by ${key}`,
      values,
    )
  return [
    ...tallies.map((table) => raw(`delete from ${table} ${span}`, values)),
    anew('visit_tally_hour', hourKey),
    anew('visit_tally_host', hostKey),
    raw(
      `with change as (select *, 1 as sign from visit_counted ${span})
       insert into visit_tally_wait (${waitKey}, visits)
       select ${waitKey}, count(*)::int from ${waited('change')} group by ${waitKey}`,
      values,
    ),
  ]
}

export const analyse: RawStatement<unknown> = raw(`analyze visit_counted, ${tallies.join(', ')}`)

/** Every day that has figures, by what is remembered or by a tally. */
export const daysKept: RawStatement<{ from: string | null; to: string | null }> = raw(
  `select min(day)::text as from, max(day)::text as to from (
     select day from visit_counted union all select day from visit_tally_hour union all select day from visit_tally_host
     union all select day from visit_tally_wait) d`,
)

/** Wrong visits of a range of visitors: remembered otherwise than counted now. Those still ahead of the follower do not count. */
export function wrongVisits(
  after: string | null,
  upTo: string | null,
  follower: string,
): RawStatement<{ visit_id: string }> {
  return raw(
    `with pending as materialized (
       select coalesce(data -> 'subject' ->> 'id', entity_id) as id from journal
       where (xid, id) > (coalesce((select xid from journal_cursor where follower = $3), '0'::xid8),
         coalesce((select id from journal_cursor where follower = $3), 0))
     ), now as (${counted}),
     kept as (select * from visit_counted where visitor_id > coalesce($1, '00000000-0000-0000-0000-000000000000'::uuid)
       and visitor_id <= coalesce($2, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid))
     select coalesce(n.visit_id, c.visit_id) as visit_id from now n full join kept c on c.visit_id = n.visit_id
     where (${remembered('n.')}) is distinct from (${remembered('c.')})
       and coalesce(n.visit_id, c.visit_id)::text not in (select id from pending)`,
    [after, upTo, follower],
  )
}

/** Days on which a tally is not the sum of what is remembered. */
export function wrongDays(sites: readonly string[]): RawStatement<{ tally: string; day: string }> {
  const keyed = (key: string, names: readonly string[], from: string, factor: number) =>
    `select ${key}, ${names.map((name) => `${factor} * ${name} as ${name}`).join(', ')} from ${from}`
  const compare = (table: string, key: string) =>
    `select '${table}' as tally, day::text from (
       ${keyed(key, measures, table, -1)} where site_id = any($1::uuid[])
       union all ${keyed(key, measures, 'visit_counted', 1)} where site_id = any($1::uuid[])) u
     group by ${key} having ${measures.map((name) => `sum(${name}) <> 0`).join(' or ')}`
  return raw(
    `with change as (select *, 1 as sign from visit_counted where site_id = any($1::uuid[]))
     select distinct tally, day from (
       ${compare('visit_tally_hour', hourKey)} union all ${compare('visit_tally_host', hostKey)}
       union all select 'visit_tally_wait', day::text from (
         select ${waitKey}, -visits as visits from visit_tally_wait where site_id = any($1::uuid[])
         union all select ${waitKey}, 1 from ${waited('change')}) u
       group by ${waitKey} having sum(visits) <> 0) d order by day, tally`,
    [sites],
  )
}
