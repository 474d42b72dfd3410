import type { UseQueryResult } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { memo, type RefObject, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../../ui-kit/button.tsx'
import { serverNow } from '../../../../ui-kit/clock.ts'
import { Empty } from '../../../../ui-kit/empty.tsx'
import { Icon } from '../../../../ui-kit/icon.tsx'
import { TextInput } from '../../../../ui-kit/inputs.tsx'
import { ProblemNotice } from '../../../../ui-kit/problem-notice.tsx'
import type { VisitCard } from '../../card/contract.ts'
import { type Board, laneOf, lanes, matches } from '../board.ts'
import { GroupCards } from '../groups/lazy-cards.tsx'
import { ActButtons } from '../visit-act-buttons.tsx'
import { type ActName, nextAct, sideActs } from '../visit-acts.ts'
import { VisitCardView } from '../visit-card.tsx'
import css from './console.module.css'
import { LaneView } from './lane.tsx'

export interface TodayColumnProps {
  board: Pick<UseQueryResult<Board>, 'data' | 'error' | 'isPending' | 'refetch'>
  text: string
  onText: (text: string) => void
  box: RefObject<HTMLInputElement | null>
  selected: string | undefined
  onOpen: (card: VisitCard) => void
  act: (card: VisitCard, act: ActName) => void
  onNew: (() => void) | undefined
  onAnnounce: (() => void) | undefined
  focusFirst: () => void
  /** False: this role does not see visits. */
  reads: boolean
}

/** The day as a board: cards go from lane to lane by themselves as gate, hosts and other desks act. */
export function TodayColumn(props: TodayColumnProps) {
  const { t } = useTranslation()
  const { board, text } = props
  const items = (board.data?.items ?? []).filter((card) => matches(card, text))
  return (
    <section className={css.today} aria-labelledby="today-title">
      <header className={css.todayHead}>
        <h2 id="today-title">{t('visit.console.today')}</h2>
        {board.data ? (
          <Link to="/inside" className={css.inside}>
            {t('visit.console.inside', { count: board.data.inside })}
          </Link>
        ) : null}
        <div className={css.find}>
          <Icon name="search" size={16} className={css.findIcon} />
          <TextInput
            ref={props.box}
            type="search"
            label={t('visit.console.search')}
            placeholder={t('visit.console.searchHint')}
            value={text}
            onChange={props.onText}
            onKeyDown={(event) => {
              if (event.nativeEvent.isComposing) return
              if (event.key === 'Enter' || event.key === 'ArrowDown') {
                event.preventDefault()
                props.focusFirst()
              } else if (event.key === 'Escape' && text) {
                event.preventDefault()
                event.stopPropagation()
                props.onText('')
              }
            }}
          />
        </div>
        {props.onAnnounce ? (
          <Button icon="calendar" keyHint="a" onClick={props.onAnnounce}>
            {t('visit.announce.open')}
          </Button>
        ) : null}
        {props.onNew ? (
          <Button kind="primary" icon="plus" keyHint="v" onClick={props.onNew}>
            {t('visit.new.open')}
          </Button>
        ) : null}
      </header>
      {board.error ? <ProblemNotice fault={board.error} onRetry={() => void board.refetch()} /> : null}
      {props.reads ? null : (
        <Empty icon="lock" title={t('visit.console.noRight')}>
          {t('visit.console.noRightHelp')}
        </Empty>
      )}
      {props.reads ? (
        <Suspense fallback={null}>
          <GroupCards base="/groups" />
        </Suspense>
      ) : null}
      <div className={css.lanes} hidden={!props.reads}>
        {lanes.map((lane) => (
          <LaneView
            key={lane}
            lane={lane}
            board={board}
            cards={laneOf(items, lane)}
            filtered={text.trim() !== ''}
          >
            {(card) => (
              <LaneCard
                key={card.id}
                card={card}
                chosen={props.selected === card.id}
                onOpen={props.onOpen}
                act={props.act}
              />
            )}
          </LaneView>
        ))}
      </div>
    </section>
  )
}

type LaneCardProps = Pick<TodayColumnProps, 'onOpen' | 'act'> & { card: VisitCard; chosen: boolean }

const LaneCard = memo(function LaneCard({ card, chosen, onOpen, act }: LaneCardProps) {
  const first = nextAct(card)
  const names = [...(first ? [first] : []), ...sideActs(card)].slice(0, 3)
  return (
    <li className={justMoved(card) ? css.moved : undefined}>
      <VisitCardView
        card={card}
        look="brief"
        selected={chosen}
        // The lane's name says the usual state; only the other one is said on the card.
        status={card.status === 'asking' || card.status === 'signed_off'}
        onOpen={() => onOpen(card)}
        actions={chosen && names.length > 0 ? <ActButtons card={card} names={names} keys run={act} /> : null}
      />
    </li>
  )
})

/** Shines for a moment where it came to lie: another gate, desk or host has moved it. */
function justMoved(card: VisitCard): boolean {
  const last = card.leftAt ?? card.signedAt ?? card.metAt ?? card.admittedAt ?? card.arrivedAt
  return last !== null && serverNow() - Date.parse(last) < 5000
}
