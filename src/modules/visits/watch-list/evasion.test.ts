/** V12: what somebody at the desk would try who must not come in. Each way to write it meets the entry, by a key and by likeness. */
import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { normaliseNumber } from '../identity/rules.ts'
import { normalisePhone } from '../people.ts'
import { foldCompany } from './company.ts'
import { keysOf, samePhone, samePlate } from './keys.ts'
import { effectOf, match } from './match.ts'
import { namesIn } from './names.ts'

interface Particulars {
  readonly name?: string
  readonly organisation?: string
  readonly phone?: string
  readonly plate?: string
}

const named = ({ name = '', organisation = '', phone = '', plate = '' }: Particulars) => ({
  names: name === '' ? [] : [name],
  organisation,
  phones: phone === '' ? [] : [normalisePhone(phone, 'phone')],
  plates: plate === '' ? [] : [plate],
  documents: [],
})

/** As a screening does it: found by a key first, then judged. */
function effect(listed: Particulars, comes: Particulars) {
  const entry = named(listed)
  const person = named(comes)
  const keys = keysOf(entry, 'entry')
  if (!keysOf(person, 'person').some((key) => keys.includes(key))) return 'not found'
  const found = match(
    { ...person, documentKind: null },
    { ...entry, id: 'e', level: 'block', documentKind: null },
  )
  return found === null ? 'not alike' : effectOf(found, { alertAt: 0.5, holdAt: 0.75 })
}

const listed = { name: '张伟', organisation: '恒川科技有限公司' }

describe('V12 the banned person comes back written another way: held', () => {
  test.each([
    ['a space', { name: '张 伟', organisation: '恒川科技' }],
    ['wide space and point', { name: '张　·　伟', organisation: '恒川科技' }],
    ['traditional', { name: '張偉', organisation: '恆川科技有限公司' }],
    ['pinyin', { name: 'Zhang Wei', organisation: '恒川科技' }],
    ['pinyin, full width', { name: 'ＺＨＡＮＧ　ＷＥＩ', organisation: '恒川科技' }],
    ['pinyin, turned round', { name: 'WEI, ZHANG', organisation: '恒川科技' }],
    ['turned round', { name: '伟张', organisation: '恒川科技' }],
    ['with a title', { name: '张伟先生', organisation: '恒川科技' }],
    ['with a number', { name: '张伟2', organisation: '恒川科技' }],
    ['with an English name', { name: 'David 张伟', organisation: '恒川科技' }],
    ['in brackets', { name: '李四（张伟）', organisation: '恒川科技' }],
    ['two names in one field', { name: '李四/张伟', organisation: '恒川科技' }],
    ['something unseen between', { name: '张\u200d伟', organisation: '恒川\u200b科技' }],
    ['company in full', { name: '张伟', organisation: '恒川科技股份有限公司' }],
    ['company with its place', { name: '张伟', organisation: '恒川（深圳）科技有限责任公司' }],
    ['company in traditional characters', { name: '张伟', organisation: '恒川科技集團有限公司' }],
    ['a branch', { name: '张伟', organisation: '恒川科技有限公司深圳分公司' }],
  ])('%s', (_, comes) => expect(effect(listed, comes)).toBe('held'))

  test.each([
    '138 0013 8000',
    '138-0013-8000',
    '+86 138 0013 8000',
    '86 13800138000',
    '0086 138-0013-8000',
    '１３８００１３８０００',
    '(138) 0013 8000',
    '013800138000',
  ])('telephone %s with the name', (phone) =>
    expect(effect({ name: '张伟', phone: '13800138000' }, { name: '張 偉', phone })).toBe('held'),
  )

  test.each(['粤B·12345', '粵B12345', '粤b 12345', '粤Ｂ１２３４５', '粤B-12345', '粤BI2345', '粤B．12345'])(
    'plate %s',
    (plate) => expect(effect({ plate: '粤B12345' }, { name: '李四', plate })).toBe('held'),
  )
})

describe('V12 and who is somebody else is left in peace', () => {
  test.each([
    [{ name: 'Reyes' }, { name: 'Yes' }],
    [{ name: 'Jonathan Reyes' }, { name: 'Jonathan Yes' }],
    [listed, { name: '李娜', organisation: '恒川科技' }],
    [listed, { name: '章子怡', organisation: '恒川科技' }],
    [{ name: '恒川科技', organisation: '' }, { name: '恒山科技' }],
    [{ plate: '粤B12345' }, { name: '李四', plate: '粤B12346' }],
    [{ phone: '13800138000' }, { name: '李四', phone: '13800138001' }],
  ])('%j is not %j', (entry, comes) => expect(effect(entry, comes)).not.toBe('held'))
})

describe('V12 one spelling under every way to write it', () => {
  const digits = (count: number) =>
    fc
      .array(fc.integer({ min: 0, max: 9 }), { minLength: count, maxLength: count })
      .map((all) => all.join(''))

  it('telephone', () => {
    const mobile = digits(9).map((rest) => `13${rest}`)
    const before = fc.constantFrom('', '+86', '86', '0086', '0')
    fc.assert(
      fc.property(mobile, before, (number, country) => {
        expect(samePhone(`${country}${number}`)).toBe(number)
      }),
    )
  })

  it('plate', () => {
    fc.assert(
      fc.property(digits(5), fc.constantFrom('·', ' ', '-', '．', '・', '\u200b'), (number, point) => {
        const typed = number.replaceAll('0', 'o').replaceAll('1', 'I')
        expect(samePlate(`粵b${point}${typed}`)).toBe(`粤B${number}`)
      }),
    )
  })

  it('document number', () => {
    fc.assert(
      fc.property(digits(17), fc.constantFrom('-', ' ', '.', '\u200b', '　'), (number, mark) => {
        const typed = `${number.slice(0, 6)}${mark}${number.slice(6, 14)}${mark}${number.slice(14)}х`
        expect(normaliseNumber(typed)).toBe(`${number}X`)
      }),
    )
    expect(normaliseNumber('a123456(7)')).toBe('A1234567')
    expect(normaliseNumber('京字第 12-34 号')).toBe('京字第12-34号')
  })

  it('company, with any legal form and none', () => {
    const form = fc.constantFrom(
      '',
      '有限公司',
      '有限责任公司',
      '股份有限公司',
      '集團有限公司',
      ' Co., Ltd.',
      '公司',
    )
    const stem = fc.constantFrom('恒川科技', '華星電子', '瑞豐物流', '博遠機械')
    fc.assert(
      fc.property(stem, form, form, (name, a, b) => {
        expect(foldCompany(`${name}${a}`)).toBe(foldCompany(`${name}${b}`))
      }),
    )
  })

  it('whatever stands in the field of the name, every name in it is looked at', () => {
    expect(namesIn('张伟（又名 张大伟）')).toEqual(['张伟', '张大伟'])
    expect(namesIn('David 张伟')).toEqual(['张伟', 'David'])
    expect(namesIn('SMITH, John (Jr.)')).toEqual(['SMITH, John (Jr.)'])
    expect(namesIn('阿卜杜·热合曼')).toEqual(['阿卜杜·热合曼'])
    expect(namesIn(' ')).toEqual([])
  })
})
