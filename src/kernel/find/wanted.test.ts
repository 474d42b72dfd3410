import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readWanted, type Wanted } from './wanted.ts'

/** Only what is expected; everything else must be absent. */
const read = (typed: string) => {
  const { text, ...rest } = readWanted(typed)
  return Object.fromEntries(
    Object.entries(rest).filter(([, value]) => value !== null && value !== '' && String(value) !== ''),
  )
}

describe('C5 what is typed into the single window', () => {
  const cases: readonly (readonly [string, Partial<Wanted>])[] = [
    // Names
    ['张', { grams: ['张'] }],
    ['张伟', { grams: ['张伟'] }],
    ['南方科技', { grams: ['南方', '方科', '科技'] }],
    ['张 伟', { grams: ['张', '伟'] }],
    ['买买提·阿凡提', { grams: ['买买', '买提', '阿凡', '凡提'] }],
    ['58同城', { grams: ['同城'] }],
    // Pinyin and initials
    ['zhangwei', { letters: 'zhangwei' }],
    ["Zhang'Wei ", { letters: 'zhangwei' }],
    ['zhang wei', { letters: 'zhangwei' }],
    ['ｚｗ', { letters: 'zw' }],
    ['LÜ', { letters: 'lv' }],
    ['José', { letters: 'jose' }],
    ['Иван', { letters: 'иван' }],
    ['O’Neil', { letters: 'oneil' }],
    ['3M', { letters: '3m' }],
    // Half through the input method
    ['王wei', { grams: ['王'], mixed: { pinyin: 'wangwei', initials: 'wwei' } }],
    ['王w', { grams: ['王'], mixed: { pinyin: 'wangw', initials: 'ww' } }],
    ['王xm', { grams: ['王'], mixed: { pinyin: 'wangxm', initials: 'wxm' } }],
    ['张wei\u200b', { grams: ['张'], mixed: { pinyin: 'zhangwei', initials: 'zwei' } }],
    ['ABC科技', { grams: ['科技'], mixed: { pinyin: 'abckeji', initials: 'abckj' } }],
    // Telephone numbers
    ['5678', { digits: '5678', recordNumber: 5678 }],
    ['０７５５', { digits: '0755', recordNumber: 755 }],
    ['13812345678', { digits: '13812345678', recordNumber: 13812345678 }],
    ['+86 138 1234 5678', { digits: '8613812345678' }],
    ['\u202a+86 138-1234-5678\u202c', { digits: '8613812345678' }],
    ['0086 13812345678', { digits: '8613812345678' }],
    ['0755-6666 8000', { digits: '75566668000' }],
    ['0755—6666—8000', { digits: '75566668000' }],
    ['(0755) 66668000', { digits: '75566668000' }],
    ['0755-66668000 转 8130', { digits: '75566668000', grams: ['转'] }],
    ['０７５５－６６６６８０００', { digits: '75566668000' }],
    ['0755–66668000', { digits: '75566668000' }],
    ['95588', { digits: '95588', recordNumber: 95588 }],
    ['400-810-6666', { digits: '4008106666' }],
    ['12', { recordNumber: 12 }],
    ['+1 (650) 253-0000', { digits: '16502530000' }],
    // Plates
    ['粤B·12345', { grams: ['粤'], plate: '粤B12345' }],
    ['粤b12345', { grams: ['粤'], plate: '粤B12345' }],
    ['粤BD12345', { grams: ['粤'], plate: '粤BD12345' }],
    ['沪A D1234 5', { grams: ['沪'], plate: '沪AD12345' }],
    ['粤Z1234港', { grams: ['粤', '港'], plate: '粤Z1234港' }],
    ['粤B', { grams: ['粤'], plate: '粤B', mixed: { pinyin: 'yueb', initials: 'yb' } }],
    ['B12345', { letters: 'b12345', plate: 'B12345', recordNumber: 12345, recordPrefix: 'B' }],
    ['D12345F', { letters: 'd12345f', plate: 'D12345F' }],
    ['使123456', { grams: ['使'], plate: '使123456' }],
    // Documents
    ['440524188001010014', { document: '440524188001010014' }],
    ['11010519491231002x', { document: '11010519491231002X', letters: '11010519491231002x' }],
    ['4405 2418 8001 0100 14', { document: '440524188001010014' }],
    ['440524880101001', { document: '440524880101001', digits: '440524880101001' }],
    ['E12345678', { document: 'E12345678', letters: 'e12345678', recordNumber: 12345678, recordPrefix: 'E' }],
    ['EA1234567', { document: 'EA1234567', letters: 'ea1234567', recordNumber: 1234567, recordPrefix: 'EA' }],
    ['c01x00t47', { document: 'C01X00T47', letters: 'c01x00t47' }],
    [
      'H1234567801',
      { document: 'H1234567801', letters: 'h1234567801', recordNumber: 1234567801, recordPrefix: 'H' },
    ],
    ['护照 123456789', { document: '123456789', grams: ['护照'] }],
    ['passport: 123456789', { document: '123456789', letters: 'passport123456789' }],
    // Records
    ['C-1024', { letters: 'c1024', plate: 'C1024', recordNumber: 1024, recordPrefix: 'C' }],
    ['#1024', { recordNumber: 1024 }],
    ['＃１０２４', { recordNumber: 1024 }],
    ['v000123', { letters: 'v000123', plate: 'V000123', recordNumber: 123, recordPrefix: 'V' }],
    ['A-017', { letters: 'a017', plate: 'A017', recordNumber: 17, recordPrefix: 'A' }],
    // Nothing to go by
    ['', {}],
    ['   ', {}],
    ['🙂', {}],
    ['0', {}],
    ['ギニー', { letters: 'キニー' }],
    ['G1234567', { letters: 'g1234567', recordNumber: 1234567, recordPrefix: 'G' }],
    ['护照G1234567', { grams: ['护照'], document: 'G1234567' }],
    ['—', {}],
    ['张🙂伟', { grams: ['张', '伟'] }],
  ]
  test.each(cases)('%j', (typed, expected) => {
    expect(read(typed)).toEqual(expected)
  })

  test('the text is tidy and bounded', () => {
    expect(readWanted('　张　　伟　').text).toBe('张 伟')
    const long = readWanted('张'.repeat(200))
    expect([...long.text]).toHaveLength(100)
    expect(long.grams).toEqual(['张张'])
    expect(readWanted('张\u0000\t伟\ud800').text).toBe('张 伟\ufffd')
    expect(readWanted('x'.repeat(5000)).letters).toHaveLength(100)
  })
})

