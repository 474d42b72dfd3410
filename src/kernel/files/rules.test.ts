import { describe, expect, test } from 'vitest'
import { recognise } from './recognise.ts'
import { cleanName, disposition, mayShowInline } from './rules.ts'

describe('names of files', () => {
  test.each([
    ['来访登记.pdf', 'pdf', '来访登记.pdf'],
    ['../../etc/passwd', 'txt', 'passwd.txt'],
    ['C:\\Users\\a\\照片.JPEG', 'jpg', '照片.jpg'],
    ['page.html', 'txt', 'page.html.txt'],
    ['\u202egpj.exe', 'png', 'gpj.exe.png'],
    ['a\u0000b\r\nc.csv', 'csv', 'abc.csv'],
    ['...', 'png', 'file.png'],
    ['', 'png', 'file.png'],
    ['CON.txt', 'txt', 'CON_.txt'],
    ['a<b>"c|?*.pdf', 'pdf', 'a_b__c___.pdf'],
    ['  two   words  .pdf', 'pdf', 'two words.pdf'],
  ])('%j as %s is %j', (name, extension, expected) => {
    expect(cleanName(name, extension)).toBe(expected)
  })

  test('a very long name is cut between characters and keeps its ending', () => {
    const name = cleanName(`${'门🚪'.repeat(200)}.pdf`, 'pdf')
    expect([...name]).toHaveLength(124)
    expect(name.endsWith('.pdf')).toBe(true)
    expect(name.isWellFormed()).toBe(true)
  })

  test('disposition carries an ASCII name and the real one', () => {
    expect(disposition('attachment', '合同 "A" (1).pdf')).toBe(
      `attachment; filename="__ _A_ (1).pdf"; filename*=UTF-8''%E5%90%88%E5%90%8C%20%22A%22%20%281%29.pdf`,
    )
  })

  test('only images and PDF are shown in place', () => {
    expect(['image/png', 'application/pdf', 'text/plain; charset=utf-8'].map(mayShowInline)).toEqual([
      true,
      true,
      false,
    ])
  })
})

describe('content decides the type', () => {
  const png = Buffer.from('89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489', 'hex')
  const type = async (content: string | Buffer, name: string) =>
    (await recognise(Buffer.from(content), name))?.mediaType

  test('a picture under any name', async () => {
    expect(await type(png, 'x.exe')).toBe('image/png')
  })

  test.each([
    ['SVG', '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', 'a.svg'],
    ['SVG as text', '\ufeff <svg onload="alert(1)"/>', 'a.txt'],
    ['HTML', '<!doctype html><script>alert(1)</script>', 'a.html'],
    ['HTML as text', '\n<HTML><body>', 'a.txt'],
    ['HTML without its name', '<b>x</b>', 'a'],
    ['a program', Buffer.from('4d5a90000300000004000000ffff', 'hex'), 'a.txt'],
    ['zip', Buffer.from('504b0506000000000000000000000000000000000000', 'hex'), 'a.docx'],
    ['GIF', 'GIF89a', 'a.png'],
    ['text without the ending', 'hello', 'a.md'],
  ])('%s is refused', async (_, content, name) => {
    expect(await type(content, name)).toBeUndefined()
  })

  test.each([
    ['UTF-8', Buffer.from('姓名,电话\n王芳,139'), 'utf-8'],
    ['GB 18030, as Chinese spreadsheets write it', Buffer.from('d0d5c3fb2cb5e7bbb0', 'hex'), 'gb18030'],
    ['UTF-16 with its mark', Buffer.from('fffe59005400', 'hex'), 'utf-16le'],
    ['text that begins like a picture', Buffer.from('BM,名称\n1,2'), 'utf-8'],
  ])('CSV in %s', async (_, content, charset) => {
    expect(await type(content, '名单.CSV')).toBe(`text/csv; charset=${charset}`)
  })
})
