/** V12: one company under the names it goes by, each score with its reason; another company stays another. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compareCompanies, coreOfCompany } from './company.ts'
import { keysOf } from './keys.ts'
import { effectOf, match } from './match.ts'
import { compareNames } from './names.ts'
import { allPlaces } from './places.ts'

const at = { alertAt: 0.5, holdAt: 0.75 }
const facts = (organisation: string, name: string) => ({
  ...{
    names: name === '' ? [] : [name],
    organisation,
    phones: [],
    plates: [],
    documents: [],
    documentKind: null,
  },
})
/** As a screening does it: found by a key first, then judged. */
function judged(listed: string, comes: string, name = '') {
  const [entry, person] = [facts(listed, name), facts(comes, name || '李四')]
  const keys = keysOf(entry, 'entry')
  if (!keysOf(person, 'person').some((key) => keys.includes(key))) return undefined
  return match(person, { ...entry, id: 'e', level: 'block' }) ?? undefined
}

describe('V12 a province or a city before the name of a company', () => {
  const four = [
    '深圳市恒泰科技有限公司',
    '恒泰科技有限公司',
    '恒泰科技(深圳)有限公司',
    '广东恒泰科技股份有限公司',
  ]
  test.each(four.flatMap((a) => four.filter((b) => b !== a).map((b) => [a, b] as const)))(
    '%s ~ %s',
    (a, b) => {
      expect(['exact', 'place']).toContain(compareCompanies(a, b))
      const hit = judged(a, b)
      expect(hit?.score).toBeGreaterThanOrEqual(0.75)
      expect(hit?.agreed).toMatchObject([{ attribute: 'company' }])
      expect(effectOf(judged(a, b, '张伟') ?? { level: 'block', score: 0 }, at)).toBe('held')
    },
  )

  test.each([
    ['深圳市恒泰科技有限公司', '北京恒泰科技有限公司', 'other-place'],
    ['恒泰科技（北京）有限公司', '深圳市恒泰科技有限公司', 'other-place'],
    ['广东省深圳市恒泰科技有限公司', '恒泰科技', 'place'],
    ['恒泰科技深圳有限公司', '恒泰科技', 'place'],
    ['廣東恆泰科技', '恒泰科技', 'place'],
    ['内蒙古自治区恒泰贸易', '恒泰贸易', 'place'],
    ['Shenzhen Hengtai Technology Co., Ltd.', 'Hengtai Technology', 'place'],
    ['Hong Kong Hengtai Trading Ltd', 'Hengtai Trading', 'place'],
    ['深圳市恒泰科技有限公司', '深圳恒泰科技', 'place'],
  ] as const)('%s ~ %s: %s', (a, b, how) => {
    expect(compareCompanies(a, b)).toBe(how)
    expect(compareCompanies(b, a)).toBe(how)
  })

  test('registered at two places tells and does not hold by itself', () => {
    const hit = judged('深圳市恒泰科技有限公司', '北京恒泰科技有限公司')
    expect(hit?.agreed).toMatchObject([{ attribute: 'company', how: 'other-place' }])
    expect(effectOf(hit ?? { level: 'block', score: 0 }, at)).toBe('alert')
  })

  test.each([
    ['北京银行', '上海银行'],
    ['深圳市科技有限公司', '科技有限公司'],
    ['深圳市政工程有限公司', '政工程有限公司'],
    ['南京第一医院', '第一医院'],
    ['金华信科技', '信科技'],
    ['长春藤教育', '藤教育'],
    ['恒泰科技', '恒泰贸易'],
    ['恒泰科技', '永恒泰科技'],
    ['深圳市恒泰科技', '恒山科技'],
    ['Reyes Ltd', 'Yes Ltd'],
    ['Shenzhen Technology Ltd', 'Technology Ltd'],
    ['Xian Li', 'Li'],
    ['北京', '上海'],
    ['世界大同', '世界'],
  ])('%s is not %s', (a, b) => {
    expect(compareCompanies(a, b)).toBeNull()
    expect(compareCompanies(b, a)).toBeNull()
    expect(judged(a, b)).toBeUndefined()
  })
})

describe('V12 whatever the company and the place', () => {
  const stem = fc.constantFrom('恒泰', '远图', '博思达', '瑞丰', '诺亚方舟', '明道')
  const trade = fc.constantFrom('', '科技', '国际贸易', '信息技术', '建设工程')
  const form = fc.constantFrom('', '有限公司', '股份有限公司', '集团有限公司', '有限责任公司')
  const place = fc.constantFrom(...allPlaces())
  const suffix = fc.constantFrom('', '市', '省')

  test('the place before the name is told, and both are found by one key', () => {
    fc.assert(
      fc.property(stem, trade, form, form, place, suffix, (name, what, a, b, where, kind) => {
        const [bare, placed] = [`${name}${what}${a}`, `${where}${kind}${name}${what}${b}`]
        expect(compareCompanies(bare, placed)).toBe('place')
        expect(judged(bare, placed)?.score).toBeGreaterThanOrEqual(0.75)
        expect(judged(placed, bare)?.score).toBeGreaterThanOrEqual(0.75)
      }),
    )
  })

  test('two names stay two, wherever they are', () => {
    const where = fc.oneof(fc.constant(''), place)
    fc.assert(
      fc.property(stem, stem, trade, where, where, (a, b, what, one, other) => {
        fc.pre(a !== b)
        expect(compareCompanies(`${one}${a}${what}`, `${other}${b}${what}`)).toBeNull()
      }),
    )
  })

  test('a trade alone keeps its place: no company is found by a word many have', () => {
    const trades = fc.constantFrom('科技', '银行', '航空', '电网', '大学', '第一人民医院', '国际贸易')
    fc.assert(
      fc.property(place, trades, form, (where, what, end) => {
        expect(coreOfCompany(`${where}${what}${end}`)).toContain(where)
      }),
    )
  })

  test('comparing has no first and second', () => {
    const any = fc.tuple(fc.oneof(fc.constant(''), place), stem, trade, form).map((parts) => parts.join(''))
    fc.assert(
      fc.property(any, any, (a, b) => {
        expect(compareCompanies(a, b)).toBe(compareCompanies(b, a))
      }),
    )
  })
})

describe('V12 surnames of Hong Kong and Taiwan', () => {
  test.each([
    ['陈伟', 'Chan Wei'],
    ['陈伟', 'Wei CHAN'],
    ['黄伟', 'Wong Wei'],
    ['王伟', 'Wong Wei'],
    ['许美', 'Hsu Mei'],
    ['Chen Wei', 'Chan Wei'],
    ['Zhang Wei', 'Cheung Wei'],
    ['Cai Ming', 'Tsai Ming'],
    ['Wei Chen', 'Chan Wei'],
  ])('%s ~ %s, below the same letters', (a, b) => {
    for (const found of [compareNames(a, b), compareNames(b, a)]) {
      expect(found?.how).toBe('surname')
      expect(found?.score).toBeLessThan(0.85)
    }
    const entry = keysOf(facts('', a), 'entry')
    expect(keysOf(facts('', b), 'person').some((key) => entry.includes(key))).toBe(true)
    const turned = keysOf(facts('', b), 'entry')
    expect(keysOf(facts('', a), 'person').some((key) => turned.includes(key))).toBe(true)
  })

  test.each([
    ['陈伟', 'Wong Wei'],
    ['陈伟', 'Chan Ming'],
    ['Chan', 'Chen'],
    ['Lee Smith', 'Li Na'],
    ['Chan Wei', 'Chang Wei'],
  ])('%s is not %s', (a, b) => expect(compareNames(a, b)).toBeNull())
})
