import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RouteAnswer } from '../../../../kernel/contract.ts'
import { Button } from '../../../../ui-kit/button.tsx'
import { call as send } from '../../../../ui-kit/client.ts'
import { onFormKey, onSendKey } from '../../../../ui-kit/enter-goes-on.ts'
import { Field } from '../../../../ui-kit/field.tsx'
import { TextInput } from '../../../../ui-kit/inputs.tsx'
import { useKeys } from '../../../../ui-kit/keys.ts'
import { ProblemNotice } from '../../../../ui-kit/problem-notice.tsx'
import { showToast } from '../../../../ui-kit/toast.tsx'
import type { CallDetail } from '../../card/contract.ts'
import { calls } from '../../contract.ts'
import type { CallCommands } from '../call-commands.ts'
import { Lamp, lampState } from '../lamps/lamp.tsx'
import { placeCall, useExchange } from '../queries.ts'
import type { Special } from './call-form.ts'
import css from './call-panel.module.css'
import { Say } from './say.tsx'

type Colleagues = RouteAnswer<typeof calls.situation>['colleagues']

export interface SpecialFormProps {
  call: CallDetail
  kind: Special
  commands: CallCommands
  run: (task: () => Promise<unknown>) => void
  onBack: () => void
}

/** C11: the wording first, then what is done: reported, told, or a colleague who speaks it. */
export function SpecialForm({ call, kind, commands, run, onBack }: SpecialFormProps) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const { up } = useExchange()
  const [dialect, setDialect] = useState(call.caller?.dialect ?? '')
  const [note, setNote] = useState('')
  const [busy, setBusy] = useState(false)
  const [fault, setFault] = useState<unknown>(null)
  const [colleagues, setColleagues] = useState<Colleagues | null>(null)
  useKeys({ Escape: { label: t('call.form.back'), run: onBack } }, { layer: 'panel' })

  async function submit(event: FormEvent) {
    event.preventDefault()
    if (busy) return
    setBusy(true)
    setFault(null)
    try {
      const answer = await send(calls.situation, {
        params: { id: call.id },
        body: { situation: kind, dialect: dialect.trim(), note: note.trim() },
      })
      placeCall(client, answer.call)
      showToast({ text: t(`call.special.done.${kind}`) })
      if (kind === 'dialect') setColleagues(answer.colleagues)
      else onBack()
    } catch (failed) {
      setFault(failed)
    }
    setBusy(false)
  }

  return (
    <form
      className={css.form}
      aria-label={t(`call.special.${kind}`)}
      onSubmit={(event) => void submit(event)}
      onKeyDown={onFormKey}
      onKeyDownCapture={onSendKey}
    >
      <h3>{t(`call.special.${kind}`)}</h3>
      <Say call={call} keys={[kind, 'ask-company-phone']} />
      <p className={css.quiet}>{t(`call.special.what.${kind}`)}</p>
      {fault ? <ProblemNotice fault={fault} /> : null}
      {kind === 'dialect' ? (
        <Field label={t('call.special.dialectName')} hint={t('call.special.dialectHint')}>
          <TextInput autoFocus maxLength={20} value={dialect} onChange={setDialect} />
        </Field>
      ) : (
        <Field label={t('call.special.note')}>
          <TextInput autoFocus maxLength={500} value={note} onChange={setNote} />
        </Field>
      )}
      <div className={css.buttons}>
        <Button kind="primary" type="submit" busy={busy} keyHint="Ctrl+Enter">
          {t(kind === 'dialect' ? 'call.special.find' : 'call.special.run')}
        </Button>
        <Button onClick={onBack} keyHint="Escape">
          {t('call.form.back')}
        </Button>
      </div>
      {colleagues ? (
        <div className={css.section}>
          {colleagues.length === 0 ? <p>{t('call.special.nobodySpeaks')}</p> : null}
          {colleagues.map((one, index) => (
            <div key={one.id} className={css.target}>
              <span className={css.targetName}>{one.name}</span>
              <span className={css.number}>{one.extension}</span>
              <span className={css.quiet}>{one.dialects.join(t('call.comma'))}</span>
              <Lamp state={lampState(one.line)} />
              <Button
                icon="phone"
                autoFocus={index === 0}
                onClick={() => {
                  onBack()
                  run(() =>
                    commands.tryTarget(call, {
                      step: null,
                      employeeId: one.id,
                      dial: up && call.can.transfer ? 'blind' : 'no',
                    }),
                  )
                }}
              >
                {t('call.try.run')}
              </Button>
            </div>
          ))}
        </div>
      ) : null}
    </form>
  )
}
