/** PURE: the ways in which registers write a time. */
import { DateTime } from 'luxon'

const formats = [
  'yyyy-MM-dd HH:mm:ss',
  'yyyy-MM-dd HH:mm',
  'yyyy-MM-dd H:mm',
  'yyyy/M/d HH:mm',
  'yyyy/M/d H:mm',
  'yyyy.M.d H:mm',
  "yyyy'年'M'月'd'日' H:mm",
  'MMM d yyyy h:mma',
  'M/d/yyyy h:mm a',
  'M/d/yyyy H:mm',
  'yyyy-MM-dd',
  'yyyy/M/d',
  "yyyy'年'M'月'd'日'",
]

/** A wall time of the site as an instant; undefined when no known form fits, so that the line is reported, not guessed. */
export function parseTime(text: string, zone: string): Date | undefined {
  const typed = text.normalize('NFKC').trim().replace(/\s+/g, ' ')
  if (/^\d{4}-\d\d-\d\dT/.test(typed)) {
    const iso = DateTime.fromISO(typed, { zone })
    return iso.isValid ? iso.toJSDate() : undefined
  }
  for (const format of formats) {
    const parsed = DateTime.fromFormat(typed, format, { zone, locale: 'en' })
    if (parsed.isValid) return parsed.toJSDate()
  }
  return undefined
}
