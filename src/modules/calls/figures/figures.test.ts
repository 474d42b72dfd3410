import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { figuresOf, threeRings } from './rules.ts'
import type { HourRow } from './store.ts'

const row = (part: Partial<HourRow>): HourRow => ({
  day: '2026-11-20',
  weekday: 5,
  hour: 9,
  direction: 'in',
  outcome: 'resolved',
  route: null,
  handler_id: null,
  handler_name: '',
  rings: 2,
  private: false,
  long: false,
  answered: true,
  calls: 1,
  talk: 30,
  ...part,
})

const nothing = {
  hops: [],
  callbacks: [],
  messages: { seen: 0, of: 0, reported: 0, to_report: 0 },
  scores: [],
}

describe('figures of calls', () => {
  test('C1, G8 answered within three rings: a missed call is not kept, one nobody heard ringing is not measured', () => {
    const rows = [
      row({ rings: 1 }),
      row({ rings: 3, calls: 2 }),
      row({ rings: 4 }),
      row({ rings: 6, answered: false, outcome: 'missed' }),
      row({ rings: null }),
      row({ direction: 'out', rings: 1 }),
    ]
    expect(threeRings(rows, 3)).toEqual({ kept: 3, of: 5 })
  })

  test('C5, G8 a person stands with calls, rings, promises and private calls', () => {
    const id = '0195f3a0-0000-7000-8000-000000000001'
    const figures = figuresOf(
      {
        ...nothing,
        calls: [row({ handler_id: id, handler_name: '柳莹', private: true, long: true, talk: 200 })],
        callbacks: [{ day: '2026-11-20', person: id, person_name: '柳莹', kept: 1, of: 2 }],
      },
      3,
    )
    expect(figures.people).toEqual([
      {
        id,
        name: '柳莹',
        calls: 1,
        threeRings: { kept: 1, of: 1 },
        talkSeconds: 200,
        callbacksKept: { kept: 1, of: 2 },
        privateCalls: 1,
      },
    ])
    expect(figures.privateLong).toBe(1)
  })

  const anyRow = fc.record({
    day: fc.constantFrom('2026-11-18', '2026-11-19', '2026-11-20'),
    weekday: fc.integer({ min: 1, max: 7 }),
    hour: fc.integer({ min: 0, max: 23 }),
    direction: fc.constantFrom('in' as const, 'out' as const, 'internal' as const),
    outcome: fc.constantFrom('put-through', 'missed', 'message', null),
    route: fc.constantFrom('customer', 'complaint', null),
    handler_id: fc.constantFrom('a', 'b', null),
    handler_name: fc.constant('x'),
    rings: fc.option(fc.integer({ min: 1, max: 10 })),
    private: fc.boolean(),
    long: fc.boolean(),
    answered: fc.boolean(),
    calls: fc.integer({ min: 1, max: 50 }),
    talk: fc.integer({ min: 0, max: 9000 }),
  })

  test('G8 no figure contradicts another: hours, days and outcomes add up to the total', () => {
    fc.assert(
      fc.property(fc.array(anyRow, { maxLength: 40 }), (calls) => {
        const figures = figuresOf({ ...nothing, calls }, 3)
        const add = (values: readonly number[]) => values.reduce((a, b) => a + b, 0)
        const closed = add(
          calls.filter((one) => one.direction === 'in' && one.outcome !== null).map((one) => one.calls),
        )
        expect(add(figures.hours.map((one) => one.in))).toBe(figures.total.in)
        expect(add(figures.days.map((one) => one.in))).toBe(figures.total.in)
        expect(add(figures.outcomes.map((one) => one.count))).toBe(closed)
        expect(add(figures.days.map((one) => one.threeRings.of))).toBe(figures.threeRings.of)
        expect(figures.threeRings.kept).toBeLessThanOrEqual(figures.threeRings.of)
        expect(figures.total.missed).toBeLessThanOrEqual(figures.total.in)
      }),
    )
  })
})
