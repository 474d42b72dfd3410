import { describe, expect, test } from 'vitest'
import { originsOf, returningOf } from './returning.ts'

const packed = (...numbers: number[]) => {
  const pack = Buffer.alloc(numbers.length * 4)
  for (const [at, number] of numbers.entries()) pack.writeInt32BE(number, at * 4)
  return pack
}
const none = Buffer.alloc(0)

describe('V23 who comes again, out of rows of numbers', () => {
  test('V23 once, twice … five times and more, over all rows; the lower number first where two are equal', () => {
    const packs = [
      { visitors: packed(1, 2, 2, 3, 70_000), organisations: none },
      { visitors: packed(2, 3, 5, 5, 5, 5, 5, 5), organisations: none },
      { visitors: none, organisations: none },
    ]
    expect(returningOf(packs, 2)).toEqual({
      times: [2, 1, 1, 0, 1],
      often: [
        { number: 5, times: 6 },
        { number: 2, times: 3 },
      ],
    })
    expect(returningOf([{ visitors: packed(9, 4, 9, 4), organisations: none }], 1).often).toEqual([
      { number: 4, times: 2 },
    ])
  })

  test('V23 where from: visits and people, listed and all', () => {
    const packs = [
      { visitors: none, organisations: packed(7, 2, 8, 1) },
      { visitors: none, organisations: packed(8, 40, 6, 3) },
    ]
    expect(originsOf(packs, 1)).toEqual({
      listed: [{ number: 8, arrived: 2, people: 41 }],
      count: 3,
      arrived: 4,
      people: 46,
    })
  })

  test('V23 nobody at all', () => {
    expect(returningOf([], 10)).toEqual({ times: [0, 0, 0, 0, 0], often: [] })
    expect(originsOf([{ visitors: none, organisations: none }], 10)).toEqual({
      listed: [],
      count: 0,
      arrived: 0,
      people: 0,
    })
  })
})
