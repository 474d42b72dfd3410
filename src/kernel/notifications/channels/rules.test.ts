import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { serverTexts } from '../../texts.ts'
import {
  carriesEvent,
  failuresToTell,
  faults,
  fitBytes,
  limits,
  maskNumbers,
  plainWords,
  plan,
  restSeconds,
  retrySeconds,
  topicOf,
  type Waiting,
  windowMs,
} from './rules.ts'

const now = new Date('2026-03-09T09:00:00Z')
const ago = (ms: number) => new Date(now.getTime() - ms)
const waiting = (n: number, more: Partial<Waiting> = {}): Waiting[] =>
  Array.from({ length: n }, (_, i) => ({ id: String(i), channelId: 'a', alone: false, ...more }))

describe('C10 the next request to a robot', () => {
  test('one by one while the minute has room', () => {
    expect(plan(limits.dingtalk, [], waiting(3), 3, now)).toEqual({ do: 'send', ids: ['0'], digest: false })
    expect(plan(limits.dingtalk, [], [], 0, now)).toEqual({ do: 'nothing' })
  })

  test('more than the minute has room for go together', () => {
    const recent = Array.from({ length: 18 }, (_, i) => ago(i * 1000))
    expect(plan(limits.dingtalk, recent, waiting(2), 2, now)).toMatchObject({ digest: false })
    expect(plan(limits.dingtalk, recent, waiting(3), 3, now)).toEqual({
      do: 'send',
      ids: ['0', '1', '2'],
      digest: true,
    })
  })

  test('a full minute waits for its oldest to pass, a full second likewise', () => {
    const recent = Array.from({ length: 20 }, (_, i) => ago(40_000 - i * 100))
    expect(plan(limits.wecom, recent, waiting(1), 1, now)).toEqual({
      do: 'wait',
      until: new Date(now.getTime() - 40_000 + windowMs + 1),
    })
    const fast = Array.from({ length: 5 }, () => ago(100))
    expect(plan(limits.feishu, fast, waiting(1), 1, now)).toMatchObject({ do: 'wait' })
    expect(plan(limits.dingtalk, fast, waiting(1), 1, now)).toMatchObject({ do: 'send' })
  })

  test('what has to go alone does; a webhook never gets a digest; a digest is of one channel', () => {
    const [first, ...rest] = waiting(30)
    expect(plan(limits.dingtalk, [], [{ id: 'x', channelId: 'a', alone: true }, ...rest], 30, now)).toEqual({
      ...{ do: 'send', ids: ['x'], digest: false },
    })
    expect(plan(limits.webhook, [], waiting(500), 900, now)).toMatchObject({ digest: false })
    const mixed = [first, ...waiting(30, { channelId: 'b' })].filter((one) => one !== undefined)
    expect(plan(limits.dingtalk, [], mixed, 31, now)).toEqual({ do: 'send', ids: ['0'], digest: false })
  })

  test('whatever arrives when: the limit holds in every window, and nothing stays behind', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 180_000 }), { maxLength: 400 }), (arrivals) => {
        const queue = arrivals.toSorted((a, b) => a - b)
        const sentAt: number[] = []
        let [at, told] = [0, 0]
        for (let step = 0; queue.length > 0 && step < 3000; step += 1) {
          const due = queue.filter((arrival) => arrival <= at)
          const next = plan(
            limits.dingtalk,
            sentAt.map((ms) => new Date(ms)),
            due.map((_, i) => ({ id: String(i), channelId: 'a', alone: false })),
            due.length,
            new Date(at),
          )
          if (next.do === 'send') {
            queue.splice(0, next.ids.length)
            told += next.ids.length
            sentAt.push(at)
          } else at = next.do === 'wait' ? next.until.getTime() : (queue[0] ?? at)
        }
        expect(told).toBe(arrivals.length)
        for (const from of sentAt)
          expect(sentAt.filter((ms) => ms >= from && ms < from + 60_000).length).toBeLessThanOrEqual(20)
      }),
      { numRuns: 60 },
    )
  })
})

describe('C10 G2 attempts end, and not too early', () => {
  const hours = (kind: 'dingtalk' | 'webhook') => {
    let [sum, attempt] = [0, 1]
    for (let pause = retrySeconds(kind, attempt); pause !== null; pause = retrySeconds(kind, ++attempt))
      sum += pause
    return { hours: sum / 3600, attempts: attempt }
  }
  test('a chat for hours, a webhook for more than a day', () => {
    expect(hours('dingtalk')).toMatchObject({ attempts: 8 })
    expect(hours('dingtalk').hours).toBeGreaterThan(3)
    expect(hours('webhook').attempts).toBe(9)
    expect(hours('webhook').hours).toBeGreaterThan(24)
    expect([1, 2, 3, 4, 40].map(restSeconds)).toEqual([0, 5, 20, 60, 60])
    expect(failuresToTell).toBe(3)
  })
})

describe('G5 what stands in a message', () => {
  test.each([
    ['回电 13812345678 王女士', '回电 138****5678 王女士'],
    ['电话：138 1234 5678。', '电话：138****5678。'],
    ['0755-83761234 转 8000', '0755****1234 转 8000'],
    ['证件 44030119900101123X', '证件 4403****123X'],
    ['call +44 20 7946 0958 back', 'call +44 ****0958 back'],
    ['LF20261121-0007，3 号会议室，分机 8171', 'LF20261121-0007，3 号会议室，分机 8171'],
    ['订单 202611210000001', '订单 202611210000001'],
  ])('%s', (typed, shown) => {
    expect(maskNumbers(typed)).toBe(shown)
  })

  test('a stranger’s words become no link, no heading and no call to everybody', () => {
    expect(plainWords('[点我](https://evil.example) <@all> @所有人 @all\n# 公告 `x`')).toBe(
      '［点我］(https://evil.example) ＜＠all＞ ＠所有人 ＠all\n＃ 公告 ˋxˋ',
    )
    expect(plainWords('a@example.com')).toBe('a@example.com')
  })

  test('cut by bytes on the border of a character', () => {
    expect(fitBytes('短', 3)).toBe('短')
    expect(fitBytes('来访人王芳', 10)).toBe('来访…')
    expect(fitBytes('😀😀😀', 8)).toBe('😀…')
    expect(fitBytes('长长', 2)).toBe('')
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 3, max: 60 }), (text, most) => {
        const cut = fitBytes(text, most)
        expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(Math.max(most, 0))
        expect(cut.isWellFormed()).toBe(true)
        expect(text.startsWith(cut.replace(/…$/, '')) || cut === text).toBe(true)
      }),
    )
  })
})

test('C10 what a notice is about: its template, or the kind of its task', () => {
  expect(topicOf({ template: 'visit-asked', facts: {} })).toBe('visit-asked')
  const facts = { task: { key: 'task.visit.waiting' } }
  expect(topicOf({ template: 'task.overdue', facts })).toBe('task:visit.waiting')
  expect(carriesEvent(['visit'], 'visit', 'visit.left')).toBe(true)
  expect(carriesEvent(['visit.left'], 'visit', 'visit.left')).toBe(true)
  expect(carriesEvent(['visit.left'], 'visit', 'visit.asked')).toBe(false)
})

test('G2 every fault is said in both languages', async () => {
  const texts = await serverTexts()
  for (const fault of faults)
    for (const language of ['zh', 'en'] as const)
      expect(texts[language].has(`channels.fault.${fault}`), `${fault} ${language}`).toBe(true)
})
