import type { Sql } from '../db/sql.ts'
import { DomainError } from '../errors.ts'
import { latest } from '../settings/store.ts'
import { type CalendarDay, daySpec, type WorkingCalendar } from './rules.ts'
import { calendarHours } from './settings.ts'
import { type DayRow, daysOf, type StampRow, stampOf, yearsOf } from './store.ts'

interface Loaded {
  readonly stamp: string
  readonly calendar: WorkingCalendar
}

/** Per process; an entry serves only while its stamp is the stored one, so no node works by an old calendar. */
const loaded = new Map<string, Loaded>()
/** Sites asked lately; the oldest goes first. */
const mostSites = 200

/**
 * The site's calendar for the functions of `rules.ts` (G6). Costs one small statement while nothing has changed;
 * works inside a transaction (`work`) and outside (`query(ctx)`), but not after an edit of the calendar in the same
 * transaction: what is not committed must not be remembered.
 * @throws DomainError `site.unknown`
 */
export async function loadCalendar(sql: Sql, siteId: string): Promise<WorkingCalendar> {
  const row = await readStamp(sql, siteId)
  const stamp = `${row.zone} ${row.version} ${row.hoursVersion}`
  const known = loaded.get(siteId)
  if (known?.stamp === stamp) return known.calendar
  // The stamp was read first: what is read now is at least as new, and if newer, the next stamp differs.
  const [days, years, { week, makeup }] = await Promise.all([
    sql.all(daysOf(siteId)),
    sql.all(yearsOf(siteId)),
    readHours(sql, siteId),
  ])
  const calendar: WorkingCalendar = {
    zone: row.zone,
    hours: week,
    makeupHours: makeup ?? undefined,
    days: new Map(days.map((one) => [one.day, toDay(one)])),
    knownYears: new Set(years.map(({ year }) => year)),
  }
  keep(siteId, { stamp, calendar })
  return calendar
}

/** @throws DomainError `site.unknown` */
export async function readStamp(sql: Sql, siteId: string): Promise<StampRow> {
  const row = await sql.maybe(stampOf(siteId, calendarHours.key))
  if (row === undefined) throw new DomainError('site.unknown')
  return row
}

/** From the database, not from the settings' cache: deadlines follow a change at once. */
export async function readHours(sql: Sql, siteId: string): Promise<typeof calendarHours.fallback> {
  const stored = await sql.maybe(latest(siteId, calendarHours.key))
  return stored === undefined ? calendarHours.fallback : calendarHours.schema.parse(stored.value)
}

/** @throws ZodError when the stored row is not a day: a fault, not a user's */
export function toDay(row: DayRow): CalendarDay {
  const { day, kind, name, hours } = row
  return { day, ...daySpec.parse({ kind, name, ...(hours === null ? {} : { hours }) }) }
}

function keep(siteId: string, entry: Loaded): void {
  loaded.delete(siteId)
  loaded.set(siteId, entry)
  if (loaded.size <= mostSites) return
  const [oldest] = loaded.keys()
  if (oldest !== undefined) loaded.delete(oldest)
}
