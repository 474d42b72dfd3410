import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { DomainError } from '../errors.ts'
import { publishedDays } from './holidays.ts'
import {
  addWorkingDays,
  addWorkingMinutes,
  type CalendarDay,
  closingOf,
  daySpec,
  isWorkingDay,
  isWorkingTime,
  nextOpening,
  type Period,
  type WeeklyHours,
  type WorkingCalendar,
  weeklyHours,
  workingMinutesBetween,
  workingPeriods,
} from './rules.ts'

const office: Period[] = [
  { from: '09:00', to: '12:00' },
  { from: '13:00', to: '18:00' },
]
const week: WeeklyHours = {
  '1': office,
  '2': office,
  '3': office,
  '4': office,
  '5': office,
  '6': [],
  '7': [],
}
const emptyWeek: WeeklyHours = { '1': [], '2': [], '3': [], '4': [], '5': [], '6': [], '7': [] }

function calendar(part: Partial<WorkingCalendar> = {}): WorkingCalendar {
  const days = new Map((publishedDays(2026) ?? []).map((d) => [d.day, d]))
  return { zone: 'Asia/Shanghai', hours: week, days, knownYears: new Set([2026]), ...part }
}

function special(...days: CalendarDay[]): ReadonlyMap<string, CalendarDay> {
  return new Map(days.map((d) => [d.day, d]))
}

const name = { zh: '', en: '' }
const cst = (text: string) => new Date(`${text.replace(' ', 'T')}:00+08:00`)
const codeOf = (act: () => unknown) => {
  try {
    act()
    return 'no error'
  } catch (error) {
    return error instanceof DomainError ? { code: error.code, ...error.data } : error
  }
}

describe('G6 working days', () => {
  const cal = calendar()
  test.each([
    ['2026-11-20', true, 'Friday'],
    ['2026-11-21', false, 'Saturday'],
    ['2026-10-01', false, 'National Day, a Thursday'],
    ['2026-10-10', true, 'make-up Saturday'],
    ['2026-09-20', true, 'make-up Sunday'],
    ['2026-02-23', false, 'Spring Festival Monday'],
  ])('G6 %s is a working day: %s (%s)', (day, open) => {
    expect(isWorkingDay(cal, day)).toBe(open)
  })

  it("G6 gives a make-up day Monday's hours, the make-up hours, or its own", () => {
    const monday = calendar({ hours: { ...week, '1': [{ from: '08:00', to: '16:00' }] } })
    expect(closingOf(monday, '2026-10-10')).toEqual(cst('2026-10-10 16:00'))
    const makeupHours = [{ from: '10:00', to: '15:00' }]
    expect(closingOf({ ...monday, makeupHours }, '2026-10-10')).toEqual(cst('2026-10-10 15:00'))
    const own = special({ day: '2026-10-10', kind: 'makeup', name, hours: [{ from: '10:00', to: '11:00' }] })
    expect(closingOf({ ...monday, makeupHours, days: own }, '2026-10-10')).toEqual(cst('2026-10-10 11:00'))
  })

  it('G6 lets the house open a weekend or close a weekday', () => {
    const days = special(
      { day: '2026-11-21', kind: 'workday', name },
      { day: '2026-11-20', kind: 'restday', name },
    )
    const cal = calendar({ days, hours: { ...week, '5': [{ from: '09:00', to: '17:00' }] } })
    expect(workingPeriods(cal, '2026-11-21')).toHaveLength(2)
    expect(workingPeriods(cal, '2026-11-20')).toEqual([])
    const friday = special({ day: '2026-11-20', kind: 'workday', name })
    expect(closingOf({ ...cal, days: friday }, '2026-11-20')).toEqual(cst('2026-11-20 17:00'))
  })

  it('G6 counts working days over weekend, holiday and make-up day, both ways', () => {
    expect(addWorkingDays(cal, '2026-11-20', 1)).toBe('2026-11-23')
    expect(addWorkingDays(cal, '2026-09-30', 1)).toBe('2026-10-08')
    expect(addWorkingDays(cal, '2026-10-09', 1)).toBe('2026-10-10')
    expect(addWorkingDays(cal, '2026-10-12', -2)).toBe('2026-10-09')
    expect(addWorkingDays(cal, '2026-11-20', 0)).toBe('2026-11-20')
    expect(addWorkingDays(cal, '2026-11-21', 0)).toBe('2026-11-23')
    expect(() => addWorkingDays(cal, '2026-11-20', 1.5)).toThrow(RangeError)
  })
})

