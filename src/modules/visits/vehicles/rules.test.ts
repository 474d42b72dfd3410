import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { freePlace, normalisePlate, readPlate, showPlate } from './rules.ts'

const provinces = [...'京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼']
const letters = [...'ABCDEFGHJKLMNPQRSTUVWXYZ']
const signs = [...letters, ...'0123456789']
const digits = [...'0123456789']
const pick = (from: readonly string[]) => fc.constantFrom(...from)
const some = (from: readonly string[], count: number) =>
  fc.array(pick(from), { minLength: count, maxLength: count }).map((parts) => parts.join(''))
const joined = (...parts: fc.Arbitrary<string>[]) => fc.tuple(...parts).map((all) => all.join(''))

const ordinary = joined(pick(provinces), pick(letters), some(signs, 5))
const small = joined(pick(provinces), pick(letters), pick(['D', 'F']), pick(signs), some(digits, 4))
const large = joined(pick(provinces), pick(letters), some(digits, 5), pick(['D', 'F']))

describe('V19 plates by GA 36', () => {
  test.each([
    ['粤B12345', 'ordinary', '粤B·12345'],
    ['苏E6K218', 'ordinary', '苏E·6K218'],
    ['沪AD12345', 'new-energy', '沪A·D12345'],
    ['京AF0236D', null, ''],
    ['京AF02360', 'new-energy', '京A·F02360'],
    ['粤B12345D', 'new-energy', '粤B·12345D'],
    ['苏E0123警', 'police', '苏E·0123警'],
    ['粤B1234学', 'training', '粤B·1234学'],
    ['粤B1234挂', 'trailer', '粤B·1234挂'],
    ['粤Z1234港', 'border', '粤Z·1234港'],
    ['粤ZAB12澳', 'border', '粤Z·AB12澳'],
    ['沪A0023领', 'consulate', '沪A·0023领'],
    ['使014578', 'embassy', '使·014578'],
    ['224578使', 'embassy', '224578使'],
    ['京X0001应急', 'rescue', '京X·0001应急'],
    ['WJ京12345', 'armed-police', 'WJ京·12345'],
    ['WJ0112J', 'armed-police', 'WJ·0112J'],
    ['VA12345', 'military', 'VA·12345'],
    ['粤BI2345', null, ''],
    ['粤O12345', null, ''],
    ['粤B1234', null, ''],
    ['粤B123456', null, ''],
    ['B12345', null, ''],
    ['', null, ''],
  ])('%s is %s', (text, kind, shown) => {
    const found = readPlate(text)
    expect(found?.kind ?? null).toBe(kind)
    if (found) expect(showPlate(found.plate)).toBe(shown)
  })

  test.each(['粤b·12345', '粤B 12345', '粤Ｂ１２３４５', ' 粤B-12345 ', '粤B．12345', '粤b•12 345'])(
    'however it is typed it is one plate: %s',
    (text) => expect(readPlate(text)?.plate).toBe('粤B12345'),
  )

  test('every ordinary and new-energy plate is known, and its shown form reads back as itself', () => {
    fc.assert(
      fc.property(fc.oneof(ordinary, small, large), (plate) => {
        expect(readPlate(plate)?.plate).toBe(plate)
        expect(readPlate(showPlate(plate))?.plate).toBe(plate)
        expect(readPlate(plate.toLowerCase())?.plate).toBe(plate)
      }),
    )
    fc.assert(fc.property(ordinary, (plate) => readPlate(plate)?.kind === 'ordinary' || plate.length !== 7))
    fc.assert(fc.property(fc.oneof(small, large), (plate) => readPlate(plate)?.kind === 'new-energy'))
  })

  test('I and O in place of 1 and 0 are a slip of the eye, never a plate', () => {
    fc.assert(
      fc.property(ordinary, fc.integer({ min: 1, max: 6 }), pick(['I', 'O']), (plate, at, wrong) => {
        expect(readPlate(plate.slice(0, at) + wrong + plate.slice(at + 1))).toBeNull()
      }),
    )
  })

  test('whatever is typed: no fault, and normalising twice changes nothing', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const once = normalisePlate(text)
        expect(normalisePlate(once)).toBe(once)
        readPlate(text, true)
      }),
    )
  })

  test('another country’s plate needs to be stated', () => {
    expect(readPlate('M-AB 1234')).toBeNull()
    expect(readPlate('M-AB 1234', true)).toEqual({ plate: 'MAB1234', kind: null })
    expect(readPlate('?!', true)).toBeNull()
  })
})

describe('V7 V19 places', () => {
  const lots = [{ key: 'front', places: ['A1', 'A2', 'B1'], reserved: ['A1'] }]
  test('a reserved place is for important guests, who get it first', () => {
    expect(freePlace(lots, new Set(), true)).toBe('A1')
    expect(freePlace(lots, new Set(), false)).toBe('A2')
    expect(freePlace(lots, new Set(['A2', 'B1']), false)).toBeNull()
    expect(freePlace(lots, new Set(['A1']), true)).toBe('A2')
  })
})
