import { Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../../ui-kit/button.tsx'
import { DescriptionList } from '../../../../ui-kit/description-list.tsx'
import { Icon } from '../../../../ui-kit/icon.tsx'
import { useSpoken, useUiLanguage, useZone } from '../../../../ui-kit/language.ts'
import { Masked } from '../../../../ui-kit/masked.tsx'
import { ProblemNotice } from '../../../../ui-kit/problem-notice.tsx'
import { Skeleton } from '../../../../ui-kit/skeleton.tsx'
import { formatDateTime } from '../../../../ui-kit/zone-time.ts'
import type { VisitCard, VisitDetail } from '../../card/contract.ts'
import { LazyReception } from '../../important/ui/lazy-reception.tsx'
import { LazyVisitCars } from '../../vehicles/ui/lazy-cars.tsx'
import { wordingFor } from '../board.ts'
import { printVisit } from '../desk/print.ts'
import { categoryFor } from '../options.ts'
import { useVisit, useVisitOptions } from '../queries.ts'
import { revealField, useVisitCommands } from '../visit-commands.ts'
import { VisitFlags, VisitStatusChip } from '../visit-status.tsx'
import { VisitTime } from '../visit-time.tsx'
import css from './gate.module.css'
import { AnswerRow, answersFor, type GateAnswer } from './gate-card.tsx'
import { Headline } from './headline.tsx'
import { Sheet } from './sheet.tsx'
import { VisitTodo } from './visit-todo.tsx'

export interface VisitPageProps {
  id: string
  onBack: () => void
  onAnswer: (card: VisitCard, answer: GateAnswer) => void
}

/** One visitor at the gate: the answer, what to say, what is still to be done, what to press. */
export function VisitPage({ id, onBack, onAnswer }: VisitPageProps) {
  const { t } = useTranslation()
  const visit = useVisit(id)
  return (
    <Sheet
      title={visit.data?.number ?? t('visits.gate.visit')}
      onBack={onBack}
      aside={visit.data ? <VisitStatusChip status={visit.data.status} /> : null}
    >
      <ProblemNotice fault={visit.error} onRetry={() => void visit.refetch()} />
      {visit.data ? (
        <Visit visit={visit.data} onAnswer={onAnswer} />
      ) : visit.isPending ? (
        <Skeleton rows={6} />
      ) : null}
    </Sheet>
  )
}

function Visit({ visit, onAnswer }: { visit: VisitDetail; onAnswer: VisitPageProps['onAnswer'] }) {
  const { t } = useTranslation()
  const spoken = useSpoken()
  const { data: options } = useVisitOptions()
  const category = categoryFor(options, visit.kind, visit.category)
  const kind = options?.kinds.find((one) => one.key === visit.kind)
  const inHouse = ['expected', 'asking', 'admitted'].includes(visit.status)
  const answers = answersFor(visit).filter((name) => name !== 'prepare' && name !== 'told')
  return (
    <>
      <div className={css.person}>
        <p className={css.name}>
          {visit.important ? <Icon name="star" size={24} label={t('visit.important')} /> : null}
          {visit.visitorName}
          {visit.partySize > 1 ? <span>{t('visit.party', { count: visit.partySize })}</span> : null}
        </p>
        <p className={css.from}>{[visit.organisation, spoken(kind?.name)].filter(Boolean).join(' · ')}</p>
        <VisitTime card={visit} size="title" waitingMinutes={options?.timings.waitingMinutes} />
      </div>
      <Headline card={visit} big />
      <Wording visit={visit} />
      <AnswerRow card={visit} answers={answers} onAnswer={(given) => onAnswer(visit, given)} />
      {visit.can.checkDocument || visit.can.issuePass ? <VisitTodo visit={visit} /> : null}
      {inHouse && category && category.steps.length > 0 ? (
        <section className={css.block} aria-label={t('visits.gate.steps')}>
          <h2>{t('visits.gate.steps')}</h2>
          <ol className={css.steps}>
            {category.steps.map((step) => (
              <li key={step.en}>
                <span>{spoken(step)}</span>
              </li>
            ))}
          </ol>
        </section>
      ) : null}
      <Suspense fallback={null}>
        {visit.important ? <LazyReception visit={visit} size="large" /> : null}
      </Suspense>
      <Facts visit={visit} />
      <Suspense fallback={null}>
        <LazyVisitCars visit={visit} size="large" />
      </Suspense>
      <MoreActs visit={visit} />
    </>
  )
}

/** What to say now; a no is said by the headline itself (V5, G7). */
function Wording({ visit }: { visit: VisitDetail }) {
  const spoken = useSpoken()
  const { data: options } = useVisitOptions()
  if (['declined', 'refused', 'left', 'cancelled', 'no_show'].includes(visit.status)) return null
  // Nobody asks an announced guest of the executives whom they want to see (V7).
  if (visit.important && visit.status === 'expected') return null
  return wordingFor(visit).map((key) => {
    const words = spoken(options?.wording[key])
    return words ? (
      <p key={key} className={css.say}>
        {words}
      </p>
    ) : null
  })
}

function Facts({ visit }: { visit: VisitDetail }) {
  const { t } = useTranslation()
  const spoken = useSpoken()
  const zone = useZone()
  const language = useUiLanguage()
  const place = [visit.hostDepartment, visit.hostExtension].filter(Boolean).join(' ')
  const phone = visit.phoneMasked ? (
    <Masked
      masked={visit.phoneMasked}
      label={t('visits.gate.fact.phone')}
      onReveal={visit.can.reveal ? () => revealField(visit.id, 'phone') : undefined}
    />
  ) : null
  const at = (instant: string | null) => (instant ? formatDateTime(instant, zone, language) : null)
  return (
    <section className={css.block} aria-label={t('visits.gate.facts')}>
      <DescriptionList
        rows={[
          [t('visits.gate.fact.host'), [visit.hostName, place].filter(Boolean).join(' · ')],
          [t('visits.gate.fact.receiver'), visit.receiverName === visit.hostName ? null : visit.receiverName],
          [t('visits.gate.fact.purpose'), visit.purpose],
          [t('visits.gate.fact.phone'), phone],
          [t('visits.gate.fact.document'), visit.documentMasked],
          [t('visits.gate.fact.plate'), visit.plate],
          [t('visits.gate.fact.pass'), visit.passNumber],
          [t('visits.gate.fact.areas'), visit.areas.join(' · ')],
          [t('visits.gate.fact.place'), spoken(visit.waitingPlace)],
          [t('visits.gate.fact.companions'), visit.companions.join(' · ')],
          [t('visits.gate.fact.expected'), at(visit.expectedAt)],
          [t('visits.gate.fact.arrived'), at(visit.arrivedAt)],
          [t('visits.gate.fact.until'), at(visit.validUntil)],
          [t('visits.gate.fact.left'), at(visit.leftAt)],
          [t('visits.gate.fact.note'), visit.note],
          [t('visits.gate.fact.refuseReason'), visit.refuseReason],
        ]}
      />
      <VisitFlags card={visit} />
    </section>
  )
}

function MoreActs({ visit }: { visit: VisitDetail }) {
  const { t } = useTranslation()
  const commands = useVisitCommands()
  const { can } = visit
  const released = answersFor(visit).includes('release')
  return (
    <div className={css.acts}>
      {can.meet ? (
        <Button size="large" icon="user" onClick={() => void commands.meet(visit)}>
          {t('visits.gate.act.meet')}
        </Button>
      ) : null}
      {can.release && !released ? (
        <Button size="large" icon="signOut" onClick={() => void commands.release(visit, {})}>
          {t('visits.gate.act.release')}
        </Button>
      ) : null}
      {can.print && visit.status !== 'held' ? (
        <Button size="large" icon="print" onClick={() => printVisit(visit)}>
          {t('visits.gate.act.print')}
        </Button>
      ) : null}
      {can.cancel ? (
        <Button size="large" icon="close" onClick={() => void commands.cancel(visit, '')}>
          {t(visit.status === 'expected' ? 'visits.gate.act.cancel' : 'visits.gate.act.wentAway')}
        </Button>
      ) : null}
      {can.undo ? (
        <Button size="large" icon="back" onClick={() => void commands.undo(visit)}>
          {t('visits.gate.act.undo')}
        </Button>
      ) : null}
    </div>
  )
}
