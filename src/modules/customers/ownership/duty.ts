/** What nobody asks for by hand: locks that end, customers of somebody who has left (C5, G1, G2). */
import { z } from 'zod'
import { systemActor } from '../../../kernel/actor.ts'
import type { JobHandler } from '../../../kernel/jobs/worker.ts'
import type { JournalEntry } from '../../../kernel/journal/entry.ts'
import type { Follower, FollowerJob } from '../../../kernel/journal/followers.ts'
import { type Kernel, systemCtx } from '../../../kernel/kernel.ts'
import { command, type Work } from '../../../kernel/work/command.ts'
import { departmentOf, findEmployee } from '../../directory/public.ts'
import { sites } from '../../identity/public.ts'
import { dayIn, daysAfter, dueAfter } from '../house.ts'
import { type CustomerRules, customerRulesSetting } from '../settings.ts'
import { release } from './give.ts'
import * as store from './store.ts'

/** Every site by its own day; run often, because days begin at different times. */
export async function watchLocks(kernel: Kernel): Promise<void> {
  for (const site of await kernel.sql.all(sites())) {
    const rules = await kernel.settings.get(site.id, customerRulesSetting)
    await command(systemCtx(kernel, site.id, systemActor), (work) => watchSite(work, site.zone, rules))
  }
}

async function watchSite(work: Work, zone: string, rules: CustomerRules): Promise<void> {
  const today = dayIn(zone, work.now)
  const { siteId } = work.ctx
  const ending = await work.all(store.locksEnding(siteId, today, daysAfter(today, rules.remindDays)))
  if (rules.remindDays > 0) for (const lock of ending) remind(work, lock)
  if (rules.afterLock !== 'release') return
  for (const lock of await work.all(store.locksEnded(siteId, today))) {
    release(work, lock, '')
    work.cancelTasks({ entity: 'customer', id: lock.id }, ['customer.lock-ending'], 'released')
  }
}

/** One reminder for one end of a lock: extended, it has another end. */
function remind(work: Work, lock: store.EndingLock): void {
  work.journal({
    entity: 'customer',
    entityId: lock.id,
    action: 'customer.lock-ending',
    data: { lockedUntil: lock.lockedUntil, people: [lock.ownerId] },
  })
  work.openTask({
    kind: 'customer.lock-ending',
    subject: { entity: 'customer', id: lock.id },
    facts: { customer: lock.name, until: lock.lockedUntil },
    owner: { kind: 'person', id: lock.ownerId },
    dueAt: new Date(`${lock.lockedUntil}T09:00:00Z`),
    ladder: [],
  })
}

function left(entry: JournalEntry): boolean {
  return (
    entry.entity === 'employee' && (entry.action === 'employee.deactivated' || entry.after?.active === false)
  )
}

const payload = z.object({ siteId: z.string(), employeeId: z.string() })
const jobName = 'customers-orphans'

/** A follower has no unit of work of its own, so the task is opened by a job: handed over exactly once. */
export const ownersLeft: Follower = {
  name: 'customers-owners-left',
  wants: left,
  handle: async (_sql, entries) =>
    entries.flatMap((entry): FollowerJob[] =>
      entry.siteId === null
        ? []
        : [
            {
              task: jobName,
              payload: { siteId: entry.siteId, employeeId: entry.entityId },
              key: `orphans-${entry.entityId}`,
            },
          ],
    ),
}

/** The head of the department decides whose they are now; repeated, it opens no second task. */
const listOrphans: JobHandler = async (kernel, given) => {
  const { siteId, employeeId } = payload.parse(given)
  await command(systemCtx(kernel, siteId, systemActor), async (work) => {
    const [employee, owned, open] = await Promise.all([
      findEmployee(work, siteId, employeeId),
      work.one(store.ownedBy(siteId, employeeId)),
      work.maybe(store.openTaskOf('employee', employeeId, 'customer.orphaned')),
    ])
    if (employee === undefined || employee.active || owned.n === 0 || open !== undefined) return
    const department = await departmentOf(work, siteId, employeeId)
    const { dueAt, remindAt } = await dueAfter(work, 16)
    const headed = department !== undefined && department.headId !== null && department.headId !== employeeId
    work.journal({
      entity: 'employee',
      entityId: employeeId,
      action: 'employee.customers-orphaned',
      data: { customers: owned.n },
    })
    work.openTask({
      kind: 'customer.orphaned',
      subject: { entity: 'employee', id: employeeId },
      facts: { name: employee.name, count: owned.n },
      owner: { kind: 'post', id: headed ? `department:${department.id}` : 'office_admin' },
      dueAt,
      remindAt,
      ladder: headed ? [{ afterMinutes: 24 * 60, owner: { kind: 'post', id: 'office_admin' } }] : [],
    })
  })
}

export const ownershipJobs: Readonly<Record<string, JobHandler>> = { [jobName]: listOrphans }
