/** The guest hears of what changes, whoever changed it and wherever: decided after the commit, exactly once. */
import type { Sql } from '../../../kernel/db/sql.ts'
import { newId } from '../../../kernel/ids.ts'
import type { JournalEntry } from '../../../kernel/journal/entry.ts'
import type { Follower, FollowerJob } from '../../../kernel/journal/followers.ts'
import type { Kernel } from '../../../kernel/kernel.ts'
import { letterFor, toldFacts } from './rules.ts'
import { invitationSetting } from './settings.ts'
import * as store from './store.ts'

const causes = new Set([
  'visit.announced',
  'visit.edited',
  'visit.cancelled',
  'visit.undone',
  'visit.invitation-sent',
])

export const letterTask = 'invitation-letter'

async function handle(sql: Sql, entries: readonly JournalEntry[], kernel: Kernel): Promise<FollowerJob[]> {
  const asked = new Set(
    entries.filter(({ action }) => action === 'visit.invitation-sent').map(({ entityId }) => entityId),
  )
  const ids = [...new Set(entries.map(({ entityId }) => entityId))]
  const jobs: FollowerJob[] = []
  for (const visit of await sql.all(store.invitedVisits(ids))) {
    const job = await next(sql, kernel, visit, asked.has(visit.visitId))
    if (job !== undefined) jobs.push(job)
  }
  return jobs
}

async function next(
  sql: Sql,
  kernel: Kernel,
  visit: store.InvitedVisit,
  asked: boolean,
): Promise<FollowerJob | undefined> {
  // Invited on paper alone: there is nowhere to write to.
  if (visit.email === '' || visit.expectedAt === null || visit.validUntil === null) return undefined
  const { send } = await kernel.settings.get(visit.siteId, invitationSetting)
  const before = toldFacts.safeParse(visit.told)
  const decision = letterFor(
    before.success ? before.data : null,
    {
      ...{ status: visit.status, hostName: visit.hostName },
      ...{ expectedAt: visit.expectedAt, validUntil: visit.validUntil },
    },
    asked,
    kernel.clock.now(),
  )
  if (decision === null) return undefined
  const sequence = visit.sequence + (decision.raise ? 1 : 0)
  const id = newId()
  const goes = send && kernel.config.smtpUrl !== undefined
  await sql.run(
    store.insertLetter({
      ...{ id, siteId: visit.siteId, visitId: visit.visitId, kind: decision.kind, sequence },
      address: visit.email,
      messageId: `<invitation-${id}@foyer>`,
      status: goes ? 'queued' : 'skipped',
      lastError: goes ? null : send ? 'smtp' : 'setting',
      at: kernel.clock.now(),
    }),
  )
  await sql.run(store.tell(visit.visitId, decision.told, sequence))
  return goes ? letterJob(id) : undefined
}

function letterJob(id: string): FollowerJob {
  return { task: letterTask, payload: { letter: id }, maxAttempts: 10, key: `letter:${id}` }
}

export const invitationLetters: Follower = {
  name: 'visit-invitations',
  wants: (entry) => entry.entity === 'visit' && causes.has(entry.action),
  handle,
}
