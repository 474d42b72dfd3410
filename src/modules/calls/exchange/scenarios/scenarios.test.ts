import { describe, expect, test } from 'vitest'
import { Pbx } from '../test-pbx.ts'
import { groups } from './groups.ts'
import { houses } from './houses.ts'
import { others } from './others.ts'
import { heardFrom, recordText } from './record.ts'
import { transfers } from './transfers.ts'

const all = [...groups, ...transfers, ...others, ...houses]

describe('C1 C3 C4 C15: calls no recording holds', () => {
  test.each(all)('$name', ({ play, records }) => {
    const pbx = new Pbx()
    play(pbx)
    expect(heardFrom(pbx.bytes).map(recordText)).toEqual(records)
  })
})
