import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { OwnerBox } from '../../../../kernel/tasks/ui/owner-box.tsx'
import { Button } from '../../../../ui-kit/button.tsx'
import { call } from '../../../../ui-kit/client.ts'
import { Field } from '../../../../ui-kit/field.tsx'
import { DateTimeInput, TextArea, TextInput } from '../../../../ui-kit/inputs.tsx'
import { useSpoken, useZone } from '../../../../ui-kit/language.ts'
import { RadioCards } from '../../../../ui-kit/radio-cards.tsx'
import { fromWall, toWall } from '../../../../ui-kit/zone-time.ts'
import { type CallbackCard, type CallbackDetail, callbacks } from '../../callbacks/contract.ts'
import css from '../log/log.module.css'

export type CallbackForm = 'keep' | 'attempt' | 'handOver' | 'giveUp' | 'withdraw'

interface FormProps {
  callback: CallbackDetail
  busy: boolean
  onSend: (run: () => Promise<CallbackCard>) => void
}

export function CallbackForms({ form, ...rest }: FormProps & { form: CallbackForm }) {
  if (form === 'keep') return <KeepForm {...rest} />
  if (form === 'attempt') return <AttemptForm {...rest} />
  if (form === 'handOver') return <HandOverForm {...rest} />
  return <EndForm {...rest} form={form} />
}

const scores = [1, 2, 3, 4, 5] as const

/** The promise is kept; a return visit asks its script and ends in a satisfaction (C14). */
function KeepForm({ callback, busy, onSend }: FormProps) {
  const { t } = useTranslation()
  const spoken = useSpoken()
  const [note, setNote] = useState('')
  const [score, setScore] = useState<string | null>(null)
  const [answers, setAnswers] = useState<Readonly<Record<string, string>>>({})
  const visit = callback.kind === 'return-visit'
  const answer = (key: string, value: string) => setAnswers({ ...answers, [key]: value })
  const choices = (values: readonly string[], label: (value: string) => string) =>
    values.map((value) => ({ value, label: label(value) }))
  return (
    <form
      className={css.record}
      onSubmit={(event) => {
        event.preventDefault()
        onSend(() =>
          call(callbacks.keep, {
            params: { id: callback.id },
            body: {
              note,
              ...(score === null ? {} : { satisfaction: Number(score) }),
              answers: Object.entries(answers).map(([key, value]) => ({ key, answer: value })),
            },
          }),
        )
      }}
    >
      {callback.questions.map((question) => (
        <Field key={question.key} label={spoken(question.text)} group={question.answer !== 'text'}>
          {question.answer === 'text' ? (
            <TextInput
              value={answers[question.key] ?? ''}
              maxLength={4000}
              onChange={(value) => answer(question.key, value)}
            />
          ) : (
            <RadioCards
              value={answers[question.key] ?? null}
              onChange={(value) => answer(question.key, value)}
              columns={question.answer === 'yes-no' ? 2 : 3}
              options={
                question.answer === 'yes-no'
                  ? choices(['yes', 'no'], (value) => t(`callbacks.${value}`))
                  : choices(scores.map(String), (value) => value)
              }
            />
          )}
        </Field>
      ))}
      {visit ? (
        <Field label={t('callbacks.satisfaction')} group required>
          <RadioCards
            value={score}
            onChange={setScore}
            columns={3}
            options={choices(scores.map(String), (value) => t('callbacks.score', { score: value }))}
          />
        </Field>
      ) : null}
      <Field label={t('callbacks.noteOf.keep')}>
        <TextArea rows={3} maxLength={4000} value={note} onChange={setNote} autoFocus={!visit} />
      </Field>
      <Button type="submit" kind="primary" busy={busy} disabled={visit && score === null}>
        {t('callbacks.act.keep')}
      </Button>
    </form>
  )
}

const results = ['busy', 'no-answer', 'later', 'wrong-number'] as const

function AttemptForm({ callback, busy, onSend }: FormProps) {
  const { t } = useTranslation()
  const zone = useZone()
  const [result, setResult] = useState<(typeof results)[number]>('no-answer')
  const [note, setNote] = useState('')
  const [due, setDue] = useState('')
  return (
    <form
      className={css.record}
      onSubmit={(event) => {
        event.preventDefault()
        const dueAt = due === '' ? {} : { dueAt: fromWall(due, zone) }
        onSend(() =>
          call(callbacks.attempt, { params: { id: callback.id }, body: { result, note, ...dueAt } }),
        )
      }}
    >
      <Field label={t('callbacks.attemptLabel')} group>
        <RadioCards
          value={result}
          onChange={setResult}
          columns={2}
          options={results.map((value) => ({ value, label: t(`callbacks.attempt.${value}`) }))}
        />
      </Field>
      {result === 'later' ? (
        <Field label={t('callbacks.newDue')} hint={t('callbacks.newDueHint')}>
          <DateTimeInput value={due} min={toWall(Date.now(), zone)} onChange={setDue} />
        </Field>
      ) : null}
      <Field label={t('callbacks.noteOf.attempt')}>
        <TextArea rows={2} maxLength={4000} value={note} onChange={setNote} />
      </Field>
      <Button type="submit" kind="primary" busy={busy}>
        {t('callbacks.act.attempt')}
      </Button>
    </form>
  )
}

function HandOverForm({ callback, busy, onSend }: FormProps) {
  const { t } = useTranslation()
  const [note, setNote] = useState('')
  const [to, setTo] = useState<{ owner: { kind: 'person' | 'post'; id: string } | null; text: string }>({
    owner: null,
    text: '',
  })
  return (
    <form
      className={css.record}
      onSubmit={(event) => {
        event.preventDefault()
        const { owner } = to
        if (owner === null) return
        onSend(() => call(callbacks.handOver, { params: { id: callback.id }, body: { owner, note } }))
      }}
    >
      <Field label={t('callbacks.handOverTo')} required>
        <OwnerBox
          autoFocus
          text={to.text}
          onTextChange={(text) => setTo({ owner: null, text })}
          onPick={(owner, text) => setTo({ owner, text })}
        />
      </Field>
      <Field label={t('callbacks.noteOf.handOver')}>
        <TextArea rows={2} maxLength={4000} value={note} onChange={setNote} />
      </Field>
      <Button type="submit" kind="primary" busy={busy} disabled={to.owner === null}>
        {t('callbacks.act.handOver')}
      </Button>
    </form>
  )
}

function EndForm({ form, callback, busy, onSend }: FormProps & { form: 'giveUp' | 'withdraw' }) {
  const { t } = useTranslation()
  const [note, setNote] = useState('')
  return (
    <form
      className={css.record}
      onSubmit={(event) => {
        event.preventDefault()
        onSend(() => call(callbacks[form], { params: { id: callback.id }, body: { note } }))
      }}
    >
      <Field label={t(`callbacks.noteOf.${form}`)} required>
        <TextArea rows={3} maxLength={4000} value={note} onChange={setNote} autoFocus />
      </Field>
      <Button type="submit" kind="primary" busy={busy} disabled={note.trim() === ''}>
        {t(`callbacks.act.${form}`)}
      </Button>
    </form>
  )
}
