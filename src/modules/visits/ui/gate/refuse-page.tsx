import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../../ui-kit/button.tsx'
import { Field } from '../../../../ui-kit/field.tsx'
import { TextInput } from '../../../../ui-kit/inputs.tsx'
import { useSpoken } from '../../../../ui-kit/language.ts'
import { ProblemNotice } from '../../../../ui-kit/problem-notice.tsx'
import { Skeleton } from '../../../../ui-kit/skeleton.tsx'
import { useVisit, useVisitOptions } from '../queries.ts'
import { useVisitCommands } from '../visit-commands.ts'
import css from './gate.module.css'
import { useGo } from './gate-search.ts'
import { Sheet } from './sheet.tsx'

const usual = ['document', 'byHost', 'suspicious', 'pitch', 'unruly'] as const

/** V12: refused; the reason is for the house, the visitor hears the wording only. */
export function RefusePage({ id, onBack }: { id: string; onBack: () => void }) {
  const { t } = useTranslation()
  const spoken = useSpoken()
  const go = useGo()
  const visit = useVisit(id)
  const { data: options } = useVisitOptions()
  const commands = useVisitCommands()
  const [reason, setReason] = useState('')
  const [busy, setBusy] = useState(false)

  async function send(event: FormEvent) {
    event.preventDefault()
    if (!visit.data || reason.trim() === '') return
    setBusy(true)
    const outcome = await commands.refuse(
      visit.data,
      reason.trim(),
      reason.trim() === t('visits.gate.refuse.suspicious'),
    )
    setBusy(false)
    if (outcome.ok) go({ visit: id }, true)
  }

  return (
    <Sheet
      title={visit.data ? t('visits.gate.refuse.title', { name: visit.data.visitorName }) : ''}
      onBack={onBack}
    >
      <ProblemNotice fault={visit.error} onRetry={() => void visit.refetch()} />
      {visit.isPending ? <Skeleton rows={4} /> : null}
      {visit.data ? (
        <form className={css.gate} onSubmit={(event) => void send(event)}>
          <p className={css.note}>{t('visits.gate.refuse.say')}</p>
          <p className={css.say}>{spoken(options?.wording.refused)}</p>
          <fieldset className={css.choice}>
            <legend>{t('visits.gate.refuse.why')}</legend>
            <div className={css.reasons}>
              {usual.map((name) => {
                const words = t(`visits.gate.refuse.${name}`)
                return (
                  <Button key={name} size="large" pressed={reason === words} onClick={() => setReason(words)}>
                    {words}
                  </Button>
                )
              })}
            </div>
          </fieldset>
          <Field label={t('visits.gate.refuse.reason')} required hint={t('visits.gate.refuse.reasonHint')}>
            <TextInput size="large" value={reason} onChange={setReason} maxLength={200} />
          </Field>
          <Button
            kind="danger"
            size="large"
            icon="shield"
            type="submit"
            wide
            busy={busy}
            disabled={reason.trim() === ''}
          >
            {t('visits.gate.refuse.run')}
          </Button>
        </form>
      ) : null}
    </Sheet>
  )
}
