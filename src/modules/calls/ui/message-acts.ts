import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../../ui-kit/client.ts'
import { useProblemText } from '../../../ui-kit/problem-text.ts'
import { showToast } from '../../../ui-kit/toast.tsx'
import { type MessageCard, messages } from '../messages/contract.ts'
import { callKeys } from './queries.ts'

export const reportHow = ['phone', 'in-person', 'chat', 'e-mail', 'not-wanted'] as const
type ReportHow = (typeof reportHow)[number]

/** What the colleague does with a message: read it, deal with it, take a step back (C10). */
export function useMessageActs({ id }: Pick<MessageCard, 'id'>) {
  const client = useQueryClient()
  const { t } = useTranslation()
  const { problemText } = useProblemText()
  const [busy, setBusy] = useState(false)

  async function run(send: () => Promise<MessageCard>, done: 'seen' | 'done' | 'reported' | 'undone') {
    if (busy) return false
    setBusy(true)
    try {
      const card = await send()
      showToast({
        text: t(`message.told.${done}`, { name: card.callerName || card.number }),
        undo: done !== 'undone' && card.can.undo ? () => void acts.undo() : undefined,
      })
      return true
    } catch (fault) {
      showToast({ text: problemText(fault), tone: 'alarm', seconds: 8 })
      return false
    } finally {
      setBusy(false)
      void client.invalidateQueries({ queryKey: callKeys.messages })
      void client.invalidateQueries({ queryKey: callKeys.myLine })
    }
  }

  const acts = {
    busy,
    see: () => run(() => call(messages.see, { params: { id }, body: {} }), 'seen'),
    done: (note: string) => run(() => call(messages.done, { params: { id }, body: { note } }), 'done'),
    report: (how: ReportHow) =>
      run(() => call(messages.report, { params: { id }, body: { how } }), 'reported'),
    undo: (): Promise<boolean> => run(() => call(messages.undo, { params: { id }, body: {} }), 'undone'),
  }
  return acts
}

export async function revealMessage(id: string) {
  const { phone } = await call(messages.reveal, { params: { id }, body: {} })
  return phone
}
