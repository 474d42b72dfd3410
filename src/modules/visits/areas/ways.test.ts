import { expect, test } from 'vitest'
import type { AreaRow } from './store.ts'
import { waysTo, wayWords } from './ways.ts'

const area = (id: string, name: string, way: string, parent_id: string | null = null): AreaRow => ({
  ...{ id, version: 1, parent_id, name_zh: name, name_en: '', restricted: false },
  ...{ responsible_kind: null, responsible_id: null, responsible_name: '' },
  ...{ way_zh: way, way_en: '', note: '', position: 0, archived: false },
})

test('V21 each area says its way, else that of what it lies in; a plain place says nothing', () => {
  const tree = [area('a', '三号楼', '出门右转'), area('b', '车间', '', 'a'), area('c', '仓库', '')]
  const ways = waysTo(['车间', '三号楼', '仓库', '帐篷'], tree)
  expect(wayWords(ways, 'zh')).toEqual(['车间：出门右转', '三号楼：出门右转'])
  expect(wayWords(ways, 'en')).toEqual(['车间: 出门右转', '三号楼: 出门右转'])
  expect(waysTo(['x'], [area('x', 'x', '', 'y'), area('y', 'y', '', 'x')])).toEqual([])
})
