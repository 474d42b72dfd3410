import type { Sql } from '../db/sql.ts'
import type { JournalEntry } from '../journal/entry.ts'
import type { Kernel } from '../kernel.ts'
import { type Notice, peopleOfOwner } from './notice.ts'
import { factsOf } from './rules.ts'
import * as store from './store.ts'

interface Occasion {
  readonly taskId: string
  readonly event: 'opened' | 'reminded' | 'overdue' | 'escalated'
  readonly entry: JournalEntry
}

/** Owners hear of tasks of the kinds that want it (G2): opened, reminded, overdue, handed to the next level. */
export async function taskNotices(
  sql: Sql,
  entries: readonly JournalEntry[],
  kernel: Kernel,
): Promise<{ notice: Notice; at: Date; entryId: number }[]> {
  const occasions = entries.flatMap(occasionsOf)
  if (occasions.length === 0) return []
  const rows = await sql.all(store.openTasksByIds(occasions.map((one) => one.taskId)))
  const tasks = new Map(rows.map((task) => [task.id, task]))
  const told = await Promise.all(
    occasions.map(async ({ taskId, event, entry }) => {
      const task = tasks.get(taskId)
      const kind = task === undefined ? undefined : kernel.modules.taskKinds.get(task.kind)
      if (task === undefined || kind === undefined || !kind.notify) return []
      if (event === 'opened' && kind.notify === 'when-due') return []
      const owner = { kind: task.ownerKind, id: task.ownerId } as const
      const people = await peopleOfOwner(kernel, sql, task.siteId, owner)
      return people
        .filter((personId) => event !== 'opened' || personId !== task.createdBy)
        .map((personId) => ({
          at: entry.at,
          entryId: entry.id,
          notice: {
            personId,
            siteId: task.siteId,
            template: `task.${event}`,
            facts: {
              ...factsOf(task.facts),
              task: { key: `task.${task.kind}` },
              due: task.dueAt.toISOString(),
            },
            link: kind.link?.(task) ?? null,
            // A post works at its console, where the to-do list is live; what is late is worth a mail.
            email: owner.kind === 'person' || event === 'overdue' || event === 'escalated',
            ...(owner.kind === 'post' ? { post: owner.id } : {}),
          },
        }))
    }),
  )
  return told.flat()
}

function occasionsOf(entry: JournalEntry): Occasion[] {
  const fired = /^task\.(reminded|overdue|escalated)$/.exec(entry.action)?.[1]
  if (entry.entity === 'task' && (fired === 'reminded' || fired === 'overdue' || fired === 'escalated')) {
    return [{ taskId: entry.entityId, event: fired, entry }]
  }
  const tasks = entry.data?.['tasks']
  if (typeof tasks !== 'object' || tasks === null || !('opened' in tasks) || !Array.isArray(tasks.opened))
    return []
  const ids = tasks.opened.filter((id: unknown): id is string => typeof id === 'string')
  return ids.map((taskId) => ({ taskId, event: 'opened', entry }))
}
