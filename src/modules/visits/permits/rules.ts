/** PURE: the life of a standing permit, and whether it opens the door at this moment (V11, V22). */
import { DateTime } from 'luxon'
import { type TransitionTable, transitions as table } from '../../../kernel/transitions.ts'

export const permitStatuses = ['draft', 'active', 'suspended', 'ended'] as const
export type PermitStatus = (typeof permitStatuses)[number]
export const permitCommands = ['edit', 'activate', 'suspend', 'end', 'use'] as const
export type PermitCommand = (typeof permitCommands)[number]

/** The trigger `permit_transition` repeats it; a test compares them. */
export const permitTransitions: TransitionTable<PermitStatus, PermitCommand> = table({
  draft: { edit: ['draft'], activate: ['active'], end: ['ended'] },
  active: { edit: ['active'], suspend: ['suspended'], end: ['ended'], use: ['active'] },
  suspended: { edit: ['suspended'], activate: ['active'], end: ['ended'] },
  ended: {},
})

export interface Paper {
  readonly kind: string
  readonly number: string
  /** Last day it is good; null: it does not expire. */
  readonly expiresOn: string | null
  readonly blocks: boolean
}

export interface Terms {
  readonly status: PermitStatus
  readonly validFrom: string
  readonly validTo: string
  readonly weekdays: readonly number[]
  readonly fromMinute: number
  readonly toMinute: number
  readonly papers: readonly Paper[]
}

export const permitReasons = [
  'draft',
  'suspended',
  'ended',
  'not-yet',
  'over',
  'wrong-day',
  'outside-hours',
  'paper-expired',
] as const
export type PermitReason = (typeof permitReasons)[number]

/** Of a code that belongs to no permit of this site (V13). */
export const foreignReasons = ['forged', 'other-site'] as const
export type ForeignReason = (typeof foreignReasons)[number]

export type Judgement =
  | { readonly ok: true; readonly warnings: readonly Paper[] }
  | { readonly ok: false; readonly reason: PermitReason; readonly paper: Paper | null }

/** Days compare as text: all are YYYY-MM-DD of the site. */
export function judge(terms: Terms, now: Date, zone: string): Judgement {
  const no = (reason: PermitReason, paper: Paper | null = null): Judgement => ({ ok: false, reason, paper })
  if (terms.status !== 'active') return no(terms.status)
  const local = DateTime.fromJSDate(now, { zone })
  const today = local.toISODate() ?? ''
  if (today < terms.validFrom) return no('not-yet')
  if (today > terms.validTo) return no('over')
  if (!terms.weekdays.includes(local.weekday)) return no('wrong-day')
  const minute = local.hour * 60 + local.minute
  if (minute < terms.fromMinute || minute >= terms.toMinute) return no('outside-hours')
  const expired = terms.papers.filter((paper) => paper.expiresOn !== null && paper.expiresOn < today)
  const blocking = expired.find((paper) => paper.blocks)
  if (blocking !== undefined) return no('paper-expired', blocking)
  return { ok: true, warnings: expired }
}

/** Until when this visit may stay: the end of today's hours. */
export function staysUntil(terms: Pick<Terms, 'toMinute'>, now: Date, zone: string): Date {
  return DateTime.fromJSDate(now, { zone }).startOf('day').plus({ minutes: terms.toMinute }).toJSDate()
}
