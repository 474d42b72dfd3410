import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Column } from '../../../../ui-kit/column.tsx'
import { Skeleton } from '../../../../ui-kit/skeleton.tsx'
import type { VisitCard } from '../../card/contract.ts'
import type { VisitStatus } from '../../rules.ts'
import type { Board, Lane } from '../board.ts'
import css from './console.module.css'

const counted: Record<Lane, readonly VisitStatus[]> = {
  expected: ['expected'],
  waiting: ['asking', 'admitted'],
  meeting: ['with_host'],
  leaving: ['signed_off', 'left'],
}

export interface LaneProps {
  lane: Lane
  cards: readonly VisitCard[]
  board: { data: Board | undefined; isPending: boolean }
  /** A search is on: the lane shows the hits, its count stays the day's. */
  filtered: boolean
  children: (card: VisitCard) => ReactNode
}

/** One lane with its count; a list that scrolls by itself. */
export function LaneView({ lane, cards, board, filtered, children }: LaneProps) {
  const { t } = useTranslation()
  const counts = board.data?.counts ?? {}
  const count = (status: VisitStatus) => counts[status] ?? 0
  const more = lane === 'expected' && !filtered ? (board.data?.expectedMore ?? 0) : 0
  const split = lane === 'leaving' && board.data
  return (
    <div data-lane={lane} className={css.lane}>
      <Column
        level={3}
        title={
          split
            ? t('visit.lane.leavingCounts', { signed: count('signed_off'), left: count('left') })
            : t(`visit.lane.${lane}`)
        }
        count={
          split || !board.data ? undefined : counted[lane].reduce((sum, status) => sum + count(status), 0)
        }
        plain={cards.length === 0}
      >
        {cards.length > 0 ? (
          <>
            {cards.map(children)}
            {more > 0 ? <li className={css.note}>{t('visit.lane.more', { count: more })}</li> : null}
          </>
        ) : board.isPending ? (
          <Skeleton kind="cards" rows={2} />
        ) : (
          <p className={css.note}>
            {board.data ? t(filtered ? 'visit.lane.noHit' : `visit.lane.empty.${lane}`) : '—'}
          </p>
        )}
      </Column>
    </div>
  )
}
