/** PURE: what has been kept long enough (G5). */
import { insideStatuses, type VisitStatus } from '../rules.ts'
import type { Retention } from './settings.ts'

const dayMs = 86_400_000

export interface Term {
  readonly days: number
  readonly erase: 'person' | 'all'
}

export function termOf(retention: Retention, category: string): Term {
  return retention.categories.find((one) => one.category === category) ?? retention
}

/** What happened before this has been kept its time. */
export function keptSince(now: Date, days: number): Date {
  return new Date(now.getTime() - days * dayMs)
}

/** Why a person cannot be erased now; they may ask again later. */
export type Hindrance = 'inside' | 'expected' | 'watched' | 'permit'

/**
 * On request (G5): nobody is erased while inside, announced, holding a valid permit or blocked by the watch list: the house needs to
 * know whom it let in or keeps out.
 */
export function hindrances(person: {
  readonly statuses: readonly VisitStatus[]
  readonly watched: boolean
  readonly permit: boolean
}): Hindrance[] {
  const found: Hindrance[] = []
  if (person.statuses.some((status) => insideStatuses.includes(status))) found.push('inside')
  if (person.statuses.includes('expected')) found.push('expected')
  if (person.watched) found.push('watched')
  if (person.permit) found.push('permit')
  return found
}

/**
 * What a person is called, as it may stand in anybody's notes: names, telephones with and without the country, plates. Too
 * short a word would take others' words along.
 */
export function wordsOf(texts: readonly string[]): string[] {
  const found = texts
    .flatMap((text) => [text.trim(), text.trim().replace(/^\+86/, '')])
    .filter((word) => word.length >= (/^[+\d\s()-]+$/.test(word) ? 6 : 2))
  // The longest first: struck in this order, `+86 138…` leaves no `+86` behind.
  return [...new Set(found)].sort((a, b) => b.length - a.length)
}
