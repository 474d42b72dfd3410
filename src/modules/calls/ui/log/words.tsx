import { useTranslation } from 'react-i18next'
import { StatusChip, type Tone } from '../../../../ui-kit/status-chip.tsx'
import type { CallCard } from '../../card/contract.ts'

/** 3:07 */
export function Duration({ seconds }: { seconds: number }) {
  const whole = Math.round(seconds)
  return (
    <time dateTime={`PT${whole}S`}>
      {Math.floor(whole / 60)}:{String(whole % 60).padStart(2, '0')}
    </time>
  )
}

const tones: Partial<Record<NonNullable<CallCard['outcome']>, Tone>> = {
  'put-through': 'good',
  resolved: 'good',
  missed: 'alarm',
  callback: 'waiting',
  message: 'waiting',
}

/** What became of the call; while there is no outcome, its state. */
export function OutcomeChip({ card }: { card: Pick<CallCard, 'status' | 'outcome'> }) {
  const { t } = useTranslation()
  if (card.outcome === null)
    return (
      <StatusChip tone={card.status === 'after' ? 'alarm' : 'waiting'}>
        {t(`calls.log.status.${card.status}`)}
      </StatusChip>
    )
  return (
    <StatusChip tone={tones[card.outcome] ?? 'neutral'}>
      {t(`calls.figures.outcome.${card.outcome}`)}
    </StatusChip>
  )
}
