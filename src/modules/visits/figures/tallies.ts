/** PURE: which sums of visits are kept, by what, and from what each can be made anew. */
import { type Measure, measures } from './measures.ts'

export interface Tally {
  readonly table: string
  readonly constraint: string
  /** Columns of the key, each with what it is made of in its source and in `visit_counted`. */
  readonly key: readonly (readonly [column: string, from: string])[]
  readonly measures: readonly Measure[]
  /** What it is a sum of: itself kept by the visit, or a finer tally. */
  readonly of: string
  /** By which its rows are made anew. */
  readonly period: 'day' | 'month'
}

const plain = (name: string) => [name, name] as const
const month = ['month', "date_trunc('month', day)::date"] as const
const weekday = ['weekday', 'extract(isodow from day)::smallint'] as const
const [site, day, hour, host, which, minutes] = ['site_id', 'day', 'hour', 'host_id', 'which', 'minutes'].map(
  plain,
) as [Column, Column, Column, Column, Column, Column]
type Column = readonly [string, string]
const narrowed = ['kind', 'category', 'department_id'].map(plain)

function tally(name: string, of: string, key: readonly Column[], sums: readonly Measure[] = measures): Tally {
  const table = `visit_tally_${name}`
  return {
    table,
    constraint: `${table}_key`,
    key: [site, ...key, ...narrowed],
    measures: sums,
    of,
    period: key.includes(month) ? 'month' : 'day',
  }
}

/** Both waits of a visit, as two rows with `which` and `minutes`; visits without one add nothing. */
export const bothWaits = 'waited'
const [ofHour, ofHost, ofWait] = ['visit_tally_hour', 'visit_tally_host', 'visit_tally_wait'] as const

/** The finer before what is a sum of it. */
export const tallies: readonly Tally[] = [
  tally('hour', 'visit_counted', [day, hour]),
  tally('host', 'visit_counted', [day, host]),
  tally('wait', bothWaits, [day, which, minutes], ['visits']),
  tally('day', ofHour, [day]),
  tally('month', ofHour, [month]),
  tally('slot', ofHour, [month, weekday, hour], ['arrived', 'people']),
  tally('host_month', ofHost, [month, host]),
  tally('wait_month', ofWait, [month, which, minutes], ['visits']),
]
