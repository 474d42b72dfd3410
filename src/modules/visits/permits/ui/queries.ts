import { useQueryClient } from '@tanstack/react-query'
import { visitKeys } from '../../ui/queries.ts'

export const permitKeys = { all: ['permits'] as const }

/** Whoever comes in by permit is on the board, too. */
export function useRenewPermits() {
  const client = useQueryClient()
  return async () => {
    await Promise.all([
      client.invalidateQueries({ queryKey: permitKeys.all }),
      client.invalidateQueries({ queryKey: visitKeys.all }),
    ])
  }
}
