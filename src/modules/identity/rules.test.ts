import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  countTry,
  deviceOf,
  isUsername,
  lockout,
  minutesUntil,
  normaliseUsername,
  passwordFault,
  type Tries,
} from './rules.ts'

const start = new Date('2026-03-09T09:00:00+08:00')
const later = (ms: number) => new Date(start.getTime() + ms)

describe('K3 lock-out', () => {
  test('allows five tries and then none for 15 minutes', () => {
    let known: Tries | null = null
    for (let n = 1; n <= lockout.tries; n++) {
      const decision = countTry(known, later(n * 1000))
      expect(decision.allowed).toBe(true)
      known = decision.next
    }
    expect(countTry(known, later(6000))).toEqual({ allowed: false, minutesLeft: 15, next: null })
    expect(countTry(known, later(5000 + lockout.lockMs - 1)).allowed).toBe(false)
    const after = countTry(known, later(5000 + lockout.lockMs))
    expect(after.next).toEqual({ tries: [later(5000 + lockout.lockMs)], lockedUntil: null })
  })

  test('tries older than the window do not count', () => {
    const known = { tries: [start, start, start, start], lockedUntil: null }
    expect(countTry(known, later(lockout.windowMs - 1)).next?.lockedUntil).not.toBeNull()
    expect(countTry(known, later(lockout.windowMs)).next?.lockedUntil).toBeNull()
  })

  test('whatever the rhythm, never more than five tries in any 15 minutes', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 400_000 }), { maxLength: 80 }), (gaps) => {
        let known: Tries | null = null
        let at = 0
        const allowed: number[] = []
        for (const gap of gaps) {
          at += gap
          const decision = countTry(known, later(at))
          if (!decision.allowed) continue
          known = decision.next
          allowed.push(at)
        }
        return allowed.every(
          (one, n) => (allowed[n + lockout.tries] ?? Number.POSITIVE_INFINITY) - one >= lockout.windowMs,
        )
      }),
    )
  })

  test('minutes left are whole and never zero', () => {
    expect(minutesUntil(later(1), start)).toBe(1)
    expect(minutesUntil(later(60_001), start)).toBe(2)
  })
})

describe('K3 user names', () => {
  test.each(['wang', '王芳', 'W.Fang-2', 'ｗａｎｇ'])('%s is one', (name) =>
    expect(isUsername(name)).toBe(true),
  )
  test.each(['', 'a', ' ', '-wang', 'wang fang', 'wang@x', 'a'.repeat(41), "o'neil"])('%s is none', (name) =>
    expect(isUsername(name)).toBe(false),
  )
  test('case and width do not make a second person', () => expect(normaliseUsername(' ＷANG ')).toBe('wang'))
})

describe('K3 passwords', () => {
  test.each([
    ['short-1', 'password.short'],
    ['x'.repeat(129), 'password.long'],
    ['aaaaaaaaaaaa', 'password.simple'],
    ['password12345', 'password.simple'],
    ['1234567890', 'password.simple'],
    ['my-wangfang-pass', 'password.contains-name'],
    ['correct horse battery', null],
    ['春眠不觉晓处处闻啼鸟', null],
  ])('%s → %s', (value, fault) => expect(passwordFault(value, 'wangfang')).toBe(fault))
})

test('K3 session list names browser and system', () => {
  const wechat =
    'Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/130 Mobile Safari/537.36 MicroMessenger/8.0'
  expect(deviceOf(wechat)).toEqual({ browser: 'WeChat', system: 'Android' })
  expect(deviceOf(null)).toEqual({ browser: '', system: '' })
})
