import type { UseQueryResult } from '@tanstack/react-query'
import { Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../../ui-kit/button.tsx'
import { useNow } from '../../../../ui-kit/clock.ts'
import { Empty } from '../../../../ui-kit/empty.tsx'
import { TextInput } from '../../../../ui-kit/inputs.tsx'
import { ProblemNotice } from '../../../../ui-kit/problem-notice.tsx'
import { Skeleton } from '../../../../ui-kit/skeleton.tsx'
import { Tabs } from '../../../../ui-kit/tabs.tsx'
import { VisuallyHidden } from '../../../../ui-kit/visually-hidden.tsx'
import type { VisitCard } from '../../card/contract.ts'
import type { Board } from '../board.ts'
import { GroupCards } from '../groups/lazy-cards.tsx'
import css from './gate.module.css'
import { type GateAnswer, GateCard } from './gate-card.tsx'
import { useGo } from './gate-search.ts'
import { found, type GateLane, gateLanes, laneCards } from './lanes.ts'

export interface DayListProps {
  board: UseQueryResult<Board>
  cards: readonly VisitCard[]
  lane: GateLane | undefined
  onLane: (lane: GateLane) => void
  onAnswer: (card: VisitCard, answer: GateAnswer) => void
}

/** Scan first; then the day's list, searched or by where the visitors stand (V3). */
export function DayList({ board, cards, lane, onLane, onAnswer }: DayListProps) {
  const { t } = useTranslation()
  const go = useGo()
  // A minute is exact enough to move a card; the figures on it run by themselves.
  const now = Math.floor(useNow() / 60_000) * 60_000
  const [text, setText] = useState('')
  const [members, setMembers] = useState(0)
  const lanes = gateLanes.map((one) => ({ lane: one, cards: laneCards(cards, one, now) }))
  const waiting = lanes.find((one) => one.lane === 'door' && one.cards.length > 0)
  const chosen = lane ?? waiting?.lane ?? 'expected'
  const searching = text.trim() !== ''
  const shown = searching ? found(cards, text, now) : (lanes.find((one) => one.lane === chosen)?.cards ?? [])
  const list = (
    <>
      <VisuallyHidden>
        <h2>{searching ? t('visits.gate.search') : t(`visits.gate.lane.${chosen}`)}</h2>
      </VisuallyHidden>
      <Cards cards={shown} onAnswer={onAnswer}>
        {board.isPending ? (
          <Skeleton kind="cards" rows={3} />
        ) : board.data && (!searching || members === 0) ? (
          <NothingHere searching={searching} lane={chosen} onNew={() => go({ act: 'new' })} />
        ) : null}
      </Cards>
    </>
  )
  return (
    <div className={css.gate}>
      <VisuallyHidden>
        <h1>{t('visits.gate.title')}</h1>
      </VisuallyHidden>
      <div className={css.first}>
        <button type="button" className={css.scan} onClick={() => go({ act: 'scan' })}>
          <ScanMark />
          {t('visits.gate.scan.open')}
        </button>
        <Button size="large" icon="plus" onClick={() => go({ act: 'new' })}>
          {t('visits.gate.entry.open')}
        </Button>
      </div>
      <TextInput
        size="large"
        type="search"
        inputMode="search"
        label={t('visits.gate.search')}
        placeholder={t('visits.gate.searchHint')}
        value={text}
        onChange={setText}
      />
      <ProblemNotice fault={board.error} onRetry={() => void board.refetch()} />
      <Suspense fallback={null}>
        <GroupCards base="/gate/groups" size="large" text={text} onFound={setMembers} />
      </Suspense>
      {searching ? (
        <>
          <p className={css.count} role="status">
            {t('visits.gate.found', { count: shown.length + members })}
          </p>
          {list}
        </>
      ) : (
        <Tabs
          size="large"
          label={t('visits.gate.lanes')}
          value={chosen}
          onChange={onLane}
          tabs={lanes.map((one) => ({
            value: one.lane,
            label: t(`visits.gate.lane.${one.lane}`),
            count: one.cards.length + (one.lane === 'expected' ? (board.data?.expectedMore ?? 0) : 0),
          }))}
        >
          {list}
        </Tabs>
      )}
    </div>
  )
}

interface CardsProps {
  cards: readonly VisitCard[]
  onAnswer: (card: VisitCard, answer: GateAnswer) => void
  children: React.ReactNode
}

function Cards({ cards, onAnswer, children }: CardsProps) {
  const go = useGo()
  if (cards.length === 0) return children
  return (
    <ul className={css.cards}>
      {cards.map((card) => (
        <li key={card.id}>
          <GateCard
            card={card}
            onOpen={() => go({ visit: card.id })}
            onAnswer={(answer) => onAnswer(card, answer)}
          />
        </li>
      ))}
    </ul>
  )
}

function NothingHere(props: { searching: boolean; lane: GateLane; onNew: () => void }) {
  const { t } = useTranslation()
  return props.searching ? (
    <Empty
      icon="search"
      title={t('visits.gate.none.search')}
      action={
        <Button size="large" icon="plus" onClick={props.onNew}>
          {t('visits.gate.entry.open')}
        </Button>
      }
    >
      {t('visits.gate.none.searchHelp')}
    </Empty>
  ) : (
    <Empty icon={props.lane === 'expected' ? 'calendar' : 'user'} title={t(`visits.gate.none.${props.lane}`)}>
      {t(`visits.gate.none.${props.lane}Help`)}
    </Empty>
  )
}

function ScanMark() {
  return (
    <svg width="40" height="40" viewBox="0 0 24 24" fill="none" aria-hidden="true">
      <path
        d="M4 8V4h4M16 4h4v4M20 16v4h-4M8 20H4v-4M4 12h16"
        stroke="currentColor"
        strokeWidth="2"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  )
}