describe('G6 deadlines', () => {
  const cal = calendar()
  test.each([
    ['2026-11-20 09:00', 60, '2026-11-20 10:00', 'within the morning'],
    ['2026-11-20 11:30', 60, '2026-11-20 13:30', 'over lunch'],
    ['2026-11-20 17:00', 60, '2026-11-20 18:00', 'just fits: due at closing'],
    ['2026-11-20 17:00', 61, '2026-11-23 09:01', 'over the weekend'],
    ['2026-11-20 12:15', 0, '2026-11-20 13:00', 'zero at lunch: next opening'],
    ['2026-11-20 18:00', 0, '2026-11-23 09:00', 'zero at closing: next opening'],
    ['2026-11-20 10:10', 0, '2026-11-20 10:10', 'zero while open: at once'],
    ['2026-09-30 17:30', 60, '2026-10-08 09:30', 'over National Day'],
    ['2026-10-09 17:30', 60, '2026-10-10 09:30', 'into a make-up Saturday'],
    ['2026-11-16 09:00', 5 * 480, '2026-11-20 18:00', 'a whole week'],
  ])('G6 %s + %d min = %s (%s)', (from, minutes, due) => {
    expect(addWorkingMinutes(cal, cst(from), minutes)).toEqual(cst(due))
    expect(workingMinutesBetween(cal, cst(from), cst(due))).toBe(minutes)
  })

  it('G6 answers now, next opening and closing', () => {
    expect(isWorkingTime(cal, cst('2026-11-20 09:00'))).toBe(true)
    expect(isWorkingTime(cal, cst('2026-11-20 12:00'))).toBe(false)
    expect(isWorkingTime(cal, cst('2026-11-20 18:00'))).toBe(false)
    expect(nextOpening(cal, cst('2026-11-20 18:00'))).toEqual(cst('2026-11-23 09:00'))
    expect(nextOpening(cal, cst('2026-11-20 10:00'))).toEqual(cst('2026-11-20 10:00'))
    expect(closingOf(cal, '2026-11-20')).toEqual(cst('2026-11-20 18:00'))
    expect(closingOf(cal, '2026-11-21')).toBeUndefined()
  })

  it('G6 works round the clock without a seam at midnight', () => {
    const day = [{ from: '00:00', to: '24:00' }]
    const open = calendar({
      days: new Map(),
      hours: { '1': day, '2': day, '3': day, '4': day, '5': day, '6': day, '7': day },
    })
    expect(addWorkingMinutes(open, cst('2026-11-20 23:30'), 60)).toEqual(cst('2026-11-21 00:30'))
    expect(closingOf(open, '2026-12-31')).toEqual(new Date('2026-12-31T16:00:00Z'))
  })

  it('G6 refuses nonsense', () => {
    expect(() => addWorkingMinutes(cal, cst('2026-11-20 09:00'), -1)).toThrow(RangeError)
    expect(() => addWorkingMinutes(cal, cst('2026-11-20 09:00'), Number.NaN)).toThrow(RangeError)
    expect(() => isWorkingTime(cal, new Date(Number.NaN))).toThrow(RangeError)
    expect(() => isWorkingDay(cal, '2026-02-30')).toThrow(RangeError)
    expect(() => isWorkingDay(cal, '20261120')).toThrow(RangeError)
    expect(() => isWorkingTime({ ...cal, zone: 'Asia/Nowhere' }, cst('2026-11-20 09:00'))).toThrow(RangeError)
  })
})

