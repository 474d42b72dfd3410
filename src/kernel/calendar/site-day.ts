/** The calendar day of a site as instants: what "today" means at its desk. */
import { DateTime } from 'luxon'
import type { Sql } from '../db/sql.ts'
import { readStamp } from './load.ts'

export interface SiteDay {
  readonly zone: string
  readonly day: string
  readonly from: Date
  readonly to: Date
}

/** PURE */
export function dayAt(zone: string, now: Date): SiteDay {
  const start = DateTime.fromJSDate(now, { zone }).startOf('day')
  return {
    zone,
    day: start.toISODate() ?? '',
    from: start.toJSDate(),
    to: start.plus({ days: 1 }).toJSDate(),
  }
}

/** PURE: first instant of a day given as YYYY-MM-DD. */
export function startOfDay(zone: string, day: string): Date {
  return DateTime.fromISO(day, { zone }).startOf('day').toJSDate()
}

/** PURE */
export function startOfNextDay(zone: string, day: string): Date {
  return DateTime.fromISO(day, { zone }).startOf('day').plus({ days: 1 }).toJSDate()
}

const zones = new Map<string, { readonly zone: string; readonly at: number }>()

/** The zone changes about never: read once a minute, so that the board needs no trip for it. */
export async function zoneOf(sql: Sql, siteId: string): Promise<string> {
  const known = zones.get(siteId)
  if (known !== undefined && Date.now() - known.at < 60_000) return known.zone
  const { zone } = await readStamp(sql, siteId)
  zones.set(siteId, { zone, at: Date.now() })
  return zone
}
