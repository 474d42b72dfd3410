/** Figures read from the tallies; where one host's are asked for, from what is remembered of each visit. */
import { type RawStatement, raw } from '../../../kernel/db/sql.ts'
import { type Counts, measures } from './measures.ts'
import type { DayRow, Slice, WaitRow } from './rules.ts'

export interface Span {
  readonly siteId: string
  readonly from: string
  readonly to: string
  readonly kind: string | null
  readonly category: string | null
  readonly departmentId: string | null
  readonly hostId: string | null
  /** Whose figures one may see: those of these departments or of this host; both null: all. */
  readonly departments: readonly string[] | null
  readonly ownId: string | null
}

const values = (span: Span) => [
  span.siteId,
  span.from,
  span.to,
  span.kind,
  span.category,
  span.departmentId,
  span.departments,
  span.hostId,
  span.ownId,
]

/** $8 and $9 belong to every statement, so that one span fills them all; a tally without hosts is read only without them. */
const within = (host: boolean) => `site_id = $1 and day >= $2::date and day <= $3::date
  and ($4::text is null or kind = $4) and ($5::text is null or category = $5)
  and ($6::uuid is null or department_id = $6) and ($7::uuid[] is null or department_id = any($7))
  and ${host ? '($8::uuid is null or host_id = $8) and ($9::uuid is null or host_id = $9)' : '$8::uuid is null and $9::uuid is null'}`

const sums = measures.map((name) => `sum(${name})::int as ${name}`).join(', ')
const noHost = (span: Span) => span.hostId === null && span.ownId === null

export interface HourRow extends Counts {
  readonly day: string | null
  readonly weekday: number | null
  readonly hour: number | null
  readonly kind: string | null
  readonly category: string | null
  readonly department_id: string | null
  /** Which of the groupings the row belongs to: 1 day, 2 hour, 3 kind, 4 category, 5 department. */
  readonly part: number
}

/** One pass, five groupings: no two of them can disagree. */
export function groups(span: Span): RawStatement<HourRow> {
  const hostless = noHost(span)
  return raw(
    `select day::text as day, weekday, hour::int as hour, kind, category, department_id, ${sums},
       case when grouping(day) = 0 then 1 when grouping(weekday) = 0 then 2 when grouping(kind) = 0 then 3
         when grouping(category) = 0 then 4 else 5 end as part
     from (select *, extract(isodow from day)::int as weekday from ${hostless ? 'visit_tally_hour' : 'visit_counted'}
       where ${within(!hostless)}) t
     group by grouping sets ((day), (weekday, hour), (kind), (category), (department_id))`,
    values(span),
  )
}

export function days(span: Span): RawStatement<DayRow> {
  const hostless = noHost(span)
  return raw(
    `select day::text as day, ${sums} from ${hostless ? 'visit_tally_hour' : 'visit_counted'} where ${within(!hostless)}
     group by day`,
    values(span),
  )
}

export function hosts(span: Span): RawStatement<Counts & { host_id: string | null }> {
  return raw(
    `select host_id, ${sums} from visit_tally_host where ${within(true)} group by host_id
     having sum(visits) > 0 order by sum(arrived) desc, host_id`,
    values(span),
  )
}

export function waits(span: Span, which: 'admit' | 'meet'): RawStatement<WaitRow> {
  if (noHost(span)) {
    return raw(
      `select minutes::int as minutes, sum(visits)::int as visits from visit_tally_wait
       where which = $10 and ${within(false)} group by minutes having sum(visits) > 0 order by minutes`,
      [...values(span), which],
    )
  }
  const column = which === 'admit' ? 'admit_minutes' : 'meet_minutes'
  return raw(
    `select ${column}::int as minutes, count(*)::int as visits from visit_counted
     where ${column} is not null and ${within(true)} group by 1 order by 1`,
    values(span),
  )
}

export interface OrganisationRow {
  readonly name: string
  readonly arrived: number
  readonly people: number
  readonly all: number
  readonly all_arrived: number
  readonly all_people: number
}

/** The first so many of those named, and the sum of all: what a visit does not say is nobody's. */
export function organisations(span: Span, most: number): RawStatement<OrganisationRow> {
  return raw(
    `select organisation as name, sum(arrived)::int as arrived, sum(people)::int as people, (count(*) over ())::int as all,
       (sum(sum(arrived)) over ())::int as all_arrived, (sum(sum(people)) over ())::int as all_people
     from visit_counted where arrived = 1 and organisation <> '' and ${within(true)}
     group by organisation order by 2 desc, 1 limit ${most}`,
    values(span),
  )
}

/** How many different people came once, twice … five times and more. */
export function times(span: Span): RawStatement<{ times: number; visitors: number; fresh: number }> {
  return raw(
    `select least(n, 5)::int as times, count(*)::int as visitors, sum(fresh)::int as fresh from (
       select count(*) as n, max(first) as fresh from visit_counted where arrived = 1 and ${within(true)} group by visitor_id) v
     group by 1 order by 1`,
    values(span),
  )
}

