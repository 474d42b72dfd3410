/** Figures read from the tallies; where one host's are asked for, from what is remembered of each visit. */
import { type RawStatement, raw } from '../../../kernel/db/sql.ts'
import { type Counts, measures } from './measures.ts'
import { type DayRow, type Grain, type Slice, type WaitRow, wholeMonths } from './rules.ts'

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

const values = (span: Span) => {
  const { since, until } = wholeMonths(span.from, span.to)
  return [...named(span), since, until]
}
const named = (span: Span) => [
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
const filter = (host: boolean) => `site_id = $1
  and ($4::text is null or kind = $4) and ($5::text is null or category = $5)
  and ($6::uuid is null or department_id = $6) and ($7::uuid[] is null or department_id = any($7))
  and ${host ? '($8::uuid is null or host_id = $8) and ($9::uuid is null or host_id = $9)' : '$8::uuid is null and $9::uuid is null'}`
const within = (host: boolean) => `day >= $2::date and day <= $3::date and ${filter(host)}`

/**
 * Whole months from the months' tally, the days before and after them from the days': a year is twelve months, not three
 * hundred days. $10 and $11 bound the months.
 */
const rolled = (of: { months: string; days: string; host: boolean }, month: string, day: string) => `(
  select ${month} from ${of.months} where month >= $10::date and month < $11::date and ${filter(of.host)}
  union all select ${day} from ${of.days} where day >= $2::date and day < $10::date and ${filter(of.host)}
  union all select ${day} from ${of.days} where day >= $11::date and day <= $3::date and ${filter(of.host)}) r`

const all = measures.join(', ')
const sums = measures.map((name) => `sum(${name})::int as ${name}`).join(', ')
const noHost = (span: Span) => span.hostId === null && span.ownId === null
const monthly = { months: 'visit_tally_month', days: 'visit_tally_day', host: false } as const

interface GroupRow extends Counts {
  readonly kind: string | null
  readonly category: string | null
  readonly department_id: string | null
  /** Which of the groupings the row belongs to: 1 kind, 2 category, 3 department, 4 all together. */
  readonly part: number
}

/** One pass, four groupings: no two of them can disagree. */
export function groups(span: Span): RawStatement<GroupRow> {
  const names = `kind, category, department_id, ${all}`
  return raw(
    `select kind, category, department_id, ${sums},
       case when grouping(kind) = 0 then 1 when grouping(category) = 0 then 2 when grouping(department_id) = 0 then 3 else 4 end as part
     from ${noHost(span) ? rolled(monthly, names, names) : `(select ${names} from visit_counted where ${within(true)}) c`}
     group by grouping sets ((kind), (category), (department_id), ()) having count(*) > 0`,
    noHost(span) ? values(span) : named(span),
  )
}

interface SlotRow {
  readonly weekday: number
  readonly hour: number
  readonly arrived: number
  readonly people: number
}

/** The heat map. */
export function slots(span: Span): RawStatement<SlotRow> {
  const day = 'extract(isodow from day)::smallint as weekday, hour, arrived, people'
  const of = { months: 'visit_tally_slot', days: 'visit_tally_hour', host: false }
  return raw(
    `select weekday::int as weekday, hour::int as hour, sum(arrived)::int as arrived, sum(people)::int as people
     from ${noHost(span) ? rolled(of, 'weekday, hour, arrived, people', day) : `(select ${day} from visit_counted where ${within(true)}) c`}
     group by 1, 2 having sum(arrived) > 0 order by 1, 2`,
    noHost(span) ? values(span) : named(span),
  )
}

/** By day; a whole month as its first day where nobody asks for less. */
export function course(span: Span, grain: Grain): RawStatement<DayRow> {
  if (noHost(span) && grain === 'month')
    return raw(
      `select day::text as day, ${sums} from ${rolled(monthly, `month as day, ${all}`, `day, ${all}`)} group by day`,
      values(span),
    )
  const host = !noHost(span)
  return raw(
    `select day::text as day, ${sums} from ${host ? 'visit_counted' : 'visit_tally_day'} where ${within(host)} group by day`,
    named(span),
  )
}

export function total(span: Span): RawStatement<Counts> {
  const from = noHost(span)
    ? rolled(monthly, all, all)
    : `(select ${all} from visit_counted where ${within(true)}) c`
  return raw(`select ${sums} from ${from} having count(*) > 0`, noHost(span) ? values(span) : named(span))
}

export function hosts(span: Span): RawStatement<Counts & { host_id: string | null }> {
  const of = { months: 'visit_tally_host_month', days: 'visit_tally_host', host: true }
  return raw(
    `select host_id, ${sums} from ${rolled(of, `host_id, ${all}`, `host_id, ${all}`)} group by host_id
     having sum(visits) > 0 order by sum(arrived) desc, host_id`,
    values(span),
  )
}

export function waits(span: Span, which: 'admit' | 'meet'): RawStatement<WaitRow> {
  if (noHost(span)) {
    const of = { months: 'visit_tally_wait_month', days: 'visit_tally_wait', host: false }
    const names = 'which, minutes, visits'
    return raw(
      `select minutes::int as minutes, sum(visits)::int as visits from ${rolled(of, names, names)}
       where which = $12 group by minutes having sum(visits) > 0 order by minutes`,
      [...values(span), which],
    )
  }
  const column = which === 'admit' ? 'admit_minutes' : 'meet_minutes'
  return raw(
    `select ${column}::int as minutes, count(*)::int as visits from visit_counted
     where ${column} is not null and ${within(true)} group by 1 order by 1`,
    named(span),
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
    named(span),
  )
}

interface VisitorsRow {
  /** Of how many people it speaks: those who came `times` times, or null for one of the most frequent. */
  readonly visitors: number | null
  readonly times: number
  readonly fresh: number
  readonly visitorId: string | null
  readonly name: string
  readonly organisation: string
}

/**
 * How many different people came once, twice … five times and more; and those who came most often. People cannot be
 * added up from months, so their visits are read, once for both answers.
 */
export function visitors(span: Span, most: number): RawStatement<VisitorsRow> {
  return raw(
    `with person as materialized (
       select visitor_id, count(*)::int as n, max(first)::int as fresh from visit_counted
       where arrived = 1 and ${within(true)} group by visitor_id
     ), often as (
       select visitor_id, n from person where n > 1 order by n desc, visitor_id limit ${most})
     select count(*)::int as visitors, least(n, 5) as times, sum(fresh)::int as fresh, null::uuid as "visitorId",
       '' as name, '' as organisation from person group by least(n, 5)
     union all
     select null, o.n, 0, o.visitor_id, coalesce(p.name, ''), coalesce(p.organisation, '')
     from often o left join visitor p on p.id = o.visitor_id
     order by visitors nulls last, times desc, "visitorId"`,
    named(span),
  )
}

/** Of several sites; the other narrowings are the report's. */
export function siteTotals(
  siteIds: readonly string[],
  from: string,
  to: string,
): RawStatement<Counts & { site_id: string }> {
  const { since, until } = wholeMonths(from, to)
  const here = 'site_id = any($1::uuid[])'
  return raw(
    `select site_id, ${sums} from (
       select site_id, ${all} from visit_tally_month where ${here} and month >= $4::date and month < $5::date
       union all select site_id, ${all} from visit_tally_day
         where ${here} and day >= $2::date and day <= $3::date and not (day >= $4::date and day < $5::date)) r
     group by site_id`,
    [siteIds, from, to, since, until],
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
  /** The register's own span, by which the visits are found among those counted. */
  readonly from?: string | undefined
  readonly to?: string | undefined
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
  if (parts.length === 0) return null
  add((n) => `c.day >= ${n}::date`, asked.from)
  add((n) => `c.day <= ${n}::date`, asked.to)
  return `exists (select 1 from visit_counted c where c.visit_id = v.id and c.site_id = $1 and ${parts.join(' and ')})`
}
