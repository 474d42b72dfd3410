import { expect, test } from 'vitest'
import type { Area } from '../contract.ts'
import { matchingAreas } from './areas-search.ts'

const area = (id: string, zh: string, en: string, parentId: string | null = null): Area => ({
  ...{ id, version: 1, parentId, name: { zh, en }, restricted: false, responsible: null },
  ...{ way: { zh: '', en: '' }, note: '', order: 0, archived: false },
})
const all = [
  area('a', '一楼', 'Ground floor'),
  area('b', '生产车间', 'Workshop', 'a'),
  area('c', '实验室', 'Laboratory', 'b'),
  { ...area('d', '旧仓库', 'Old store'), archived: true },
]
const ids = (typed: string, chosen: readonly string[] = []) =>
  matchingAreas(all, typed, chosen).map((one) => one.area.id)

test('V9 an area is found by either name; what begins so comes first, what lies below comes too', () => {
  expect(ids('')).toEqual(['a', 'b', 'c'])
  expect(ids('车间')).toEqual(['b', 'c'])
  expect(ids('WORK')).toEqual(['b', 'c'])
  expect(ids('lab')).toEqual(['c'])
  expect(ids('楼', ['a'])).toEqual(['b', 'c'])
  expect(ids('无此')).toEqual([])
})

test('V9 a found area says where it lies, also in a tree that went round', () => {
  expect(matchingAreas(all, 'lab', [])[0]?.path.map(({ id }) => id)).toEqual(['a', 'b'])
  const round = [area('x', '甲', '', 'y'), area('y', '乙', '', 'x')]
  expect(matchingAreas(round, '甲', [])[0]?.path.length).toBeLessThanOrEqual(20)
})
