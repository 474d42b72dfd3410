/** V22 E2: a permit as a line of a sheet, and the line read again. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cellsOf, hoursOf, papersIn, saysTheSame, weekdaysOf } from './cells.ts'

describe('V22 what people write for days, hours and papers', () => {
  test.each([
    ['周一至周五', [1, 2, 3, 4, 5]],
    ['周一到周三、周日', [1, 2, 3, 7]],
    ['周一三五', [1, 3, 5]],
    ['星期六 星期天', [6, 7]],
    ['Mon-Fri', [1, 2, 3, 4, 5]],
    ['monday, Wednesday', [1, 3]],
    ['1-5', [1, 2, 3, 4, 5]],
    ['Sat - Mon', [1, 6, 7]],
    ['每天', [1, 2, 3, 4, 5, 6, 7]],
    ['工作日', [1, 2, 3, 4, 5]],
    ['', []],
    ['周八', null],
    ['0-5', null],
    ['Someday', null],
  ])('%s', (text, days) => expect(weekdaysOf(text)).toEqual(days))

  test.each([
    ['08:00-18:00', { from: 480, to: 1080 }],
    ['8:00–18:30', { from: 480, to: 1110 }],
    ['8点', null],
    ['8-18', { from: 480, to: 1080 }],
    ['0:00-24:00', { from: 0, to: 1440 }],
    ['全天', { from: 0, to: 1440 }],
    ['18:00-08:00', null],
    ['', undefined],
  ])('%s', (text, hours) => expect(hoursOf(text)).toEqual(hours))

  test('papers', () => {
    expect(papersIn('安全培训证 · A123 · 2026-12-31; 电工证 2027.1.5；保险 · 仅提醒').papers).toEqual([
      { kind: '安全培训证', number: 'A123', expiresOn: '2026-12-31', blocks: true },
      { kind: '电工证', number: '', expiresOn: '2027-01-05', blocks: true },
      { kind: '保险', number: '', expiresOn: null, blocks: false },
    ])
    expect(papersIn('安全培训证 2026-13-40').bad).toBe('安全培训证 2026-13-40')
    expect(papersIn('2026-12-31').bad).toBe('2026-12-31')
  })
})

test('V22 E2 whatever a permit says, its line says the same, in both languages', () => {
  const word = fc.stringMatching(/^[A-Za-z0-9甲乙丙电工证]{1,12}$/)
  const facts = fc.record({
    number: fc.constant('P00012'),
    holderName: word,
    organisation: word,
    phone: fc.constantFrom('', '+8613812345678'),
    plate: fc.constantFrom('', '粤B12345', 'AB123CD'),
    hostName: word,
    kindName: fc.constant({ zh: '供应商', en: 'Supplier' }),
    purpose: word,
    areas: fc.array(word, { maxLength: 3 }),
    validFrom: fc.constant('2026-01-01'),
    validTo: fc.constant('2026-12-31'),
    weekdays: fc.subarray([1, 2, 3, 4, 5, 6, 7], { minLength: 1 }),
    fromMinute: fc.integer({ min: 0, max: 700 }),
    toMinute: fc.integer({ min: 701, max: 1440 }),
    papers: fc.array(
      fc.record({
        kind: word.map((one) => `证${one}`),
        number: fc.constantFrom('', 'A1'),
        expiresOn: fc.constantFrom(null, '2026-06-30'),
        blocks: fc.boolean(),
      }),
      { maxLength: 3 },
    ),
    note: word,
  })
  fc.assert(
    fc.property(facts, fc.constantFrom('zh' as const, 'en' as const), (permit, language) => {
      const cells = cellsOf(permit, language)
      expect(saysTheSame(cells, permit)).toBe(true)
      expect(weekdaysOf(cells.weekdays)).toEqual(permit.weekdays)
      expect(hoursOf(cells.hours)).toEqual({ from: permit.fromMinute, to: permit.toMinute })
      expect(papersIn(cells.papers)).toEqual({ papers: permit.papers, bad: null })
      expect(saysTheSame({ ...cells, note: `${cells.note}!` }, permit)).toBe(false)
    }),
  )
})
