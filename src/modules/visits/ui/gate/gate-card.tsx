import { useTranslation } from 'react-i18next'
import { cx } from '../../../../ui-kit/cx.ts'
import { Icon, type IconName } from '../../../../ui-kit/icon.tsx'
import type { VisitCard } from '../../card/contract.ts'
import { VisitCardView } from '../visit-card.tsx'
import { statusTone } from '../visit-status.tsx'
import css from './gate.module.css'
import { Headline } from './headline.tsx'

export type GateAnswer = 'in' | 'ask' | 'refuse' | 'release' | 'remind' | 'prepare' | 'told'

const looks: Record<GateAnswer, { icon: IconName; look: 'yes' | 'ask' | 'no' }> = {
  in: { icon: 'check', look: 'yes' },
  prepare: { icon: 'pass', look: 'yes' },
  release: { icon: 'signOut', look: 'yes' },
  ask: { icon: 'phone', look: 'ask' },
  remind: { icon: 'bell', look: 'ask' },
  told: { icon: 'check', look: 'ask' },
  refuse: { icon: 'close', look: 'no' },
}

/** 进 · 问 · 拒 as the state of the visit means them; only what may be done. */
export function answersFor(card: VisitCard): GateAnswer[] {
  const { can } = card
  const offered: GateAnswer[] = []
  switch (card.status) {
    case 'expected':
    case 'no_show':
      if (can.checkIn) offered.push('in', 'ask')
      break
    case 'asking':
      if (can.receive) offered.push('in', 'ask')
      break
    case 'admitted':
      if (card.outstanding.length > 0) offered.push('prepare')
      else if (can.release) offered.push('release')
      if (can.remind) offered.push('remind')
      break
    case 'declined':
      offered.push('told')
      break
    // V12: neither in nor out is the answer here; leaving stays possible, but not under the thumb.
    case 'held':
      break
    default:
      if (can.release) offered.push('release')
  }
  if (can.refuse && card.status !== 'with_host') offered.push('refuse')
  return offered
}

export interface GateCardProps {
  card: VisitCard
  onOpen: () => void
  onAnswer: (answer: GateAnswer) => void
}

export function GateCard({ card, onOpen, onAnswer }: GateCardProps) {
  const { t } = useTranslation()
  return (
    <VisitCardView
      card={card}
      look="large"
      // Elsewhere the headline says it.
      status={card.status === 'with_host'}
      why={card.important && card.status === 'expected' ? t('visits.gate.important') : undefined}
      tone={card.status === 'expected' ? (card.important ? 'waiting' : undefined) : statusTone(card.status)}
      onOpen={onOpen}
      actions={
        <>
          <Headline card={card} />
          <AnswerRow card={card} answers={answersFor(card)} onAnswer={onAnswer} />
        </>
      }
    />
  )
}

export function AnswerRow(props: {
  card: VisitCard
  answers: readonly GateAnswer[]
  onAnswer: (answer: GateAnswer) => void
}) {
  const { t } = useTranslation()
  if (props.answers.length === 0) return null
  return (
    <div className={css.answers}>
      {props.answers.map((name) => (
        <button
          key={name}
          type="button"
          className={cx(css.answer, css[looks[name].look])}
          aria-label={t(`visits.gate.answer.${name}.label`, { name: props.card.visitorName })}
          onClick={() => props.onAnswer(name)}
        >
          <Icon name={looks[name].icon} size={24} />
          <span className={css.answerWord}>{t(`visits.gate.answer.${name}.word`)}</span>
        </button>
      ))}
    </div>
  )
}
