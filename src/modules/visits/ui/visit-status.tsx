import { useTranslation } from 'react-i18next'
import type { IconName } from '../../../ui-kit/icon.tsx'
import { StatusChip, type Tone } from '../../../ui-kit/status-chip.tsx'
import type { VisitCard } from '../card/contract.ts'
import type { VisitStatus } from '../rules.ts'

const looks: Record<VisitStatus, { tone: Tone; icon: IconName }> = {
  expected: { tone: 'neutral', icon: 'calendar' },
  held: { tone: 'waiting', icon: 'clock' },
  asking: { tone: 'waiting', icon: 'phone' },
  admitted: { tone: 'waiting', icon: 'clock' },
  with_host: { tone: 'good', icon: 'user' },
  signed_off: { tone: 'good', icon: 'signature' },
  left: { tone: 'neutral', icon: 'signOut' },
  declined: { tone: 'alarm', icon: 'close' },
  refused: { tone: 'alarm', icon: 'shield' },
  cancelled: { tone: 'neutral', icon: 'close' },
  no_show: { tone: 'neutral', icon: 'minus' },
}

/** The state of a visit, the same word, colour and icon on every surface. */
export function VisitStatusChip({ status }: { status: VisitStatus }) {
  const { t } = useTranslation()
  return (
    <StatusChip tone={looks[status].tone} icon={looks[status].icon}>
      {t(`visit.status.${status}`)}
    </StatusChip>
  )
}

export function statusTone(status: VisitStatus): Tone {
  return looks[status].tone
}

/** What a visit still lacks or owes, as chips; nothing when all is in order. */
export function VisitFlags({ card }: { card: VisitCard }) {
  const { t } = useTranslation()
  return (
    <>
      {card.outstanding.map((one) => (
        <StatusChip key={one} tone="waiting">
          {t(`visit.needs.${one}`)}
        </StatusChip>
      ))}
      {card.lateSignature ? (
        <StatusChip tone="alarm" icon="signature">
          {t('visit.flag.lateSignature')}
        </StatusChip>
      ) : null}
    </>
  )
}
