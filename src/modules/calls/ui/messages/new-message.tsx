import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { OwnerBox } from '../../../../kernel/tasks/ui/owner-box.tsx'
import { Button } from '../../../../ui-kit/button.tsx'
import { call } from '../../../../ui-kit/client.ts'
import { useDraft } from '../../../../ui-kit/drafts.ts'
import { Field } from '../../../../ui-kit/field.tsx'
import { Checkbox, TextArea, TextInput } from '../../../../ui-kit/inputs.tsx'
import { useKeys } from '../../../../ui-kit/keys.ts'
import { Panel } from '../../../../ui-kit/panel.tsx'
import { ProblemNotice } from '../../../../ui-kit/problem-notice.tsx'
import { useProblemText } from '../../../../ui-kit/problem-text.ts'
import { showToast } from '../../../../ui-kit/toast.tsx'
import { messages } from '../../messages/contract.ts'
import css from '../log/log.module.css'
import { callKeys } from '../queries.ts'

const blank = {
  toKind: 'person' as 'person' | 'post',
  toId: '',
  toText: '',
  callerName: '',
  organisation: '',
  phone: '',
  matter: '',
  urgent: false,
  reportBack: true,
}

/** A message of somebody who stands at the desk, or was spoken to elsewhere (C10). */
export function NewMessage({ onClose, onTaken }: { onClose: () => void; onTaken: (id: string) => void }) {
  const { t } = useTranslation()
  const { fieldTexts } = useProblemText()
  const client = useQueryClient()
  const draft = useDraft('message.new', blank)
  const { value } = draft
  const take = useMutation({
    mutationFn: () => {
      const { toKind, toId, toText: _, ...rest } = draft.value
      return call(messages.take, { body: { ...rest, to: { kind: toKind, id: toId } } })
    },
    onSuccess: (message) => {
      draft.clear()
      void client.invalidateQueries({ queryKey: callKeys.messages })
      showToast({ text: t('messages.new.taken', { name: message.toName }) })
      onTaken(message.id)
    },
  })
  const wrong = fieldTexts(take.error)
  const ready =
    value.toId !== '' &&
    value.matter.trim() !== '' &&
    (value.callerName + value.organisation + value.phone).trim() !== ''
  const send = () => {
    if (ready && !take.isPending) take.mutate()
  }
  useKeys({ 'Ctrl+Enter': { label: t('messages.new.send'), run: send } }, { layer: 'panel' })
  const text = (name: 'callerName' | 'organisation' | 'phone', required: boolean) => (
    <Field label={t(`messages.new.${name}`)} required={required} error={wrong[name]}>
      <TextInput
        value={value[name]}
        maxLength={name === 'phone' ? 40 : 200}
        inputMode={name === 'phone' ? 'tel' : undefined}
        onChange={(next) => draft.patch({ [name]: next })}
      />
    </Field>
  )
  return (
    <Panel
      title={t('messages.new.title')}
      onClose={onClose}
      footer={
        <Button kind="primary" keyHint="Ctrl ↵" busy={take.isPending} disabled={!ready} onClick={send}>
          {t('messages.new.send')}
        </Button>
      }
    >
      <form
        className={css.record}
        onSubmit={(event) => {
          event.preventDefault()
          send()
        }}
      >
        <ProblemNotice fault={take.error} />
        <Field label={t('messages.column.to')} required error={wrong['to.id']}>
          <OwnerBox
            autoFocus
            text={value.toText}
            onTextChange={(toText) => draft.patch({ toText, toId: '' })}
            onPick={(owner, name) => draft.patch({ toKind: owner.kind, toId: owner.id, toText: name })}
          />
        </Field>
        {text('callerName', true)}
        {text('organisation', false)}
        {text('phone', false)}
        <Field label={t('messages.column.matter')} required error={wrong.matter}>
          <TextArea
            rows={4}
            maxLength={4000}
            value={value.matter}
            onChange={(matter) => draft.patch({ matter })}
          />
        </Field>
        <Checkbox checked={value.urgent} onChange={(urgent) => draft.patch({ urgent })}>
          {t('messages.urgent')}
        </Checkbox>
        <Checkbox checked={value.reportBack} onChange={(reportBack) => draft.patch({ reportBack })}>
          {t('messages.reportBack')}
        </Checkbox>
      </form>
    </Panel>
  )
}
