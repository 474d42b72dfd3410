import { useTranslation } from 'react-i18next'
import type { IconName } from '../../../../ui-kit/icon.tsx'
import { StatusChip, type Tone } from '../../../../ui-kit/status-chip.tsx'
import { lineStates } from '../../lines/contract.ts'

export type LampState = (typeof lineStates)[number]

const looks: Record<LampState, { tone: Tone; icon: IconName }> = {
  free: { tone: 'good', icon: 'checkCircle' },
  ringing: { tone: 'waiting', icon: 'bell' },
  busy: { tone: 'alarm', icon: 'phone' },
  away: { tone: 'neutral', icon: 'door' },
  unavailable: { tone: 'neutral', icon: 'offline' },
  unknown: { tone: 'neutral', icon: 'help' },
}

/** Is the colleague's line free: colour, icon and word together, the same wherever an extension stands. */
export function Lamp({ state }: { state: LampState }) {
  const { t } = useTranslation()
  return (
    <StatusChip tone={looks[state].tone} icon={looks[state].icon}>
      {t(`line.state.${state}`)}
    </StatusChip>
  )
}

/** A server that is a version ahead may know more states; they show as not known. */
export function lampState(text: string): LampState {
  return lineStates.find((state) => state === text) ?? 'unknown'
}
