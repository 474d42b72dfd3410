/** Figures read from the tallies; where one host's are asked for, from what is remembered of each visit. */
import { type RawStatement, raw } from '../../../kernel/db/sql.ts'
import { type Counts, measures } from './measures.ts'
import type { Pack } from './returning.ts'
import { type DayRow, type Grain, type Slice, type WaitRow, wholeMonths } from './rules.ts'

export interface Span {
  readonly siteId: string
  readonly from: string
  readonly to: string
  readonly kind: string | null
  readonly category: string | null
  /** The departments asked for. */
  readonly within: readonly string[] | null
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
  span.within,
  span.departments,
  span.hostId,
  span.ownId,
]

/** $8 and $9 belong to every statement, so that one span fills them all; a tally without hosts is read only without them. */
const filter = (host: boolean) => `site_id = $1
  and ($4::text is null or kind = $4) and ($5::text is null or category = $5)
  and ($6::uuid[] is null or department_id = any($6)) and ($7::uuid[] is null or department_id = any($7))
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

/**
 * Who came, month by month, as rows of numbers; one host's out of the visits themselves, which are few. The months come
 * one after the other, so that a year of millions does not hold up everybody else.
 */
export function packs(span: Span): RawStatement<Pack & { first: number }> {
  const visits = `select c.day, c.first, int4send(p.number) as visitors,
      case when o.number is null then ''::bytea else int4send(o.number) || int4send(c.people) end as organisations
    from visit_counted c join visit_person p on p.site_id = c.site_id and p.visitor_id = c.visitor_id
    left join visit_organisation o on o.site_id = c.site_id and o.name = c.organisation
    where c.visit_id in (select visit_id from visit_counted where arrived = 1 and ${within(true)})`
  const from = noHost(span) ? `select * from visit_tally_people where ${within(false)}` : visits
  return raw(
    `select string_agg(visitors, ''::bytea) as visitors, string_agg(organisations, ''::bytea) as organisations,
       sum(first)::int as first from (${from}) r group by date_trunc('month', day)`,
    named(span),
  )
}

/** Names to numbers; whoever was erased has none. */
export function peopleNamed(
  numbers: readonly number[],
): RawStatement<{ number: number; visitorId: string; name: string; organisation: string }> {
  return raw(
    `select p.number, p.visitor_id as "visitorId", coalesce(v.name, '') as name, coalesce(v.organisation, '') as organisation
     from visit_person p left join visitor v on v.id = p.visitor_id where p.number = any($1::int[])`,
    [numbers],
  )
}

export function organisationsNamed(
  numbers: readonly number[],
): RawStatement<{ number: number; name: string }> {
  return raw('select number, name from visit_organisation where number = any($1::int[])', [numbers])
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

/** These and what hangs below. */
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
  /** That one alone; the register's own filter finds those below as well. */
  readonly ofDepartment?: string | undefined
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
  add((n) => `c.department_id = ${n}`, asked.ofDepartment)
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
