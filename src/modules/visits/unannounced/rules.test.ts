import { expect, test } from 'vitest'
import { lackingIn, outcomeOf } from './rules.ts'

test.each([
  ['receive', undefined, 'admit'],
  ['decline', undefined, 'refuse'],
  ['wait', undefined, 'wait'],
  ['other', 'admit', 'admit'],
  ['other', 'refuse', 'refuse'],
  ['other', undefined, 'wait'],
] as const)('V15 "%s" (then %s) comes to %s', (instruction, comesTo, outcome) => {
  expect(outcomeOf({ instruction, words: '', comesTo })).toBe(outcome)
})

test('V15 other words are written down and come to something', () => {
  expect(lackingIn({ instruction: 'receive', words: '' })).toBeNull()
  expect(lackingIn({ instruction: 'other', words: '' })).toBe('words')
  expect(lackingIn({ instruction: 'other', words: '带到贵宾室,不登记' })).toBe('comesTo')
  expect(lackingIn({ instruction: 'other', words: '请销售副总接待', comesTo: 'admit' })).toBeNull()
})
