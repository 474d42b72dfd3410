/**
 * Who came, day by day, as rows of numbers: different people cannot be added up from sums (V23). A change makes anew the
 * days' rows it touches, from what is remembered of each visit; nothing is added or taken away by hand. Statements only;
 * whoever runs them holds `takeTurn`.
 */
import { type RawStatement, raw } from '../../../kernel/db/sql.ts'

/** Where a visit is kept; the row's key, with what else might be forgotten when the visit says it no longer. */
export interface Kept {
  readonly site_id: string
  readonly day: string
  readonly kind: string
  readonly category: string
  readonly department_id: string | null
  readonly visitor_id: string
  readonly organisation: string
}

export function keptOf(visitIds: readonly string[]): RawStatement<Kept> {
  return raw(
    `select distinct site_id, day::text as day, kind, category, department_id, visitor_id, organisation
     from visit_counted where visit_id = any($1::uuid[])`,
    [visitIds],
  )
}

/** Numbers for whoever has none yet; only for them, so that the numbers stay dense. */
const numbered = (where: string, values: readonly unknown[]): readonly RawStatement<unknown>[] => [
  raw(
    `insert into visit_person (site_id, visitor_id) select distinct site_id, visitor_id from visit_counted c
     where ${where} and not exists (select from visit_person p where p.site_id = c.site_id and p.visitor_id = c.visitor_id)`,
    values,
  ),
  raw(
    `insert into visit_organisation (site_id, name) select distinct site_id, organisation from visit_counted c
     where ${where} and organisation <> ''
       and not exists (select from visit_organisation o where o.site_id = c.site_id and o.name = c.organisation)`,
    values,
  ),
]

export const numberVisits = (visitIds: readonly string[]) =>
  numbered('visit_id = any($1::uuid[])', [visitIds])
const numberSpan = (sites: readonly string[], from: string, to: string) =>
  numbered('site_id = any($1::uuid[]) and day >= $2::date and day < $3::date', [sites, from, to])

const columns = 'site_id, day, kind, category, department_id, first, visitors, organisations'
const key = 'site_id, day, kind, category, department_id'

/** The rows as they should be, of the visits in `from`. */
const packed = (
  from: string,
) => `select c.site_id, c.day, c.kind, c.category, c.department_id, sum(c.first)::int as first,
    string_agg(int4send(p.number), ''::bytea order by p.number) as visitors,
    coalesce(string_agg(int4send(o.number) || int4send(c.people), ''::bytea order by o.number, c.people)
      filter (where o.number is not null), ''::bytea) as organisations
  from ${from}
  join visit_person p on p.site_id = c.site_id and p.visitor_id = c.visitor_id
  left join visit_organisation o on o.site_id = c.site_id and o.name = c.organisation
  group by c.site_id, c.day, c.kind, c.category, c.department_id`

/** Equal, with "none" equal to "none": a hash can use it, `is not distinct from` it cannot. */
const nobody = "'00000000-0000-0000-0000-000000000000'::uuid"
const sameKey = (
  a: string,
  b: string,
) => `${a}.site_id = ${b}.site_id and ${a}.day = ${b}.day and ${a}.kind = ${b}.kind
  and ${a}.category = ${b}.category and coalesce(${a}.department_id, ${nobody}) = coalesce(${b}.department_id, ${nobody})`
const keys = `key as materialized (
  select distinct * from unnest($1::uuid[], $2::date[], $3::text[], $4::text[], $5::uuid[]) as k (${key}))`

