/**
 * How a change of visits moves the figures (V23): new contribution minus the remembered one. Statements only; `follower.ts`
 * and `rebuild.ts` run them, each in a transaction of its own.
 */
import { type RawStatement, raw } from '../../../kernel/db/sql.ts'
import { measures } from './measures.ts'
import { bothWaits, type Tally, tallies } from './tallies.ts'

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

const columnsOf = (tally: Tally) => [...tally.key.map(([name]) => name), ...tally.measures].join(', ')
const keyOf = (tally: Tally) => tally.key.map(([name, from]) => `${from} as ${name}`).join(', ')
/** The key's places in the list: what it is made of need not be said twice. */
const byKey = (tally: Tally) => `group by ${tally.key.map((_, at) => at + 1).join(', ')}`

/** Both waits of a visit as two rows; visits without one add nothing. */
const waited = (from: string) => `(
    select site_id, day, kind, category, department_id, visits, sign, 'admit' as which, admit_minutes as minutes from ${from}
      where admit_minutes is not null
    union all select site_id, day, kind, category, department_id, visits, sign, 'meet', meet_minutes from ${from}
      where meet_minutes is not null) w`

/** What the visits in `change` add to a tally, the finer and the coarser alike. */
function addTo(tally: Tally): string {
  const { table, constraint } = tally
  return `insert into ${table} (${columnsOf(tally)})
    select ${keyOf(tally)}, ${tally.measures.map((name) => `sum(sign * ${name})::int`).join(', ')}
      from ${tally.of === bothWaits || tally.of === 'visit_tally_wait' ? waited('change') : 'change'} ${byKey(tally)}
      having ${tally.measures.map((name) => `sum(sign * ${name}) <> 0`).join(' or ')}
    on conflict on constraint ${constraint} do update set
      ${tally.measures.map((name) => `${name} = ${table}.${name} + excluded.${name}`).join(', ')}`
}

/** The rows a tally is the sum of. */
const sourceOf = (tally: Tally, where: string) => {
  const from = tally.of === bothWaits ? 'visit_counted' : tally.of
  const rows = `(select *, 1 as sign from ${from} ${where})`
  return tally.of === bothWaits ? waited(`${rows} c`) : `${rows} c`
}

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
     ), ${tallies.map((tally) => `${tally.table}_added as (${addTo(tally)})`).join(',\n     ')},
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

/** Tallies of whole months anew from what is remembered. */
export function retally(
  sites: readonly string[],
  from: string,
  to: string,
): readonly RawStatement<unknown>[] {
  const span = (period: string) =>
    `where site_id = any($1::uuid[]) and ${period} >= $2::date and ${period} < $3::date`
  const values = [sites, from, to]
  return tallies.flatMap((tally) => [
    raw(`delete from ${tally.table} ${span(tally.period)}`, values),
    raw(
      `insert into ${tally.table} (${columnsOf(tally)})
       select ${keyOf(tally)}, ${tally.measures.map((name) => `sum(${name})::int`).join(', ')}
       from ${sourceOf(tally, span('day'))} ${byKey(tally)}`,
      values,
    ),
  ])
}

export const analyse: RawStatement<unknown> = raw(
  `analyze visit_counted, visit_person, visit_organisation, visit_tally_people, ${tallies.map(({ table }) => table).join(', ')}`,
)

const ends = [
  'visit_counted',
  'visit_tally_people',
  ...tallies.filter(({ period }) => period === 'day').map(({ table }) => table),
]
  .map(
    (table) => `select min(day) as day from ${table} where site_id = s.id
     union all select max(day) from ${table} where site_id = s.id`,
  )
  .join(' union all ')

/** Every day that has figures, by what is remembered or by a tally; asked by site, each end is one look at an index. */
export const daysKept: RawStatement<{ from: string | null; to: string | null }> = raw(
  `select min(day)::text as from, max(day)::text as to from site s cross join lateral (${ends}) d`,
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

/** Days, or months by their first, on which a tally is not the sum of what it is made of. */
export function wrongDays(sites: readonly string[]): RawStatement<{ tally: string; day: string }> {
  const here = 'where site_id = any($1::uuid[])'
  const compare = (tally: Tally) => {
    const key = tally.key.map(([name]) => name).join(', ')
    return `select '${tally.table}' as tally, ${tally.period}::text as day from (
       select ${key}, ${tally.measures.map((name) => `-${name} as ${name}`).join(', ')} from ${tally.table} ${here}
       union all select ${keyOf(tally)}, ${tally.measures.join(', ')} from ${sourceOf(tally, here)}) u
     group by ${key} having ${tally.measures.map((name) => `sum(${name}) <> 0`).join(' or ')}`
  }
  return raw(
    `select distinct tally, day from (${tallies.map(compare).join(' union all ')}) d order by day, tally`,
    [sites],
  )
}
