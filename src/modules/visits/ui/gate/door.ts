/** Which door this device stands at, and the areas it may judge by without a server (V9). Kept in the browser. */
import { queryOptions } from '@tanstack/react-query'
import { call } from '../../../../ui-kit/client.ts'
import type { AreaNode } from '../../areas/check.ts'
import { areas } from '../../areas/contract.ts'

const treePlace = 'foyer.areas'
const doorPlace = 'foyer.door'

function kept(): AreaNode[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(treePlace) ?? '[]')
    return Array.isArray(stored) ? stored : []
  } catch {
    return []
  }
}

export const gateAreasQuery = queryOptions({
  queryKey: ['areas', 'gate'],
  queryFn: async ({ signal }): Promise<AreaNode[]> => {
    const { items } = await call(areas.list, { query: {} }, { signal })
    const tree = items.map(({ id, parentId, name, restricted }) => ({ id, parentId, ...name, restricted }))
    localStorage.setItem(treePlace, JSON.stringify(tree))
    return tree
  },
  initialData: kept,
  initialDataUpdatedAt: 0,
  staleTime: 10 * 60_000,
})

export const keptDoor = () => localStorage.getItem(doorPlace) ?? ''
export const keepDoor = (id: string) => localStorage.setItem(doorPlace, id)
