import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { OwnerBox } from '../../../../kernel/tasks/ui/owner-box.tsx'
import { Button } from '../../../../ui-kit/button.tsx'
import { call } from '../../../../ui-kit/client.ts'
import { useDraft } from '../../../../ui-kit/drafts.ts'
import { Field } from '../../../../ui-kit/field.tsx'
import { NumberInput, SelectNative, TextArea, TextInput } from '../../../../ui-kit/inputs.tsx'
import { useKeys } from '../../../../ui-kit/keys.ts'
import { Panel } from '../../../../ui-kit/panel.tsx'
import { ProblemNotice } from '../../../../ui-kit/problem-notice.tsx'
import { useProblemText } from '../../../../ui-kit/problem-text.ts'
import { showToast } from '../../../../ui-kit/toast.tsx'
import { callbacks } from '../../callbacks/contract.ts'
import { callbackKinds } from '../../callbacks/rules.ts'
import css from '../log/log.module.css'
import { callbackKey } from './key.ts'

const blank = {
  ownerKind: 'person' as 'person' | 'post',
  ownerId: '',
  ownerText: '',
  kind: 'other' as (typeof callbackKinds)[number],
  callerName: '',
  organisation: '',
  phone: '',
  matter: '',
  minutes: 30,
}

/** A promise given in person or by mail, or a return visit to be made (C14). */
export function NewCallback({
  onClose,
  onPromised,
}: {
  onClose: () => void
  onPromised: (id: string) => void
}) {
  const { t } = useTranslation()
  const { fieldTexts } = useProblemText()
  const client = useQueryClient()
  const draft = useDraft('callback.new', blank)
  const { value } = draft
  const promise = useMutation({
    mutationFn: () => {
      const { ownerKind, ownerId, ownerText: _, ...rest } = draft.value
      return call(callbacks.promise, { body: { ...rest, owner: { kind: ownerKind, id: ownerId } } })
    },
    onSuccess: (callback) => {
      draft.clear()
      void client.invalidateQueries({ queryKey: callbackKey })
      showToast({ text: t('callbacks.new.promised', { name: callback.ownerName }) })
      onPromised(callback.id)
    },
  })
  const wrong = fieldTexts(promise.error)
  const ready = value.ownerId !== '' && value.phone.trim() !== '' && value.callerName.trim() !== ''
  const send = () => {
    if (ready && !promise.isPending) promise.mutate()
  }
  useKeys({ 'Ctrl+Enter': { label: t('callbacks.new.send'), run: send } }, { layer: 'panel' })
  return (
    <Panel
      title={t('callbacks.new.title')}
      onClose={onClose}
      footer={
        <Button kind="primary" keyHint="Ctrl ↵" busy={promise.isPending} disabled={!ready} onClick={send}>
          {t('callbacks.new.send')}
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
        <ProblemNotice fault={promise.error} />
        <Field label={t('callbacks.new.callerName')} required error={wrong.callerName}>
          <TextInput
            autoFocus
            value={value.callerName}
            maxLength={200}
            onChange={(callerName) => draft.patch({ callerName })}
          />
        </Field>
        <Field label={t('callbacks.new.organisation')} error={wrong.organisation}>
          <TextInput
            value={value.organisation}
            maxLength={200}
            onChange={(organisation) => draft.patch({ organisation })}
          />
        </Field>
        <Field label={t('callbacks.column.phone')} required error={wrong.phone}>
          <TextInput
            value={value.phone}
            maxLength={40}
            inputMode="tel"
            onChange={(phone) => draft.patch({ phone })}
          />
        </Field>
        <Field label={t('callbacks.column.kind')}>
          <SelectNative
            value={value.kind}
            options={callbackKinds.map((kind) => ({ value: kind, label: t(`callbacks.kind.${kind}`) }))}
            onChange={(kind) => draft.patch({ kind: callbackKinds.find((one) => one === kind) ?? 'other' })}
          />
        </Field>
        <Field label={t('callbacks.column.matter')} error={wrong.matter}>
          <TextArea
            rows={3}
            maxLength={4000}
            value={value.matter}
            onChange={(matter) => draft.patch({ matter })}
          />
        </Field>
        <Field label={t('callbacks.column.owner')} required error={wrong['owner.id']}>
          <OwnerBox
            text={value.ownerText}
            onTextChange={(ownerText) => draft.patch({ ownerText, ownerId: '' })}
            onPick={(owner, name) =>
              draft.patch({ ownerKind: owner.kind, ownerId: owner.id, ownerText: name })
            }
          />
        </Field>
        <Field label={t('callbacks.new.minutes')} required error={wrong.minutes}>
          <NumberInput
            value={value.minutes}
            min={1}
            max={10080}
            onChange={(minutes) => draft.patch({ minutes: minutes ?? 30 })}
          />
        </Field>
      </form>
    </Panel>
  )
}
