/** Public keys of the passes, kept in the browser, so that a gate without a connection still knows a good pass (V11). */
import { queryOptions } from '@tanstack/react-query'
import { call } from '../../../../ui-kit/client.ts'
import { passes } from '../../passes/contract.ts'

type Keys = readonly Readonly<Record<string, unknown>>[]

const place = 'foyer.pass-keys'

function kept(): Keys {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(place) ?? '[]')
    return Array.isArray(stored) ? stored : []
  } catch {
    return []
  }
}

export const passKeysQuery = queryOptions({
  queryKey: ['pass-keys'],
  queryFn: async ({ signal }): Promise<Keys> => {
    const { keys } = await call(passes.keys, {}, { signal })
    localStorage.setItem(place, JSON.stringify(keys))
    return keys
  },
  // Old keys check old passes; new ones are fetched in the background.
  initialData: kept,
  initialDataUpdatedAt: 0,
  staleTime: 60 * 60_000,
})
