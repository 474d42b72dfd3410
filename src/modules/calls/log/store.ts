import { type RawStatement, raw } from '../../../kernel/db/sql.ts'
import { endOf } from '../../../kernel/find/range.ts'
import { type CallRow, selectCall } from '../store.ts'
import type { LogText } from './rules.ts'

export interface LogFilter {
  readonly siteId: string
  readonly from: Date | null
  readonly to: Date | null
  readonly direction: string | null
  readonly status: string | null
  readonly outcome: string | null
  readonly route: string | null
  readonly handlerId: string | null
  readonly wantedId: string | null
  /** With everybody merged into them. */
  readonly contactIds: readonly string[] | null
  readonly customerIds: readonly string[] | null
  /** More rings than the site allows, or not. */
  readonly late: { readonly yes: boolean; readonly rings: number } | null
  readonly private: boolean | null
  readonly text: LogText | null
  /** Whose private calls may be looked for by name or number (C12). */
  readonly viewerId: string | null
}

export interface Place {
  readonly at: Date
  readonly id: string
}

/** Conditions with their parameters; a filter that is absent is absent from the text, so that plans stay simple. */
function where(filter: LogFilter): { text: string; values: unknown[] } {
  const values: unknown[] = [filter.siteId]
  const parts = ['c.site_id = $1']
  const add = (build: (n: string) => string, value: unknown) => {
    values.push(value)
    parts.push(build(`$${values.length}`))
  }
  const is = (column: string, value: string | null) => {
    if (value !== null) add((n) => `c.${column} = ${n}`, value)
  }
  if (filter.from !== null) add((n) => `c.started_at >= ${n}`, filter.from)
  if (filter.to !== null) add((n) => `c.started_at < ${n}`, filter.to)
  is('direction', filter.direction)
  is('status', filter.status)
  is('outcome', filter.outcome)
  is('route', filter.route)
  is('handler_id', filter.handlerId)
  is('wanted_id', filter.wantedId)
  if (filter.contactIds !== null) add((n) => `c.contact_id = any(${n}::uuid[])`, filter.contactIds)
  if (filter.customerIds !== null) add((n) => `c.customer_id = any(${n}::uuid[])`, filter.customerIds)
  if (filter.late !== null)
    add(
      (n) => `c.direction = 'in' and c.rings ${filter.late?.yes === true ? '>' : '<='} ${n}`,
      filter.late.rings,
    )
  if (filter.private !== null) parts.push(filter.private ? 'c.private' : 'not c.private')
  const byParty = filter.text !== null || filter.contactIds !== null || filter.customerIds !== null
  if (byParty)
    add((n) => `(not c.private or c.handler_id = ${n}::uuid or c.wanted_id = ${n}::uuid)`, filter.viewerId)
  if (filter.text !== null) parts.push(textCondition(filter.text, values))
  return { text: parts.join(' and '), values }
}

/** A tail of three digits is on every thousandth call: more than these are not looked through. */
const mostOfTail = 5000

/** Each way to find a call has its own index; numbers are looked up first, so that they join the others as ids. */
function textCondition(text: LogText, values: unknown[]): string {
  const ways: string[] = []
  const add = (value: unknown) => `$${values.push(value)}`
  if (text.terms.length > 0) ways.push(`c.terms @> ${add(text.terms)}::text[]`)
  if (text.letters !== null) ways.push(`c.terms @> array[${add(text.letters)}::text]`)
  if (text.number !== null) ways.push(`c.number = ${add(text.number)}::bigint`)
  if (text.extension !== null)
    ways.push(`c.id = any(array(select id from call where site_id = $1 and caller_extension = ${add(text.extension)}
      order by started_at desc limit ${mostOfTail}))`)
  if (text.tail !== null) {
    const low = add(text.tail)
    const high = add(endOf(text.tail))
    const range = (column: string, where: string) =>
      `(select id from call where site_id = $1 and ${where} and ${column} >= ${low} and ${column} < ${high}
        order by ${column} limit ${mostOfTail})`
    ways.push(`c.id = any(array(
      ${range('caller_number_reversed', "caller_number <> ''")}
      union all ${range('reverse(contact_phone)', "contact_phone <> ''")}
      union all ${range('(reverse(dialled) collate "C")', "direction = 'out' and dialled <> ''")}))`)
  }
  return ways.length === 0 ? 'false' : `(${ways.join(' or ')})`
}

export function logPage(
  filter: LogFilter,
  order: 'newest' | 'oldest',
  after: Place | null,
  limit: number,
): RawStatement<CallRow> {
  const { text, values } = where(filter)
  const [sign, direction] = order === 'newest' ? ['<', 'desc'] : ['>', 'asc']
  let place = ''
  if (after !== null) {
    values.push(after.at, after.id)
    place = ` and (c.started_at, c.id) ${sign} ($${values.length - 1}, $${values.length}::uuid)`
  }
  values.push(limit)
  return raw(
    `${selectCall} where ${text}${place} order by c.started_at ${direction}, c.id ${direction} limit $${values.length}`,
    values,
  )
}

/** Counted up to a floor: nobody needs to know whether it is 812 345 or 812 346 rows. */
export const mostCounted = 10_000

export function logCount(filter: LogFilter): RawStatement<{ n: number }> {
  const { text, values } = where(filter)
  return raw(
    `select count(*)::int as n from (select 1 from call c where ${text} limit ${mostCounted + 1}) counted`,
    values,
  )
}

export interface HopLine {
  readonly call_id: string
  readonly target_name: string
  readonly target_extension: string
  readonly result: string
  readonly seconds: number | null
}

/** 转接记录 of a page of the export, in one trip. */
export function hopsOfAll(callIds: readonly string[]): RawStatement<HopLine> {
  return raw(
    `select call_id, target_name, target_extension, result, seconds from call_hop where call_id = any($1::uuid[])
     order by call_id, position`,
    [callIds],
  )
}
