import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../../ui-kit/button.tsx'
import { ProblemNotice } from '../../../../ui-kit/problem-notice.tsx'
import { Skeleton } from '../../../../ui-kit/skeleton.tsx'
import type { VisitCard } from '../../card/contract.ts'
import { type Answer, type AnswerName, Answers } from '../answers.tsx'
import { HostField } from '../host-field.tsx'
import { useVisit } from '../queries.ts'
import { type Outcome, useVisitCommands } from '../visit-commands.ts'
import { Asking } from '../whom/asking.tsx'
import { CallBlock } from './call-block.tsx'
import css from './gate.module.css'
import { useGo } from './gate-search.ts'
import { Headline } from './headline.tsx'
import { Sheet } from './sheet.tsx'

/** V5: the gate calls the host and writes down the answer, reminds, or asks the next one. */
export function AskPage({ id, onBack }: { id: string; onBack: () => void }) {
  const { t } = useTranslation()
  const visit = useVisit(id)
  return (
    <Sheet
      title={visit.data ? t('visits.gate.ask.title', { name: visit.data.visitorName }) : ''}
      onBack={onBack}
    >
      <ProblemNotice fault={visit.error} onRetry={() => void visit.refetch()} />
      {visit.data ? <Ask visit={visit.data} /> : visit.isPending ? <Skeleton rows={5} /> : null}
    </Sheet>
  )
}

function offered(visit: VisitCard): AnswerName[] {
  if (visit.can.checkIn) return visit.hostId === null ? [] : ['receive', 'wait', 'decline']
  const { can } = visit
  return (['receive', 'wait', 'delegate', 'decline'] as const).filter((name) => can[name])
}

function Ask({ visit }: { visit: VisitCard }) {
  const { t } = useTranslation()
  const go = useGo()
  const commands = useVisitCommands()
  const [busy, setBusy] = useState(false)

  async function run(task: () => Promise<Outcome>) {
    setBusy(true)
    const outcome = await task()
    setBusy(false)
    if (outcome.ok) go({ visit: visit.id }, true)
  }

  /** Somebody announced has not been asked by the house: the word comes with the check-in. */
  async function arrived(answer: Answer): Promise<Outcome> {
    if (answer.answer === 'decline') {
      return commands.refuse(visit, answer.reason || t('visits.gate.refuse.byHost'))
    }
    const outcome = await commands.checkIn(visit, { consent: { how: 'phone', byId: visit.hostId ?? '' } })
    return outcome.ok && answer.answer === 'wait' ? commands.wait(outcome.visit, answer.minutes) : outcome
  }

  function take(answer: Answer) {
    void run(() => {
      if (visit.can.checkIn) return arrived(answer)
      switch (answer.answer) {
        case 'receive':
          return commands.receive(visit)
        case 'wait':
          return commands.wait(visit, answer.minutes)
        case 'delegate':
          return commands.delegate(visit, answer.to.id, answer.to.name)
        case 'decline':
          return commands.decline(visit, answer.reason)
      }
    })
  }

  const answers = offered(visit)
  return (
    <>
      <Headline card={visit} big />
      {visit.can.redirect ? (
        <Asking visit={visit} size="large" onDone={() => go({ visit: visit.id }, true)} />
      ) : (
        <section className={css.block} aria-label={t('visits.gate.call.title')}>
          <h2>{t('visits.gate.call.title')}</h2>
          <CallBlock visit={visit} />
        </section>
      )}
      {answers.length > 0 ? (
        <section className={css.sheet} aria-label={t('visits.gate.ask.said')}>
          <h2>{t('visits.gate.ask.said')}</h2>
          <Answers voice="gate" offered={answers} busy={busy} onAnswer={take} />
        </section>
      ) : null}
      {visit.can.remind || visit.can.redirect ? <Others visit={visit} busy={busy} run={run} /> : null}
    </>
  )
}

interface OthersProps {
  visit: VisitCard
  busy: boolean
  run: (task: () => Promise<Outcome>) => Promise<void>
}

/** Nobody picks up: again, the next in line, or somebody the gate knows of. */
function Others({ visit, busy, run }: OthersProps) {
  const { t } = useTranslation()
  const commands = useVisitCommands()
  const [person, setPerson] = useState({ id: '', name: '', place: '' })
  return (
    <section className={css.block} aria-label={t('visits.gate.ask.nobody')}>
      <h2>{t('visits.gate.ask.nobody')}</h2>
      <div className={css.acts}>
        {visit.can.remind ? (
          <Button size="large" icon="bell" busy={busy} onClick={() => void run(() => commands.remind(visit))}>
            {t('visits.gate.act.remind')}
          </Button>
        ) : null}
        {visit.can.redirect ? (
          <Button
            size="large"
            icon="arrowRight"
            busy={busy}
            onClick={() => void run(() => commands.redirect(visit))}
          >
            {t('visits.gate.act.askNext')}
          </Button>
        ) : null}
      </div>
      {visit.can.redirect ? (
        <>
          <HostField size="large" label={t('visits.gate.ask.other')} value={person} onChange={setPerson} />
          <Button
            size="large"
            icon="phone"
            disabled={person.id === ''}
            busy={busy}
            onClick={() => void run(() => commands.redirect(visit, person.id))}
          >
            {t('visits.gate.act.askThis')}
          </Button>
        </>
      ) : null}
    </section>
  )
}
