import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { csvRows, decodeText, separatorOf } from './decode.ts'
import { fits, mappedRows, plainHeading, suggest, tableOf } from './mapping.ts'
import { readRows } from './read.ts'
import { numberText } from './sheet.ts'

/** 姓名,部门 / 张三,销售部 as Excel on Chinese Windows writes it. */
const gb18030 = Buffer.from('d0d5c3fb2cb2bfc3c50ad5c5c8fd2ccffacadbb2bf', 'hex')

describe('decoding', () => {
  test('UTF-8 with and without BOM, UTF-16 and GB18030 give the same text', () => {
    const text = '姓名,部门\n张三,销售部'
    const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')])
    for (const bytes of [Buffer.from(text), Buffer.from(`\ufeff${text}`), utf16, gb18030]) {
      const rows = csvRows(decodeText(bytes).text, ',')
      expect(rows.map((row) => row.cells)).toEqual([
        ['姓名', '部门'],
        ['张三', '销售部'],
      ])
    }
  })

  test.each([
    ['a;b;c\n1,5;2,5;3,5', ';'],
    ['a\tb\n1\t2', '\t'],
    ['a,b\n"x;y;z;w",2\n"x;y;z;w",3', ','],
    ['only one column', ','],
  ] as const)('%j is separated by %j', (text, separator) => {
    expect(separatorOf(text)).toBe(separator)
  })

  test('what was written comes back, with the line it began on', () => {
    const cell = fc.string({ unit: 'grapheme', maxLength: 12 }).map((text) => text.trim())
    const table = fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 12 })
    fc.assert(
      fc.property(table, fc.constantFrom(',' as const, ';' as const, '\t' as const), (rows, separator) => {
        const quoted = rows.map((row) => row.map((text) => `"${text.replaceAll('"', '""')}"`).join(separator))
        const read = csvRows(quoted.join('\n'), separator)
        expect(read.map((row) => row.cells)).toEqual(rows)
        expect(read[0]?.line).toBe(1)
      }),
    )
  })

  test('numbers keep their digits', () => {
    expect(['13812345678', '0.30000000000000004', '8133.0', '110101199003074514'].map(numberText)).toEqual([
      '13812345678',
      '0.3',
      '8133',
      '110101199003074514',
    ])
  })
})

const fields = [
  { key: 'name', aliases: ['姓名', 'name'] },
  { key: 'phone', aliases: ['手机', '电话', 'phone'] },
  { key: 'office', aliases: ['电话', 'office phone'] },
]

describe('mapping', () => {
  test('headings are recognised whatever stands around them; one column serves one field', () => {
    expect(plainHeading(' 姓 名 *(必填)')).toBe('姓名')
    expect(suggest(['序号', '姓 名*', '手机(必填)', '电话'], fields)).toEqual({
      name: '姓 名*',
      phone: '手机(必填)',
      office: '电话',
    })
    expect(suggest(['NAME', 'Phone'], fields)).toEqual({ name: 'NAME', phone: 'Phone' })
  })

  test('a title above the table, empty lines and repeated headings do no harm', () => {
    const raw = [
      ['员工花名册', ''],
      ['', ''],
      ['姓名', '电话', '电话', ''],
      ['张三', '1', '2', 'x'],
      ['', '', '', ''],
      ['李四'],
    ]
    const table = tableOf(
      raw.map((cells, index) => ({ line: index + 1, cells })),
      fields,
    )
    expect(table.headings).toEqual(['姓名', '电话', '电话 (2)', '#4'])
    expect(mappedRows(table, { name: '姓名', phone: '电话 (2)', gone: 'nowhere' })).toEqual([
      { line: 4, cells: { name: '张三', phone: '2' } },
      { line: 6, cells: { name: '李四', phone: '' } },
    ])
  })

  test('a suggestion never names a column twice, whatever the headings', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('姓名', '电话', '手机', 'phone', 'x', ''), { maxLength: 8 }),
        (cells) => {
          const { headings } = tableOf([{ line: 1, cells }], fields)
          const columns = Object.values(suggest(headings, fields))
          expect(new Set(columns).size).toBe(columns.length)
          expect(fits(suggest(headings, fields), headings)).toBe(columns.length > 0)
        },
      ),
    )
  })
})

describe('reading in a thread', () => {
  test.each([
    ['import.empty', Buffer.from('')],
    ['import.old-excel', Buffer.from('d0cf11e0a1b11ae1', 'hex')],
    ['import.unreadable', Buffer.from('PK\u0003\u0004 not a sheet')],
    ['import.unreadable', Buffer.from([0, 1, 2, 3])],
    ['import.unreadable', Buffer.from('a,b\n"never closed')],
  ])('%s', async (code, content) => {
    await expect(readRows(content)).rejects.toMatchObject({ code })
  })

  test('control characters that no database takes are left out', async () => {
    const { rows } = await readRows(Buffer.from('name\nA\u0007B\u001f'))
    expect(rows[1]?.cells).toEqual(['AB'])
  })
})
