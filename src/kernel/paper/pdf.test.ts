import { extractText } from 'unpdf'
import { expect, test } from 'vitest'
import { Paper, type PaperOptions } from './pdf.ts'

const options: PaperOptions = {
  title: '来访人员来访登记表',
  language: 'zh',
  author: '衡川集团',
  at: new Date('2026-11-20T01:00:00Z'),
  footer: (page, pages) => `第 ${page} 页 共 ${pages} 页`,
}

async function pagesOf(bytes: Buffer): Promise<string[]> {
  const { text } = await extractText(new Uint8Array(bytes))
  return text.map((page) => page.replace(/\s+/g, ' '))
}

test('V8 a form in Chinese can be read again from its file, rare characters of names included', async () => {
  const paper = new Paper(options)
    .heading()
    .fields([
      ['姓名', '喆㛃䶮 Müller'],
      ['单位', '华信科技'],
      ['车牌', '粤B·12345D'],
    ])
    .signature('签字', { words: '赵敏 2026-11-20' })
  const bytes = await paper.bytes()
  expect(bytes.subarray(0, 5).toString()).toBe('%PDF-')
  // A whole Chinese font has ten megabytes: only the used characters may go along.
  expect(bytes.length).toBeLessThan(60_000)
  const [page] = await pagesOf(bytes)
  for (const words of [
    '来访人员来访登记表',
    '喆㛃䶮 Müller',
    '华信科技',
    '粤B·12345D',
    '赵敏',
    '第 1 页 共 1 页',
  ])
    expect(page).toContain(words)
})

test('V8 a long list repeats its head on every page and loses no row', async () => {
  const rows = Array.from({ length: 120 }, (_, i) => [`${i + 1}`, `访客${i + 1}`, '来访事由'.repeat(i % 7)])
  const columns = [
    { title: '序号', width: 1 },
    { title: '姓名', width: 2 },
    { title: '事由', width: 3 },
  ]
  const pages = await pagesOf(await new Paper(options).heading().table(columns, rows).bytes())
  expect(pages.length).toBeGreaterThan(2)
  for (const [index, page] of pages.entries()) {
    expect(page).toContain('序号')
    expect(page).toContain(`第 ${index + 1} 页 共 ${pages.length} 页`)
  }
  const whole = pages.join(' ')
  for (const [, name] of rows) expect(whole).toContain(name)
})

test('V11 a card is one page however long a name is', async () => {
  const { footer, ...plain } = options
  expect(footer).toBeDefined()
  const paper = new Paper({ ...plain, size: 'card' })
    .text('访客证', { bold: true, align: 'center' })
    .text('欧阳司徒'.repeat(12))
  expect(await pagesOf(await paper.bytes())).toHaveLength(1)
})
