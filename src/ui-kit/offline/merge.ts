/** PURE: which entries go next, and what an answer to one means. */
import type { Entry, LocalCommand, Refusal } from './part.ts'

/** At once, so that a tablet back from a day offline does not push everybody else aside. */
export const batchSize = 4

/**
 * The next entries to send: of each subject only its first, and none behind a conflict, because what was done later
 * presumes what was done before.
 */
export function nextBatch(entries: readonly Entry[], size = batchSize): Entry[] {
  const seen = new Set<string>()
  const batch: Entry[] = []
  for (const entry of inOrder(entries)) {
    if (seen.has(entry.subject)) continue
    seen.add(entry.subject)
    if (entry.state === 'waiting' && batch.length < size) batch.push(entry)
  }
  return batch
}

export function inOrder(entries: readonly Entry[]): Entry[] {
  return [...entries].sort((a, b) => a.order - b.order || (a.id < b.id ? -1 : 1))
}

/** Entries of the subject that come after this one: they stand or fall with it. */
export function behind(entries: readonly Entry[], entry: Entry): Entry[] {
  return inOrder(entries).filter(
    (one) =>
      one.subject === entry.subject &&
      (one.order > entry.order || (one.order === entry.order && one.id > entry.id)),
  )
}

export type Meaning =
  /** Sent, or sent before and answered again. */
  | 'done'
  /** Somebody else did the same: the record is as it should be. */
  | 'already'
  /** A person has to decide. */
  | 'conflict'
  /** Nobody is signed in any more; everything waits for the same person. */
  | 'locked'
  /** No answer, or the server is busy: later, with the same key. */
  | 'later'

const passing = new Set([0, 408, 425, 429, 502, 503, 504])

/** @param faults how often the server has failed (5xx) on this entry; a fault that stays is shown, not repeated for ever */
export function meaningOf(
  refusal: Refusal | null,
  command: LocalCommand | undefined,
  entry: Entry,
  theirs: unknown,
  faults = 0,
): Meaning {
  if (refusal === null) return 'done'
  if (passing.has(refusal.status)) return 'later'
  if (refusal.status === 401) return 'locked'
  if (refusal.status >= 500 && faults < 3) return 'later'
  if (command?.alreadyDone?.(entry, refusal, theirs)) return 'already'
  return 'conflict'
}

/** Milliseconds until the next try: quickly at first, at most half a minute; `chance` 0…1 spreads many devices. */
export function pauseBefore(attempt: number, chance: number): number {
  return Math.min(30_000, 1000 * 2 ** Math.min(attempt, 5)) * (0.5 + chance / 2)
}
