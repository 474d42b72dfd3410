import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../../../ui-kit/client.ts'
import { useLiveInvalidate } from '../../../../ui-kit/live.ts'
import { problemText } from '../../../../ui-kit/problem-text.ts'
import { showToast } from '../../../../ui-kit/toast.tsx'
import { type Approval, areas } from '../contract.ts'

const keys = { tree: ['areas'] as const, visits: ['visits'] as const, mine: ['area-approvals'] as const }

export function useAreas(archived = false) {
  useLiveInvalidate({ area: keys.tree })
  return useQuery({
    queryKey: [...keys.tree, archived],
    queryFn: ({ signal }) => call(areas.list, { query: archived ? { archived: 'true' } : {} }, { signal }),
  })
}

export function useVisitAreas(id: string) {
  return useQuery({
    queryKey: [...keys.visits, id, 'areas'],
    queryFn: ({ signal }) => call(areas.ofVisit, { params: { id } }, { signal }),
  })
}

export function useMyApprovals() {
  useLiveInvalidate({ visit: keys.mine, task: keys.mine })
  return useQuery({
    queryKey: keys.mine,
    queryFn: ({ signal }) => call(areas.mine, {}, { signal }),
  })
}

/** Every act answers true when it was done; what went wrong is said. */
export function useAreaCommands() {
  const client = useQueryClient()
  const { t } = useTranslation()
  return useMemo(() => {
    async function run(send: () => Promise<unknown>, done?: () => void): Promise<boolean> {
      try {
        await send()
        done?.()
        return true
      } catch (fault) {
        showToast({ text: problemText(t, fault), tone: 'alarm', seconds: 8 })
        return false
      } finally {
        for (const queryKey of Object.values(keys)) void client.invalidateQueries({ queryKey })
      }
    }
    const undo = (id: string) => void run(() => call(areas.undo, { params: { id } }))
    return {
      approve: ({ id, visitorName }: Approval, byPhone: boolean) =>
        run(
          () =>
            call(areas.decide, {
              params: { id },
              body: { answer: 'approve', ...(byPhone ? { how: 'phone' } : {}) },
            }),
          () => showToast({ text: t('area.done.approved', { name: visitorName }), undo: () => undo(id) }),
        ),
      decline: ({ id, visitorName }: Approval, note: string, byPhone: boolean) =>
        run(
          () =>
            call(areas.decide, {
              params: { id },
              body: { answer: 'decline', note, ...(byPhone ? { how: 'phone' } : {}) },
            }),
          () => showToast({ text: t('area.done.declined', { name: visitorName }), undo: () => undo(id) }),
        ),
      undo: (id: string) => run(() => call(areas.undo, { params: { id } })),
      withdraw: (id: string) => run(() => call(areas.withdraw, { params: { id } })),
      request: (id: string, areaId: string) =>
        run(() => call(areas.request, { params: { id }, body: { areaId } })),
      escort: (id: string, escortId: string) =>
        run(() => call(areas.escort, { params: { id }, body: { escortId } })),
    }
  }, [client, t])
}
