import { glob, readFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { serverTexts, translator } from '../texts.ts'
import { letter } from './letter.ts'
import { factsOf, noticeText } from './rules.ts'

const texts = await serverTexts()
const shanghai = 'Asia/Shanghai'

describe('G2 what people are told', () => {
  test('instants stand in site time and in the reader’s language', () => {
    const notice = {
      template: 'task.overdue',
      facts: { task: { zh: '补签来访单', en: 'sign the slip' }, due: '2026-11-21T16:30:00Z' },
    }
    const zh = noticeText(translator(texts.zh, 'zh'), notice, { language: 'zh', zone: shanghai })
    const en = noticeText(translator(texts.en, 'en'), notice, { language: 'en', zone: shanghai })
    expect(zh).toEqual({
      subject: '待办已逾期：补签来访单',
      text: '“补签来访单”应于 11月22日周日 00:30 前完成，现已逾期，请尽快处理。',
    })
    expect(en.subject).toBe('Overdue: sign the slip')
    expect(en.text).toContain('22 Nov 00:30')
  })

  test('a fact that is a key is shown as its text, with the same facts', () => {
    const own = new Map([
      ['notice.x.subject', '{{what}}'],
      ['notice.x.text', '{{what}}!'],
      ['task.x', '补签 {{visitor}}'],
    ])
    const notice = { template: 'x', facts: { visitor: '王芳', what: { key: 'task.x' } } }
    expect(noticeText(translator(own, 'zh'), notice, { language: 'zh', zone: shanghai }).text).toBe(
      '补签 王芳!',
    )
  })

  test('a missing text is a fault that names its key', () => {
    const notice = { template: 'nowhere', facts: {} }
    expect(() => noticeText(translator(texts.zh, 'zh'), notice, { language: 'zh', zone: shanghai })).toThrow(
      'notice.nowhere.subject',
    )
  })

  test('plural forms follow count', () => {
    const own = new Map([
      ['n_one', '{{count}} day'],
      ['n_other', '{{count}} days'],
    ])
    expect([1, 2].map((count) => translator(own, 'en')('n', { count }))).toEqual(['1 day', '2 days'])
  })

  test('facts a text cannot show are left out', () => {
    expect(factsOf({ a: 'x', b: 2, c: null, d: ['x'], e: { zh: '一', en: 'one' }, f: { key: 'k' } })).toEqual(
      {
        a: 'x',
        b: 2,
        e: { zh: '一', en: 'one' },
        f: { key: 'k' },
      },
    )
  })
})

describe('the letter', () => {
  const base = {
    name: '赵敏',
    site: '总部',
    subject: '<b>',
    text: '第一行\n<script>',
    url: null,
    signed: false,
  }

  test.each(['zh', 'en'] as const)('%s: whatever a visitor is called, it stays text', (language) => {
    const made = letter(translator(texts[language], language), {
      ...base,
      language,
      url: 'https://x.example/?a=1&b="',
    })
    expect(made.html).not.toContain('<script>')
    expect(made.html).toContain('&lt;script&gt;')
    expect(made.html).toContain('href="https://x.example/?a=1&amp;b=&quot;"')
    expect(made.text).toContain('赵敏')
  })

  test('only a letter whose link needs no sign-in warns not to pass it on', () => {
    const zh = translator(texts.zh, 'zh')
    expect(letter(zh, { ...base, language: 'zh', url: 'https://x.example', signed: true }).text).toContain(
      '请勿转发',
    )
    expect(letter(zh, { ...base, language: 'zh' }).text).not.toContain('请勿转发')
  })
})

/** Templates are named in the modules' code; each needs its texts, or a letter could not be written. */
test('every template named in the source has its texts in both languages', async () => {
  const source = new URL('../../', import.meta.url)
  const missing: string[] = []
  for await (const name of glob('**/*.ts', {
    cwd: source.pathname,
    exclude: (path) => /\.test\.ts$/.test(path),
  })) {
    const code = await readFile(new URL(name, source), 'utf8')
    for (const [, template] of code.matchAll(/\btemplate: '([\w.-]+)'/g)) {
      for (const [language, own] of Object.entries(texts)) {
        for (const part of ['subject', 'text']) {
          const key = `notice.${template}.${part}`
          if (!own.has(key)) missing.push(`${name}: ${key} (${language})`)
        }
      }
    }
  }
  expect(missing).toEqual([])
})
