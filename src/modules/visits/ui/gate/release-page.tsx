import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../../ui-kit/button.tsx'
import { Field } from '../../../../ui-kit/field.tsx'
import { Icon } from '../../../../ui-kit/icon.tsx'
import { Checkbox, TextInput } from '../../../../ui-kit/inputs.tsx'
import { useSpoken } from '../../../../ui-kit/language.ts'
import { ApiProblem } from '../../../../ui-kit/problem.ts'
import { ProblemNotice } from '../../../../ui-kit/problem-notice.tsx'
import { Skeleton } from '../../../../ui-kit/skeleton.tsx'
import { type EscortAnswer, EscortQuestion } from '../../areas/ui/escort-question.tsx'
import type { VisitDetail } from '../../card/contract.ts'
import { categoryFor } from '../options.ts'
import { useVisit, useVisitOptions } from '../queries.ts'
import { escortDue, releaseAsks } from '../visit-acts.ts'
import { useVisitCommands } from '../visit-commands.ts'
import { CallBlock } from './call-block.tsx'
import css from './gate.module.css'
import { Headline } from './headline.tsx'
import { Sheet } from './sheet.tsx'

/** V10, V11: slip and pass back, signed → out; unsigned → the host is called first. */
export function ReleasePage({ id, onBack }: { id: string; onBack: () => void }) {
  const { t } = useTranslation()
  const visit = useVisit(id)
  const options = useVisitOptions()
  return (
    <Sheet title={t('visits.gate.release.title')} onBack={onBack}>
      <ProblemNotice fault={visit.error} onRetry={() => void visit.refetch()} />
      {!visit.data || options.isPending ? (
        visit.error ? null : (
          <Skeleton rows={5} />
        )
      ) : visit.data.can.release ? (
        <ReleaseForm visit={visit.data} onDone={onBack} />
      ) : (
        <>
          <Headline card={visit.data} big />
          <p className={css.from}>{t('visits.gate.release.notNow', { name: visit.data.visitorName })}</p>
        </>
      )}
    </Sheet>
  )
}

function ReleaseForm({ visit, onDone }: { visit: VisitDetail; onDone: () => void }) {
  const { t } = useTranslation()
  const spoken = useSpoken()
  const commands = useVisitCommands()
  const { data: options } = useVisitOptions()
  const category = categoryFor(options, visit.kind, visit.category)
  const host = visit.receiverName || visit.hostName
  const [passReturned, setPass] = useState(true)
  const [slipReturned, setSlip] = useState(true)
  const [byName, setByName] = useState(host)
  // The server has the last word: the category may have changed since this page was opened.
  const [told, setTold] = useState(false)
  const [escort, setEscort] = useState<EscortAnswer>(null)
  const escorted = escortDue(visit)
  const [busy, setBusy] = useState(false)
  const unsigned = told || releaseAsks(visit, category?.signOff ?? false)

  async function send(event: FormEvent) {
    event.preventDefault()
    setBusy(true)
    const outcome = await commands.release(visit, {
      passReturned,
      slipReturned,
      ...(escorted ? { escortPresent: escort === 'here' } : {}),
      ...(unsigned ? { hostConfirmed: { byName: byName.trim() } } : {}),
    })
    setBusy(false)
    if (outcome.ok) onDone()
    else if (outcome.fault instanceof ApiProblem && outcome.fault.code === 'visit.host-must-confirm')
      setTold(true)
  }

  return (
    <form className={css.gate} onSubmit={(event) => void send(event)}>
      <div className={css.person}>
        <p className={css.name}>{visit.visitorName}</p>
        <p className={css.from}>{[visit.organisation, visit.number].filter(Boolean).join(' · ')}</p>
      </div>
      {unsigned ? (
        <section className={`${css.block} ${css.todo}`} aria-label={t('visits.gate.release.unsigned')}>
          <h2>{t('visits.gate.release.unsigned')}</h2>
          <p className={css.say}>{spoken(options?.wording.exitUnsigned)}</p>
          <CallBlock visit={visit} />
          <Field label={t('visits.gate.release.byName')} required>
            <TextInput size="large" value={byName} onChange={setByName} maxLength={200} />
          </Field>
          <p className={css.note}>{t('visits.gate.release.late', { name: host || byName })}</p>
        </section>
      ) : (
        <Headline card={visit} big />
      )}
      {escorted ? (
        <section className={css.block}>
          <EscortQuestion size="large" name={visit.escortName} value={escort} onChange={setEscort} />
        </section>
      ) : null}
      <section className={css.block} aria-label={t('visits.gate.release.collect')}>
        <h2>{t('visits.gate.release.collect')}</h2>
        <div className={css.switches}>
          {visit.passNumber ? (
            <Checkbox size="large" checked={passReturned} onChange={setPass}>
              {t('visits.gate.release.pass', { number: visit.passNumber })}
            </Checkbox>
          ) : null}
          {visit.passNumber && !passReturned ? (
            <p className={css.warn} role="status">
              <Icon name="alert" />
              {t('visits.gate.release.passMissing', { number: visit.passNumber })}
            </p>
          ) : null}
          {(category?.slip ?? true) ? (
            <Checkbox size="large" checked={slipReturned} onChange={setSlip}>
              {t('visits.gate.release.slip')}
            </Checkbox>
          ) : null}
          {slipReturned ? null : (
            <p className={css.warn} role="status">
              <Icon name="alert" />
              {t('visits.gate.release.slipMissing')}
            </p>
          )}
          {visit.passNumber === null && category?.slip === false ? (
            <p className={css.note}>{t('visits.gate.release.nothing')}</p>
          ) : null}
        </div>
      </section>
      <Button
        kind="primary"
        size="large"
        icon="signOut"
        type="submit"
        wide
        busy={busy}
        disabled={(unsigned && byName.trim() === '') || (escorted && escort === null)}
      >
        {t(unsigned ? 'visits.gate.release.confirmed' : 'visits.gate.release.run')}
      </Button>
      <p className={css.note}>{spoken(options?.wording.farewell)}</p>
    </form>
  )
}
