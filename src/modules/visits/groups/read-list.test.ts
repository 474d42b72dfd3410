/** V22: lists as people send them. Nobody is lost: every line is a member, named as bad, or empty. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readRowsOf, readText } from './read-list.ts'

const plain = (text: string) =>
  readText(text).members.map(({ visitorName, organisation, phone, document, plate }) =>
    [visitorName, organisation, phone, document, plate].join('/'),
  )

describe('V22 how lists look', () => {
  test.each([
    ['张三\t华星公司\t13800138000', ['张三/华星公司/13800138000//']],
    ['张三,华星公司,13800138000', ['张三/华星公司/13800138000//']],
    ['张三,华星公司,13800138000', ['张三/华星公司/13800138000//']],
    ['张三、华星公司、13800138000', ['张三/华星公司/13800138000//']],
    ['张三;13800138000|华星公司', ['张三/华星公司/13800138000//']],
    ['张三 13800138000', ['张三//13800138000//']],
    ['13800138000 张三 华星公司', ['张三/华星公司/13800138000//']],
    ['Ann Lee 13800138000', ['Ann Lee//13800138000//']],
    ['Ann Lee', ['Ann Lee////']],
    ['1、张三\n2、李四', ['张三////', '李四////']],
    ['张三,13800138000', ['张三//13800138000//']],
    ['\u3000张三\u3000\t\u3000第一中学\u3000', ['张三/第一中学///']],
    ['张三,沪A12345', ['张三////沪A12345']],
    ['李四,H12345678', ['李四///H12345678/']],
    ['张三\r\n李四\r王五\n', ['张三////', '李四////', '王五////']],
    ['电话\t姓名\n13800138000\t张三', ['张三//13800138000//']],
    ['参观名单\n序号\t姓名\t性别\t单位\n1\t张三\t男\t华星公司', ['张三/华星公司///']],
    ['Name,Company,Mobile\nAnn Lee,Blue Bay Ltd,13800138000', ['Ann Lee/Blue Bay Ltd/13800138000//']],
  ])('V22 %j', (text, members) => {
    expect(plain(text)).toEqual(members)
    expect(readText(text).bad.filter((one) => one.text !== '参观名单')).toEqual([])
  })

  test('V22 a bad line is named with its number and reason; the good ones stay', () => {
    const { members, bad } = readText(
      ['张三,13800138000', '13900139000', '李四,110101199003070000', '张三,13800138000', '王5,华星公司'].join(
        '\n',
      ),
    )
    expect(members.map((one) => one.visitorName)).toEqual(['张三'])
    expect(bad.map(({ line, code, value }) => [line, code, value])).toEqual([
      [2, 'no-name', ''],
      [3, 'document', '110101199003070000'],
      [4, 'duplicate', '1'],
      [5, 'name-has-digits', '王5'],
    ])
  })

  test('V22 two people of one name with different telephones are two people', () => {
    expect(plain('王伟,13800138000\n王伟,13900139000')).toHaveLength(2)
  })

  test('V22 the numbers of lines are those of the sheet, empty rows between do not move them', () => {
    const { members } = readRowsOf([
      { line: 1, cells: ['姓名', '电话'] },
      { line: 2, cells: ['', ''] },
      { line: 7, cells: ['张三', '13800138000'] },
    ])
    expect(members.map((one) => one.line)).toEqual([7])
  })
})

const name = fc
  .array(fc.constantFrom(...'王李张刘陈杨赵黄周吴伟芳娜静敏丽强磊军洋勇艳杰娟涛明霞'), {
    minLength: 2,
    maxLength: 4,
  })
  .map((letters) => letters.join(''))
const phone = fc.integer({ min: 0, max: 999_999_999 }).map((n) => `13${String(n).padStart(9, '0')}`)
const person = fc.record({
  name,
  organisation: fc.constantFrom('', '华星公司', '第一中学', 'Blue Bay Ltd'),
  phone,
})
const people = fc.uniqueArray(person, { selector: (one) => one.phone, maxLength: 40 })
const separator = fc.constantFrom('\t', ',', ',', '、', ';', ' , ', '、 ')

describe('V22 any list', () => {
  test('V22 written with any separator, padding and empty lines, it is read back as it was', () => {
    fc.assert(
      fc.property(people, separator, fc.array(fc.nat(3)), (list, between, gaps) => {
        const text = list
          .map((one, i) => {
            const line = [one.name, one.organisation, one.phone].filter(Boolean).join(between)
            return `${'\n'.repeat(gaps[i % Math.max(1, gaps.length)] ?? 0)} ${line}\u3000`
          })
          .join('\r\n')
        const read = readText(text)
        expect(read.bad).toEqual([])
        expect(
          read.members.map(({ visitorName, organisation, phone }) => ({
            name: visitorName,
            organisation,
            phone,
          })),
        ).toEqual(list)
      }),
    )
  })

  test('V22 as a sheet with a heading in any order of columns it is read back as it was', () => {
    const columns = fc.shuffledSubarray(['姓名', '单位', '手机'] as const, { minLength: 3 })
    fc.assert(
      fc.property(people, columns, (list, heading) => {
        const cells = (one: (typeof list)[number]) =>
          heading.map((column) => ({ 姓名: one.name, 单位: one.organisation, 手机: one.phone })[column])
        const read = readRowsOf(
          [[...heading], ...list.map(cells)].map((row, i) => ({ line: i + 1, cells: row })),
        )
        expect(read.bad).toEqual([])
        expect(
          read.members.map(({ visitorName, organisation, phone }) => ({
            name: visitorName,
            organisation,
            phone,
          })),
        ).toEqual(list)
      }),
    )
  })

  test('V22 whatever is pasted: no line is read twice, none is lost, no fault of the reader', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 40 }), { maxLength: 12 }), (lines) => {
        const text = lines.map((line) => line.replace(/[\r\n]/g, ' ')).join('\n')
        const { members, bad, heading } = readText(text)
        const named = [...members, ...bad].map((one) => one.line)
        expect(new Set(named).size).toBe(named.length)
        if (heading !== null) return
        const filled = text.split('\n').filter((line) => /[\p{L}\p{N}]/u.test(line)).length
        expect(named.length).toBeGreaterThanOrEqual(filled)
        for (const one of members) expect(one.visitorName).toMatch(/\p{L}/u)
      }),
    )
  })
})
