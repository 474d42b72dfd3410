import { memo, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../../ui-kit/button.tsx'
import { useNow } from '../../../../ui-kit/clock.ts'
import { Column } from '../../../../ui-kit/column.tsx'
import { Empty } from '../../../../ui-kit/empty.tsx'
import { useSpoken } from '../../../../ui-kit/language.ts'
import { Skeleton } from '../../../../ui-kit/skeleton.tsx'
import { StatusChip, type Tone } from '../../../../ui-kit/status-chip.tsx'
import type { VisitCard } from '../../card/contract.ts'
import { type Pressing, pressing, pressingNow, type Situation } from '../board.ts'
import { useVisitOptions } from '../queries.ts'
import { ActButtons } from '../visit-act-buttons.tsx'
import { type ActName, nextAct, sideActs } from '../visit-acts.ts'
import { VisitCardView } from '../visit-card.tsx'
import css from './console.module.css'

const tones: Record<Situation, Tone> = {
  held: 'alarm',
  declined: 'alarm',
  unanswered: 'alarm',
  overstay: 'alarm',
  waitingLong: 'waiting',
  asking: 'waiting',
  preparing: 'good',
}

export interface NowColumnProps {
  /** What other modules have for this minute, on top. */
  before: { items: ReactNode; count: number; alarms: number } | undefined
  items: readonly VisitCard[]
  declined: readonly VisitCard[]
  state: { isPending: boolean; error: unknown; data: unknown }
  selected: string | undefined
  onOpen: (card: VisitCard) => void
  act: (card: VisitCard, act: ActName) => void
  onTold: (id: string) => void
}

/** Who stands here and needs something this minute, the most pressing first. */
export function NowColumn({ before, items, declined, state, selected, ...rest }: NowColumnProps) {
  const { t } = useTranslation()
  const { data: options } = useVisitOptions()
  // Once a second is enough to move somebody up; the figures run by themselves.
  const now = useNow()
  const timings = options?.timings ?? { waitingMinutes: 10, overstayGraceMinutes: 15 }
  const list = pressingNow([...declined, ...items], timings, now)
  const others = before?.count ?? 0
  const alarms = list.filter(({ situation }) => pressing.includes(situation)).length + (before?.alarms ?? 0)
  return (
    <div data-lane="now" className={css.now}>
      <Column
        title={t('visit.console.now')}
        count={state.data ? list.length + others : undefined}
        aside={
          alarms > 0 ? (
            <StatusChip tone="alarm">{t('visit.console.alarms', { count: alarms })}</StatusChip>
          ) : null
        }
        plain={list.length + others === 0}
      >
        {list.length + others > 0 ? (
          <>
            {before?.items}
            {list.map((one) => (
              <NowCard key={one.card.id} {...one} {...rest} chosen={selected === one.card.id} />
            ))}
          </>
        ) : state.isPending ? (
          <Skeleton kind="cards" rows={2} />
        ) : state.error && !state.data ? (
          // The board beside says why and offers to try again; "nobody" would be a guess.
          <Empty icon="alert" title={t('visit.console.unknown')} />
        ) : (
          <Empty icon="checkCircle" title={t('visit.console.nobody')}>
            {t('visit.console.nobodyHelp')}
          </Empty>
        )}
      </Column>
    </div>
  )
}

type NowCardProps = Pressing & Pick<NowColumnProps, 'onOpen' | 'act' | 'onTold'> & { chosen: boolean }

/** Drawn again only when the visit or its turn has changed, not each second. */
const NowCard = memo(function NowCard({ card, situation, chosen, onOpen, act, onTold }: NowCardProps) {
  const { t } = useTranslation()
  const spoken = useSpoken()
  const { data: options } = useVisitOptions()
  const first = nextAct(card)
  return (
    <li>
      <VisitCardView
        card={card}
        tone={tones[situation]}
        selected={chosen}
        onOpen={() => onOpen(card)}
        why={t(`visit.situation.${situation}`, {
          asked: card.askedName || card.hostName,
          place: spoken(card.waitingPlace),
          host: card.receiverName || card.hostName,
        })}
        actions={
          situation === 'declined' ? (
            <>
              <p className={css.say}>
                {t('visit.console.say')} <q>{spoken(card.say ?? options?.wording.declined)}</q>
              </p>
              <Button icon="check" onClick={() => onTold(card.id)}>
                {t('visit.console.told')}
              </Button>
            </>
          ) : (
            <ActButtons
              card={card}
              // The rest of its acts comes up when it is this card's turn.
              names={[...(first ? [first] : []), ...(chosen ? sideActs(card) : [])].slice(0, 3)}
              first={chosen ? first : null}
              keys={chosen}
              run={act}
            />
          )
        }
      />
    </li>
  )
})