describe('G6 unknown years', () => {
  const cal = calendar()
  const unknown = { code: 'calendar.year-unknown', year: 2027 }
  it('G6 reports an unknown year instead of guessing', () => {
    expect(codeOf(() => isWorkingDay(cal, '2027-01-01'))).toEqual(unknown)
    expect(codeOf(() => workingPeriods(cal, '2027-01-02'))).toEqual(unknown)
    expect(codeOf(() => closingOf(cal, '2027-01-02'))).toEqual(unknown)
    expect(codeOf(() => isWorkingTime(cal, cst('2027-03-01 10:00')))).toEqual(unknown)
    expect(codeOf(() => nextOpening(cal, cst('2026-12-31 18:00')))).toEqual(unknown)
    expect(codeOf(() => addWorkingMinutes(cal, cst('2026-12-31 17:00'), 61))).toEqual(unknown)
    expect(
      codeOf(() => workingMinutesBetween(cal, cst('2026-12-31 17:00'), cst('2027-01-01 00:01'))),
    ).toEqual(unknown)
    expect(codeOf(() => addWorkingDays(cal, '2026-12-31', 1))).toEqual(unknown)
    expect(codeOf(() => addWorkingDays(cal, '2026-01-01', -1))).toEqual({ ...unknown, year: 2025 })
  })

  it('G6 needs no next year for what ends with this one', () => {
    expect(addWorkingMinutes(cal, cst('2026-12-31 17:00'), 60)).toEqual(cst('2026-12-31 18:00'))
    expect(workingMinutesBetween(cal, cst('2026-12-31 17:00'), cst('2027-01-01 00:00'))).toBe(60)
  })

  it('G6 trusts a single day the house entered in an unknown year', () => {
    const days = special({ day: '2027-01-04', kind: 'workday', name })
    expect(isWorkingDay(calendar({ days }), '2027-01-04')).toBe(true)
  })

  it('G6 says that there is no working time rather than blaming the year', () => {
    const none = { code: 'calendar.no-working-time' }
    const closed = calendar({ hours: emptyWeek, days: new Map() })
    expect(codeOf(() => nextOpening(closed, cst('2026-11-20 09:00')))).toEqual(none)
    expect(codeOf(() => addWorkingMinutes(closed, cst('2026-11-20 09:00'), 1))).toEqual(none)
    expect(codeOf(() => addWorkingDays(closed, '2026-11-20', 1))).toEqual(none)
    const onlyPast = { day: '2026-01-05', kind: 'workday', name, hours: office } as const
    const years = { knownYears: new Set([2026, 2027, 2028]), days: special(onlyPast), hours: emptyWeek }
    expect(codeOf(() => nextOpening(calendar(years), cst('2026-11-20 09:00')))).toEqual(none)
    expect(codeOf(() => addWorkingDays(calendar(years), '2026-11-20', 1))).toEqual(none)
  })
})

describe('G6 published holidays', () => {
  it('G6 knows 2004 to 2026 and neither guesses 2003 nor 2027', () => {
    for (let year = 2004; year <= 2026; year++) expect(publishedDays(year)?.length).toBeGreaterThan(20)
    expect(publishedDays(2003)).toBeUndefined()
    expect(publishedDays(2027)).toBeUndefined()
  })

  it('G6 names days in both languages and keeps them in order', () => {
    const days = publishedDays(2026) ?? []
    expect(days.find((d) => d.day === '2026-02-17')).toEqual({
      day: '2026-02-17',
      kind: 'holiday',
      name: { zh: '春节', en: 'Spring Festival' },
    })
    expect(days.filter((d) => d.kind === 'makeup').map((d) => d.day)).toEqual([
      '2026-01-04',
      '2026-02-14',
      '2026-02-28',
      '2026-05-09',
      '2026-09-20',
      '2026-10-10',
    ])
    expect(days.map((d) => d.day)).toEqual(days.map((d) => d.day).toSorted())
    for (let year = 2004; year <= 2026; year++) {
      for (const d of publishedDays(year) ?? []) expect(d.name.zh && d.name.en).toBeTruthy()
    }
  })
})

