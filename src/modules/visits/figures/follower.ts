/** Figures follow the journal (V23): exactly once, with a cursor of their own, off the hot path. */
import type { Sql } from '../../../kernel/db/sql.ts'
import type { JournalEntry } from '../../../kernel/journal/entry.ts'
import type { Follower } from '../../../kernel/journal/followers.ts'
import { recount, takeTurn, touchedBy } from './count.ts'
import { forgetUnsaid, keptOf, numberVisits, repack } from './packs.ts'

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** The visit an entry is about: its own, or that of a task whose time was over (V10, V17). */
function visitIn({ entity, entityId, data }: JournalEntry): string | null {
  const subject: unknown = data?.subject
  if (entity === 'visit') return uuid.test(entityId) ? entityId : null
  if (entity !== 'task' || typeof subject !== 'object' || subject === null) return null
  if (!('entity' in subject) || subject.entity !== 'visit' || !('id' in subject)) return null
  return typeof subject.id === 'string' && uuid.test(subject.id) ? subject.id : null
}

/** Brings the figures in line with these visits, whatever they were counted as before. */
async function countAgain(sql: Sql, visitIds: readonly string[]): Promise<void> {
  if (visitIds.length === 0) return
  await sql.run(takeTurn)
  const touched = await sql.all(touchedBy(visitIds))
  const first = touched.filter((one) => one.is_first).map((one) => one.visit_id)
  const ids = touched.map((one) => one.visit_id)
  const before = await sql.all(keptOf(ids))
  await sql.run(recount(ids, first))
  const after = await sql.all(keptOf(ids))
  for (const statement of [
    ...numberVisits(ids),
    ...repack([...before, ...after]),
    ...forgetUnsaid(before, after),
  ])
    await sql.run(statement)
}

export const visitFigures: Follower = {
  name: 'visits-figures',
  wants: (entry) => visitIn(entry) !== null,
  async handle(sql, entries) {
    await countAgain(sql, [...new Set(entries.map(visitIn).filter((id) => id !== null))])
    return []
  },
}
