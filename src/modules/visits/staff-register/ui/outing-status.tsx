import { useTranslation } from 'react-i18next'
import { StatusChip } from '../../../../ui-kit/status-chip.tsx'
import type { OutingCard } from '../contract.ts'

const tones = {
  requested: 'waiting',
  approved: 'good',
  declined: 'neutral',
  out: 'waiting',
  back: 'good',
  cancelled: 'neutral',
} as const

export function OutingStatus({ card }: { card: OutingCard }) {
  const { t } = useTranslation()
  return (
    <>
      <StatusChip tone={tones[card.status]}>{t(`outing.status.${card.status}`)}</StatusChip>
      {card.late ? (
        <StatusChip tone="alarm">{t(card.status === 'out' ? 'outing.late' : 'outing.lateBack')}</StatusChip>
      ) : null}
    </>
  )
}
