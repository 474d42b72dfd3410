/** PURE: what the report is asked for, in the address; the server refuses what it cannot use. */
import { type Grain, grains } from '../../figures/rules.ts'

export interface FigureSearch {
  from?: string
  to?: string
  kind?: string
  category?: string
  departmentId?: string
  hostId?: string
  grain?: Grain
}

const texts = ['kind', 'category', 'departmentId', 'hostId'] as const

export function readVisitFigureSearch(search: Readonly<Record<string, unknown>>): FigureSearch {
  const read: FigureSearch = {}
  for (const name of ['from', 'to'] as const) {
    const value = search[name]
    if (typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value)) read[name] = value
  }
  for (const name of texts) {
    const value = search[name]
    if (typeof value === 'string') read[name] = value
  }
  const grain = grains.find((one) => one === search.grain)
  if (grain) read.grain = grain
  return read
}

export const spanNames = ['today', 'week', 'month', 'quarter', 'year'] as const
export type SpanName = (typeof spanNames)[number]

const back: Record<SpanName, number> = { today: 0, week: 6, month: 29, quarter: 90, year: 364 }

/** The last so many days up to today. */
export function spanOf(name: SpanName, today: string): { from: string; to: string } {
  const from = new Date(Date.parse(`${today}T00:00:00Z`) - back[name] * 86_400_000)
  return { from: from.toISOString().slice(0, 10), to: today }
}

/** A whole month by its name; else the days. */
export function spanLabel(from: string, to: string): string {
  if (from === to) return from.slice(5)
  const after = new Date(Date.parse(`${to}T00:00:00Z`) + 86_400_000).toISOString().slice(8, 10)
  if (from.slice(0, 7) === to.slice(0, 7) && from.endsWith('-01') && after === '01') return from.slice(0, 7)
  return `${from.slice(5)} – ${to.slice(5)}`
}

/** Few enough bars to be read. */
export function usualGrain(from: string, to: string): Grain {
  const days = (Date.parse(to) - Date.parse(from)) / 86_400_000
  return days <= 31 ? 'day' : days <= 183 ? 'week' : 'month'
}

/** Waiting times as people speak of them. */
const waitSteps: readonly (readonly [number, number])[] = [
  [0, 0],
  [1, 2],
  [3, 5],
  [6, 10],
  [11, 15],
  [16, 20],
  [21, 30],
  [31, 60],
  [61, 240],
]

export function inSteps(minutes: readonly { minutes: number; visits: number }[]) {
  return waitSteps.map(([from, to]) => ({
    from,
    to,
    visits: minutes
      .filter((one) => one.minutes >= from && one.minutes <= to)
      .reduce((sum, one) => sum + one.visits, 0),
  }))
}

/** Change against the span before, in whole percent; `null` when there was nothing to compare with. */
export function changeOf(now: number, before: number): number | null {
  return before === 0 ? null : Math.round(((now - before) / before) * 100)
}
