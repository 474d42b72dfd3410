import { useQueryClient } from '@tanstack/react-query'
import { visitKeys } from '../../queries.ts'

export const watchKeys = { all: ['watch-list'] as const, refusals: ['refusals'] as const }

/** A decision changes the list, the visit and the board. */
export function useRenewWatch() {
  const client = useQueryClient()
  return async () => {
    await Promise.all([
      client.invalidateQueries({ queryKey: watchKeys.all }),
      client.invalidateQueries({ queryKey: watchKeys.refusals }),
      client.invalidateQueries({ queryKey: visitKeys.all }),
    ])
  }
}
