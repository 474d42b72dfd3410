/** PURE: from tallies to figures; and which visits stand behind each of them. */
import type { Counts, Measure } from './measures.ts'

export const grains = ['day', 'week', 'month'] as const
export type Grain = (typeof grains)[number]

/** Visits a figure counts, and the misses of each rule (G8). */
export const slices = [
  'arrived',
  'announced',
  'walkIn',
  'first',
  'again',
  'noShow',
  'declined',
  'refused',
  'cancelled',
  'answered',
  'answerMissed',
  'signed',
  'unsigned',
  'signedLate',
  'signatureOverdue',
  'passes',
  'passMissing',
  'met',
  'waitedLong',
  'notReminded',
] as const
export type Slice = (typeof slices)[number]

export interface Share {
  readonly kept: number
  readonly of: number
}

export interface Measured {
  readonly visits: number
  readonly arrived: number
  readonly people: number
  readonly announced: number
  readonly walkIn: number
  readonly first: number
  readonly again: number
  readonly noShow: number
  readonly declined: number
  readonly refused: number
  readonly cancelled: number
  readonly rules: {
    readonly answered: Share
    readonly signed: Share & { readonly late: number; readonly overdue: number }
    readonly passes: Share
    readonly met: Share & { readonly prompt: number }
  }
}

export function measuredOf(counts: Counts): Measured {
  return {
    visits: counts.visits,
    arrived: counts.arrived,
    people: counts.people,
    announced: counts.announced,
    walkIn: counts.walk_in,
    first: counts.first,
    again: counts.again,
    noShow: counts.no_show,
    declined: counts.declined,
    refused: counts.refused,
    cancelled: counts.cancelled,
    rules: {
      answered: { kept: counts.ask_kept, of: counts.ask_of },
      signed: {
        kept: counts.sign_kept,
        of: counts.sign_of,
        late: counts.sign_late,
        overdue: counts.sign_overdue,
      },
      passes: { kept: counts.pass_kept, of: counts.pass_of },
      met: { kept: counts.meet_kept, of: counts.meet_of, prompt: counts.meet_prompt },
    },
  }
}

export const nothing: Counts = {
  visits: 0,
  people: 0,
  arrived: 0,
  announced: 0,
  walk_in: 0,
  first: 0,
  again: 0,
  no_show: 0,
  declined: 0,
  refused: 0,
  cancelled: 0,
  ask_of: 0,
  ask_kept: 0,
  sign_of: 0,
  sign_kept: 0,
  sign_late: 0,
  sign_overdue: 0,
  pass_of: 0,
  pass_kept: 0,
  meet_of: 0,
  meet_kept: 0,
  meet_prompt: 0,
}

export function sumOf(rows: readonly Counts[]): Counts {
  const sum: Record<Measure, number> = { ...nothing }
  for (const row of rows) {
    for (const name of Object.keys(nothing) as Measure[]) sum[name] += row[name]
  }
  return sum
}

const dayMs = 86_400_000
const dayText = (ms: number) => new Date(ms).toISOString().slice(0, 10)
const startOf = (day: string) => Date.parse(`${day}T00:00:00Z`)

export function daysBetween(from: string, to: string): number {
  return Math.round((startOf(to) - startOf(from)) / dayMs) + 1
}

/** The span of equal length that ends the day before. */
export function spanBefore(from: string, to: string): { from: string; to: string } {
  const length = daysBetween(from, to)
  return { from: dayText(startOf(from) - length * dayMs), to: dayText(startOf(from) - dayMs) }
}

/** The first day of its month. */
export const monthOf = (day: string): string => `${day.slice(0, 7)}-01`

export function nextMonth(day: string): string {
  const date = new Date(startOf(day))
  return dayText(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1))
}

/**
 * The whole months within a span: from the first of one to before the first of another. Where there is none, both are
 * the day after the span, so that all of it lies before them.
 */
export function wholeMonths(from: string, to: string): { since: string; until: string } {
  const after = dayText(startOf(to) + dayMs)
  const since = from === monthOf(from) ? from : nextMonth(from)
  const until = monthOf(after)
  return since < until ? { since, until } : { since: after, until: after }
}

/** Weeks begin on Monday, months on their first; the first and last are cut to what was asked for. */
export function spans(from: string, to: string, grain: Grain): { from: string; to: string }[] {
  const all: { from: string; to: string }[] = []
  for (let at = startOf(from); at <= startOf(to); ) {
    const end = Math.min(lastOf(at, grain), startOf(to))
    all.push({ from: dayText(at), to: dayText(end) })
    at = end + dayMs
  }
  return all
}

function lastOf(at: number, grain: Grain): number {
  const date = new Date(at)
  if (grain === 'day') return at
  if (grain === 'week') return at + ((7 - date.getUTCDay()) % 7) * dayMs
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)
}

export interface DayRow extends Counts {
  readonly day: string
}

/** Every span, also those in which nobody came. */
export function seriesOf(rows: readonly DayRow[], from: string, to: string, grain: Grain) {
  return spans(from, to, grain).map((span) => ({
    ...span,
    ...measuredOf(sumOf(rows.filter((row) => row.day >= span.from && row.day <= span.to))),
  }))
}

export interface WaitRow {
  readonly minutes: number
  readonly visits: number
}

/** The minute within which that part of the visits was over; exact, as the tally keeps every minute. */
export function percentileOf(rows: readonly WaitRow[], part: number): number | null {
  const all = rows.reduce((sum, row) => sum + row.visits, 0)
  if (all === 0) return null
  let sum = 0
  for (const row of [...rows].sort((a, b) => a.minutes - b.minutes)) {
    sum += row.visits
    if (sum >= all * part) return row.minutes
  }
  return null
}

export function waitOf(rows: readonly WaitRow[]) {
  return {
    visits: rows.reduce((sum, row) => sum + row.visits, 0),
    median: percentileOf(rows, 0.5),
    p90: percentileOf(rows, 0.9),
    minutes: rows.map(({ minutes, visits }) => ({ minutes, visits })),
  }
}
