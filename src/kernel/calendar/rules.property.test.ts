import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addWorkingMinutes,
  dayOf,
  isWorkingTime,
  nextOpening,
  type Period,
  type WorkingCalendar,
  workingMinutesBetween,
  workingPeriods,
} from './rules.ts'

const name = { zh: '', en: '' }

/*
 * Brute force, sharing nothing with rules.ts: every minute of a window is read off a wall clock (Intl). A minute
 * belongs to a period when the furthest wall time shown so far lies in it.
 */
interface Window {
  zone: string
  start: number
  reached: { day: string; time: string; weekday: number }[]
}

const WINDOW_DAYS = 10
const windows = [
  ['Asia/Shanghai', '2026-09-27'], // National Day and its make-up Saturday
  ['Europe/Berlin', '2026-03-26'], // spring forward
  ['Europe/Berlin', '2026-10-22'], // fall back
  ['America/New_York', '2026-03-05'],
  ['America/New_York', '2026-10-29'],
  ['Australia/Lord_Howe', '2026-04-02'], // half an hour
  ['America/Havana', '2026-10-29'], // midnight comes twice
  ['Africa/Cairo', '2026-04-21'], // no midnight
  ['America/St_Johns', '2006-10-25'], // 00:01 goes back into the day before
  ['Pacific/Apia', '2011-12-27'], // a day that never was
] as const

function observe(zone: string, firstDay: string): Window {
  const clock = new Intl.DateTimeFormat('sv-SE', {
    timeZone: zone,
    ...{ year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' },
  })
  const start = Date.parse(`${firstDay}T00:00:00Z`)
  let furthest = ''
  const reached = Array.from({ length: WINDOW_DAYS * 1440 }, (_, minute) => {
    const shown = clock.format(start + minute * 60_000)
    if (shown > furthest) furthest = shown
    const [day = '', time = ''] = furthest.split(' ')
    return { day, time, weekday: new Date(`${day}T00:00:00Z`).getUTCDay() || 7 }
  })
  return { zone, start, reached }
}

const observed = windows.map(([zone, day]) => observe(zone, day))

function windowAt(place: number): Window {
  const window = observed[place]
  if (!window) throw new RangeError(`window ${place}`)
  return window
}

const twoDigits = (n: number) => String(n).padStart(2, '0')
const hhmm = (minutes: number) => `${twoDigits(Math.floor(minutes / 60))}:${twoDigits(minutes % 60)}`

const anyPeriods = fc
  .uniqueArray(
    fc.oneof(fc.constantFrom(0, 1, 30, 60, 90, 120, 150, 180, 540, 720, 1439, 1440), fc.nat(1440)),
    { maxLength: 6 },
  )
  .map((marks) => {
    const sorted = marks.toSorted((a, b) => a - b).map(hhmm)
    return sorted.flatMap((from, i): Period[] => {
      const to = sorted[i + 1]
      return i % 2 === 0 && to !== undefined ? [{ from, to }] : []
    })
  })

const anyCase = fc.nat(windows.length - 1).chain((place) => {
  const window = windowAt(place)
  const days = [...new Set(window.reached.map((r) => r.day))]
  const specialDay = fc.record(
    { kind: fc.constantFrom('holiday', 'makeup', 'workday', 'restday'), hours: anyPeriods },
    { requiredKeys: ['kind'] },
  )
  return fc.record({
    place: fc.constant(place),
    week: fc.record({
      '1': anyPeriods,
      '2': anyPeriods,
      '3': anyPeriods,
      '4': anyPeriods,
      '5': anyPeriods,
      '6': anyPeriods,
      '7': anyPeriods,
    }),
    makeup: fc.option(anyPeriods, { nil: undefined }),
    specials: fc.dictionary(fc.constantFrom(...days), specialDay, { maxKeys: 4 }),
    a: fc.nat(WINDOW_DAYS * 1440 - 1),
    b: fc.nat(WINDOW_DAYS * 1440 - 1),
    minutes: fc.oneof(fc.constant(0), fc.nat(90), fc.nat(3000)),
  })
})
type Case = typeof anyCase extends fc.Arbitrary<infer T> ? T : never

/** working[m]: whether the minute starting at start + m belongs to working time. */
function bruteForce({ place, week, makeup, specials }: Case): boolean[] {
  const window = windowAt(place)
  const hours = new Map<string, Period[]>()
  for (const { day, weekday } of window.reached) {
    if (hours.has(day)) continue
    const special = specials[day]
    const ordinary = Object.entries(week).find(([k]) => Number(k) === weekday)?.[1] ?? []
    if (special === undefined) hours.set(day, ordinary)
    else if (special.kind === 'holiday' || special.kind === 'restday') hours.set(day, [])
    else if (special.hours) hours.set(day, special.hours)
    else if (special.kind === 'workday' && ordinary.length > 0) hours.set(day, ordinary)
    else hours.set(day, makeup ?? week['1'])
  }
  return window.reached.map(({ day, time }) =>
    (hours.get(day) ?? []).some((p) => p.from <= time && time < p.to),
  )
}

function calendarOf({ place, week, makeup, specials }: Case): WorkingCalendar {
  const days = new Map(Object.entries(specials).map(([day, s]) => [day, { day, name, ...s }]))
  const knownYears = new Set(Array.from({ length: 30 }, (_, i) => 2006 + i))
  return { zone: windowAt(place).zone, hours: week, days, knownYears, makeupHours: makeup }
}

const someHours = (c: Case) => Object.values(c.week).some((p) => p.length > 0)
const at = (c: Case, minute: number) => new Date(windowAt(c.place).start + minute * 60_000)
const count = (working: boolean[], a: number, b: number) => working.slice(a, b).filter(Boolean).length

describe('G6 against a minute-by-minute brute force in ten zones', () => {
  it('G6 isWorkingTime agrees for every minute', () => {
    fc.assert(
      fc.property(anyCase, (c) => {
        const cal = calendarOf(c)
        const working = bruteForce(c)
        // Any 61 minutes from a; every minute of every window is covered over the runs and by the next property.
        for (let m = c.a; m < Math.min(c.a + 61, working.length); m++) {
          expect(isWorkingTime(cal, at(c, m))).toBe(working[m])
        }
      }),
      { numRuns: 40 },
    )
  })

  it('G6 workingPeriods of all days make up exactly the working minutes', () => {
    fc.assert(
      fc.property(anyCase, (c) => {
        const cal = calendarOf(c)
        const found = windowAt(c.place).reached.map(() => false)
        let before = Number.NEGATIVE_INFINITY
        for (const day of new Set(windowAt(c.place).reached.map((r) => r.day))) {
          for (const { from, to } of workingPeriods(cal, day)) {
            expect(from.getTime()).toBeGreaterThanOrEqual(before)
            expect(to.getTime()).toBeGreaterThan(from.getTime())
            before = to.getTime()
            const first = Math.max(0, (from.getTime() - windowAt(c.place).start) / 60_000)
            found.fill(true, first, Math.max(first, (to.getTime() - windowAt(c.place).start) / 60_000))
          }
        }
        expect(found).toEqual(bruteForce(c))
      }),
      { numRuns: 80 },
    )
  })

  it('G6 workingMinutesBetween agrees and is antisymmetric', () => {
    fc.assert(
      fc.property(anyCase, (c) => {
        const [a, b] = [Math.min(c.a, c.b), Math.max(c.a, c.b)]
        const between = workingMinutesBetween(calendarOf(c), at(c, a), at(c, b))
        expect(between).toBe(count(bruteForce(c), a, b))
        expect(workingMinutesBetween(calendarOf(c), at(c, b), at(c, a))).toBe(0 - between)
      }),
      { numRuns: 150 },
    )
  })

  it('G6 addWorkingMinutes is the earliest instant by which the minutes have passed', () => {
    fc.assert(
      fc.property(anyCase.filter(someHours), (c) => {
        const working = bruteForce(c)
        let due = c.a
        if (c.minutes === 0) while (due < working.length && !working[due]) due++
        else for (let left = c.minutes; left > 0 && due < working.length; due++) if (working[due]) left--
        fc.pre(due < working.length)
        expect(addWorkingMinutes(calendarOf(c), at(c, c.a), c.minutes)).toEqual(at(c, due))
      }),
      { numRuns: 150 },
    )
  })

  it('G6 nextOpening is the first working minute', () => {
    fc.assert(
      fc.property(anyCase.filter(someHours), (c) => {
        const next = bruteForce(c).indexOf(true, c.a)
        fc.pre(next >= 0)
        expect(nextOpening(calendarOf(c), at(c, c.a))).toEqual(at(c, next))
      }),
      { numRuns: 100 },
    )
  })

  it('G6 dayOf is the day of the furthest wall time', () => {
    fc.assert(
      fc.property(anyCase, (c) => {
        expect(dayOf(calendarOf(c), at(c, c.a))).toBe(windowAt(c.place).reached[c.a]?.day)
      }),
      { numRuns: 150 },
    )
  })
})

const clockMinutes = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3))
/** Two hours a week at least: with less, the largest sums below would run out of the known years. */
const enoughHours = (c: Case) =>
  Object.values(c.week)
    .flat()
    .reduce((sum, { from, to }) => sum + clockMinutes(to) - clockMinutes(from), 0) >= 120

