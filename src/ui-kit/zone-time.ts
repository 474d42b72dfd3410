/**
 * Instants (RFC 3339) ↔ wall time of a site, and dates as people write them. Without a date library: Intl knows the
 * zones, and this is loaded on every phone.
 */
const partsCache = new Map<string, Intl.DateTimeFormat>()

function formatter(language: string, options: Intl.DateTimeFormatOptions) {
  const key = `${language}${JSON.stringify(options)}`
  let found = partsCache.get(key)
  if (!found) {
    found = new Intl.DateTimeFormat(language, options)
    partsCache.set(key, found)
  }
  return found
}

/** `2026-11-21T09:30` in the zone, for DateTimeInput. */
export function toWall(instant: string | number | Date, zone: string) {
  const text = formatter('sv-SE', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(new Date(instant))
  return text.replace(' ', 'T')
}

/** Today (or the day of an instant) in the zone: `2026-11-21`. */
export function dayIn(zone: string, instant: string | number | Date) {
  return toWall(instant, zone).slice(0, 10)
}

/** The instant of a wall time `2026-11-21T09:30` in the zone; a time skipped by summer time moves forward. */
export function fromWall(wall: string, zone: string) {
  const asUtc = Date.parse(`${wall.length === 10 ? `${wall}T00:00` : wall.slice(0, 16)}Z`)
  const shift = (at: number) => Date.parse(`${toWall(at, zone)}Z`) - at
  const first = asUtc - shift(asUtc)
  return new Date(asUtc - shift(first)).toISOString()
}

type Language = 'zh' | 'en'

const tag = (language: string) => (language.startsWith('zh') ? 'zh-CN' : 'en-GB')

/** 09:42 */
export function formatTime(instant: string | number | Date, zone: string, language: Language = 'zh') {
  return formatter(tag(language), {
    timeZone: zone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(new Date(instant))
}

/** 11月21日周六 / Sat, 21 Nov */
export function formatDay(instant: string | number | Date, zone: string, language: Language) {
  return formatter(tag(language), {
    timeZone: zone,
    month: 'short',
    day: 'numeric',
    weekday: 'short',
  }).format(new Date(instant))
}

/** 2026/11/21 / 21/11/2026 */
export function formatDate(instant: string | number | Date, zone: string, language: Language) {
  return formatter(tag(language), {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).format(new Date(instant))
}

/** 2026/11/21 09:42 / 21/11/2026, 09:42 */
export function formatDateTime(instant: string | number | Date, zone: string, language: Language) {
  return formatter(tag(language), {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(new Date(instant))
}
