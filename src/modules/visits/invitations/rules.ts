/** PURE: which letter a change of a visit causes. */
import { z } from 'zod'
import type { VisitStatus } from '../rules.ts'
import type { letterKinds } from './contract.ts'

/** What the guest knows from the last letter. */
export const toldFacts = z.object({
  expectedAt: z.string(),
  validUntil: z.string(),
  hostName: z.string(),
  cancelled: z.boolean(),
})
export type Told = z.infer<typeof toldFacts>

export type LetterKind = (typeof letterKinds)[number]

export interface LetterDecision {
  readonly kind: LetterKind
  /** A calendar takes a newer picture only with a higher number (RFC 5546). */
  readonly raise: boolean
  readonly told: Told
}

/**
 * @param asked somebody pressed "send again"
 * @returns null when the guest already knows, or need not know
 */
export function letterFor(
  before: Told | null,
  visit: {
    readonly status: VisitStatus
    readonly expectedAt: Date
    readonly validUntil: Date
    readonly hostName: string
  },
  asked: boolean,
  now: Date,
): LetterDecision | null {
  const told: Told = {
    expectedAt: visit.expectedAt.toISOString(),
    validUntil: visit.validUntil.toISOString(),
    hostName: visit.hostName,
    cancelled: visit.status === 'cancelled',
  }
  if (visit.status === 'cancelled') {
    const knows = before === null || before.cancelled
    return knows ? null : { kind: 'cancel', raise: true, told: { ...before, cancelled: true } }
  }
  // Who has arrived, or should have yesterday, needs no letter.
  if (visit.status !== 'expected' || visit.validUntil < now) return null
  if (before === null) return { kind: 'invite', raise: false, told }
  if (JSON.stringify(before) !== JSON.stringify(told)) return { kind: 'update', raise: true, told }
  return asked ? { kind: 'resend', raise: false, told } : null
}
