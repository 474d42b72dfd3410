import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../../ui-kit/button.tsx'
import { call } from '../../../../ui-kit/client.ts'
import { Field } from '../../../../ui-kit/field.tsx'
import { NumberInput, TextInput } from '../../../../ui-kit/inputs.tsx'
import { Panel } from '../../../../ui-kit/panel.tsx'
import { ProblemNotice } from '../../../../ui-kit/problem-notice.tsx'
import { useProblemText } from '../../../../ui-kit/problem-text.ts'
import { showToast } from '../../../../ui-kit/toast.tsx'
import { passes } from '../../passes/contract.ts'
import css from './passes.module.css'

/** Numbers new to the stock: prefix and range; numbers already known stay as they are. */
export function AddPasses({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const { fieldTexts } = useProblemText()
  const [prefix, setPrefix] = useState('A-')
  const [from, setFrom] = useState<number | null>(1)
  const [to, setTo] = useState<number | null>(50)
  const [digits, setDigits] = useState<number | null>(3)
  const [fault, setFault] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const complete = from !== null && to !== null && digits !== null && from <= to
  const written = (number: number) => `${prefix.trim()}${String(number).padStart(digits ?? 1, '0')}`

  async function send(event: FormEvent) {
    event.preventDefault()
    if (!complete || busy) return
    setBusy(true)
    setFault(null)
    try {
      const { added, known } = await call(passes.add, { body: { prefix: prefix.trim(), from, to, digits } })
      showToast({
        text: t(known > 0 ? 'visits.pass.add.partly' : 'visits.pass.add.done', { count: added, known }),
      })
      await client.invalidateQueries({ queryKey: ['passes'] })
      onClose()
    } catch (problem) {
      setFault(problem)
    } finally {
      setBusy(false)
    }
  }

  const errors = fieldTexts(fault)
  const number = (
    name: 'from' | 'to' | 'digits',
    value: number | null,
    set: (value: number | null) => void,
  ) => (
    <Field label={t(`visits.pass.add.${name}`)} required error={errors[name]}>
      <NumberInput
        min={name === 'digits' ? 1 : 0}
        max={name === 'digits' ? 6 : 99_999}
        value={value}
        onChange={set}
      />
    </Field>
  )
  return (
    <Panel
      title={t('visits.pass.add.title')}
      onClose={onClose}
      footer={
        <Button kind="primary" type="submit" form="add-passes" busy={busy} disabled={!complete}>
          {t('visits.pass.add.run')}
        </Button>
      }
    >
      <form id="add-passes" className={css.form} noValidate onSubmit={(event) => void send(event)}>
        {fault ? <ProblemNotice fault={fault} /> : null}
        <Field label={t('visits.pass.add.prefix')} error={errors.prefix}>
          <TextInput maxLength={10} value={prefix} onChange={setPrefix} />
        </Field>
        {number('from', from, setFrom)}
        {number('to', to, setTo)}
        {number('digits', digits, setDigits)}
        {complete ? (
          <p className={css.note}>
            {t('visits.pass.add.preview', { first: written(from), last: written(to), count: to - from + 1 })}
          </p>
        ) : null}
      </form>
    </Panel>
  )
}

/** Out of use for good, with the reason; "back in stock" undoes it. */
export function VoidPass({ number, onClose }: { number: string; onClose: () => void }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const { problemText } = useProblemText()
  const [reason, setReason] = useState('')
  const [fault, setFault] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)

  async function undo() {
    try {
      await call(passes.found, { params: { number } })
    } catch (problem) {
      showToast({ text: problemText(problem), tone: 'alarm', seconds: 8 })
    }
    await client.invalidateQueries({ queryKey: ['passes'] })
  }

  async function send(event: FormEvent) {
    event.preventDefault()
    if (reason.trim() === '' || busy) return
    setBusy(true)
    setFault(null)
    try {
      await call(passes.void, { params: { number }, body: { reason: reason.trim() } })
      showToast({ text: t('visits.pass.void.done', { number }), undo: () => void undo() })
      await client.invalidateQueries({ queryKey: ['passes'] })
      onClose()
    } catch (problem) {
      setFault(problem)
    } finally {
      setBusy(false)
    }
  }

  return (
    <Panel
      title={t('visits.pass.void.title', { number })}
      onClose={onClose}
      footer={
        <Button kind="primary" type="submit" form="void-pass" busy={busy} disabled={reason.trim() === ''}>
          {t('visits.pass.void.run')}
        </Button>
      }
    >
      <form id="void-pass" className={css.form} noValidate onSubmit={(event) => void send(event)}>
        {fault ? <ProblemNotice fault={fault} /> : null}
        <Field label={t('visits.pass.void.reason')} required hint={t('visits.pass.void.hint')}>
          <TextInput autoFocus maxLength={200} value={reason} onChange={setReason} />
        </Field>
      </form>
    </Panel>
  )
}
