import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { mobileTerms, nameKeys, wanted } from './names.ts'

describe('pinyin of names', () => {
  test.each([
    ['张伟', 'zhangwei', 'zw'],
    ['单伟', 'shanwei', 'sw'],
    ['曾国强', 'zengguoqiang', 'zgq'],
    ['仇英', 'qiuying', 'qy'],
    ['解晓东', 'xiexiaodong', 'xxd'],
    ['查良镛', 'zhaliangyong', 'zly'],
    ['区小明', 'ouxiaoming', 'oxm'],
    ['尉迟恭', 'yuchigong', 'ycg'],
    ['欧阳娜娜', 'ouyangnana', 'oynn'],
    ['吕布', 'lvbu', 'lb'],
    ['阿凡提·买买提', 'afantimaimaiti', 'aftmmt'],
    ['Deborah K. Horton', 'deborahkhorton', 'dkh'],
    ["O'Neil Müller", 'oneilmvller', 'om'],
    ['José Núñez', 'josenunez', 'jn'],
  ])('%s → %s, %s', (name, pinyin, initials) => {
    expect(nameKeys(name)).toMatchObject({ pinyin, initials })
  })

  test('a surname is also found by the everyday reading of its character', () => {
    expect(nameKeys('单伟').terms).toEqual(
      expect.arrayContaining(['shanwei', 'danwei', 'sw', 'dw', 'wei', 'swei']),
    )
  })

  test('a name without any letter still has an order', () => {
    expect(nameKeys('—').pinyin).not.toBe('')
  })
})

const chinese = fc
  .array(fc.constantFrom(...'王李张刘陈杨黄赵吴周单曾仇伟芳娜敏静强磊军洋勇艳'), {
    minLength: 2,
    maxLength: 4,
  })
  .map((characters) => characters.join(''))

/** What the statements of store.ts do with terms, said in JavaScript. */
function found(name: string, query: string): boolean {
  const keys = nameKeys(name)
  const want = wanted(query)
  if (want.kind === 'han')
    return name.includes(want.text) && want.terms.every((term) => keys.terms.includes(term))
  if (want.kind === 'letters') return keys.terms.includes(want.term) || keys.pinyin.startsWith(want.text)
  return false
}

describe('everyone is found while their name is typed', () => {
  test('by every fragment of the Chinese name, one character too', () => {
    fc.assert(
      fc.property(chinese, fc.nat(3), fc.integer({ min: 1, max: 4 }), (name, from, length) => {
        const fragment = name.slice(from, from + length)
        fc.pre(fragment !== '')
        expect(found(name, fragment)).toBe(true)
      }),
    )
  })

  test('by every beginning of pinyin and of initials, in either case', () => {
    fc.assert(
      fc.property(chinese, fc.integer({ min: 1, max: 20 }), (name, length) => {
        const { pinyin, initials } = nameKeys(name)
        expect(found(name, pinyin.slice(0, length).toUpperCase())).toBe(true)
        expect(found(name, initials.slice(0, length))).toBe(true)
      }),
    )
  })

  test('nothing typed makes the search fall over', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        expect(wanted(text).kind).toBeTypeOf('string')
        if (text.trim() !== '') nameKeys(text)
      }),
    )
  })

  test('digits are an extension or the tail of a mobile number', () => {
    expect(wanted('5678')).toEqual({ kind: 'digits', text: '5678', tail: '5678' })
    expect(wanted('138-1234 5678')).toEqual({ kind: 'digits', text: '13812345678', tail: '13812345678' })
    expect(mobileTerms('+8613812345678')).toEqual(expect.arrayContaining(['5678', '12345678', '13812345678']))
  })
})
