import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { batchSize, behind, inOrder, meaningOf, nextBatch, pauseBefore } from './merge.ts'
import type { Entry, LocalCommand, Refusal } from './part.ts'

function entry(order: number, subject: string, state: Entry['state'] = 'waiting'): Entry {
  return {
    id: String(order).padStart(8, '0'),
    order,
    route: 'thing.do',
    parts: {},
    subject,
    label: subject,
    occurredAt: '2028-05-08T08:00:00Z',
    before: null,
    after: null,
    state,
    maybeSent: false,
    refusal: null,
    theirs: null,
    by: { id: 'u', name: 'u' },
  }
}

const refused = (status: number, code = 'transition.refused'): Refusal => ({ status, code, data: {} })

const outboxes = fc
  .array(fc.record({ subject: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'), conflict: fc.boolean() }), {
    maxLength: 40,
  })
  .map((all) =>
    all.map((one, n) => entry(n, one.subject, one.conflict && n % 5 === 0 ? 'conflict' : 'waiting')),
  )

describe('V1 what was done first is sent first', () => {
  test('of each subject its first entry only, and none behind a conflict', () => {
    fc.assert(
      fc.property(outboxes, (all) => {
        const batch = nextBatch(all)
        expect(batch.length).toBeLessThanOrEqual(batchSize)
        expect(new Set(batch.map((one) => one.subject)).size).toBe(batch.length)
        for (const one of batch) {
          expect(one.state).toBe('waiting')
          expect(all.filter((other) => other.subject === one.subject && other.order < one.order)).toEqual([])
        }
      }),
    )
  })

  test('sent batch by batch everything goes, save conflicts and what stands behind them', () => {
    fc.assert(
      fc.property(outboxes, (all) => {
        const sent: Entry[] = []
        let left = all
        for (let batch = nextBatch(left); batch.length > 0; batch = nextBatch(left)) {
          sent.push(...batch)
          left = left.filter((one) => !batch.includes(one))
        }
        for (const subject of new Set(all.map((one) => one.subject))) {
          const own = inOrder(sent).filter((one) => one.subject === subject)
          expect(sent.filter((one) => one.subject === subject)).toEqual(own)
        }
        const stuck = all
          .filter((one) => one.state === 'conflict')
          .flatMap((one) => [one, ...behind(all, one)])
        expect(new Set(left)).toEqual(new Set(stuck))
      }),
    )
  })
})

describe('G4 every answer means one thing', () => {
  const one = entry(1, 'a')
  const merged = { alreadyDone: () => true } as unknown as LocalCommand

  test.each([
    [null, 'done'],
    [refused(0, 'network.unreachable'), 'later'],
    [refused(429, 'rate.limited'), 'later'],
    [refused(503, 'server.busy'), 'later'],
    [refused(500, 'server.fault'), 'later'],
    [refused(401, 'auth.required'), 'locked'],
    [refused(409), 'conflict'],
    [refused(422, 'visit.host-unknown'), 'conflict'],
    [refused(404, 'entity.not-found'), 'conflict'],
  ] as const)('%j: %s', (refusal, meaning) => {
    expect(meaningOf(refusal, undefined, one, null)).toBe(meaning)
  })

  test('somebody else did the same: merged without asking', () => {
    expect(meaningOf(refused(409), merged, one, {})).toBe('already')
    expect(meaningOf(refused(401, 'auth.required'), merged, one, {})).toBe('locked')
  })

  test('a fault that stays is shown and not repeated for ever', () => {
    expect(meaningOf(refused(500, 'server.fault'), undefined, one, null, 3)).toBe('conflict')
  })
})

test('tries again soon, later at most twice a minute', () => {
  fc.assert(
    fc.property(fc.nat(1000), fc.double({ min: 0, max: 1, noNaN: true }), (attempt, chance) => {
      const ms = pauseBefore(attempt, chance)
      expect(ms).toBeGreaterThanOrEqual(500)
      expect(ms).toBeLessThanOrEqual(30_000)
    }),
  )
})
