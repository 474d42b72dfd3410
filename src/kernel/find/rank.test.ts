import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Found } from './finder.ts'
import { litOf } from './lit.ts'
import { better, groupsOf } from './rank.ts'
import { readWanted } from './wanted.ts'

const one = (more: Partial<Found>): Found => ({
  entity: 'contact',
  id: '1',
  label: '王芳',
  detail: '',
  marks: [],
  link: '/',
  score: 0.5,
  seenAt: null,
  extension: null,
  ...more,
})

describe('C5 answers of several modules as one list', () => {
  test('exact before beginning before part; among equals the one seen last', () => {
    const groups = groupsOf(
      [
        [one({ id: 'a', score: 0.5 }), one({ id: 'b', score: 0.8, seenAt: new Date(1) })],
        [one({ id: 'c', entity: 'visit', score: 1 }), one({ id: 'd', score: 0.8, seenAt: new Date(2) })],
      ],
      6,
    )
    expect(groups.map(({ entity, items }) => [entity, items.map(({ id }) => id)])).toEqual([
      ['visit', ['c']],
      ['contact', ['d', 'b', 'a']],
    ])
  })

  test('one record told by two modules stands once, with the better of the two', () => {
    const groups = groupsOf([[one({ score: 0.5 })], [one({ score: 1 })]], 6)
    expect(groups.map(({ items }) => items.map(({ score }) => score))).toEqual([[1]])
  })

  const some = fc.array(
    fc.record({
      entity: fc.constantFrom('contact', 'visit', 'call'),
      id: fc.constantFrom('1', '2', '3', '4'),
      label: fc.constantFrom('王芳', '王', 'a'),
      score: fc.constantFrom(0.5, 0.8, 1),
      seenAt: fc.option(fc.date({ noInvalidDate: true }), { nil: null }),
    }),
  )

  test('whatever the order of the answers, the list is the same, bounded, in order, without doubles', () => {
    fc.assert(
      fc.property(some, fc.integer({ min: 1, max: 5 }), (rows, limit) => {
        const all = rows.map(one)
        const groups = groupsOf([all], limit)
        expect(groupsOf([[...all].reverse()], limit)).toEqual(groups)
        for (const { entity, items } of groups) {
          expect(items.length).toBeGreaterThan(0)
          expect(items.length).toBeLessThanOrEqual(limit)
          expect(new Set(items.map(({ id }) => id)).size).toBe(items.length)
          expect(items.every((item) => item.entity === entity)).toBe(true)
          for (const [index, item] of items.slice(1).entries())
            expect(better(items[index] as Found, item)).toBeLessThanOrEqual(0)
        }
        const heads = groups.flatMap(({ items }) => items.slice(0, 1))
        for (const [index, head] of heads.slice(1).entries())
          expect(better(heads[index] as Found, head)).toBeLessThanOrEqual(0)
      }),
    )
  })
})

describe('C5 the part that was typed', () => {
  test.each([
    ['张伟', '伟', [[1, 2]]],
    ['张伟强', 'zwq', [[0, 3]]],
    ['张伟强', 'zhangw', [[0, 2]]],
    ['张伟强', 'weiq', [[1, 3]]],
    ['张伟强', 'zwei', [[0, 2]]],
    ['单伟', 'shanw', [[0, 2]]],
    ['王小明', '王xm', [[0, 3]]],
    ['ABC科技', 'abck', [[0, 4]]],
    [
      'Deborah Horton',
      'dh',
      [
        [0, 7],
        [8, 14],
      ],
    ],
    ['Deborah Horton', 'hort', [[8, 12]]],
    ['深圳华信科技有限公司', '华信', [[2, 4]]],
    ['华信电子 华信', '华信', [[0, 2]]],
    ['李雷', 'xyz', []],
    ['139****5678', '5678', [[7, 11]]],
    ['139****5678', '13912345678', [[7, 11]]],
    ['8130', '813', [[0, 3]]],
    ['V000123', '#123', []],
    ['', 'a', []],
  ])('%s ← %s', (text, typed, expected) => {
    expect(litOf(text, readWanted(typed))).toEqual(expected)
  })

  test('places are within the text, in order, apart', () => {
    const text = fc.string({ unit: fc.constantFrom(...'张伟王芳aB1 ·🙂İ'), maxLength: 12 })
    fc.assert(
      fc.property(text, text, (line, typed) => {
        let before = 0
        for (const [from, to] of litOf(line, readWanted(typed))) {
          expect(from).toBeGreaterThanOrEqual(before)
          expect(to).toBeGreaterThan(from)
          expect(to).toBeLessThanOrEqual(line.length)
          before = to
        }
      }),
      { numRuns: 500 },
    )
  })
})
