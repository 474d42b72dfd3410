/**
 * Who is listed while they stand at the counter or are inside is not found by the next visit only: everybody present is
 * held against a new or changed entry at once (V12).
 */
import type { Work } from '../../../kernel/work/command.ts'
import { type House, houseOf, lensOf } from '../house.ts'
import { apply } from '../step.ts'
import { lockVisit, type VisitRow } from '../store.ts'
import type { EntryRow } from './entries-store.ts'
import { heldColumns, judged, keysOfPerson, personOf, stopFor } from './screen.ts'
import { watchListSetting } from './settings.ts'
import { presentVisits } from './store.ts'

const inForce = (entry: EntryRow, now: Date) =>
  entry.status === 'active' && entry.valid_from <= now && (entry.valid_until ?? now) >= now

export async function lookAround(work: Work, entries: readonly EntryRow[]): Promise<void> {
  const listed = entries.filter((entry) => inForce(entry, work.now))
  if (listed.length === 0) return
  const { siteId, kernel } = work.ctx
  const byKey = new Map<string, EntryRow[]>()
  for (const entry of listed) {
    for (const key of entry.keys) byKey.set(key, [...(byKey.get(key) ?? []), entry])
  }
  const [visits, rules, house] = await Promise.all([
    work.all(presentVisits(siteId)),
    kernel.settings.get(siteId, watchListSetting),
    houseOf(work.ctx),
  ])
  for (const visit of visits) {
    const alike = new Set(keysOfPerson(personOf(visit)).flatMap((key) => byKey.get(key) ?? []))
    if (alike.size > 0) await stop(work, house, visit.id, [...alike], rules)
  }
}

/** What was judged of other entries stays judged; this one nobody has judged yet. */
async function stop(
  work: Work,
  house: House,
  visitId: string,
  entries: readonly EntryRow[],
  rules: Parameters<typeof judged>[2],
): Promise<void> {
  const visit = await work.maybe(lockVisit(work.ctx.siteId, visitId))
  if (visit === undefined) return
  const fresh = entries.map((entry) => ({
    ...entry,
    aliases: [...entry.aliases],
    phones: [...entry.phones],
    plates: [...entry.plates],
    documents: entry.keys.filter((key) => key.startsWith('d:')),
    judged: [],
    known: [],
  }))
  const hits = judged(personOf(visit), fresh, rules)
  if (hits.length === 0) return
  const { viewer } = await lensOf(work.ctx, work, house, work.now)
  const after: VisitRow = { ...visit, version: visit.version + 1 }
  if (!stopFor(work, after, hits, 'listed')) return
  await apply(work, house, viewer, visit, 'edit', async () => ({
    to: heldColumns.status,
    action: 'visit.edited',
    patch: { hold_reason: heldColumns.hold_reason },
  }))
}
