import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fragmentsOf, longestLetters, pinyinOf, spellingOf, tidy } from './spelling.ts'

describe('C5 spelling of names', () => {
  test.each([
    ['单伟', 'shanwei', 'sw'],
    ['欧阳娜娜', 'ouyangnana', 'oynn'],
    ['吕布', 'lvbu', 'lb'],
    ['阿凡提·买买提', 'afantimaimaiti', 'aftmmt'],
    ['深圳市宏达科技有限公司', 'shenzhenshihongdakejiyouxiangongsi', 'szshdkjyxgs'],
    ['ABC科技', 'abckeji', 'akj'],
    ["Ｏ'Neil  Müller", 'oneilmvller', 'om'],
    ['—', '—', ''],
  ])('%s → %s, %s', (name, pinyin, initials) => {
    expect(pinyinOf(name)).toEqual({ pinyin, initials })
    expect(spellingOf(name)).toMatchObject({ pinyin, initials })
  })

  test('terms find the middle and the other readings, not what the columns find', () => {
    const { terms } = spellingOf('单晓伟')
    expect(terms).toEqual(
      expect.arrayContaining(['单晓', '晓伟', 'xiaowei', 'wei', 'xw', 'danxiaowei', 'dxw', 'sxiaowei']),
    )
    expect(terms).not.toContain('shanxiaowei')
    expect(terms).not.toContain('sxw')
  })

  test('other names of the same one join', () => {
    const { pinyin, terms } = spellingOf('南方科技股份有限公司', '南科', 'Southern Tech')
    expect(pinyin.startsWith('nanfang')).toBe(true)
    expect(terms).toEqual(expect.arrayContaining(['方科', '南科', 'nanke', 'nk', 'southern', 'tech', 'st']))
  })

  test('fragments: pairs of Chinese, whole words of the rest, one character alone', () => {
    expect(fragmentsOf('王芳', 'ABC 华信电子')).toEqual(['王芳', 'abc', '华信', '信电', '电子'])
    expect(fragmentsOf('李')).toEqual(['李'])
    expect(fragmentsOf('  ', '··')).toEqual([])
  })

  test('full-width letters, digits and spaces are plain ones', () => {
    expect(tidy(' Ａｂ　１２ \n x')).toBe('Ab 12 x')
  })

  test('whatever somebody is called, the spelling is bounded and tidy', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 200 }), (name) => {
        const { pinyin, initials, terms } = spellingOf(name)
        expect(initials).not.toMatch(/\s/)
        if (tidy(name) !== '') expect(pinyin).not.toBe('')
        expect(new Set(terms).size).toBe(terms.length)
        for (const term of terms) expect(term).not.toMatch(/\s|^$/)
        expect(
          terms.filter(
            (term) => /^[a-z]+$/.test(term) && term.length > Math.max(longestLetters, name.length),
          ),
        ).toEqual([])
      }),
    )
  })
})
