/**
 * Working time of a site (rule G6). Pure: no clock, no database.
 * Terms and decisions: README.md of this folder.
 */
import { z } from 'zod'
import { DomainError } from '../errors.ts'
import { firstInstant, parseDay, printedDay, shiftDay, type WallClock, wallClock } from './wall-clock.ts'

const clockTime = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, { message: 'calendar.time-format', abort: true })
const closingTime = z
  .string()
  .regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, { message: 'calendar.time-format', abort: true })

export const period = z.object({ from: clockTime, to: closingTime })
export type Period = z.infer<typeof period>

/** Hours of one day: sorted, non-empty, non-overlapping; touching is allowed. Crossing midnight is two periods. */
export const periods = z
  .array(period)
  .max(12)
  .check((ctx) => {
    for (const [i, { from, to }] of ctx.value.entries()) {
      const before = ctx.value[i - 1]
      if (from >= to) ctx.issues.push(refused(ctx.value, [i, 'to'], 'calendar.period-empty'))
      if (before && from < before.to)
        ctx.issues.push(refused(ctx.value, [i, 'from'], 'calendar.period-overlap'))
    }
  })

function refused(input: unknown, path: (string | number)[], code: string) {
  return { code: 'custom' as const, input, path, message: code, params: { code } }
}

/** Keys are ISO weekdays: '1' Monday … '7' Sunday. An empty list is a day off. */
export const weeklyHours = z.object({
  '1': periods,
  '2': periods,
  '3': periods,
  '4': periods,
  '5': periods,
  '6': periods,
  '7': periods,
})
export type WeeklyHours = z.infer<typeof weeklyHours>

export const dayKind = z.enum(['holiday', 'makeup', 'workday', 'restday'])
export const dayName = z.object({ zh: z.string().trim().max(200), en: z.string().trim().max(200) })

/** What the house says about one day. Hours belong to working kinds only. */
export const daySpec = z.object({ kind: dayKind, name: dayName, hours: periods.optional() }).check((ctx) => {
  const { kind, hours } = ctx.value
  if (!hours) return
  const closed = kind === 'holiday' || kind === 'restday'
  if (closed) ctx.issues.push(refused(hours, ['hours'], 'calendar.hours-on-closed-day'))
  else if (hours.length === 0) ctx.issues.push(refused(hours, ['hours'], 'calendar.hours-missing'))
})
export type DaySpec = z.infer<typeof daySpec>

export interface CalendarDay {
  readonly day: string
  readonly kind: z.infer<typeof dayKind>
  readonly name: { readonly zh: string; readonly en: string }
  readonly hours?: readonly Period[] | undefined
}

export interface WorkingCalendar {
  /** IANA name, such as Asia/Shanghai. */
  readonly zone: string
  readonly hours: WeeklyHours
  /** Hours of a make-up working day (调休上班); Monday's when absent. */
  readonly makeupHours?: readonly Period[] | undefined
  readonly days: ReadonlyMap<string, CalendarDay>
  /** Years whose holidays are known. A day of any other year is answered only if it stands in `days`. */
  readonly knownYears: ReadonlySet<number>
}

/** Half-open: open at `from`, closed at `to`. */
export interface WorkingPeriod {
  readonly from: Date
  readonly to: Date
}

interface Span {
  readonly from: number
  readonly to: number
}

const MINUTE = 60_000
/** Nobody closes for longer; a calendar that does holds no working time for a deadline. */
const LONGEST_CLOSURE_DAYS = 400

/** Whether hours stand against the day (local `YYYY-MM-DD`). @throws calendar.year-unknown */
export function isWorkingDay(cal: WorkingCalendar, day: string): boolean {
  return hoursOf(cal, day).length > 0
}

/** Working time of one local day as instants, in order. @throws calendar.year-unknown */
export function workingPeriods(cal: WorkingCalendar, day: string): WorkingPeriod[] {
  return spansOf(cal, day).map(({ from, to }) => ({ from: new Date(from), to: new Date(to) }))
}

/** @throws calendar.year-unknown */
export function isWorkingTime(cal: WorkingCalendar, at: Date): boolean {
  const t = millis(at)
  return spansOf(cal, localDay(cal, t)).some(({ from, to }) => from <= t && t < to)
}

/** Last closing instant of the day, `undefined` on a day off. @throws calendar.year-unknown */
export function closingOf(cal: WorkingCalendar, day: string): Date | undefined {
  const last = spansOf(cal, day).at(-1)
  return last && new Date(last.to)
}

/** `at` itself during working time, else when work begins next. @throws calendar.year-unknown, calendar.no-working-time */
export function nextOpening(cal: WorkingCalendar, at: Date): Date {
  const t = millis(at)
  for (const span of spansFrom(cal, t)) return new Date(Math.max(span.from, t))
  throw new DomainError('calendar.no-working-time')
}

/**
 * The deadline `minutes` of working time after `from`: the earliest instant by which that much has passed, so work
 * that just fits is due at closing, not next morning. 0 minutes outside working time is the next opening.
 * @throws calendar.year-unknown, calendar.no-working-time
 */
export function addWorkingMinutes(cal: WorkingCalendar, from: Date, minutes: number): Date {
  if (!Number.isFinite(minutes) || minutes < 0) throw new RangeError(`working minutes: ${minutes}`)
  const t = millis(from)
  let left = Math.round(minutes * MINUTE)
  for (const span of spansFrom(cal, t)) {
    const start = Math.max(span.from, t)
    if (start + left <= span.to) return new Date(start + left)
    left -= span.to - start
  }
  throw new DomainError('calendar.no-working-time')
}

