import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Framer } from './framing.ts'
import type { ExchangeCall } from './link.ts'
import { expectCalls, facts } from './test-facts.ts'
import { cut, lastOfEach, recording, replay } from './testing.ts'
import { Tracker } from './tracker.ts'

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

describe('C1 C15: recordings in time', () => {
  const pace = (name: string) => recording(name).chunks

  test('without time stamps the seconds are those of the receipt', () => {
    const framer = new Framer()
    const tracker = new Tracker({ trunks: ['PJSIP/trunk'], ringCadenceSeconds: 5 })
    const name = '18-same-as-01-default-settings'
    const calls = pace(name).flatMap(({ at, bytes }) =>
      framer.push(bytes).flatMap((message) => tracker.handle(message, 1_795_000_000_000 + at * 1000).calls),
    )
    expectCalls(lastOfEach(calls), facts[name] ?? [])
  })

  // All of them take three minutes: FOYER_REAL_PACE=1.
  const played = process.env.FOYER_REAL_PACE === '1' ? names : ['17-login-variants-readonly']
  test.each(played)('%s at its own pace', { timeout: 60_000 }, async (name) => {
    const heard = await replay(
      pace(name).map(({ bytes }) => bytes),
      {},
      pace(name).map(({ at }) => at),
    )
    expectCalls(heard.records(), facts[name] ?? [])
  })
})

describe('C1 C15: several recordings at once', () => {
  /** Messages of a recording without greeting, login and goodbye. */
  const messages = (name: string) =>
    recording(name)
      .bytes.toString('utf8')
      .split('\r\n\r\n')
      .filter((text) => text.startsWith('Event: '))
      .map((text) => `${text}\r\n\r\n`)
  const opening =
    'Asterisk Call Manager/11.0.0\r\nResponse: Success\r\nActionID: a1\r\nMessage: Authentication accepted\r\n\r\n'
  const stamped = names.filter((name) => !name.startsWith('18') && !name.startsWith('17-login-variants-bad'))

  test('mixed at any border of messages, each gives the records that it gives alone', async () => {
    const alone = new Map<string, readonly ExchangeCall[]>()
    for (const name of stamped) {
      const heard = await replay([Buffer.from(opening), Buffer.from(messages(name).join(''))])
      expectCalls(heard.records(), facts[name] ?? [])
      alone.set(name, heard.records())
    }
    await fc.assert(
      fc.asyncProperty(
        fc.subarray(stamped, { minLength: 2, maxLength: 8 }),
        fc.array(fc.nat(), { minLength: 500, maxLength: 500 }),
        fc.array(fc.nat({ max: 500_000 }), { maxLength: 50 }),
        async (chosen, picks, borders) => {
          const streams = chosen.map((name) => messages(name))
          const mixed: string[] = []
          for (let step = 0; streams.some(({ length }) => length > 0); step++) {
            const left = streams.filter(({ length }) => length > 0)
            const next = left[(picks[step % picks.length] ?? 0) % left.length]?.shift()
            if (next !== undefined) mixed.push(next)
          }
          const heard = await replay(cut(Buffer.from(opening + mixed.join('')), borders))
          const records = new Map(heard.records().map((call) => [call.id, plain(call)]))
          const expected = chosen.flatMap((name) => alone.get(name) ?? [])
          expect(records.size).toBe(expected.length)
          for (const call of expected) expect(records.get(call.id)).toEqual(plain(call))
        },
      ),
      { numRuns: 15, seed: 20261121 },
    )
  })
})

const plain = ({ revision: _, ...call }: ExchangeCall) => call

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
