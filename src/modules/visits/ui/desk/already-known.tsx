import { useTranslation } from 'react-i18next'
import { Button } from '../../../../ui-kit/button.tsx'
import type { VisitCard } from '../../card/contract.ts'
import { insideStatuses } from '../../rules.ts'
import { useBoard } from '../queries.ts'
import { acts } from '../visit-acts.ts'
import { At } from '../visit-time.tsx'
import css from './forms.module.css'

export interface AlreadyKnownProps {
  visitorId: string
  visitorName: string
  onOpen: (card: VisitCard) => void
}

/** V3, appointment first: whoever is expected today is checked in, not registered anew; whoever is inside is shown. */
export function AlreadyKnown({ visitorId, visitorName, onOpen }: AlreadyKnownProps) {
  const { t } = useTranslation()
  const { data: board } = useBoard()
  const name = visitorName.trim()
  const same = (card: VisitCard) =>
    visitorId ? card.visitorId === visitorId : name.length > 1 && card.visitorName === name
  const found = (board?.items ?? []).filter(
    (card) => same(card) && (card.status === 'expected' || insideStatuses.includes(card.status)),
  )
  if (found.length === 0) return null
  return (
    <div role="status">
      <ul className={css.found}>
        {found.slice(0, 3).map((card) => (
          <li key={card.id} className={css.foundRow}>
            <span>
              {card.status === 'expected' ? t('visit.new.hasAppointment') : t('visit.new.isInside')}{' '}
              <At instant={card.status === 'expected' ? card.expectedAt : card.arrivedAt} />
              {card.hostName ? ` · ${t('visit.toSee')} ${card.hostName}` : ''}
            </span>
            <Button
              icon={card.status === 'expected' ? acts.checkIn.icon : 'arrowRight'}
              onClick={() => onOpen(card)}
            >
              {t('visit.new.openThat')}
            </Button>
          </li>
        ))}
      </ul>
    </div>
  )
}
