import { type RawStatement, raw } from '../../../kernel/db/sql.ts'
import { type Behind, behind } from '../figures/store.ts'
import type { KnownTerms } from '../store.ts'
import { lastCharacter, selectVisit, type VisitRow } from '../store.ts'

export interface RegisterFilter {
  readonly siteId: string
  readonly from: Date | null
  readonly to: Date | null
  readonly statuses: readonly string[] | null
  readonly lateSignature: boolean
  readonly category: string | null
  readonly kind: string | null
  readonly hostId: string | null
  readonly departmentId: string | null
  readonly behind: Behind
  readonly text: (KnownTerms & { readonly number: number | null; readonly plate: string }) | null
}

export interface Place {
  readonly at: Date
  readonly id: string
}

/** With what hangs below: a company of the house may have departments of its own (E1, E3). */
const under = (id: string) => `array(
  with recursive below as (select ${id}::uuid as id
    union select d.id from below b join department d on d.parent_id = b.id and d.site_id = $1)
  select id from below)`

/** Conditions with their parameters; each filter that is absent is absent from the text, so that plans stay simple. */
function where(filter: RegisterFilter): { text: string; values: unknown[] } {
  const values: unknown[] = [filter.siteId]
  const parts = ['v.site_id = $1']
  const add = (build: (n: string) => string, value: unknown) => {
    values.push(value)
    parts.push(build(`$${values.length}`))
  }
  if (filter.from !== null) add((n) => `v.sort_at >= ${n}`, filter.from)
  if (filter.to !== null) add((n) => `v.sort_at < ${n}`, filter.to)
  if (filter.statuses !== null) add((n) => `v.status = any(${n})`, filter.statuses)
  if (filter.lateSignature) parts.push('v.late_signature')
  if (filter.category !== null) add((n) => `v.category = ${n}`, filter.category)
  if (filter.kind !== null) add((n) => `v.kind = ${n}`, filter.kind)
  if (filter.hostId !== null) add((n) => `(v.host_id = ${n} or v.receiver_id = ${n})`, filter.hostId)
  if (filter.departmentId !== null) add((n) => `v.host_department_id = any(${under(n)})`, filter.departmentId)
  const counted = behind(filter.behind, values)
  if (counted !== null) parts.push(counted)
  if (filter.text !== null) parts.push(textCondition(filter.text, values))
  return { text: parts.join(' and '), values }
}

/**
 * People first, then their visits: each branch reads a bounded number of rows off its own index. The people are an
 * array, not a subquery: only so can visitor, number and plate be looked up in three indexes and joined, and the search
 * takes as long at a million visits as at ten thousand.
 */
function textCondition(text: NonNullable<RegisterFilter['text']>, values: unknown[]): string {
  const start = values.length
  values.push(text.namePrefix, text.initials, text.pinyin, text.phoneReversed, text.grams, lastCharacter)
  values.push(text.number, text.plate)
  const [name, initials, pinyin, phone, grams, last, number, plate] = [1, 2, 3, 4, 5, 6, 7, 8].map(
    (n) => `$${start + n}`,
  )
  const branch = (column: string, value: string | undefined, most = 300) =>
    `(select id from visitor where site_id = $1 and ${column} >= ${value} and ${column} < ${value} || ${last} limit ${most})`
  return `(v.visitor_id = any(array(
      ${branch('name', name)} union all ${branch('name_initials', `${initials}::text`)}
      union all ${branch('name_pinyin', `${pinyin}::text`)}
      union all (select id from visitor where site_id = $1 and phone <> '' and phone_reversed >= ${phone}::text
        and phone_reversed < ${phone}::text || ${last} limit 300)
      union all (select id from visitor where site_id = $1 and cardinality(${grams}::text[]) > 0 and grams @> ${grams}::text[] limit 300)
    )) or v.number = ${number}::bigint or (v.plate <> '' and v.plate = ${plate}))`
}

export function registerPage(
  filter: RegisterFilter,
  order: 'newest' | 'oldest',
  after: Place | null,
  limit: number,
): RawStatement<VisitRow> {
  const { text, values } = where(filter)
  const direction = order === 'newest' ? ['<', 'desc'] : ['>', 'asc']
  let place = ''
  if (after !== null) {
    values.push(after.at, after.id)
    place = ` and (v.sort_at, v.id) ${direction[0]} ($${values.length - 1}, $${values.length}::uuid)`
  }
  values.push(limit)
  return raw(
    `${selectVisit} where ${text}${place} order by v.sort_at ${direction[1]}, v.id ${direction[1]} limit $${values.length}`,
    values,
  )
}

/** Counted up to a floor: nobody needs to know whether it is 812 345 or 812 346 rows. */
export const mostCounted = 10_000

export function registerCount(filter: RegisterFilter): RawStatement<{ n: number }> {
  const { text, values } = where(filter)
  return raw(
    `select count(*)::int as n from (select 1 from visit v where ${text} limit ${mostCounted + 1}) counted`,
    values,
  )
}
