/** The one way a customer changes hands (C5): row, history and journal entry together. */
import { newId } from '../../../kernel/ids.ts'
import type { Work } from '../../../kernel/work/command.ts'
import { daysAfter, type Lens, selfOf } from '../house.ts'
import * as store from './store.ts'

export interface Given {
  readonly id: string
  readonly name: string
  readonly ownerId: string | null
  readonly version: number
}

export interface To {
  readonly employeeId: string
  readonly name: string
  readonly reason: string
  readonly action: 'customer.claimed' | 'customer.assigned' | 'customer.transferred'
  /** Left out: the days of the setting from today. */
  readonly lockedUntil?: string | null | undefined
  /** Had it before, since then. */
  readonly since?: Date | null
}

/** The open row of the history is closed in the same moment: a customer never has two owners. */
export function giveTo(work: Work, lens: Lens, customer: Given, to: To): void {
  const { siteId } = work.ctx
  const lockedUntil =
    to.lockedUntil === undefined
      ? lens.rules.lockDays === 0
        ? null
        : daysAfter(lens.today, lens.rules.lockDays)
      : to.lockedUntil
  work.write(store.closeOwnership(customer.id, work.now))
  work.write(
    store.setOwner(customer.id, { id: to.employeeId, since: to.since ?? work.now, lockedUntil }, work.now),
  )
  work.write(
    store.openOwnership({
      id: newId(),
      siteId,
      customerId: customer.id,
      ownerId: to.employeeId,
      ownerName: to.name,
      since: work.now,
      reason: to.reason,
      byId: selfOf(work.ctx),
      byName: work.ctx.actor.name,
    }),
  )
  work.journal({
    entity: 'customer',
    entityId: customer.id,
    action: to.action,
    version: customer.version + 1,
    before: { ownerId: customer.ownerId },
    after: { ownerId: to.employeeId, ownerName: to.name, lockedUntil },
    data: {
      name: customer.name,
      reason: to.reason,
      people: [customer.ownerId, to.employeeId].filter((id) => id !== null),
    },
  })
}

/** Nobody's from now on. */
export function release(work: Work, customer: Given, reason: string, action = 'customer.released'): void {
  work.write(store.closeOwnership(customer.id, work.now))
  work.write(store.setOwner(customer.id, null, work.now))
  work.journal({
    entity: 'customer',
    entityId: customer.id,
    action,
    version: customer.version + 1,
    before: { ownerId: customer.ownerId },
    after: { ownerId: null },
    data: {
      name: customer.name,
      reason,
      people: customer.ownerId === null ? [] : [customer.ownerId],
    },
  })
}
