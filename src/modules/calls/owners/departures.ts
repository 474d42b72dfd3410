/** G1: somebody leaves the house; what they owed is their department's, so that nothing is ever without an owner. */
import { systemActor } from '../../../kernel/actor.ts'
import type { Follower } from '../../../kernel/journal/followers.ts'
import { type Kernel, systemCtx } from '../../../kernel/kernel.ts'
import { command, type Work } from '../../../kernel/work/command.ts'
import { employeeCard } from '../../directory/public.ts'
import { giveTo, putBack } from '../callbacks/service.ts'
import * as callbackStep from '../callbacks/step.ts'
import * as callbackStore from '../callbacks/store.ts'
import { clearFrom } from '../lines/duty/service.ts'
import { handOn } from '../messages/service.ts'
import * as messageStep from '../messages/step.ts'
import * as messageStore from '../messages/store.ts'
import { recipientColumns } from '../messages/write.ts'
import { type CallRules, rulesSetting } from '../settings.ts'
import { successorOf } from './owner.ts'
import type { Viewer } from './policy.ts'

const leaving: ReadonlySet<string> = new Set(['employee.deactivated', 'employee.import-undone'])

export const departures: Follower = {
  name: 'calls-departures',
  wants: (entry) => leaving.has(entry.action),
  // Each in a transaction of its own; done twice it finds nothing left to do.
  async handle(_sql, entries, kernel) {
    for (const { siteId, entityId } of entries) if (siteId !== null) await departed(kernel, siteId, entityId)
    return []
  },
}

const nobody: Viewer = {
  employeeId: null,
  id: systemActor.id,
  posts: [],
  standsFor: [],
  atDesk: true,
  readsMessages: true,
  readsCallbacks: true,
  dials: false,
}

async function departed(kernel: Kernel, siteId: string, employeeId: string): Promise<void> {
  const rules = await kernel.settings.get(siteId, rulesSetting)
  await command(systemCtx(kernel, siteId, systemActor), async (work) => {
    const card = await work.maybe(employeeCard(siteId, employeeId))
    if (card === undefined || card.active) return
    await leaveMessages(work, rules, employeeId)
    await leaveCallbacks(work, rules, employeeId)
    await clearFrom(work, employeeId)
  })
}

async function leaveMessages(work: Work, rules: CallRules, employeeId: string): Promise<void> {
  const rows = await work.all(messageStore.openOfPerson(work.ctx.siteId, employeeId))
  if (rows.length === 0) return
  const heir = await successorOf(work.ctx, work, employeeId)
  const lens = { viewer: nobody, now: work.now, undoMinutes: 0 }
  for (const message of rows) {
    const to = await recipientColumns(work, heir)
    await messageStep.apply({ work, rules, lens, message }, 'forward', async (one) => handOn(one, to, ''))
  }
}

async function leaveCallbacks(work: Work, rules: CallRules, employeeId: string): Promise<void> {
  const rows = await work.all(callbackStore.openOfPerson(work.ctx.siteId, employeeId))
  if (rows.length === 0) return
  const heir = await successorOf(work.ctx, work, employeeId)
  const lens = { viewer: nobody, now: work.now, undoMinutes: 0 }
  for (const callback of rows) {
    const step = { work, rules, lens, callback }
    if (callback.owner_kind === 'person' && callback.owner_id === employeeId)
      await callbackStep.apply(step, 'handOver', async (one) => giveTo(one, heir, ''))
    else await callbackStep.apply(step, 'release', async (one) => putBack(one, ''))
  }
}