export function often(
  span: Span,
  most: number,
): RawStatement<{ visitorId: string; name: string; organisation: string; visits: number }> {
  return raw(
    `select v.visitor_id as "visitorId", coalesce(p.name, '') as name, coalesce(p.organisation, '') as organisation, v.visits
     from (select visitor_id, count(*)::int as visits from visit_counted where arrived = 1 and ${within(true)}
       group by visitor_id having count(*) > 1 order by 2 desc, 1 limit ${most}) v
       left join visitor p on p.id = v.visitor_id order by v.visits desc, v.visitor_id`,
    values(span),
  )
}

export function siteTotals(
  siteIds: readonly string[],
  from: string,
  to: string,
): RawStatement<Counts & { site_id: string }> {
  return raw(
    `select site_id, ${sums} from visit_tally_hour where site_id = any($1::uuid[]) and day >= $2::date and day <= $3::date
     group by site_id`,
    [siteIds, from, to],
  )
}

export function hostNames(
  siteId: string,
  ids: readonly string[],
): RawStatement<{ id: string; name: string }> {
  return raw('select id, name from employee where site_id = $1 and id = any($2::uuid[])', [siteId, ids])
}

export function departmentNames(siteId: string): RawStatement<{ id: string; name: string }> {
  return raw('select id, name from department where site_id = $1', [siteId])
}

/** A head sees the departments below, too. */
export function departmentsUnder(siteId: string, ids: readonly string[]): RawStatement<{ id: string }> {
  return raw(
    `with recursive under as (
       select id from department where site_id = $1 and id = any($2::uuid[])
       union select d.id from department d join under u on d.parent_id = u.id where d.site_id = $1)
     select id from under`,
    [siteId, ids],
  )
}

/** The condition on `visit_counted c` by which each figure was counted. */
const slice: Readonly<Record<Slice, string>> = {
  arrived: 'c.arrived = 1',
  announced: 'c.announced = 1',
  walkIn: 'c.walk_in = 1',
  first: 'c.first = 1',
  again: 'c.again = 1',
  noShow: 'c.no_show = 1',
  declined: 'c.declined = 1',
  refused: 'c.refused = 1',
  cancelled: 'c.cancelled = 1',
  answered: 'c.ask_of = 1',
  answerMissed: 'c.ask_kept < c.ask_of',
  signed: 'c.sign_of = 1',
  unsigned: 'c.sign_kept < c.sign_of',
  signedLate: 'c.sign_late = 1',
  signatureOverdue: 'c.sign_overdue = 1',
  passes: 'c.pass_of = 1',
  passMissing: 'c.pass_kept < c.pass_of',
  met: 'c.meet_of = 1',
  waitedLong: 'c.meet_prompt < c.meet_of',
  notReminded: 'c.meet_of = 1 and c.meet_kept = 0',
}

export interface Behind {
  readonly slice?: Slice | undefined
  readonly weekday?: number | undefined
  readonly hour?: number | undefined
  readonly organisation?: string | undefined
  readonly waited?: 'admit' | 'meet' | undefined
  readonly waitedFrom?: number | undefined
  readonly waitedTo?: number | undefined
  /** As in `Span`. */
  readonly departments?: readonly string[] | null | undefined
  readonly ownId?: string | null | undefined
  /** Whose visit it was; the register's own filter finds whoever received instead as well. */
  readonly ofHost?: string | undefined
  readonly ofVisitor?: string | undefined
}

/** PURE: the part of the register's condition that asks how a visit was counted; `null` when nothing is asked. */
export function behind(asked: Behind, values: unknown[]): string | null {
  const parts: string[] = []
  const add = (build: (n: string) => string, value: unknown) => {
    if (value === undefined || value === null) return
    values.push(value)
    parts.push(build(`$${values.length}`))
  }
  if (asked.slice !== undefined) parts.push(slice[asked.slice])
  add((n) => `extract(isodow from c.day) = ${n}::int`, asked.weekday)
  add((n) => `c.hour = ${n}`, asked.hour)
  add((n) => `c.organisation = ${n}`, asked.organisation)
  add((n) => `c.department_id = any(${n}::uuid[])`, asked.departments)
  add((n) => `c.host_id = ${n}`, asked.ownId)
  add((n) => `c.host_id = ${n}`, asked.ofHost)
  add((n) => `c.visitor_id = ${n}`, asked.ofVisitor)
  if (asked.waited !== undefined) {
    const column = asked.waited === 'admit' ? 'c.admit_minutes' : 'c.meet_minutes'
    parts.push(`${column} is not null`)
    add((n) => `${column} >= ${n}`, asked.waitedFrom)
    add((n) => `${column} <= ${n}`, asked.waitedTo)
  }
  return parts.length === 0
    ? null
    : `exists (select 1 from visit_counted c where c.visit_id = v.id and c.site_id = $1 and ${parts.join(' and ')})`
}
