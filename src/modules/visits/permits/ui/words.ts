import type { TFunction } from 'i18next'
import type { Tone } from '../../../../ui-kit/status-chip.tsx'
import type { PermitCard } from '../contract.ts'
import { foreignReasons, type PermitStatus, permitReasons } from '../rules.ts'

export const permitTones: Record<PermitStatus, Tone> = {
  draft: 'waiting',
  active: 'good',
  suspended: 'alarm',
  ended: 'neutral',
}

/** 480 → 08:00; the end of the day is 24:00. */
export const clockOf = (minute: number) =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`

export function whenOf(t: TFunction, permit: Pick<PermitCard, 'weekdays' | 'fromMinute' | 'toMinute'>) {
  const days = permit.weekdays.map((day) => t(`permits.weekday.${day}`)).join(' ')
  return `${days} ${clockOf(permit.fromMinute)}–${clockOf(permit.toMinute)}`
}

/** Why the door stays shut, in words; the task that ends a permit by itself leaves a code of its own. */
export function reasonWords(t: TFunction, reason: string, paper: string): string {
  const known = [...permitReasons, ...foreignReasons].some((one) => one === reason)
  return known ? t(`permits.reason.${reason}`, { paper }) : reason
}

/** The first day on which something of it is no longer good. */
export const runsOut = (permit: PermitCard) =>
  [permit.validTo, ...permit.papers.flatMap((one) => one.expiresOn ?? [])].sort()[0] ?? permit.validTo
