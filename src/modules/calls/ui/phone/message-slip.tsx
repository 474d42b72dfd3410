import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../../ui-kit/button.tsx'
import { Field } from '../../../../ui-kit/field.tsx'
import { TextArea } from '../../../../ui-kit/inputs.tsx'
import { useUiLanguage, useZone } from '../../../../ui-kit/language.ts'
import { Masked } from '../../../../ui-kit/masked.tsx'
import { StatusChip, type Tone } from '../../../../ui-kit/status-chip.tsx'
import { formatDay, formatTime } from '../../../../ui-kit/zone-time.ts'
import type { MessageCard } from '../../messages/contract.ts'
import { DialButton } from '../lamps/dial-button.tsx'
import { reportHow, revealMessage, useMessageActs } from '../message-acts.ts'
import css from './messages.module.css'

const tones: Record<MessageCard['status'], Tone> = {
  new: 'alarm',
  seen: 'waiting',
  done: 'waiting',
  reported: 'good',
  withdrawn: 'neutral',
}

/** A message slip 留言单 on a phone: who, what, since when — seen, dealt with, the caller told. One thumb. */
export function MessageSlip({ message, level }: { message: MessageCard; level: 2 | 3 }) {
  const { t } = useTranslation()
  const language = useUiLanguage()
  const zone = useZone()
  const Heading = level === 2 ? 'h2' : 'h3'
  const name = message.callerName || message.organisation || message.number
  const at = `${formatDay(message.takenAt, zone, language)} ${formatTime(message.takenAt, zone, language)}`
  return (
    <article className={css.slip}>
      <div className={css.head}>
        <Heading className={css.name}>{name}</Heading>
        <StatusChip tone={tones[message.status]}>{t(`message.status.${message.status}`)}</StatusChip>
        {message.urgent ? (
          <StatusChip tone="alarm" icon="alert">
            {t('message.urgent')}
          </StatusChip>
        ) : null}
      </div>
      {message.callerName && message.organisation ? <p>{message.organisation}</p> : null}
      <p className={css.matter}>{message.matter}</p>
      {message.phoneMasked ? (
        <Masked
          key={message.id}
          masked={message.phoneMasked}
          label={t('message.phone')}
          onReveal={message.can.reveal ? () => revealMessage(message.id) : undefined}
        />
      ) : null}
      <p className={css.quiet}>
        {[message.number, at, t('message.takenBy', { name: message.takenByName })].join(' · ')}
      </p>
      {message.doneNote ? (
        <p className={css.quiet}>{t('message.doneWith', { note: message.doneNote })}</p>
      ) : null}
      <Acts message={message} name={name} />
    </article>
  )
}

function Acts({ message, name }: { message: MessageCard; name: string }) {
  const { t } = useTranslation()
  const acts = useMessageActs(message)
  const [form, setForm] = useState<'done' | 'report' | null>(null)
  const [note, setNote] = useState('')
  const { can } = message
  if (form === 'done')
    return (
      <form
        className={css.acts}
        onSubmit={(event) => {
          event.preventDefault()
          void acts.done(note.trim()).then((ok) => ok && setForm(null))
        }}
      >
        <Field label={t('message.doneNote')} hint={message.reportBack ? t('message.doneHint') : undefined}>
          <TextArea size="large" autoFocus rows={2} maxLength={2000} value={note} onChange={setNote} />
        </Field>
        <Button kind="primary" size="large" icon="check" wide type="submit" busy={acts.busy}>
          {t('message.act.done')}
        </Button>
        <Button size="large" wide onClick={() => setForm(null)}>
          {t('message.back')}
        </Button>
      </form>
    )
  if (form === 'report')
    return (
      <div className={css.acts}>
        <p className={css.quiet}>{t('message.howTold')}</p>
        {reportHow.map((how) => (
          <Button
            key={how}
            size="large"
            wide
            disabled={acts.busy}
            onClick={() => void acts.report(how).then((ok) => ok && setForm(null))}
          >
            {t(`message.how.${how}`)}
          </Button>
        ))}
        <Button kind="plain" size="large" wide onClick={() => setForm(null)}>
          {t('message.back')}
        </Button>
      </div>
    )
  return (
    <div className={css.acts}>
      {can.see ? (
        <Button kind="primary" size="large" icon="eye" wide busy={acts.busy} onClick={() => void acts.see()}>
          {t('message.act.see')}
        </Button>
      ) : null}
      {can.dial ? <DialButton size="large" whom={{ messageId: message.id }} name={name} /> : null}
      {can.done ? (
        <Button
          kind={can.see ? 'quiet' : 'primary'}
          size="large"
          icon="check"
          wide
          onClick={() => setForm('done')}
        >
          {t('message.act.done')}
        </Button>
      ) : null}
      {can.report ? (
        <Button kind="primary" size="large" icon="phone" wide onClick={() => setForm('report')}>
          {t('message.act.report')}
        </Button>
      ) : null}
      {can.undo ? (
        <Button kind="plain" size="large" icon="back" wide busy={acts.busy} onClick={() => void acts.undo()}>
          {t('message.act.undo')}
        </Button>
      ) : null}
    </div>
  )
}
