import published from 'chinese-days/dist/chinese-days.json' with { type: 'json' }
import type { CalendarDay } from './rules.ts'

/**
 * The package's functions guess (`getDayDetail('2027-10-01')` is "Friday, work"), so its raw data is read instead.
 * Entries read "Spring Festival,春节,4".
 */
const holidays = new Map<string, string>(Object.entries(published.holidays))
const makeups = new Map<string, string>(Object.entries(published.workdays))

/**
 * Public holidays and make-up working days of mainland China in `year`, sorted by day; `undefined` when the State
 * Council's notice for that year is not in the package. One notice may date a few days into the year before, so a
 * single entry proves nothing: a year is known when both New Year's Day and National Day of it are listed.
 */
export function publishedDays(year: number): CalendarDay[] | undefined {
  if (!holidays.has(`${year}-01-01`) || !holidays.has(`${year}-10-01`)) return undefined
  return [...read(holidays, 'holiday', year), ...read(makeups, 'makeup', year)].sort((a, b) =>
    a.day < b.day ? -1 : 1,
  )
}

function read(source: ReadonlyMap<string, string>, kind: 'holiday' | 'makeup', year: number): CalendarDay[] {
  return [...source]
    .filter(([day]) => day.startsWith(`${year}-`))
    .map(([day, text]) => {
      const [en = '', zh = ''] = text.split(',')
      return { day, kind, name: { zh, en } }
    })
}
