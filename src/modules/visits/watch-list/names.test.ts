import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { foldCompany } from './company.ts'
import { keysOf } from './keys.ts'
import { type EntryFacts, effectOf, match, type PersonFacts } from './match.ts'
import { compareNames } from './names.ts'
import { isDismissed, isSecondPerson } from './rules.ts'

const person = (part: Partial<PersonFacts>): PersonFacts => ({
  names: [],
  organisation: '',
  phones: [],
  plates: [],
  documents: [],
  documentKind: null,
  ...part,
})
const entry = (part: Partial<EntryFacts>): EntryFacts => ({
  id: 'e',
  level: 'block',
  names: [],
  organisation: '',
  phones: [],
  plates: [],
  documents: [],
  documentKind: null,
  ...part,
})
const at = { alertAt: 0.5, holdAt: 0.75 }

describe('V12: names of one person', () => {
  it.each([
    ['张伟', '张 伟', 'same'],
    ['张伟', '張偉', 'variant'],
    ['阿卜杜·热合曼', '阿卜杜热合曼', 'same'],
    ['张伟', '章伟', 'pinyin'],
    ['王建国', '王建民', 'one-character'],
    ['José García', 'jose garcia', 'same'],
    ['John Smith', 'SMITH, John', 'order'],
    ['John Smith', 'J. Smith', 'initials'],
    ['Catherine Moore', 'Katherine Moore', 'spelling'],
    ['Jonathan Reyes', 'Jonathon Reyes', 'spelling'],
    ['张伟', 'ZHANG WEI', 'romanised'],
    ['张伟', 'Wei Zhang', 'romanised'],
    ['吕布', 'LV BU', 'romanised'],
    ['Zhang Wei', 'ZhangWei', 'order'],
    ['吕布', 'LYU BU', 'romanised'],
    ['吕布', 'Lu Bu', 'romanised'],
    ['单伟', 'Dan Wei', 'romanised'],
    ['单伟', 'Shan Wei', 'romanised'],
    ['王建国', '建国王', 'order'],
    ['欧阳娜', '娜欧阳', 'order'],
    ['鬱詩敏', '郁诗敏', 'variant'],
    ['ＺＨＡＮＧ　ＷＥＩ', 'Zhang Wei', 'same'],
    ['Jоnаthаn Rеyеs', 'Jonathan Reyes', 'same'],
    ['张\u200b伟', '张伟', 'same'],
    ['Jo\u200bhn Smith', 'John Smith', 'same'],
  ])('%s ~ %s: %s', (a, b, how) => {
    expect(compareNames(a, b)?.how).toBe(how)
    expect(compareNames(b, a)?.how).toBe(how)
  })

  it.each([
    ['Reyes', 'Yes'],
    ['Li', 'Lily'],
    ['Li Na', 'Lily Nash'],
    ['Smith', 'John Smith'],
    ['John Smith', 'Jane Smith'],
    ['张伟', '李娜'],
    ['王芳', '王建国'],
    ['J. S.', 'John Smith'],
    ['Anna', 'Anne'],
  ])('%s is not %s', (a, b) => {
    expect(compareNames(a, b)).toBeNull()
    expect(compareNames(b, a)).toBeNull()
  })

  it('a name is always its own, whatever spaces, points and case it is written with', () => {
    const han = fc.array(fc.constantFrom(...'张王李赵陈刘杨黄周吴伟芳娜秀英敏静丽强磊'), {
      minLength: 2,
      maxLength: 4,
    })
    fc.assert(
      fc.property(han, fc.constantFrom(' ', '·', '  ', '　'), (characters, mark) => {
        expect(compareNames(characters.join(''), characters.join(mark))?.score).toBeGreaterThan(0.9)
      }),
    )
    const word = fc.stringMatching(/^[A-Z][a-z]{2,9}$/)
    fc.assert(
      fc.property(word, word, (a, b) => {
        expect(compareNames(`${a} ${b}`, `${b.toUpperCase()},  ${a.toLowerCase()}`)?.score).toBeGreaterThan(
          0.9,
        )
      }),
    )
  })

  it('whatever is judged alike is found by a key both have', () => {
    const of = (name: string, side: 'entry' | 'person') =>
      keysOf({ names: [name], organisation: '恒川', phones: [], plates: [], documents: [] }, side)
    const shares = (a: string, b: string) => of(a, 'entry').some((key) => of(b, 'person').includes(key))
    const word = fc.stringMatching(/^[a-z]{3,9}$/)
    fc.assert(
      fc.property(word, word, fc.nat(8), (first, last, drop) => {
        const misspelt = last.slice(0, drop % last.length) + last.slice((drop % last.length) + 1)
        for (const other of [`${last} ${first}`, `${first[0]} ${last}`, `${first} ${misspelt}`])
          if (compareNames(`${first} ${last}`, other) !== null)
            expect(shares(`${first} ${last}`, other)).toBe(true)
      }),
    )
    for (const [a, b] of [
      ['张伟', '章伟'],
      ['王建国', '王建民'],
      ['张伟', 'Wei Zhang'],
      ['張偉', '张 伟'],
    ] as const)
      expect(shares(a, b)).toBe(true)
  })

  it('companies without legal form, place and spaces', () => {
    expect(foldCompany('恒川（深圳）科技有限公司')).toBe(foldCompany('恒川科技 有限责任公司'))
    expect(foldCompany('Acme Co., Ltd.')).toBe(foldCompany('ACME'))
    expect(foldCompany('公司')).not.toBe('')
    expect(foldCompany('恒川科技')).not.toBe(foldCompany('恒山科技'))
  })
})

