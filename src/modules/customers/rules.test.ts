import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { allows, mustAllow } from '../../kernel/transitions.ts'
import {
  betterName,
  companyKey,
  isLocked,
  likeness,
  meantByNumber,
  plain,
  sameName,
  sexSaid,
  surnameOnly,
  type TransferCommand,
  transferStatuses,
  transferTable,
  withinUndo,
} from './rules.ts'

describe('S10 one company under several spellings', () => {
  test.each([
    ['深圳华信科技有限公司', '深圳华信科技'],
    ['深圳华信科技股份有限公司', '深圳华信科技'],
    ['深圳华信科技有限责任公司', '深圳华信科技'],
    ['深圳市华信科技(集团)有限公司', '深圳市华信科技'],
    [' 深圳 华信 科技 ', '深圳华信科技'],
    ['Acme Co., Ltd.', 'acme'],
    ['ACME LIMITED', 'acme'],
    ['Acme, Inc', 'acme'],
    ['Siemens GmbH', 'siemens'],
    ['Columbia Sportswear Company', 'columbiasportswear'],
    ['ACME', 'acme'],
  ])('%s → %s', (name, key) => {
    expect(companyKey(name)).toBe(key)
  })

  test('letters inside a word are no legal form', () => {
    expect(companyKey('Costco')).toBe('costco')
    expect(companyKey('Incheon')).toBe('incheon')
  })

  test('never empty, and the key of a key is itself', () => {
    expect(companyKey('有限公司')).toBe('有限公司')
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (name) => {
        if (plain(name) === '') return
        expect(companyKey(name)).not.toBe('')
      }),
    )
    fc.assert(
      fc.property(
        fc.stringMatching(/^[\u4e00-\u4eff]{2,6}$/),
        fc.constantFrom('有限公司', '股份有限公司', ''),
        (name, form) => {
          const key = companyKey(name + form)
          expect(companyKey(key)).toBe(key)
        },
      ),
    )
  })
})

describe('C5 who is meant', () => {
  test.each([
    ['王先生', '王'],
    ['王小姐', '王'],
    ['欧阳女士', '欧阳'],
    ['李总', '李'],
    ['张工', '张'],
    ['陈经理', '陈'],
    ['小李', '李'],
    ['老王', '王'],
    ['王某某', '王'],
    ['Mr Smith', 'smith'],
    ['Ms. Lee', 'lee'],
    ['王芳', null],
    ['欧阳娜娜', null],
    ['Deborah Horton', null],
    ['', null],
  ])('surname only: %s → %s', (name, surname) => {
    expect(surnameOnly(name)).toBe(surname)
  })

  test.each([
    ['王芳', '王芳', 'same'],
    ['王芳', ' 王 芳', 'same'],
    ['Deborah Horton', 'deborah  horton', 'same'],
    ['王芳', '王女士', 'compatible'],
    ['王先生', '王建国', 'compatible'],
    ['王先生', '王总', 'compatible'],
    ['138****5678', '王芳', 'compatible'],
    ['王芳', '', 'compatible'],
    ['Deborah Horton', 'Mrs Horton', 'compatible'],
    ['王芳', '李芳', 'different'],
    ['王先生', '李先生', 'different'],
    ['王芳', '李女士', 'different'],
    ['王芳', '王建国', 'different'],
    ['Deborah Horton', 'Mr Deborah', 'different'],
  ] as const)('%s known, %s told: %s', (stored, told, expected) => {
    expect(likeness(stored, told)).toBe(expected)
  })

  test('a real name replaces a form of address, never the other way round', () => {
    expect(betterName('王先生', '王建国')).toBe(true)
    expect(betterName('138****5678', '王先生')).toBe(true)
    expect(betterName('138****5678', '王建国')).toBe(true)
    expect(betterName('王建国', '王先生')).toBe(false)
    expect(betterName('王先生', '王总')).toBe(false)
    expect(betterName('王建国', '')).toBe(false)
  })

  test('sex as the form of address says', () => {
    expect(sexSaid('王先生')).toBe('male')
    expect(sexSaid('Ms Lee')).toBe('female')
    expect(sexSaid('李女士')).toBe('female')
    expect(sexSaid('李总')).toBeNull()
    expect(sexSaid('王芳')).toBeNull()
  })

  const one = (id: string, name: string) => ({ id, name, lastSeenAt: null })

  test('the namesake before everybody else; on a mobile the one seen last', () => {
    const known = [one('a', '李雷'), one('b', '王芳'), one('c', '王先生')]
    expect(meantByNumber(known, '王芳', true)?.id).toBe('b')
    expect(meantByNumber(known, '王小明', true)?.id).toBe('c')
    expect(meantByNumber(known, '', true)?.id).toBe('a')
    expect(meantByNumber(known, '赵敏', true)).toBeUndefined()
  })

  test('a landline of several people tells nobody apart', () => {
    const known = [one('a', '李雷'), one('b', '王芳')]
    expect(meantByNumber(known, '', false)).toBeUndefined()
    expect(meantByNumber([one('a', '李雷')], '', false)?.id).toBe('a')
    expect(meantByNumber(known, '王女士', false)?.id).toBe('b')
  })

  test('whoever is meant never has a name that contradicts', () => {
    const name = fc.constantFrom(
      '王芳',
      '王女士',
      '王先生',
      '李雷',
      '李总',
      '138****5678',
      '',
      'Mr Smith',
      'John Smith',
    )
    fc.assert(
      fc.property(fc.array(name, { maxLength: 6 }), name, fc.boolean(), (names, told, mobile) => {
        const known = names.filter((text) => text !== '').map((text, index) => one(String(index), text))
        const found = meantByNumber(known, told, mobile)
        if (found !== undefined) expect(likeness(found.name, told)).not.toBe('different')
        if (told !== '' && known.some((each) => sameName(each.name, told)))
          expect(found?.name).toSatisfy((text: string) => sameName(text, told))
      }),
    )
  })
})

describe('C5 transfers', () => {
  const commands: readonly TransferCommand[] = ['approve', 'refuse', 'withdraw', 'undo']
  const allowed = new Set([
    'asked approve',
    'asked refuse',
    'asked withdraw',
    'approved undo',
    'refused undo',
    'withdrawn undo',
  ])

  test.each(transferStatuses.flatMap((from) => commands.map((order) => [from, order] as const)))(
    '%s, %s',
    (from, order) => {
      const possible = allowed.has(`${from} ${order}`)
      expect(allows(transferTable, from, order)).toBe(possible)
      if (!possible) expect(() => mustAllow(transferTable, from, order)).toThrow('transition.refused')
    },
  )

  test('the last day of a lock is protected', () => {
    expect(isLocked('2026-03-09', '2026-03-09')).toBe(true)
    expect(isLocked('2026-03-09', '2026-03-10')).toBe(false)
    expect(isLocked(null, '2026-03-09')).toBe(false)
  })

  test('undo ends', () => {
    const at = new Date('2026-03-09T01:00:00Z')
    expect(withinUndo(at, new Date('2026-03-09T01:10:00Z'), 10)).toBe(true)
    expect(withinUndo(at, new Date('2026-03-09T01:10:01Z'), 10)).toBe(false)
    expect(withinUndo(null, at, 10)).toBe(false)
  })
})
