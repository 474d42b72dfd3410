/** PURE: one line of a register → a visit, or every reason why not. */
import { DomainError } from '../../../kernel/errors.ts'
import { tidy } from '../../../kernel/find/spelling.ts'
import type { ImportRow, LineProblem } from '../../../kernel/imports/importer.ts'
import { normalisePhone } from '../people.ts'
import type { VisitStatus } from '../rules.ts'
import { readPlate, statedPlate } from '../vehicles/rules.ts'
import { parseTime } from './times.ts'

export interface VisitLine {
  readonly key: string
  /** Without the arrival: who was expected, or read in before the arrival was part of it, is known still. */
  readonly formerKey: string
  readonly name: string
  readonly organisation: string
  readonly phone: string
  readonly purpose: string
  readonly kind: string
  readonly hostName: string
  readonly companions: readonly string[]
  readonly groupKey: string
  readonly groupSize: number
  readonly place: string
  readonly plate: string
  readonly note: string
  readonly startAt: Date
  readonly endAt: Date | null
  readonly arrivedAt: Date | null
  readonly leftAt: Date | null
  readonly cancelled: boolean
}

const han = /\p{Script=Han}/u
/** Longer ago or further ahead than this is a slip of the pen. */
const farYears = 60

/** `HORTON`, `horton` → `Horton`; `McDonald` and Chinese names stay as they are. */
function properCase(text: string): string {
  if (han.test(text) || (text !== text.toLowerCase() && text !== text.toUpperCase())) return text
  return text
    .toLowerCase()
    .replace(/(^|[\s'’.-])(\p{L})/gu, (_, before: string, letter: string) => before + letter.toUpperCase())
}

function nameOf(
  cells: ImportRow['cells'],
  whole: string,
  given: string,
  middle: string,
  family: string,
): string {
  const one = tidy(cells[whole] ?? '')
  if (one !== '') return properCase(one)
  const parts = [cells[given], cells[middle], cells[family]].map((part) => properCase(tidy(part ?? '')))
  const joined = parts.filter((part) => part !== '')
  return han.test(joined.join('')) ? [parts[2], parts[0]].join('') : joined.join(' ')
}

export function readLine(row: ImportRow, zone: string, now: Date): VisitLine | readonly LineProblem[] {
  const { cells } = row
  const problems: LineProblem[] = []
  const bad = (field: string, code: string, value?: string) => {
    problems.push(value === undefined ? { field, code } : { field, code, value })
  }
  const time = (field: string): Date | null => {
    const text = cells[field] ?? ''
    if (text === '') return null
    const at = parseTime(text, zone)
    if (at === undefined) bad(field, 'date', text)
    else if (Math.abs(at.getTime() - now.getTime()) > farYears * 366 * 86_400_000)
      bad(field, 'time-far', text)
    else return at
    return null
  }
  const name = nameOf(cells, 'visitorName', 'givenName', 'middleName', 'familyName')
  if (name === '') bad(cells.familyName === undefined ? 'visitorName' : 'familyName', 'required')
  else if (!/\p{L}/u.test(name)) bad('visitorName', 'name-no-letters', name)
  else if (name.length > 80) bad('visitorName', 'too-long', name)
  else if (/\d/.test(name)) bad('visitorName', 'name-has-digits', name)
  const startAt = time('startAt')
  if (startAt === null && (cells.startAt ?? '') === '') bad('startAt', 'required')
  const endAt = time('endAt')
  const arrivedAt = time('arrivedAt')
  const leftAt = time('leftAt')
  const cancelledAt = time('cancelledAt')
  if (startAt !== null && endAt !== null && endAt < startAt) bad('endAt', 'before-start', cells.endAt)
  if (arrivedAt !== null && leftAt !== null && leftAt < arrivedAt)
    bad('leftAt', 'before-arrival', cells.leftAt)
  if (leftAt !== null && arrivedAt === null) bad('leftAt', 'left-without-arrival', cells.leftAt)
  if (arrivedAt !== null && arrivedAt > now) bad('arrivedAt', 'in-the-future', cells.arrivedAt)
  const phone = phoneOf(cells.phone ?? '', bad)
  const plate = plateOf(cells.plate ?? '', bad)
  const groupSize = sizeOf(cells.groupSize ?? '', bad)
  if (problems.length > 0 || startAt === null) return problems
  const groupKey = tidy(cells.groupKey ?? '')
  const formerKey = [groupKey, name.toLowerCase(), phone, startAt.toISOString()].join('|')
  return {
    // A register of days has one person twice on one of them: the arrival tells them apart. Whoever is only expected keeps
    // the key of the day, by which a later edition finds them.
    key:
      arrivedAt === null || cells.startAt?.includes(':')
        ? formerKey
        : `${formerKey}|${arrivedAt.toISOString()}`,
    formerKey,
    name,
    organisation: tidy(cells.organisation ?? '').slice(0, 200),
    phone,
    purpose: tidy(cells.purpose ?? '').slice(0, 200),
    kind: tidy(cells.kind ?? '').slice(0, 60),
    hostName: nameOf(cells, 'hostName', 'hostGivenName', '', 'hostFamilyName').slice(0, 80),
    companions: companionsOf(cells.companions ?? ''),
    groupKey,
    groupSize,
    place: [cells.place, cells.room]
      .map((part) => tidy(part ?? ''))
      .filter((part) => part !== '')
      .join(' · ')
      .slice(0, 200),
    plate,
    note: tidy(cells.note ?? '').slice(0, 2000),
    startAt,
    endAt,
    arrivedAt,
    leftAt,
    cancelled: cancelledAt !== null,
  }
}

type Bad = (field: string, code: string, value?: string) => void

const companionsOf = (text: string) =>
  text
    .split(/[,，、;；\n]+/)
    .map((name) => tidy(name).slice(0, 80))
    .filter((name) => name !== '')

function phoneOf(text: string, bad: Bad): string {
  try {
    return normalisePhone(text, 'phone')
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    bad('phone', 'phone', text)
    return ''
  }
}

/** V19: one spelling; what is none has to be stated as another country's beside it. */
function plateOf(written: string, bad: Bad): string {
  const { text, stated } = statedPlate(written)
  if (text === '') return ''
  const read = readPlate(text, stated)
  if (read === null) bad('plate', 'plate', written)
  return read?.plate ?? ''
}

function sizeOf(text: string, bad: Bad): number {
  if (text === '') return 1
  const size = Number(text)
  if (Number.isInteger(size) && size >= 1 && size <= 2000) return size
  bad('groupSize', 'party-size', text)
  return 1
}

/**
 * What a line means today. Past and never arrived: did not come. Arrived long ago without a time out, as real registers
 * are: left, at the end of the appointment, and the record says that the time was not written down.
 */
export function statusOf(
  line: VisitLine,
  now: Date,
): { status: VisitStatus; leftAt: Date | null; timeOutMissing: boolean } {
  const end = line.endAt ?? new Date(line.startAt.getTime() + 12 * 3_600_000)
  if (line.arrivedAt !== null) {
    const leftAt = line.leftAt ?? new Date(Math.max(end.getTime(), line.arrivedAt.getTime()))
    if (line.leftAt !== null || leftAt <= now)
      return { status: 'left', leftAt, timeOutMissing: line.leftAt === null }
    return { status: 'admitted', leftAt: null, timeOutMissing: false }
  }
  if (line.cancelled) return { status: 'cancelled', leftAt: null, timeOutMissing: false }
  return { status: end < now ? 'no_show' : 'expected', leftAt: null, timeOutMissing: false }
}