describe('V12: what agrees decides', () => {
  const banned = entry({
    names: ['张伟', '张大伟'],
    organisation: '恒川科技有限公司',
    phones: ['+8613800138000'],
    documents: ['index-of-his-card'],
    documentKind: 'id-card',
  })

  it('comes back with another telephone and a space in the name: held by name and company', () => {
    const found = match(
      person({ names: ['张 伟'], organisation: '恒川科技', phones: ['+8613900139000'] }),
      banned,
    )
    expect(found?.agreed.map(({ attribute }) => attribute)).toEqual(['company', 'name'])
    expect(found?.differed).toEqual(['phone'])
    expect(effectOf(found ?? { level: 'block', score: 0 }, at)).toBe('held')
  })

  it('by the document alone it is certain, under any name', () => {
    const found = match(person({ names: ['李四'], documents: ['index-of-his-card'] }), banned)
    expect(found?.score).toBe(1)
    expect(found?.differed).toContain('name')
  })

  it('the name alone tells and holds nobody; with another card of the same kind not even that', () => {
    const alone = match(person({ names: ['张伟'] }), banned)
    expect(effectOf(alone ?? { level: 'block', score: 0 }, at)).toBe('alert')
    const other = match(person({ names: ['张伟'], documents: ['another'], documentKind: 'id-card' }), banned)
    expect(effectOf(other ?? { level: 'block', score: 0 }, at)).toBeNull()
  })

  it('one character different counts only with another attribute that agrees', () => {
    const one = entry({ names: ['王建国'], phones: ['+8613800138000'] })
    expect(match(person({ names: ['王建民'] }), one)).toBeNull()
    const both = match(person({ names: ['王建民'], phones: ['+8613800138000'] }), one)
    expect(both?.agreed.map(({ how }) => how)).toEqual(['exact', 'one-character'])
  })

  it('a colleague of a banned person is welcome; a banned company is not', () => {
    expect(match(person({ names: ['李娜'], organisation: '恒川科技' }), banned)).toBeNull()
    const company = entry({ organisation: '恒川科技有限公司' })
    const found = match(person({ names: ['李娜'], organisation: '恒川科技' }), company)
    expect(effectOf(found ?? { level: 'block', score: 0 }, at)).toBe('held')
  })

  it('an alias is told as one; an entry that only tells never holds', () => {
    expect(match(person({ names: ['张大伟'] }), banned)?.agreed[0]?.how).toBe('alias')
    expect(effectOf({ level: 'alert', score: 1 }, at)).toBe('alert')
  })

  it('scores stay between 0 and 1 and never fall when more agrees', () => {
    const flags = fc.record({
      phone: fc.boolean(),
      plate: fc.boolean(),
      company: fc.boolean(),
      name: fc.boolean(),
    })
    const full = entry({ names: ['张伟'], organisation: '恒川', phones: ['1'], plates: ['粤B12345'] })
    const of = (f: { phone: boolean; plate: boolean; company: boolean; name: boolean }) =>
      match(
        person({
          names: f.name ? ['张伟'] : [],
          organisation: f.company ? '恒川' : '',
          phones: f.phone ? ['1'] : [],
          plates: f.plate ? ['粤B·12345'] : [],
        }),
        full,
      )?.score ?? 0
    fc.assert(
      fc.property(flags, fc.constantFrom('phone', 'plate', 'company', 'name'), (given, more) => {
        expect(of(given)).toBeLessThanOrEqual(1)
        expect(of({ ...given, [more]: true })).toBeGreaterThanOrEqual(of(given))
      }),
    )
  })
})

describe('V12: a person decides', () => {
  it('a pair judged before is silent until something new agrees', () => {
    expect(isDismissed(['name'], [['name', 'company']])).toBe(true)
    expect(isDismissed(['name', 'document'], [['name', 'company']])).toBe(false)
    expect(isDismissed(['name'], [])).toBe(false)
  })

  it('never who registered, checked the document or set the visit still', () => {
    const held = {
      created_by: 'a',
      status: 'held',
      status_by: 'b',
      document_checked_by: 'c',
      host_id: 'h',
      consent_by: null,
    }
    expect(['a', 'b', 'c', 'h', 'd'].map((who) => isSecondPerson(who, held))).toEqual([
      false,
      false,
      false,
      false,
      true,
    ])
  })
})
