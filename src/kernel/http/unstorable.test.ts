import { expect, test } from 'vitest'
import { unstorable } from './unstorable.ts'

test('texts that no database keeps are named by their path; everything else is left alone', () => {
  const body = {
    name: '王芳😀\n\t\u0007',
    note: 'a\u0000b',
    lines: [{ text: 'ok' }, { text: '\ud800' }],
    number: 1,
    none: null,
  }
  expect(unstorable(body)).toEqual([
    { path: 'note', code: 'unstorable' },
    { path: 'lines.1.text', code: 'unstorable' },
  ])
  expect(unstorable(undefined)).toEqual([])
  expect(unstorable(JSON.parse(`${'['.repeat(500)}"\\u0000"${']'.repeat(500)}`))).toEqual([])
})
