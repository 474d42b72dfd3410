import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ExchangeCall } from './link.ts'
import { expectCalls, facts } from './test-facts.ts'
import { cut, recording, replay } from './testing.ts'

/** What each recording holds, written by hand from its description: shared/ami. */
const names = Object.keys(facts)

describe('C1 C15: recordings of a real exchange, played through a TCP server', () => {
  test.each(names)('%s with the borders of the recording', async (name) => {
    const { chunks } = recording(name)
    const heard = await replay(chunks.map(({ bytes }) => bytes))
    expectCalls(heard.records(), facts[name] ?? [], exactness(name))
    expectSequence(heard.calls)
  })

  test.each(names)('%s cut anywhere', async (name) => {
    const { bytes } = recording(name)
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat({ max: bytes.length }), { minLength: 1, maxLength: 60 }),
        async (borders) => {
          const heard = await replay(cut(bytes, borders))
          expectCalls(heard.records(), facts[name] ?? [], exactness(name))
        },
      ),
      { numRuns: 4, seed: 20261121 },
    )
  })
})

const exactness = (name: string) => ({ timed: !name.startsWith('18') })

/** Each snapshot of a call is newer than the one before, and nothing follows a merge. */
function expectSequence(calls: readonly ExchangeCall[]): void {
  const seen = new Map<string, ExchangeCall>()
  for (const call of calls) {
    const before = seen.get(call.id)
    expect(call.revision).toBeGreaterThan(before?.revision ?? 0)
    expect(before?.mergedInto ?? null).toBeNull()
    seen.set(call.id, call)
  }
}
