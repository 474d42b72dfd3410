/** PURE: the journal of one record as its course in words; people's ids are nobody's business outside. */
import type { JournalEntry } from '../../../kernel/journal/entry.ts'

const inner = new Set(['people', 'tasks', 'byId'])

/** @param entries newest first, as the store gives them */
export function courseOf(entries: readonly JournalEntry[]) {
  return [...entries].reverse().map((entry) => ({
    at: entry.at.toISOString(),
    action: entry.action,
    actorName: entry.actorName,
    data: Object.fromEntries(Object.entries(entry.data ?? {}).filter(([key]) => !inner.has(key))),
  }))
}
