import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Card } from '../../../ui-kit/card.tsx'
import { cx } from '../../../ui-kit/cx.ts'
import { Icon } from '../../../ui-kit/icon.tsx'
import { useSpoken } from '../../../ui-kit/language.ts'
import type { Tone } from '../../../ui-kit/status-chip.tsx'
import type { VisitCard } from '../card/contract.ts'
import { useVisitOptions } from './queries.ts'
import css from './visit-card.module.css'
import { VisitFlags, VisitStatusChip } from './visit-status.tsx'
import { VisitTime } from './visit-time.tsx'

export interface VisitCardProps {
  card: VisitCard
  /** Opens the visit; the whole card is its target. */
  onOpen: () => void
  selected?: boolean | undefined
  tone?: Tone | undefined
  /** `brief` for lanes, `full` where the card stands alone, `large` for gate and phone. */
  look?: 'brief' | 'full' | 'large' | undefined
  /** The state's chip, where the place does not say the state. */
  status?: boolean | undefined
  /** A sentence on top: why it stands here. */
  why?: ReactNode
  actions?: ReactNode
}

/** A visitor as a card, the same on every surface: who, from where, to whom, the time that matters, what is missing. */
export function VisitCardView(props: VisitCardProps) {
  const { card, look = 'full', selected, tone, status = false } = props
  const { t } = useTranslation()
  const spoken = useSpoken()
  const { data: options } = useVisitOptions()
  const kind = spoken(options?.kinds.find((one) => one.key === card.kind)?.name)
  const more = look === 'brief' ? [] : [kind, card.purpose]
  const from = [card.organisation, ...more].filter(Boolean).join(' · ')
  return (
    <div className={cx(css.item, css[look])}>
      <Card tone={tone} selected={selected} actions={props.actions}>
        <div className={css.head}>
          <h3 className={css.title}>
            <button type="button" className={css.open} data-card={card.id} onClick={props.onOpen}>
              {card.important ? <Icon name="star" size={16} label={t('visit.important')} /> : null}
              <span className={css.name}>{card.visitorName}</span>
              {card.partySize > 1 ? (
                <span className={css.party}>{t('visit.party', { count: card.partySize })}</span>
              ) : null}
            </button>
          </h3>
          <VisitTime
            card={card}
            size={look === 'brief' ? 'base' : 'title'}
            waitingMinutes={options?.timings.waitingMinutes}
          />
        </div>
        {props.why ? <p className={css.why}>{props.why}</p> : null}
        {from ? <p className={css.from}>{from}</p> : null}
        <HostLine card={card} />
        <div className={css.chips}>
          {status ? <VisitStatusChip status={card.status} /> : null}
          {card.passNumber && card.status !== 'left' ? (
            <span className={css.figure}>
              <Icon name="pass" size={16} label={t('visit.pass')} />
              {card.passNumber}
            </span>
          ) : null}
          {card.plate ? <span className={css.plate}>{card.plate}</span> : null}
          <VisitFlags card={card} />
        </div>
      </Card>
    </div>
  )
}

/** 找 赵敏 · 采购部 8012, and who receives instead. */
function HostLine({ card }: { card: VisitCard }) {
  const { t } = useTranslation()
  if (!card.hostName && !card.receiverName) return null
  const place = [card.hostDepartment, card.hostExtension].filter(Boolean).join(' ')
  return (
    <p className={css.host}>
      <span className={css.label}>{t('visit.toSee')}</span> {card.hostName || card.receiverName}
      {place ? <span className={css.label}> {place}</span> : null}
      {card.receiverName && card.receiverName !== card.hostName ? (
        <span className={css.label}> {t('visit.receivedBy', { name: card.receiverName })}</span>
      ) : null}
    </p>
  )
}
