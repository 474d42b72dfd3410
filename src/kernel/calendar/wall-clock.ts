/**
 * Local days and wall times of a zone as instants. Pure; luxon does the arithmetic and knows the zones.
 */
import { DateTime, Duration, IANAZone } from 'luxon'

const MINUTE = 60_000
const DAY = 1_440 * MINUTE

/** The clock around one local day: its midnight read as UTC, and the zone's offsets before and from `change` on. */
export interface WallClock {
  readonly midnight: number
  readonly before: number
  readonly after: number
  readonly change: number
}

/** @throws RangeError for an unknown zone or a malformed day */
export function wallClock(zone: string, day: string): WallClock {
  const iana = zoneOf(zone)
  const midnight = parseDay(day).toMillis()
  // Offsets lie between -12 h and +14 h, so these bounds hold the whole day; no zone changes twice within three days.
  let low = midnight - DAY
  let high = midnight + 2 * DAY
  const before = iana.offset(low) * MINUTE
  const after = iana.offset(high) * MINUTE
  while (before !== after && high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (iana.offset(middle) * MINUTE === before) low = middle
    else high = middle
  }
  return { midnight, before, after, change: high }
}

/**
 * The first instant at which the wall clock has reached `time` (HH:MM, up to 24:00). So a time that summer time
 * skips is the moment of the change, a time that comes twice is its first coming, and the order of wall times is the
 * order of instants.
 * luxon's own reading of a wall time is not used: for a time that comes twice it depends on today's offset.
 */
export function firstInstant({ midnight, before, after, change }: WallClock, time: string): number {
  const wall = midnight + Duration.fromISOTime(time).toMillis()
  return wall - before < change ? wall - before : Math.max(change, wall - after)
}

/** The day the wall clock shows at `t`. */
export function printedDay(zone: string, t: number): string {
  return isoDay(DateTime.fromMillis(t, { zone: zoneOf(zone) }))
}

function zoneOf(zone: string): IANAZone {
  const iana = IANAZone.create(zone) // cached by luxon
  if (!iana.isValid) throw new RangeError(`time zone: ${zone}`)
  return iana
}

/** Midnight UTC of a day. @throws RangeError unless it is a real YYYY-MM-DD */
export function parseDay(day: string): DateTime<true> {
  const date = DateTime.fromISO(day, { zone: 'utc' })
  if (!date.isValid || date.toISODate() !== day) throw new RangeError(`day: ${day}`)
  return date
}

export function shiftDay(day: string, days: number): string {
  return isoDay(parseDay(day).plus({ days }))
}

function isoDay(date: DateTime): string {
  const day = date.toISODate()
  if (day === null) throw new RangeError('invalid instant')
  return day
}
