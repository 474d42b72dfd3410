import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { v7 } from 'uuid'
import { OwnerBox } from '../../../../kernel/tasks/ui/owner-box.tsx'
import { Button } from '../../../../ui-kit/button.tsx'
import { call } from '../../../../ui-kit/client.ts'
import { Combobox } from '../../../../ui-kit/combobox.tsx'
import { useDraft } from '../../../../ui-kit/drafts.ts'
import { goToOpen, onFormKey, onSendKey } from '../../../../ui-kit/enter-goes-on.ts'
import { Field } from '../../../../ui-kit/field.tsx'
import { Checkbox, TextArea, TextInput } from '../../../../ui-kit/inputs.tsx'
import { Panel } from '../../../../ui-kit/panel.tsx'
import { ProblemNotice } from '../../../../ui-kit/problem-notice.tsx'
import { useProblemText } from '../../../../ui-kit/problem-text.ts'
import { showToast } from '../../../../ui-kit/toast.tsx'
import { messages } from '../../messages/contract.ts'
import { callKeys } from '../queries.ts'
import { suggestCallers } from '../suggest.ts'
import css from './call-panel.module.css'
import type { Owner } from './end-frame.tsx'

/** A message without a call: somebody stood at the desk, or rang a colleague's door (C10). */
export function MessagePanel({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const { fieldTexts, problemText } = useProblemText()
  const [initial] = useState(() => ({
    id: v7(),
    owner: null as Owner | null,
    toName: '',
    contactId: '',
    customerId: '',
    contactName: '',
    organisation: '',
    phone: '',
    matter: '',
    urgent: false,
    reportBack: true,
  }))
  const draft = useDraft('desk.message', initial)
  const { value, patch } = draft
  const [busy, setBusy] = useState(false)
  const [fault, setFault] = useState<unknown>(null)
  const [own, setOwn] = useState<Readonly<Record<string, string>>>({})
  const errors = { ...fieldTexts(fault), ...own }

  async function send(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const form = event.currentTarget
    if (busy) return
    const found = {
      ...(value.contactName.trim() ? {} : { callerName: t('field.required') }),
      ...(value.matter.trim() ? {} : { matter: t('field.required') }),
      ...(value.owner ? {} : { to: t('call.form.pick') }),
    }
    setOwn(found)
    setFault(null)
    if (Object.keys(found).length > 0 || !value.owner) return goToOpen(form, Object.keys(found))
    setBusy(true)
    try {
      const card = await call(messages.take, {
        body: {
          id: value.id,
          to: value.owner,
          callerName: value.contactName.trim(),
          organisation: value.organisation.trim(),
          phone: value.phone.trim(),
          contactId: value.contactId || null,
          customerId: value.customerId || null,
          matter: value.matter.trim(),
          urgent: value.urgent,
          reportBack: value.reportBack,
        },
      })
      draft.clear()
      showToast({
        text: t('message.taken', { number: card.number, to: card.toName }),
        undo: card.can.withdraw ? () => void withdraw(card.id) : undefined,
      })
      void client.invalidateQueries({ queryKey: callKeys.messages })
      onClose()
    } catch (failed) {
      setFault(failed)
    }
    setBusy(false)
  }

  async function withdraw(id: string) {
    try {
      await call(messages.withdraw, { params: { id }, body: { note: t('message.byMistake') } })
    } catch (failed) {
      showToast({ text: problemText(failed), tone: 'alarm', seconds: 8 })
    }
    void client.invalidateQueries({ queryKey: callKeys.messages })
  }

  return (
    <Panel
      title={t('message.new')}
      onClose={onClose}
      footer={
        <>
          <Button
            kind="primary"
            type="submit"
            form="new-message"
            busy={busy}
            icon="message"
            keyHint="Ctrl+Enter"
          >
            {t('call.form.send.message')}
          </Button>
          <Button
            kind="plain"
            onClick={() => {
              draft.clear()
              patch({ id: v7() })
              setOwn({})
              setFault(null)
            }}
          >
            {t('message.clear')}
          </Button>
        </>
      }
    >
      <form
        id="new-message"
        className={css.block}
        noValidate
        onSubmit={(event) => void send(event)}
        onKeyDown={onFormKey}
        onKeyDownCapture={onSendKey}
      >
        {draft.restored ? <p className={css.quiet}>{t('call.restored')}</p> : null}
        {fault ? <ProblemNotice fault={fault} /> : null}
        <Field label={t('call.form.to')} required error={errors.to}>
          <OwnerBox
            text={value.toName}
            onTextChange={(toName) => patch({ owner: null, toName })}
            onPick={(owner, toName) => patch({ owner, toName })}
            autoFocus
          />
        </Field>
        <div className={css.pair}>
          <Field label={t('call.field.name')} required error={errors.callerName}>
            <Combobox
              name="callerName"
              text={value.contactName}
              onTextChange={(contactName) => patch({ contactName, contactId: '' })}
              suggest={suggestCallers}
              onPick={({ part }) => patch(part)}
            />
          </Field>
          <Field label={t('call.field.organisation')}>
            <TextInput
              maxLength={200}
              value={value.organisation}
              onChange={(organisation) => patch({ organisation, customerId: '' })}
            />
          </Field>
        </div>
        <Field label={t('call.field.phone')} error={errors.phone}>
          <TextInput
            type="tel"
            inputMode="tel"
            maxLength={40}
            value={value.phone}
            onChange={(phone) => patch({ phone })}
          />
        </Field>
        <Field label={t('call.form.matter')} required error={errors.matter}>
          <TextArea
            name="matter"
            rows={3}
            maxLength={2000}
            value={value.matter}
            onChange={(matter) => patch({ matter })}
          />
        </Field>
        <Checkbox checked={value.urgent} onChange={(urgent) => patch({ urgent })}>
          {t('call.form.urgent')}
        </Checkbox>
        <Checkbox checked={value.reportBack} onChange={(reportBack) => patch({ reportBack })}>
          {t('call.form.reportBack')}
        </Checkbox>
      </form>
    </Panel>
  )
}
