import { describe, expect, test } from 'vitest'
import type { CallDetail } from '../card/contract.ts'
import {
  endings,
  inOrder,
  outcomeDue,
  proposedRoute,
  ringingFor,
  sayKeys,
  speak,
  stepOf,
} from './call-flow.ts'

const next: CallDetail['next'] = {
  act: 'ask',
  target: null,
  attempt: 0,
  missing: [],
  first: null,
  offer: [],
  words: null,
  minutes: null,
  owner: null,
}
const call = {
  status: 'open',
  route: 'colleague',
  direction: 'in',
  late: false,
  outcome: null,
  hops: [],
  can: { close: true },
  next,
} as unknown as CallDetail
const hop = (result: string) => ({ result }) as CallDetail['hops'][number]

describe('which step the panel stands at (C4)', () => {
  test.each([
    ['ringing', { status: 'ringing' }, 'ringing'],
    ['closed', { status: 'closed' }, 'closed'],
    ['a colleague has it', { can: {} }, 'elsewhere'],
    ['no route chosen', { route: null }, 'ask'],
    ['questions are missing', {}, 'ask'],
    ['somebody is to be tried', { next: { ...next, act: 'try' } }, 'try'],
    ['it rings there', { next: { ...next, act: 'wait' } }, 'wait'],
    ['refused by default before a route is chosen', { route: null, next: { ...next, act: 'end' } }, 'end'],
    ['the line ended', { status: 'after', next: { ...next, act: 'try' } }, 'end'],
    ['put through without waiting', { status: 'after', hops: [hop('trying')] }, 'wait'],
    ['missed', { status: 'missed' }, 'end'],
  ] as const)('%s', (_, part, step) => {
    expect(stepOf({ ...call, ...(part as Partial<CallDetail>) })).toBe(step)
  })
})

test('C1 rings are counted as the caller hears them, and the fourth asks for an apology', () => {
  const since = '2026-03-09T10:00:00.000Z'
  const at = (seconds: number) => ringingFor(since, Date.parse(since) + seconds * 1000, 5, 3)
  expect(at(0)).toEqual({ seconds: 0, rings: 1, late: false })
  expect(at(14.9)).toMatchObject({ rings: 3, late: false })
  expect(at(15)).toMatchObject({ rings: 4, late: true })
  // A clock behind the server's must not show rings before the first.
  expect(at(-3)).toMatchObject({ seconds: 0, rings: 1 })
})

test('C4 the outcome is owed within the site’s minutes after the line has ended', () => {
  expect(outcomeDue({ endedAt: '2026-03-09T10:00:00.000Z' }, 5)).toBe('2026-03-09T10:05:00.000Z')
  expect(outcomeDue({ endedAt: null }, 5)).toBeNull()
})

test('ringing calls come first, then who waits on the line, then what is owed; the longest first', () => {
  const one = (status: CallDetail['status'], startedAt: string) => ({ status, startedAt })
  const [a, b, c, d] = [
    one('after', '2026-03-09T09:00:00Z'),
    one('ringing', '2026-03-09T10:02:00Z'),
    one('open', '2026-03-09T09:30:00Z'),
    one('ringing', '2026-03-09T10:01:00Z'),
  ]
  expect(inOrder([a, b, c, d])).toEqual([d, b, c, a])
})

test('C7 C8 words of the matter propose the route; the longest word wins', () => {
  const routes = [
    { key: 'complaint', words: ['投诉', '质量问题'] },
    { key: 'supplies', words: ['办公用品'] },
    { key: 'computers', words: ['Computer'] },
  ]
  expect(proposedRoute('要投诉质量问题', routes)).toBe('complaint')
  expect(proposedRoute('推销办公用品,也许投诉', routes)).toBe('supplies')
  expect(proposedRoute('sells computers', routes)).toBe('computers')
  expect(proposedRoute('找人', routes)).toBeUndefined()
})

test('G7 placeholders are filled; what is not known stays a gap for the voice', () => {
  expect(speak('{{minutes}}分钟内回{{number}},{{ site }}', { minutes: '15', site: '门厅' })).toBe(
    '15分钟内回……,门厅',
  )
})

test('G7 the first wording is that of the moment', () => {
  expect(sayKeys('ringing', call, true)).toEqual(['greeting-late'])
  expect(sayKeys('ask', call, false)).toEqual(['greeting', 'ask-three', 'hold'])
  expect(sayKeys('closed', { ...call, outcome: 'callback' }, false)).toEqual(['callback-promise', 'farewell'])
  expect(sayKeys('elsewhere', call, false)).toEqual([])
})

test('C4 at every moment the call can be ended; the proposed ending comes first, each once', () => {
  expect(endings(call)).toEqual(['message', 'callback', 'resolved', 'declined'])
  expect(endings({ next: { ...next, first: 'callback', offer: ['callback', 'message'] }, hops: [] })).toEqual(
    ['callback', 'message', 'resolved', 'declined'],
  )
  expect(endings({ ...call, hops: [hop('answered')] })).toContain('put-through')
})