/** Working minutes from `a` to `b`, with fractions; negative when `b` is before `a`. @throws calendar.year-unknown */
export function workingMinutesBetween(cal: WorkingCalendar, a: Date, b: Date): number {
  const start = millis(a)
  const end = millis(b)
  if (start === end) return 0
  if (end < start) return 0 - workingMinutesBetween(cal, b, a)
  let sum = 0
  const last = localDay(cal, end - 1)
  for (let day = localDay(cal, start); day <= last; day = shiftDay(day, 1)) {
    for (const span of spansOf(cal, day))
      sum += Math.max(0, Math.min(span.to, end) - Math.max(span.from, start))
  }
  return sum / MINUTE
}

/**
 * The `count`-th working day after `day` (before it when negative). 0: `day` itself, or the next working day if it is
 * a day off. @throws calendar.year-unknown, calendar.no-working-time
 */
export function addWorkingDays(cal: WorkingCalendar, day: string, count: number): string {
  if (!Number.isInteger(count)) throw new RangeError(`working days: ${count}`)
  requireSomeHours(cal)
  if (count === 0 && isWorkingDay(cal, day)) return day
  const step = count < 0 ? -1 : 1
  let left = Math.max(1, Math.abs(count))
  let closed = 0
  for (let next = shiftDay(day, step); closed < LONGEST_CLOSURE_DAYS; next = shiftDay(next, step)) {
    const open = isWorkingDay(cal, next)
    if (open && --left === 0) return next
    closed = open ? 0 : closed + 1
  }
  throw new DomainError('calendar.no-working-time')
}

/** The site's local day an instant belongs to. */
export function dayOf(cal: WorkingCalendar, at: Date): string {
  return localDay(cal, millis(at))
}

function hoursOf(cal: WorkingCalendar, day: string): readonly Period[] {
  const special = cal.days.get(day)
  const date = parseDay(day)
  if (!special) {
    if (!cal.knownYears.has(date.year)) throw new DomainError('calendar.year-unknown', { year: date.year })
    return weekdayHours(cal, date.weekday)
  }
  if (special.kind === 'holiday' || special.kind === 'restday') return []
  const makeup = cal.makeupHours ?? cal.hours['1']
  if (special.hours) return special.hours
  if (special.kind === 'makeup') return makeup
  const own = weekdayHours(cal, date.weekday)
  return own.length > 0 ? own : makeup
}

function weekdayHours(cal: WorkingCalendar, weekday: number): readonly Period[] {
  switch (weekday) {
    case 1:
      return cal.hours['1']
    case 2:
      return cal.hours['2']
    case 3:
      return cal.hours['3']
    case 4:
      return cal.hours['4']
    case 5:
      return cal.hours['5']
    case 6:
      return cal.hours['6']
    default:
      return cal.hours['7']
  }
}

/** Days worked out so far: calendars are immutable, and deadlines ask for the same few days all day long. */
interface Memo {
  readonly spans: Map<string, readonly Span[]>
  readonly clocks: Map<string, WallClock>
}
const memos = new WeakMap<WorkingCalendar, Memo>()

function memoOf(cal: WorkingCalendar): Memo {
  const known = memos.get(cal)
  if (known) return known
  const memo: Memo = { spans: new Map(), clocks: new Map() }
  memos.set(cal, memo)
  return memo
}

function spansOf(cal: WorkingCalendar, day: string): readonly Span[] {
  const memo = memoOf(cal)
  const known = memo.spans.get(day)
  if (known) return known
  const hours = hoursOf(cal, day)
  const clock = clockOf(cal, day)
  const spans = hours
    .map(({ from, to }) => ({ from: firstInstant(clock, from), to: firstInstant(clock, to) }))
    .filter(({ from, to }) => from < to) // a period wholly inside the hour that summer time skips
  memo.spans.set(day, spans)
  return spans
}

/** Working spans that end after `t`, in order; stops after LONGEST_CLOSURE_DAYS without one. */
function* spansFrom(cal: WorkingCalendar, t: number): Generator<Span, void, undefined> {
  requireSomeHours(cal)
  let day = localDay(cal, t)
  for (let closed = 0; closed < LONGEST_CLOSURE_DAYS; closed++, day = shiftDay(day, 1)) {
    for (const span of spansOf(cal, day)) {
      closed = 0
      if (span.to > t) yield span
    }
  }
}

/** Without this an empty week would be reported as an unknown year. */
function requireSomeHours(cal: WorkingCalendar): void {
  if (Object.values(cal.hours).some((list) => list.length > 0)) return
  for (const { kind, hours } of cal.days.values()) {
    if (hours?.length || ((kind === 'makeup' || kind === 'workday') && cal.makeupHours?.length)) return
  }
  throw new DomainError('calendar.no-working-time')
}

function clockOf(cal: WorkingCalendar, day: string): WallClock {
  const { clocks } = memoOf(cal)
  const known = clocks.get(day)
  if (known) return known
  const clock = wallClock(cal.zone, day)
  clocks.set(day, clock)
  return clock
}

/** Differs from the printed day only where clocks go back over midnight: the new day stays begun. */
function localDay(cal: WorkingCalendar, t: number): string {
  const day = printedDay(cal.zone, t)
  return firstInstant(clockOf(cal, day), '24:00') <= t ? shiftDay(day, 1) : day
}

function millis(at: Date): number {
  const t = at.getTime()
  if (Number.isNaN(t)) throw new RangeError('invalid instant')
  return t
}