describe('C5 whatever is typed', () => {
  const piece = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 12 }),
    fc.string({ unit: 'binary', maxLength: 12 }),
    fc.constantFrom(
      '张',
      '王wei',
      '粤B·12345',
      '+86 ',
      '0755-',
      '138',
      '#',
      'C-',
      '\u200b',
      '🙂',
      '１２',
      "'",
    ),
  )
  const anything = fc.array(piece, { maxLength: 30 }).map((parts) => parts.join(''))

  test('reading ends, is bounded, and reads its own text the same way', () => {
    fc.assert(
      fc.property(anything, (typed) => {
        const wanted = readWanted(typed)
        expect([...wanted.text].length).toBeLessThanOrEqual(100)
        expect(wanted.text).toBe(wanted.text.trim())
        expect(wanted.text).not.toMatch(/\s\s|\p{Cc}/u)
        expect(wanted.text.isWellFormed()).toBe(true)
        expect(readWanted(wanted.text)).toEqual(wanted)
        if (wanted.digits !== null) expect(wanted.digits).toMatch(/^\d{3,15}$/)
        if (wanted.letters !== null) expect(wanted.grams).toEqual([])
        if (wanted.plate !== null) expect(wanted.plate).toMatch(/^[\p{Script=Han}A-Z0-9]{2,9}$/u)
        if (wanted.document !== null) expect(wanted.document).toMatch(/^[A-Z0-9]{6,30}$/)
        if (wanted.recordNumber !== null) expect(Number.isSafeInteger(wanted.recordNumber)).toBe(true)
      }),
      { numRuns: 400 },
    )
  })

  test('a number is read the same however it is written', () => {
    const mobile = fc
      .tuple(fc.constantFrom('3', '5', '7', '8', '9'), fc.stringMatching(/^\d{9}$/))
      .map(([second, rest]) => `1${second}${rest}`)
    const wide = (text: string) =>
      text.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0))
    fc.assert(
      fc.property(mobile, fc.constantFrom(' ', '-', '', ' - ', '.'), (number, gap) => {
        const written = `${number.slice(0, 3)}${gap}${number.slice(3, 7)}${gap}${number.slice(7)}`
        expect(readWanted(written).digits).toBe(number)
        expect(readWanted(wide(written)).digits).toBe(number)
        expect(readWanted(`+86${gap}${written}`).digits).toBe(`86${number}`)
        expect(readWanted(`0086 ${written}`).digits).toBe(`86${number}`)
      }),
    )
  })

  test('a plate is read the same with and without its point', () => {
    const plate = fc.stringMatching(/^[京粤沪苏][A-HJ-NP-Z][A-HJ-NP-Z0-9]{5,6}$/)
    fc.assert(
      fc.property(plate, (text) => {
        const [head, tail] = [text.slice(0, 2), text.slice(2)]
        for (const written of [text, `${head}·${tail}`, `${head} ${tail}`.toLowerCase(), `${head}-${tail}`])
          expect(readWanted(written).plate).toBe(text)
      }),
    )
  })
})
