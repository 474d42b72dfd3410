/** V18: marks of many devices, in any order, doubled, late: one result. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { boundedTime, type Mark, mergeMarks, minutesTo, standing } from './marks.ts'

// Few ids, few moments: collisions are what matters. What a mark says depends on its id alone, as in the house.
const mark = fc
  .tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 3 }))
  .map(([id]): Mark => ({ id: `m${id}`, safe: id % 3 !== 0, at: (id * 7) % 11 }))
const marks = fc.array(mark, { maxLength: 30 })

test('V18 merging is commutative, associative and idempotent', () => {
  fc.assert(
    fc.property(marks, marks, marks, (a, b, c) => {
      expect(mergeMarks(a, b)).toEqual(mergeMarks(b, a))
      expect(mergeMarks(mergeMarks(a, b), c)).toEqual(mergeMarks(a, mergeMarks(b, c)))
      expect(mergeMarks(mergeMarks(a, b), b)).toEqual(mergeMarks(a, b))
    }),
  )
})

test('V18 a safe wins over every missing of the same moment or before', () => {
  fc.assert(
    fc.property(marks, (all) => {
      const { safe, by, missingAt } = standing(all)
      const lastSafe = Math.max(...all.filter((one) => one.safe).map((one) => one.at), -1)
      const lastMissing = Math.max(...all.filter((one) => !one.safe).map((one) => one.at), -1)
      expect(safe).toBe(lastSafe >= 0 && lastSafe >= lastMissing)
      expect(missingAt).toBe(lastMissing < 0 ? null : lastMissing)
      // Who saw the person first counts, not who said it again.
      if (by !== null) {
        const counted = all.filter((one) => one.safe && one.at >= lastMissing)
        expect(by.at).toBe(Math.min(...counted.map((one) => one.at)))
      }
    }),
  )
})

test('V18 a clock that is wrong stays within the evacuation', () => {
  expect(boundedTime(5, 10, 20)).toBe(10)
  expect(boundedTime(25, 10, 20)).toBe(20)
  expect(boundedTime(15, 10, 20)).toBe(15)
})

test('V18 minutes to a share of the list', () => {
  const safeAt = [60_000, 120_000, 180_000, 600_000]
  expect(minutesTo(0.5, 4, 0, safeAt)).toBe(2)
  expect(minutesTo(0.9, 4, 0, safeAt)).toBe(10)
  expect(minutesTo(1, 5, 0, safeAt)).toBeNull()
  expect(minutesTo(0.5, 0, 0, [])).toBeNull()
})
