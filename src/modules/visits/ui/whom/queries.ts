/** Whom to ask: about a visitor being written down, and about one who waits. */
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RouteAnswer } from '../../../../kernel/contract.ts'
import { call } from '../../../../ui-kit/client.ts'
import { problemText } from '../../../../ui-kit/problem-text.ts'
import { showToast } from '../../../../ui-kit/toast.tsx'
import type { VisitCard } from '../../card/contract.ts'
import { visitRoutes } from '../../routes/contract.ts'
import { ownCommands, placeVisit, visitKeys } from '../queries.ts'
import type { VisitDraft } from '../visit-draft.ts'

export type Proposal = RouteAnswer<typeof visitRoutes.propose>
export type Askee = Proposal['targets'][number]
export type Heard = 'agreed' | 'wait' | 'declined' | 'no-answer' | 'busy'

/** While somebody types, the last proposal stays until the pause. */
function useSettled<T>(value: T, key: string): T {
  const [settled, setSettled] = useState({ key, value })
  useEffect(() => {
    const timer = setTimeout(() => setSettled({ key, value }), 250)
    return () => clearTimeout(timer)
  }, [key, value])
  return settled.value
}

export function useProposal(draft: VisitDraft, appointment: boolean, may: boolean) {
  const facts = {
    kind: draft.kind,
    topic: draft.topic,
    ...(draft.category ? { category: draft.category } : {}),
    appointment,
    matter: draft.purpose.trim().slice(0, 200),
    hostId: draft.hostId || null,
    organisation: draft.organisation.trim(),
    visitorName: draft.visitorName.trim(),
    phone: draft.phone.trim(),
    ...(draft.visitorId ? { visitorId: draft.visitorId } : {}),
  }
  const body = useSettled(facts, JSON.stringify(facts))
  return useQuery({
    queryKey: ['visit-routes', 'propose', body],
    enabled: may && body.kind !== '',
    queryFn: ({ signal }) => call(visitRoutes.propose, { body }, { signal }),
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  })
}

/** Those asked, with their answers, and those still to be asked; anew with every change of the visit. */
export function useWhom(id: string) {
  return useQuery({
    queryKey: [...visitKeys.all, 'whom', id],
    queryFn: ({ signal }) => call(visitRoutes.whom, { params: { id } }, { signal }),
  })
}

/** What was heard on the telephone, sent once; the next one follows by itself. */
export function useHeard(visit: Pick<VisitCard, 'id' | 'visitorName'>) {
  const client = useQueryClient()
  const { t } = useTranslation()
  const [busy, setBusy] = useState(false)
  async function heard(n: number, result: Heard, more: { minutes?: number; note?: string } = {}) {
    if (busy) return false
    setBusy(true)
    ownCommands.add(visit.id)
    try {
      const card = await call(visitRoutes.hop, { params: { id: visit.id }, body: { n, result, ...more } })
      placeVisit(client, card)
      showToast({ text: t(`visit.whom.done.${result}`, { name: visit.visitorName }) })
      return true
    } catch (fault) {
      showToast({ text: problemText(t, fault), tone: 'alarm', seconds: 8 })
      return false
    } finally {
      setBusy(false)
      void client.invalidateQueries({ queryKey: visitKeys.all })
      setTimeout(() => ownCommands.delete(visit.id), 5000)
    }
  }
  return { heard, busy }
}
