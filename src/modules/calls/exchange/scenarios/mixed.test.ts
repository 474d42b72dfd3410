import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Framer } from '../framing.ts'
import { Pbx, type PbxOptions } from '../test-pbx.ts'
import { cut, replay } from '../testing.ts'
import { Tracker } from '../tracker.ts'
import { groups } from './groups.ts'
import { houses } from './houses.ts'
import { others } from './others.ts'
import { heardFrom, recordText, type Scenario } from './record.ts'
import { transfers } from './transfers.ts'

const all = [...groups, ...transfers, ...others, ...houses]
const trunks = ['PJSIP/trunk', 'DAHDI/i1']

const messages = ({ play }: Scenario, more: PbxOptions = {}): string[] => {
  const pbx = new Pbx(more)
  play(pbx)
  return pbx.messages
}

/** Streams with ids of their own, their messages in any order between each other. */
const mixed = (chosen: readonly Scenario[], picks: readonly number[]): string => {
  const streams = chosen.map((one, index) => messages(one, { epoch: 1_800_000_000 + index * 10_000 }))
  const told: string[] = []
  for (let step = 0; streams.some(({ length }) => length > 0); step++) {
    const left = streams.filter(({ length }) => length > 0)
    const next = left[(picks[step % picks.length] ?? 0) % left.length]?.shift()
    if (next !== undefined) told.push(next)
  }
  return told.join('')
}

const expected = (chosen: readonly Scenario[]) => chosen.flatMap(({ records }) => records).sort()
const chosenOf = fc.subarray([...all], { minLength: 2, maxLength: 10 })
const picksOf = fc.array(fc.nat(), { minLength: 200, maxLength: 200 })

describe('C1 C15: calls at the same time', () => {
  test('mixed in any order, each gives the records it gives alone', () => {
    fc.assert(
      fc.property(chosenOf, picksOf, (chosen, picks) => {
        expect(
          heardFrom(Buffer.from(mixed(chosen, picks)))
            .map(recordText)
            .sort(),
        ).toEqual(expected(chosen))
      }),
      { numRuns: 60, seed: 20261122 },
    )
  })

  /** The thread of the exchange that told it: between two of them the order is chance. */
  const told = (text: string): string =>
    /^(?:|Transferer|OrigTransferer|LocalOne|Parkee)Uniqueid: (.*)$/m.exec(text)?.[1] ?? ''
  const at = (text: string): number => Number(/^Timestamp: (.*)$/m.exec(text)?.[1])
  const bound = /^Event: (Newchannel|Newexten|NewConnectedLine|BridgeCreate)/

  test('what two threads of the exchange tell within three milliseconds may come in either order', () => {
    fc.assert(
      fc.property(fc.constantFrom(...all), fc.nat(), (one, pick) => {
        const stream = messages(one)
        const pairs = stream.flatMap((text, index) => {
          const next = stream[index + 1]
          if (next === undefined || bound.test(text) || bound.test(next) || told(text) === told(next))
            return []
          return at(next) - at(text) < 0.003 ? [index] : []
        })
        const index = pairs[pick % Math.max(1, pairs.length)]
        if (index === undefined) return
        stream.splice(index, 2, stream[index + 1] ?? '', stream[index] ?? '')
        expect(
          heardFrom(Buffer.from(stream.join('')))
            .map(recordText)
            .sort(),
        ).toEqual(expected([one]))
      }),
      { numRuns: 250, seed: 20261122 },
    )
  })

  test('whatever the borders of the reads, every snapshot newer than the one before, nothing after a merge', () => {
    fc.assert(
      fc.property(
        chosenOf,
        picksOf,
        fc.array(fc.nat({ max: 200_000 }), { maxLength: 80 }),
        (chosen, picks, borders) => {
          const framer = new Framer(undefined, false)
          const tracker = new Tracker({ trunks, ringCadenceSeconds: 5 })
          const revisions = new Map<string, number>()
          for (const chunk of cut(Buffer.from(mixed(chosen, picks)), borders))
            for (const message of framer.push(chunk))
              for (const call of tracker.handle(message, 0).calls) {
                expect(call.revision).toBeGreaterThan(revisions.get(call.id) ?? 0)
                revisions.set(call.id, call.mergedInto === null ? call.revision : Number.POSITIVE_INFINITY)
              }
        },
      ),
      { numRuns: 20, seed: 20261122 },
    )
  })

  test('through a TCP server, cut anywhere', async () => {
    const opening =
      'Asterisk Call Manager/7.0.3\r\nResponse: Success\r\nActionID: a1\r\nMessage: Authentication accepted\r\n\r\n'
    const bytes = Buffer.from(opening + mixed(all, [3, 1, 4, 1, 5, 9, 2, 6]))
    const borders = Array.from({ length: 300 }, (_, index) => (index * 7_919) % bytes.length)
    const heard = await replay(cut(bytes, borders))
    expect(heard.records().map(recordText).sort()).toEqual(expected(all))
  })
})

describe('C15: settings of the exchange', () => {
  test.each(all)('a system name before every Uniqueid: $name', (one) => {
    expect(heardFrom(Buffer.from(messages(one, { system: 'pbx-sz-' }).join(''))).map(recordText)).toEqual(
      one.records,
    )
  })

  test.each(all)('no time stamps, the seconds are those of the receipt: $name', (one) => {
    const stamped = messages(one)
    const bare = messages(one, { timestamps: false })
    const framer = new Framer(undefined, false)
    const tracker = new Tracker({ trunks, ringCadenceSeconds: 5 })
    const last = new Map<string, string>()
    for (const [index, text] of bare.entries()) {
      const at = Number(/Timestamp: (\S+)/.exec(stamped[index] ?? '')?.[1]) * 1000
      for (const message of framer.push(Buffer.from(text)))
        for (const call of tracker.handle(message, at).calls)
          if (call.mergedInto === null) last.set(call.id, recordText(call))
          else last.delete(call.id)
    }
    expect([...last.values()].sort()).toEqual([...one.records].sort())
  })
})
