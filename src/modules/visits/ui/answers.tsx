import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../ui-kit/button.tsx'
import { cx } from '../../../ui-kit/cx.ts'
import { Field } from '../../../ui-kit/field.tsx'
import { Icon, type IconName } from '../../../ui-kit/icon.tsx'
import { TextInput } from '../../../ui-kit/inputs.tsx'
import css from './answers.module.css'
import { HostField, type PickedPerson } from './host-field.tsx'

export type Answer =
  | { answer: 'receive' }
  | { answer: 'wait'; minutes: number }
  | { answer: 'delegate'; to: PickedPerson }
  | { answer: 'decline'; reason: string }

export type AnswerName = Answer['answer']

const looks: Record<AnswerName, IconName> = {
  receive: 'checkCircle',
  wait: 'clock',
  delegate: 'swap',
  decline: 'close',
}

export interface AnswersProps {
  offered: readonly AnswerName[]
  onAnswer: (answer: Answer) => void
  busy: boolean
  /** `host`: the host's own words; `gate`: what the host said on the phone. */
  voice: 'host' | 'gate'
}

/** V5: the four answers, one tap each; those that need a word open in place. */
export function Answers({ offered, onAnswer, busy, voice }: AnswersProps) {
  const { t } = useTranslation()
  const [open, setOpen] = useState<AnswerName | null>(null)
  function press(name: AnswerName) {
    if (busy) return
    if (name === 'receive') onAnswer({ answer: 'receive' })
    else setOpen(open === name ? null : name)
  }
  return (
    <div className={css.answers}>
      {offered.map((name) => (
        <div key={name} className={css.one}>
          <button
            type="button"
            className={cx(css.answer, css[name])}
            aria-expanded={name === 'receive' ? undefined : open === name}
            aria-disabled={busy || undefined}
            onClick={() => press(name)}
          >
            <Icon name={looks[name]} size={32} />
            <span className={css.words}>
              <span className={css.word}>{t(`visits.answers.${voice}.${name}.word`)}</span>
              <span className={css.hint}>{t(`visits.answers.${voice}.${name}.hint`)}</span>
            </span>
          </button>
          {open === name && name === 'wait' ? (
            <Minutes busy={busy} onPick={(minutes) => onAnswer({ answer: 'wait', minutes })} />
          ) : null}
          {open === name && name === 'delegate' ? (
            <Delegate busy={busy} onPick={(to) => onAnswer({ answer: 'delegate', to })} />
          ) : null}
          {open === name && name === 'decline' ? (
            <Decline busy={busy} onSend={(reason) => onAnswer({ answer: 'decline', reason })} />
          ) : null}
        </div>
      ))}
    </div>
  )
}

function Minutes({ onPick, busy }: { onPick: (minutes: number) => void; busy: boolean }) {
  const { t } = useTranslation()
  return (
    <fieldset className={css.minutes}>
      <legend className={css.legend}>{t('visits.answers.minutes')}</legend>
      {[5, 10, 15, 30].map((minutes) => (
        <Button key={minutes} size="large" disabled={busy} onClick={() => onPick(minutes)}>
          {t('visits.answers.minute', { count: minutes })}
        </Button>
      ))}
    </fieldset>
  )
}

const nobody: PickedPerson = { id: '', name: '', place: '' }

function Delegate({ onPick, busy }: { onPick: (to: PickedPerson) => void; busy: boolean }) {
  const { t } = useTranslation()
  const [to, setTo] = useState(nobody)
  return (
    <div className={css.more}>
      <HostField size="large" autoFocus label={t('visits.answers.colleague')} value={to} onChange={setTo} />
      <Button kind="primary" size="large" wide disabled={to.id === ''} busy={busy} onClick={() => onPick(to)}>
        {to.id ? t('visits.answers.delegateTo', { name: to.name }) : t('visits.answers.delegateFirst')}
      </Button>
    </div>
  )
}

function Decline({ onSend, busy }: { onSend: (reason: string) => void; busy: boolean }) {
  const { t } = useTranslation()
  const [reason, setReason] = useState('')
  return (
    <form
      className={css.more}
      onSubmit={(event) => {
        event.preventDefault()
        onSend(reason.trim())
      }}
    >
      <Field label={t('visits.answers.reason')} hint={t('visits.answers.reasonHint')}>
        <TextInput size="large" value={reason} onChange={setReason} maxLength={200} />
      </Field>
      <Button kind="danger" size="large" wide type="submit" busy={busy}>
        {t('visits.answers.declineNow')}
      </Button>
    </form>
  )
}
