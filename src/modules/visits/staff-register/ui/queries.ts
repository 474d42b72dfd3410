/** What the screens of the staff register fetch and send. */
import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { RouteCall } from '../../../../kernel/contract.ts'
import { call } from '../../../../ui-kit/client.ts'
import { useLiveInvalidate } from '../../../../ui-kit/live.ts'
import { useProblemText } from '../../../../ui-kit/problem-text.ts'
import { showToast } from '../../../../ui-kit/toast.tsx'
import { type OutingCard, outings } from '../contract.ts'

export const outingKeys = {
  all: ['outings'] as const,
  mine: ['outings', 'mine'] as const,
  options: ['outing-options'] as const,
}

export function useLiveOutings() {
  useLiveInvalidate({ outing: outingKeys.all, 'staff-presence': outingKeys.all })
}

export function useOutingOptions() {
  return useQuery({
    queryKey: outingKeys.options,
    queryFn: ({ signal }) => call(outings.options, {}, { signal }),
    staleTime: 10 * 60_000,
  })
}

export function useMyOutings() {
  return useQuery({
    queryKey: outingKeys.mine,
    queryFn: ({ signal }) => call(outings.mine, {}, { signal }),
  })
}

const told = {
  requested: 'requested',
  approved: 'approved',
  declined: 'declined',
  out: 'out',
  back: 'back',
  cancelled: 'cancelled',
} as const

/** Every act on an outing: sent, told with an undo, the lists fetched anew. */
export function useOutingCommands() {
  const client: QueryClient = useQueryClient()
  const { t } = useTranslation()
  const { problemText } = useProblemText()
  async function run(send: () => Promise<OutingCard>, undone = false): Promise<OutingCard | undefined> {
    try {
      const card = await send()
      showToast({
        text: undone
          ? t(`outing.status.${card.status}`)
          : t(`outing.done.${told[card.status]}`, { name: card.employeeName }),
        undo:
          card.can.undo && !undone
            ? () => void run(() => call(outings.undo, { params: { id: card.id } }), true)
            : undefined,
      })
      return card
    } catch (fault) {
      showToast({ text: problemText(fault), tone: 'alarm', seconds: 8 })
      return undefined
    } finally {
      void client.invalidateQueries({ queryKey: outingKeys.all })
    }
  }
  return {
    approve: (id: string) => run(() => call(outings.decide, { params: { id }, body: { answer: 'approve' } })),
    decline: (id: string, reason: string) =>
      run(() => call(outings.decide, { params: { id }, body: { answer: 'decline', reason } })),
    cancel: (id: string) => run(() => call(outings.cancel, { params: { id } })),
    leave: (id: string) => run(() => call(outings.leave, { params: { id } })),
    comeBack: (id: string) => run(() => call(outings.return, { params: { id } })),
    undo: (id: string) => run(() => call(outings.undo, { params: { id } }), true),
    request: (body: RouteCall<typeof outings.request>['body']) => run(() => call(outings.request, { body })),
    leaveNow: (body: RouteCall<typeof outings.leaveNow>['body']) =>
      run(() => call(outings.leaveNow, { body })),
  }
}
