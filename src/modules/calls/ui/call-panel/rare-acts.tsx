import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { call as send } from '../../../../ui-kit/client.ts'
import { Icon, type IconName } from '../../../../ui-kit/icon.tsx'
import { Menu, type MenuItem } from '../../../../ui-kit/menu.tsx'
import { useProblemText } from '../../../../ui-kit/problem-text.ts'
import { showToast } from '../../../../ui-kit/toast.tsx'
import type { CallDetail } from '../../card/contract.ts'
import { calls } from '../../contract.ts'
import { useCallCommands } from '../call-commands.ts'
import { placeCall } from '../queries.ts'
import { type CallForm, type Special, special } from './call-form.ts'

const icons: Record<Special, IconName> = {
  angry: 'alert',
  dialect: 'language',
  'line-fault': 'offline',
  'beyond-knowledge': 'help',
}

/** The special situations (C11) and what a call rarely turns out to be. */
export function RareCallActs({ call, onForm }: { call: CallDetail; onForm: (form: CallForm) => void }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const { problemText } = useProblemText()
  const commands = useCallCommands()
  const { can } = call
  async function setPrivate(on: boolean) {
    try {
      placeCall(client, await send(calls.markPrivate, { params: { id: call.id }, body: { private: on } }))
    } catch (fault) {
      showToast({ text: problemText(fault), tone: 'alarm', seconds: 8 })
    }
  }
  const live = call.status === 'open' || call.status === 'after'
  const items: MenuItem[] = [
    ...(live && can.close
      ? special.map((kind) => ({
          id: kind,
          label: t(`call.special.${kind}`),
          icon: icons[kind],
          run: () => onForm(kind),
        }))
      : []),
    ...(can.edit && call.status !== 'ringing'
      ? [{ id: 'edit', label: t('call.edit'), icon: 'edit' as const, apart: true, run: () => onForm('edit') }]
      : []),
    ...(can.close && call.status !== 'closed'
      ? (['wrong-number', 'private'] as const).map((outcome) => ({
          id: outcome,
          label: t(`call.end.${outcome}`),
          icon: outcome === 'private' ? ('user' as const) : ('close' as const),
          run: () => void commands.close(call, { outcome }),
        }))
      : []),
    ...(can.markPrivate
      ? [
          {
            id: 'markPrivate',
            label: t(call.private ? 'call.notPrivate' : 'call.markPrivate'),
            icon: 'lock' as const,
            run: () => void setPrivate(!call.private),
          },
        ]
      : []),
    ...(can.undo
      ? [
          {
            id: 'undo',
            label: t('call.undo'),
            icon: 'back' as const,
            apart: true,
            run: () => void commands.undo(call),
          },
        ]
      : []),
  ]
  if (items.length === 0) return null
  return (
    <Menu label={t('call.more')} align="end" items={items}>
      <Icon name="more" />
    </Menu>
  )
}
