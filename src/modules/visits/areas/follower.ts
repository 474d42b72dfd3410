/**
 * Every way a visit begins, changes or ends asks or ends the questions about its areas (V9): from the journal, so that
 * no way in can forget it. Until the head has said yes the visit itself says `approval` is outstanding (trigger).
 */
import { systemActor } from '../../../kernel/actor.ts'
import type { Sql } from '../../../kernel/db/sql.ts'
import type { JournalEntry } from '../../../kernel/journal/entry.ts'
import type { Follower } from '../../../kernel/journal/followers.ts'
import { type Kernel, systemCtx } from '../../../kernel/kernel.ts'
import { command } from '../../../kernel/work/command.ts'
import { lockVisit } from '../store.ts'
import { end, settleApprovals } from './ask.ts'
import * as store from './store.ts'

async function handle(sql: Sql, entries: readonly JournalEntry[], kernel: Kernel): Promise<readonly never[]> {
  const sites = new Map<string, { visits: Set<string>; everywhere: boolean }>()
  for (const { siteId, entity, entityId } of entries) {
    if (siteId === null) continue
    const site = sites.get(siteId) ?? { visits: new Set(), everywhere: false }
    sites.set(siteId, site)
    if (entity === 'area') site.everywhere = true
    else site.visits.add(entityId)
  }
  for (const [siteId, { visits, everywhere }] of sites) {
    for (const { id } of await sql.all(store.visitsToAsk(siteId, [...visits], everywhere))) {
      await command(systemCtx(kernel, siteId, systemActor), async (work) => {
        const visit = await work.maybe(lockVisit(siteId, id))
        if (visit !== undefined) await settleApprovals(work, visit)
      })
    }
  }
  return []
}

export const areaQuestions: Follower = {
  name: 'area-questions',
  wants: ({ entity, action }) => (entity === 'visit' && action.startsWith('visit.')) || entity === 'area',
  handle,
}

/** An agreement given until an hour ends with it. */
export async function endAgreements(kernel: Kernel): Promise<void> {
  for (const { id, site_id } of await kernel.sql.all(store.approvalsRunOut(kernel.clock.now()))) {
    await command(systemCtx(kernel, site_id, systemActor), async (work) => {
      const found = await work.maybe(store.visitOfApproval(site_id, id))
      const visit = found && (await work.maybe(lockVisit(site_id, found.visit_id)))
      const row = await work.maybe(store.lockApproval(site_id, id))
      if (!visit || row?.status !== 'approved' || row.until === null || row.until > work.now) return
      end(work, visit, row, 'expired')
    })
  }
}
