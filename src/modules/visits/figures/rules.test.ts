import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { changeOf, inSteps, readVisitFigureSearch, spanLabel, spanOf } from '../ui/figures/search.ts'
import {
  grains,
  measuredOf,
  nothing,
  percentileOf,
  seriesOf,
  spanBefore,
  spans,
  sumOf,
  waitOf,
  wholeMonths,
} from './rules.ts'

const day = fc
  .integer({ min: 0, max: 4000 })
  .map((n) => new Date(Date.UTC(2020, 0, 1 + n)).toISOString().slice(0, 10))

describe('V23 spans', () => {
  test('V23 days, weeks and months cover the span without gap or overlap', () => {
    fc.assert(
      fc.property(
        day,
        fc.integer({ min: 0, max: 400 }),
        fc.constantFrom(...grains),
        (from, length, grain) => {
          const to = new Date(Date.parse(from) + length * 86_400_000).toISOString().slice(0, 10)
          const all = spans(from, to, grain)
          expect(all[0]?.from).toBe(from)
          expect(all.at(-1)?.to).toBe(to)
          all.slice(1).forEach((span, index) => {
            expect(Date.parse(span.from) - Date.parse(all[index]?.to ?? '')).toBe(86_400_000)
          })
          for (const span of all.slice(1)) {
            if (grain === 'week') expect(new Date(span.from).getUTCDay()).toBe(1)
            if (grain === 'month') expect(span.from.slice(8)).toBe('01')
          }
        },
      ),
    )
  })

  test('V23 the whole months of a span and the days around them are the span', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: 0, max: 400 }), (from, length) => {
        const to = new Date(Date.parse(from) + length * 86_400_000).toISOString().slice(0, 10)
        const { since, until } = wholeMonths(from, to)
        const after = new Date(Date.parse(to) + 86_400_000).toISOString().slice(0, 10)
        expect([from <= since, since <= until, until <= after]).toEqual([true, true, true])
        if (since === until) {
          expect(since).toBe(after)
          expect(spans(from, to, 'month').length, 'two pieces of months at most').toBeLessThanOrEqual(2)
        } else {
          expect([since.slice(8), until.slice(8)]).toEqual(['01', '01'])
          expect(Date.parse(since) - Date.parse(from)).toBeLessThan(31 * 86_400_000)
          expect(Date.parse(after) - Date.parse(until)).toBeLessThan(31 * 86_400_000)
        }
      }),
    )
    expect(wholeMonths('2026-02-01', '2026-02-28')).toEqual({ since: '2026-02-01', until: '2026-03-01' })
  })

  test('V23 the span before is as long and ends the day before', () => {
    expect(spanBefore('2026-03-09', '2026-03-15')).toEqual({ from: '2026-03-02', to: '2026-03-08' })
    expect(spanBefore('2026-03-01', '2026-03-01')).toEqual({ from: '2026-02-28', to: '2026-02-28' })
  })

  test('V23 a day without visits shows as none, and the series adds up to the total', () => {
    const rows = [
      { ...nothing, day: '2026-03-02', visits: 3, arrived: 2 },
      { ...nothing, day: '2026-03-09', visits: 5, arrived: 5 },
    ]
    const series = seriesOf(rows, '2026-03-01', '2026-03-10', 'day')
    expect(series).toHaveLength(10)
    expect(series[0]?.arrived).toBe(0)
    expect(series.reduce((sum, one) => sum + one.visits, 0)).toBe(measuredOf(sumOf(rows)).visits)
  })
})

describe('V23 waiting', () => {
  test('V23 median and p90 are those of the sorted single waits', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 240 }), { minLength: 1, maxLength: 300 }), (waits) => {
        const rows = [...Map.groupBy(waits, (one) => one)].map(([minutes, own]) => ({
          minutes,
          visits: own.length,
        }))
        const sorted = [...waits].sort((a, b) => a - b)
        const { median, p90, visits } = waitOf(rows)
        expect(visits).toBe(waits.length)
        expect(median).toBe(sorted[Math.ceil(sorted.length * 0.5) - 1])
        expect(p90).toBe(sorted[Math.ceil(sorted.length * 0.9) - 1])
        expect(inSteps(rows).reduce((sum, one) => sum + one.visits, 0)).toBe(waits.length)
      }),
    )
    expect(percentileOf([], 0.5)).toBeNull()
  })
})

test('V23 the address keeps what it knows and drops the rest', () => {
  expect(
    readVisitFigureSearch({ from: '2026-03-01', to: 'soon', grain: 'week', kind: 'tour', evil: 'x' }),
  ).toEqual({
    from: '2026-03-01',
    grain: 'week',
    kind: 'tour',
  })
  expect(spanOf('week', '2026-03-09')).toEqual({ from: '2026-03-03', to: '2026-03-09' })
  expect(changeOf(12, 10)).toBe(20)
  expect(changeOf(12, 0)).toBeNull()
})

test('V23 a bar says its month, or its days', () => {
  expect(spanLabel('2026-02-01', '2026-02-28')).toBe('2026-02')
  expect(spanLabel('2026-02-03', '2026-02-28')).toBe('02-03 – 02-28')
  expect(spanLabel('2026-02-03', '2026-02-03')).toBe('02-03')
})
