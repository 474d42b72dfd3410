/** PURE: the life of an entry and of a hit (V12). */
import { type TransitionTable, transitions as table } from '../../../kernel/transitions.ts'

export const entryStatuses = ['draft', 'active', 'expired', 'withdrawn'] as const
export type EntryStatus = (typeof entryStatuses)[number]
export const entryCommands = ['edit', 'activate', 'withdraw', 'expire'] as const
export type EntryCommand = (typeof entryCommands)[number]

export const entryTransitions: TransitionTable<EntryStatus, EntryCommand> = table({
  draft: { edit: ['draft'], activate: ['active'], withdraw: ['withdrawn'] },
  active: { edit: ['active'], withdraw: ['withdrawn'], expire: ['expired'] },
  expired: { edit: ['expired'], activate: ['active'], withdraw: ['withdrawn'] },
  withdrawn: { activate: ['active'] },
})

export const levels = ['alert', 'block'] as const
export const decisions = ['not-same-person', 'confirmed', 'let-in'] as const
export type Decision = (typeof decisions)[number]
export const moments = [
  'announced',
  'registered',
  'checked-in',
  'document-checked',
  'edited',
  'listed',
] as const
export type Moment = (typeof moments)[number]

/** Already judged: everything that agrees now was looked at then. */
export function isDismissed(agreed: readonly string[], judged: readonly (readonly string[])[]): boolean {
  return judged.some((before) => agreed.every((attribute) => before.includes(attribute)))
}

/**
 * Nobody lets in alone whom they stopped themselves, and nobody their own guest: another pair of eyes decides (V12).
 */
export function isSecondPerson(
  decider: string,
  visit: {
    readonly created_by: string
    readonly status: string
    readonly status_by: string
    readonly document_checked_by: string | null
    readonly host_id: string | null
    readonly consent_by: string | null
  },
): boolean {
  const involved = [visit.created_by, visit.document_checked_by, visit.host_id, visit.consent_by]
  if (visit.status === 'held') involved.push(visit.status_by)
  return !involved.includes(decider)
}
