import { useTranslation } from 'react-i18next'
import { useSpoken } from '../../../../ui-kit/language.ts'
import { RunningTime } from '../../../../ui-kit/running-time.tsx'
import type { VisitDetail } from '../../card/contract.ts'
import { useVisitOptions } from '../queries.ts'
import { nobodyAnswered } from '../visit-acts.ts'
import { VisitTime } from '../visit-time.tsx'
import css from './visit-panel.module.css'

/** On top of the panel: what is happening with this visitor right now, and for how long. Read out when it changes. */
export function Situation({ visit }: { visit: VisitDetail }) {
  const { t } = useTranslation()
  const spoken = useSpoken()
  const { data: options } = useVisitOptions()
  const { status } = visit
  const host = visit.receiverName || visit.hostName
  const nobody = nobodyAnswered(visit)
  const key = nobody ? 'unanswered' : status === 'left' && visit.lateSignature ? 'leftOwed' : status
  const text = t(`visit.now.${key}`, {
    asked: visit.askedName || host,
    host: host || t('visit.host.none'),
    place: spoken(visit.waitingPlace),
  })
  const alarm = status === 'declined' || status === 'refused' || nobody
  return (
    <section className={alarm ? css.situationAlarm : css.situation} aria-label={t('visit.detail.now')}>
      <div className={css.figure}>
        {status === 'asking' && visit.arrivedAt ? (
          <RunningTime
            since={visit.arrivedAt}
            size="figure"
            label={t('visit.time.waiting')}
            warnAfter={300}
          />
        ) : (
          <VisitTime card={visit} size="figure" waitingMinutes={options?.timings.waitingMinutes} />
        )}
        {status === 'asking' && visit.askDueAt && !nobody ? (
          <RunningTime until={visit.askDueAt} warnBefore={60} label={t('visit.time.nextIn')} />
        ) : null}
      </div>
      <p role="status" className={css.situationText}>
        {text}
      </p>
      {status === 'declined' ? (
        <p className={css.say}>
          {t('visit.console.say')} <q>{spoken(visit.say ?? options?.wording.declined)}</q>
        </p>
      ) : null}
    </section>
  )
}