describe('G6 weekly hours schema', () => {
  const problems = (monday: unknown) =>
    weeklyHours
      .safeParse({ ...week, '1': monday })
      .error?.issues.map((i) => `${i.path.join('.')} ${i.message}`)
  test.each([
    [[{ from: '9:00', to: '12:00' }], ['1.0.from calendar.time-format']],
    [[{ from: '24:00', to: '24:00' }], ['1.0.from calendar.time-format']],
    [[{ from: '09:00', to: '24:01' }], ['1.0.to calendar.time-format']],
    [[{ from: '22:00', to: '06:00' }], ['1.0.to calendar.period-empty']],
    [[{ from: '09:00', to: '09:00' }], ['1.0.to calendar.period-empty']],
    [
      [
        { from: '09:00', to: '12:00' },
        { from: '11:59', to: '13:00' },
      ],
      ['1.1.from calendar.period-overlap'],
    ],
    [
      [
        { from: '13:00', to: '18:00' },
        { from: '09:00', to: '12:00' },
      ],
      ['1.1.from calendar.period-overlap'],
    ],
  ])('G6 refuses %j naming the field', (monday, expected) => {
    expect(problems(monday)).toEqual(expected)
  })

  it('G6 accepts touching periods and 24:00', () => {
    expect(
      problems([
        { from: '00:00', to: '12:00' },
        { from: '12:00', to: '24:00' },
      ]),
    ).toBeUndefined()
    expect(weeklyHours.safeParse({ '1': [] }).success).toBe(false)
  })

  it('G6 gives hours to working days only', () => {
    expect(daySpec.safeParse({ kind: 'holiday', name, hours: office }).error?.issues[0]?.path).toEqual([
      'hours',
    ])
    expect(daySpec.safeParse({ kind: 'workday', name, hours: [] }).error?.issues[0]?.path).toEqual(['hours'])
    expect(daySpec.safeParse({ kind: 'makeup', name, hours: office }).success).toBe(true)
    expect(daySpec.safeParse({ kind: 'restday', name }).success).toBe(true)
  })
})

describe('G6 summer time and round trips', () => {
  it('G6 working days there and back', () => {
    const offset = fc.integer({ min: 1, max: 60 })
    fc.assert(
      fc.property(fc.nat(180), offset, (skip, n) => {
        const cal = calendar()
        const start = addWorkingDays(cal, new Date(Date.UTC(2026, 1, 1 + skip)).toISOString().slice(0, 10), 0)
        expect(addWorkingDays(cal, addWorkingDays(cal, start, n), -n)).toBe(start)
      }),
      { numRuns: 60 },
    )
  })

  it('G6 does not depend on the zone or clock of the machine', () => {
    const berlin = calendar({
      zone: 'Europe/Berlin',
      days: new Map(),
      hours: { ...week, '7': [{ from: '02:30', to: '24:00' }] },
    })
    // 02:30 comes twice on 25 October 2026: the first coming, 00:30 Z; on 29 March it never comes: 01:00 Z.
    expect(workingPeriods(berlin, '2026-10-25')[0]?.from).toEqual(new Date('2026-10-25T00:30:00Z'))
    expect(workingPeriods(berlin, '2026-03-29')[0]?.from).toEqual(new Date('2026-03-29T01:00:00Z'))
    expect(workingMinutesBetween(berlin, new Date('2026-10-24T22:00Z'), new Date('2026-10-25T23:00Z'))).toBe(
      1350,
    )
  })
})
