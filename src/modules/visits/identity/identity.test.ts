import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readBurst } from './burst.ts'
import { documentKinds } from './kinds.ts'
import { checkCharacter, documentFault, isExpired, kindOfNumber, normaliseNumber } from './rules.ts'

const today = '2026-03-09'
const fault = (kind: (typeof documentKinds)[number], number: string, issuingCountry = '') =>
  documentFault({ kind, number: normaliseNumber(number), issuingCountry }, today)

const birth = fc
  .date({ min: new Date('1920-01-01'), max: new Date('2026-03-08'), noInvalidDate: true })
  .map((at) => at.toISOString().slice(0, 10).replaceAll('-', ''))
const citizen = fc
  .tuple(fc.constantFrom('110101', '440305', '310115', '650102'), birth, fc.integer({ min: 0, max: 999 }))
  .map(([region, day, order]) => {
    const digits = `${region}${day}${String(order).padStart(3, '0')}`
    return digits + checkCharacter(digits)
  })

describe('V12: numbers of documents', () => {
  it('GB 11643: every right number passes, every single wrong digit and every swap of neighbours is found', () => {
    fc.assert(
      fc.property(citizen, fc.nat(16), fc.integer({ min: 1, max: 9 }), (number, at, add) => {
        expect(fault('id-card', number)).toBeNull()
        const digit = String((Number(number[at]) + add) % 10)
        expect(fault('id-card', number.slice(0, at) + digit + number.slice(at + 1))).not.toBeNull()
        const [a, b] = [number[at] ?? '', number[at + 1] ?? '']
        if (a !== b)
          expect(fault('id-card', number.slice(0, at) + b + a + number.slice(at + 2))).not.toBeNull()
      }),
    )
  })

  it.each([
    ['id-card', '110101900307123', 'document-old-id'],
    ['id-card', '1101011990030712', 'document-length'],
    ['id-card', '990101199003071230', 'document-region'],
    ['id-card', '110101199002301230', 'document-birth'],
    ['id-card', '110101202603101230', 'document-birth-future'],
    ['hmt-residence', '110101199003071239', 'document-prefix'],
    ['hk-macau-permit', 'H1234567', 'document-hk-macau'],
    ['hk-macau-permit', 'A12345678', 'document-hk-macau'],
    ['taiwan-permit', '1234567', 'document-taiwan'],
    ['foreigner-residence', 'AB123456789012', 'document-foreigner'],
    ['passport', 'A1', 'document-passport'],
    ['other', '?', 'document'],
  ] as const)('%s %s: %s', (kind, number, code) => {
    expect(fault(kind, number)).toBe(code)
  })

  it.each([
    ['passport', 'E12345678', 'CHN'],
    ['passport', 'EA1234567', 'CHN'],
    ['passport', 'G12345678', 'CN'],
    ['passport', '123456789', 'GBR'],
    ['hk-macau-permit', 'H12345678', ''],
    ['hk-macau-permit', 'm 1234567890', ''],
    ['taiwan-permit', '12345678', ''],
    ['taiwan-permit', '1234567890(B)', ''],
    ['foreigner-residence', 'CAN110180010101', ''],
    ['officer-card', '军字第1234567号', ''],
    ['work-card', 'HC-2026-0012', ''],
  ] as const)('%s %s is one', (kind, number, country) => {
    expect(fault(kind, number, country)).toBeNull()
  })

  it('residence permits and permanent residence cards carry the check character too', () => {
    for (const [kind, digits] of [
      ['hmt-residence', '81000019900307123'],
      ['foreigner-residence', '93112419900307123'],
    ] as const) {
      const right = digits + checkCharacter(digits)
      expect(fault(kind, right)).toBeNull()
      expect(kindOfNumber(right)).toBe(kind)
      expect(fault(kind, `${digits}${checkCharacter(digits) === '1' ? '2' : '1'}`)).toBe(
        'document-check-digit',
      )
    }
  })

  it('full-width letters, spaces and a small x mean the same number', () => {
    expect(normaliseNumber(' ４４０５２４　1880 0101 001x ')).toBe('44052418800101001X')
  })

  it('empty means seen only; the last day of validity counts', () => {
    for (const kind of documentKinds) expect(fault(kind, '')).toBeNull()
    expect([isExpired('2026-03-09', today), isExpired('2026-03-08', today), isExpired(null, today)]).toEqual([
      false,
      true,
      false,
    ])
  })
})

describe('V12: an ID reader types a burst', () => {
  const number = `11010119900307123${checkCharacter('11010119900307123')}`
  it.each([
    [`张三|男|汉|19900307|北京市东城区1号|${number}|东城分局|20160101-20360101`, '2036-01-01'],
    [`姓名:张三\t性别:男\t身份证号:${number}\t有效期:20160101-长期`, null],
    [`${number},张三,女,1990-03-07`, null],
    [`张三#${number}`, null],
  ])('%s', (burst, expiresOn) => {
    expect(readBurst(burst)).toEqual({ kind: 'id-card', number, name: '张三', expiresOn })
  })

  it('the foot of a passport', () => {
    const lines = 'P<GBRSMITH<<JOHN<PAUL<<<<<<<<<<<<<<<<<<<<<<<\n1234567890GBR8001014M3201012<<<<<<<<<<<<<<04'
    expect(readBurst(lines)).toEqual({
      kind: 'passport',
      number: '123456789',
      name: 'SMITH JOHN PAUL',
      expiresOn: '2032-01-01',
    })
  })

  it('a plain number is no burst, and a burst without a document is none', () => {
    expect(readBurst(number)).toBeNull()
    expect(readBurst('张三|13800138000')).toBeNull()
  })
})
