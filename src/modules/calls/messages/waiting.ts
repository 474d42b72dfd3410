/** C6: the moment a busy colleague is free, the waiting messages are put before them. */
import type { Work } from '../../../kernel/work/command.ts'
import * as store from './store.ts'

/**
 * @param employeeIds whose line is free now
 * @returns how many were put before them
 */
export async function presentWaiting(
  work: Work,
  employeeIds: readonly string[],
  how: 'device-free' | 'said-free',
): Promise<number> {
  if (employeeIds.length === 0) return 0
  const presented = await work.all(store.presentWaiting(work.ctx.siteId, employeeIds, work.now, how))
  // In the order in which they are to be read: urgent ones first, then whoever has waited longest.
  presented.sort((a, b) => Number(b.urgent) - Number(a.urgent) || a.taken_at.getTime() - b.taken_at.getTime())
  for (const message of presented) {
    work.journal({
      entity: 'message',
      entityId: message.id,
      action: 'message.presented',
      version: message.version,
      after: { presentedAt: work.now.toISOString(), presentedHow: how },
      data: { people: [message.to_id], how },
    })
  }
  return presented.length
}