/** These rows anew. A day is read once, however many of its rows are touched. */
export function repack(touched: readonly Kept[]): readonly RawStatement<unknown>[] {
  const values = (['site_id', 'day', 'kind', 'category', 'department_id'] as const).map((name) =>
    touched.map((one) => one[name]),
  )
  // As lists, each once: joined to the keys instead, the planner reads every visit there is.
  const sites = [...new Set(touched.map((one) => one.site_id))]
  const days = [...new Set(touched.map((one) => one.day))]
  return [
    raw(`with ${keys} delete from visit_tally_people t using key k where ${sameKey('t', 'k')}`, values),
    raw(
      `with ${keys}, days as materialized (
         select * from visit_counted where site_id = any($6::uuid[]) and day = any($7::date[]) and arrived = 1)
       insert into visit_tally_people (${columns}) ${packed(`days c join key k on ${sameKey('c', 'k')}`)}`,
      [...values, sites, days],
    ),
  ]
}

const inSpan = 'site_id = any($1::uuid[]) and day >= $2::date and day < $3::date'
const counted = `(select * from visit_counted where arrived = 1 and ${inSpan}) c`

/** Whole months anew. */
export function repackSpan(
  sites: readonly string[],
  from: string,
  to: string,
): readonly RawStatement<unknown>[] {
  const values = [sites, from, to]
  return [
    ...numberSpan(sites, from, to),
    raw(`delete from visit_tally_people where ${inSpan}`, values),
    raw(`insert into visit_tally_people (${columns}) ${packed(counted)}`, values),
  ]
}

/** G5: what these visits said and none says any more. */
export function forgetUnsaid(
  before: readonly Kept[],
  after: readonly Kept[],
): readonly RawStatement<unknown>[] {
  const gone = (of: (one: Kept) => string) => {
    const still = new Set(after.map((one) => `${one.site_id} ${of(one)}`))
    const all = before.filter((one) => !still.has(`${one.site_id} ${of(one)}`))
    return [all.map((one) => one.site_id), all.map(of)] as const
  }
  const people = gone((one) => one.visitor_id)
  const names = gone((one) => one.organisation)
  return [
    ...(people[0].length === 0
      ? []
      : [
          raw(
            `delete from visit_person p using unnest($1::uuid[], $2::uuid[]) as g (site_id, visitor_id)
             where p.site_id = g.site_id and p.visitor_id = g.visitor_id and not exists (
               select from visit_counted c where c.site_id = p.site_id and c.visitor_id = p.visitor_id)`,
            people,
          ),
        ]),
    ...(names[0].length === 0
      ? []
      : [
          raw(
            `delete from visit_organisation o using unnest($1::uuid[], $2::text[]) as g (site_id, name)
             where o.site_id = g.site_id and o.name = g.name and not exists (
               select from visit_counted c where c.site_id = o.site_id and c.organisation = o.name and c.organisation <> '')`,
            names,
          ),
        ]),
  ]
}

/** A rebuild's own broom: names and ids that outlived their visits. */
export const forgetUnused: readonly RawStatement<unknown>[] = [
  raw(`delete from visit_person p where not exists (
    select from visit_counted c where c.site_id = p.site_id and c.visitor_id = p.visitor_id)`),
  raw(`delete from visit_organisation o where not exists (
    select from visit_counted c where c.site_id = o.site_id and c.organisation = o.name and c.organisation <> '')`),
]

/** Days whose rows are not those of the visits; a visit without a number counts as one. */
export function wrongPacks(
  sites: readonly string[],
  from: string,
  to: string,
): RawStatement<{ tally: string; day: string }> {
  return raw(
    `with now as (${packed(counted)}), kept as (select * from visit_tally_people where ${inSpan}),
     unnumbered as (select c.day from ${counted} where not exists (
       select from visit_person p where p.site_id = c.site_id and p.visitor_id = c.visitor_id)
       or (c.organisation <> '' and not exists (
         select from visit_organisation o where o.site_id = c.site_id and o.name = c.organisation)))
     select distinct 'visit_tally_people' as tally, day::text as day from (
       select day from ((select ${columns} from now except select ${columns} from kept)
         union all (select ${columns} from kept except select ${columns} from now)) d
       union all select day from unnumbered) w order by day`,
    [sites, from, to],
  )
}
