/** What the screens of important guests, emergencies, alarms and vehicles fetch. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../../../../ui-kit/client.ts'
import { useProblemText } from '../../../../ui-kit/problem-text.ts'
import { showToast } from '../../../../ui-kit/toast.tsx'
import { important } from '../contract.ts'

export const specialKeys = {
  receptions: ['visits', 'receptions'] as const,
  emergencies: ['visits', 'emergencies'] as const,
  vehicles: ['visits', 'vehicles'] as const,
  incidents: ['incidents'] as const,
}

export function useReceptions(enabled = true) {
  return useQuery({
    queryKey: specialKeys.receptions,
    enabled,
    queryFn: ({ signal }) => call(important.list, {}, { signal }),
  })
}

/** One act at a time: says what was done or why not, and fetches again. */
export function useAct() {
  const client = useQueryClient()
  const { problemText } = useProblemText()
  const [busy, setBusy] = useState(false)
  async function act<T>(send: () => Promise<T>, done: string, undo?: () => void): Promise<T | undefined> {
    if (busy) return undefined
    setBusy(true)
    try {
      const answer = await send()
      if (done !== '') showToast({ text: done, undo })
      return answer
    } catch (fault) {
      showToast({ text: problemText(fault), tone: 'alarm', seconds: 8 })
      return undefined
    } finally {
      setBusy(false)
      void client.invalidateQueries({ queryKey: ['visits'] })
      void client.invalidateQueries({ queryKey: specialKeys.incidents })
    }
  }
  return { act, busy }
}
