/** V22: what a group counts follows from its members and its count, and nothing else. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { statuses, type VisitStatus } from '../rules.ts'
import { countedIn, countedOut, countGroup, type Headcount, stateOf, type Tally } from './rules.ts'

const tally: fc.Arbitrary<Tally> = fc.record({
  status: fc.constantFrom(...statuses),
  people: fc.integer({ min: 1, max: 40 }),
})
const members = fc.array(tally, { maxLength: 30 })
const crowd: fc.Arbitrary<Headcount> = fc
  .record({ expected: fc.nat(300), in: fc.nat(300), part: fc.nat(100) })
  .map(({ expected, in: came, part }) => ({ expected, in: came, out: Math.floor((came * part) / 100) }))
const nobody: Headcount = { expected: 0, in: 0, out: 0 }
const of = (parts: Partial<Record<VisitStatus, number>>): Tally[] =>
  Object.entries(parts).map(([status, people]) => ({ status: status as VisitStatus, people }))

describe('V22 counts', () => {
  test('V22 in + missing + cancelled = size, inside + out = in, nothing below nothing', () => {
    fc.assert(
      fc.property(members, crowd, (list, uncounted) => {
        const counts = countGroup(list, uncounted)
        for (const [name, n] of Object.entries(counts)) expect(n, name).toBeGreaterThanOrEqual(0)
        expect(counts.in + counts.missing + counts.cancelled).toBe(counts.size)
        expect(counts.inside + counts.out).toBe(counts.in)
        expect(counts.held + counts.asking).toBeLessThanOrEqual(counts.inside)
        expect(counts.neverCame).toBeLessThanOrEqual(counts.missing)
        const named = list.reduce((sum, one) => sum + one.people, 0)
        expect(counts.size).toBe(named + Math.max(uncounted.expected, uncounted.in))
      }),
    )
  })

  test('V22 the order of members and how they are gathered make no difference', () => {
    fc.assert(
      fc.property(members, crowd, (list, uncounted) => {
        const singly = list.flatMap(({ status, people }) =>
          Array.from({ length: people }, () => ({ status, people: 1 })),
        )
        expect(countGroup([...singly].reverse(), uncounted)).toEqual(countGroup(list, uncounted))
      }),
    )
  })

  test('V22 a count can never let out whom it has not let in, nor pass the limit', () => {
    const moves = fc.array(fc.record({ in: fc.boolean(), people: fc.integer({ min: -3, max: 60 }) }))
    fc.assert(
      fc.property(moves, (list) => {
        let now = nobody
        for (const move of list) {
          const next = move.in ? countedIn(now, move.people, 200) : countedOut(now, move.people)
          if (next === undefined) continue
          now = next
          expect(now.out).toBeLessThanOrEqual(now.in)
          expect(now.in).toBeLessThanOrEqual(200)
          expect(countGroup([], now).inside).toBe(now.in - now.out)
        }
      }),
    )
  })
})

describe('V22 the state is derived from the members', () => {
  const state = (parts: Partial<Record<VisitStatus, number>>, uncounted = nobody) =>
    stateOf(countGroup(of(parts), uncounted), false)

  test.each([
    [{}, 'planned'],
    [{ expected: 3 }, 'planned'],
    [{ expected: 2, admitted: 1 }, 'arriving'],
    [{ expected: 2, asking: 1 }, 'arriving'],
    [{ expected: 2, left: 1 }, 'arriving'],
    [{ admitted: 2, with_host: 1 }, 'inside'],
    [{ admitted: 2, no_show: 1 }, 'inside'],
    [{ admitted: 1, left: 2 }, 'leaving'],
    [{ signed_off: 1, left: 2, expected: 1 }, 'leaving'],
    [{ left: 3 }, 'left'],
    [{ left: 2, no_show: 1 }, 'left'],
    [{ left: 2, cancelled: 1 }, 'left'],
    [{ cancelled: 2 }, 'cancelled'],
    [{ declined: 1, refused: 1 }, 'cancelled'],
  ] as const)('V22 %j → %s', (parts, expected) => expect(state(parts)).toBe(expected))

  test('V22 called off wins; people without names count as members do', () => {
    expect(stateOf(countGroup(of({ expected: 2 }), nobody), true)).toBe('cancelled')
    expect(state({}, { expected: 40, in: 0, out: 0 })).toBe('planned')
    expect(state({}, { expected: 40, in: 10, out: 0 })).toBe('arriving')
    expect(state({}, { expected: 40, in: 40, out: 0 })).toBe('inside')
    expect(state({}, { expected: 40, in: 40, out: 1 })).toBe('leaving')
    expect(state({ left: 2 }, { expected: 40, in: 40, out: 40 })).toBe('left')
  })

  test('V22 whoever is inside, the group has not left; nobody came, it is planned or called off', () => {
    fc.assert(
      fc.property(members, crowd, (list, uncounted) => {
        const counts = countGroup(list, uncounted)
        const now = stateOf(counts, false)
        if (counts.inside > 0) expect(['arriving', 'inside', 'leaving']).toContain(now)
        if (counts.in === 0) expect(['planned', 'cancelled']).toContain(now)
        if (now === 'left') expect(counts.inside).toBe(0)
      }),
    )
  })
})
