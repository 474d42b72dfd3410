import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Field } from '../../../../ui-kit/field.tsx'
import { TextInput } from '../../../../ui-kit/inputs.tsx'
import { ProblemNotice } from '../../../../ui-kit/problem-notice.tsx'
import { RadioCards } from '../../../../ui-kit/radio-cards.tsx'
import { musterKinds } from '../contract.ts'
import { HoldButton } from './hold-button.tsx'
import css from './muster.module.css'
import { useStartMuster } from './queries.ts'

/** V18: alarm or drill, one button; what it is about may be said, nothing must be. */
export function StartMuster() {
  const { t } = useTranslation()
  const [kind, setKind] = useState<(typeof musterKinds)[number]>('alarm')
  const [note, setNote] = useState('')
  const [busy, setBusy] = useState(false)
  const [fault, setFault] = useState<unknown>(null)
  const start = useStartMuster()
  async function run() {
    setBusy(true)
    setFault(null)
    try {
      await start(kind, note.trim())
    } catch (problem) {
      setFault(problem)
    } finally {
      setBusy(false)
    }
  }
  return (
    <section className={css.start} aria-labelledby="muster-start">
      <h2 id="muster-start">{t('muster.start.title')}</h2>
      <p className={css.hint}>{t('muster.start.help')}</p>
      <RadioCards
        label={t('muster.start.kind')}
        size="large"
        columns={2}
        value={kind}
        onChange={setKind}
        options={musterKinds.map((value) => ({
          value,
          label: t(`muster.kind.${value}`),
          hint: t(`muster.kindHint.${value}`),
        }))}
      />
      <Field label={t('muster.start.note')}>
        <TextInput size="large" maxLength={200} value={note} onChange={setNote} />
      </Field>
      <HoldButton busy={busy} confirm={t(`muster.start.confirm.${kind}`)} onDone={() => void run()}>
        {t(`muster.start.hold.${kind}`)}
      </HoldButton>
      <ProblemNotice fault={fault} />
    </section>
  )
}
