/** PURE: the span of the report in the address; the server refuses what it cannot use. */

export interface FigureSearch {
  from?: string
  to?: string
  handlerId?: string
}

export function readFigureSearch(search: Readonly<Record<string, unknown>>): FigureSearch {
  const read: FigureSearch = {}
  for (const name of ['from', 'to'] as const) {
    const value = search[name]
    if (typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value)) read[name] = value
  }
  if (typeof search.handlerId === 'string') read.handlerId = search.handlerId
  return read
}

export const spanNames = ['today', 'week', 'month'] as const
export type SpanName = (typeof spanNames)[number]

const days: Record<SpanName, number> = { today: 0, week: 6, month: 29 }

/** The last so many days up to today. */
export function spanOf(name: SpanName, today: string): { from: string; to: string } {
  const from = new Date(Date.parse(`${today}T00:00:00Z`) - days[name] * 86_400_000)
  return { from: from.toISOString().slice(0, 10), to: today }
}
