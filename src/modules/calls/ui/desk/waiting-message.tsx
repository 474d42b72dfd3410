import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../../ui-kit/button.tsx'
import { Card } from '../../../../ui-kit/card.tsx'
import { Field } from '../../../../ui-kit/field.tsx'
import { TextInput } from '../../../../ui-kit/inputs.tsx'
import { Masked } from '../../../../ui-kit/masked.tsx'
import { RunningTime } from '../../../../ui-kit/running-time.tsx'
import { StatusChip } from '../../../../ui-kit/status-chip.tsx'
import type { MessageCard } from '../../messages/contract.ts'
import { DialButton } from '../lamps/dial-button.tsx'
import { revealMessage, useMessageActs } from '../message-acts.ts'
import css from './now-calls.module.css'

/** A message put before the colleague at the desk: the line is free now (C6). */
export function WaitingMessage({ message }: { message: MessageCard }) {
  const { t } = useTranslation()
  const acts = useMessageActs(message)
  const [note, setNote] = useState<string | null>(null)
  const name = message.callerName || message.organisation || message.number
  return (
    <li>
      <Card
        tone={message.urgent ? 'alarm' : 'waiting'}
        title={
          <>
            {name} <span className={css.quiet}>{message.number}</span>
          </>
        }
        aside={<RunningTime since={message.takenAt} />}
        actions={
          note === null ? (
            <>
              {message.can.see ? (
                <Button icon="eye" busy={acts.busy} onClick={() => void acts.see()}>
                  {t('message.act.see')}
                </Button>
              ) : null}
              {message.can.done ? (
                <Button icon="check" onClick={() => setNote('')}>
                  {t('message.act.done')}
                </Button>
              ) : null}
              {message.can.dial ? <DialButton whom={{ messageId: message.id }} name={name} /> : null}
            </>
          ) : null
        }
      >
        {message.urgent ? <StatusChip tone="alarm">{t('message.urgent')}</StatusChip> : null}
        <p className={css.quiet}>
          {t('message.leftFor', { by: message.takenByName })}
          {message.callerName && message.organisation ? ` · ${message.organisation}` : ''}
        </p>
        <p>{message.matter}</p>
        {message.phoneMasked ? (
          <Masked
            masked={message.phoneMasked}
            label={t('call.field.phone')}
            onReveal={message.can.reveal ? () => revealMessage(message.id) : undefined}
          />
        ) : null}
        {note === null ? null : (
          <form
            onSubmit={(event) => {
              event.preventDefault()
              void acts.done(note.trim())
            }}
          >
            <Field label={t('message.doneNote')}>
              <TextInput autoFocus maxLength={500} value={note} onChange={setNote} />
            </Field>
            <div className={css.acts}>
              <Button kind="primary" type="submit" busy={acts.busy}>
                {t('message.act.done')}
              </Button>
              <Button onClick={() => setNote(null)}>{t('call.form.back')}</Button>
            </div>
          </form>
        )}
      </Card>
    </li>
  )
}