describe('G6 laws of working time', () => {
  // Instants between minutes, and beyond the windows.
  const exact = fc.record({ c: anyCase.filter(enoughHours), ms: fc.nat(59_999), more: fc.nat(3000) })

  it('G6 round trip: between(from, add(from, n)) = n', () => {
    fc.assert(
      fc.property(exact, ({ c, ms }) => {
        const from = new Date(at(c, c.a).getTime() + ms)
        const due = addWorkingMinutes(calendarOf(c), from, c.minutes)
        expect(workingMinutesBetween(calendarOf(c), from, due)).toBe(c.minutes)
        expect(due.getTime()).toBeGreaterThanOrEqual(from.getTime())
      }),
      { numRuns: 150 },
    )
  })

  it('G6 monotone in minutes and in start', () => {
    fc.assert(
      fc.property(exact, ({ c, ms, more }) => {
        const cal = calendarOf(c)
        const from = new Date(at(c, c.a).getTime() + ms)
        const later = new Date(from.getTime() + more * 7919)
        const due = addWorkingMinutes(cal, from, c.minutes).getTime()
        expect(addWorkingMinutes(cal, from, c.minutes + more).getTime()).toBeGreaterThanOrEqual(due)
        expect(addWorkingMinutes(cal, later, c.minutes).getTime()).toBeGreaterThanOrEqual(due)
      }),
      { numRuns: 150 },
    )
  })

  it('G6 adding in two steps is adding at once', () => {
    fc.assert(
      fc.property(exact, ({ c, more }) => {
        const cal = calendarOf(c)
        const halfway = addWorkingMinutes(cal, at(c, c.a), c.minutes)
        expect(addWorkingMinutes(cal, halfway, more + 1)).toEqual(
          addWorkingMinutes(cal, at(c, c.a), c.minutes + more + 1),
        )
      }),
      { numRuns: 100 },
    )
  })
})
