import type { Tone } from '../../../../ui-kit/status-chip.tsx'
import type { IncidentStatus } from '../rules.ts'

export const statusTones: Readonly<Record<IncidentStatus, Tone>> = {
  open: 'alarm',
  acknowledged: 'waiting',
  on_site: 'waiting',
  closed: 'good',
  false_alarm: 'neutral',
}
