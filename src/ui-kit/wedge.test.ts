import { describe, expect, test } from 'vitest'
import { noKeys, type WedgeKey, wedgeStep } from './wedge.ts'

function typed(keys: readonly WedgeKey[]): string[] {
  const bursts: string[] = []
  let state = noKeys
  for (const key of keys) {
    const step = wedgeStep(state, key)
    state = step.state
    if (step.burst !== null) bursts.push(step.burst)
  }
  return bursts
}

const keys = (text: string, every: number, end = 'Enter', start = 0): WedgeKey[] =>
  [...text, end].map((key, n) => ({ key, at: start + n * every }))

describe('V11 V12 readers that work as keyboards', () => {
  test('a burst ended by Enter or Tab; capitals come with Shift', () => {
    expect(typed(keys('A0012', 8))).toEqual(['A0012'])
    expect(typed(keys('张三|110105', 8, 'Tab'))).toEqual(['张三|110105'])
    expect(typed([{ key: 'Shift', at: 0 }, ...keys('A001', 5, 'Enter', 1)])).toEqual(['A001'])
  })

  test('people are no readers: slow, rolled keys, too short, a word and an Enter later', () => {
    expect(typed(keys('A0012', 120))).toEqual([])
    expect(typed(keys('ab', 20))).toEqual([])
    expect(typed([...keys('A001', 10).slice(0, -1), { key: 'Enter', at: 400 }])).toEqual([])
    expect(typed([{ key: 'v', at: 0 }, ...keys('A001', 10, 'Enter', 300)])).toEqual(['A001'])
  })

  test('composing, combinations and other keys end it', () => {
    const [a, b, ...rest] = keys('A0012', 8)
    if (a === undefined || b === undefined) throw new Error('no keys')
    expect(typed([a, { ...b, other: true }, ...rest.slice(2)])).toEqual([])
    expect(typed([a, { key: 'Backspace', at: 9 }, ...rest.slice(2)])).toEqual([])
  })
})
