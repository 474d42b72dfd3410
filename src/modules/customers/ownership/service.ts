/** Claim, assign, team (C5, S10). */
import type { RouteInput } from '../../../kernel/contract.ts'
import { DomainError } from '../../../kernel/errors.ts'
import { type Ctx, command, mustBeVersion, query, type Work } from '../../../kernel/work/command.ts'
import { companyCard, lockedCompany } from '../companies/company.ts'
import { teamOf, touchCompany } from '../companies/store.ts'
import { lensOf } from '../house.ts'
import { mayClaim } from '../policy.ts'
import type { CustomerAnswer } from '../present.ts'
import type { ownership } from './contract.ts'
import { giveTo, release } from './give.ts'
import * as store from './store.ts'

async function answer(ctx: Ctx, id: string): Promise<CustomerAnswer> {
  const sql = query(ctx)
  return await companyCard(sql, ctx.siteId, await lensOf(ctx, sql), id)
}

/** Twenty at once: the row's lock lets one through, the others find it owned. */
export async function claim(ctx: Ctx, input: RouteInput<typeof ownership.claim>): Promise<CustomerAnswer> {
  const id = await command(ctx, async (work) => {
    const lens = await lensOf(ctx, work)
    const row = await lockedCompany(work, lens, input.params.id)
    const { employeeId } = lens.viewer
    if (employeeId === null) throw new DomainError('customer.owner-unknown')
    if (row.ownerId === employeeId) throw new DomainError('customer.yours-already')
    if (!row.active) throw new DomainError('customer.inactive')
    const claimable = { ...row, ownerActive: row.ownerActive ?? false }
    if (!mayClaim(lens.viewer, claimable, lens.today, lens.rules.afterLock === 'open'))
      throw new DomainError('customer.owned', { owner: row.ownerName })
    if ((await work.maybe(store.openTransfer(row.id))) !== undefined)
      throw new DomainError('customer.transfer-open')
    giveTo(work, lens, row, { employeeId, name: ctx.actor.name, reason: '', action: 'customer.claimed' })
    await settleOrphans(work, row.ownerId, 1)
    return row.id
  })
  return answer(ctx, id)
}

export async function assign(ctx: Ctx, input: RouteInput<typeof ownership.assign>): Promise<CustomerAnswer> {
  const { version, ownerId, lockedUntil, reason } = input.body
  const id = await command(ctx, async (work) => {
    const lens = await lensOf(ctx, work)
    const row = await lockedCompany(work, lens, input.params.id)
    mustBeVersion(row.version, version)
    if ((await work.maybe(store.openTransfer(row.id))) !== undefined)
      throw new DomainError('customer.transfer-open')
    if (ownerId === null) {
      if (row.ownerId !== null) release(work, row, reason)
    } else if (ownerId === row.ownerId) {
      extend(work, row, lockedUntil)
    } else {
      const [to] = await knownEmployees(work, [ownerId], 'ownerId')
      giveTo(work, lens, row, {
        employeeId: ownerId,
        name: to?.name ?? '',
        reason,
        action: 'customer.assigned',
        lockedUntil,
      })
    }
    work.cancelTasks({ entity: 'customer', id: row.id }, ['customer.lock-ending'], 'assigned')
    if (ownerId !== row.ownerId) await settleOrphans(work, row.ownerId, 1)
    return row.id
  })
  return answer(ctx, id)
}

type Owned = Awaited<ReturnType<typeof lockedCompany>>

/** The same owner, protected longer or shorter: no new line of the history. */
function extend(work: Work, row: Owned, lockedUntil: string | null | undefined): void {
  if (row.ownerId === null || row.ownerSince === null) return
  const until = lockedUntil === undefined ? row.lockedUntil : lockedUntil
  work.write(store.setOwner(row.id, { id: row.ownerId, since: row.ownerSince, lockedUntil: until }, work.now))
  work.journal({
    entity: 'customer',
    entityId: row.id,
    action: 'customer.lock-changed',
    version: row.version + 1,
    before: { lockedUntil: row.lockedUntil },
    after: { lockedUntil: until },
    data: { name: row.name, people: [row.ownerId] },
  })
}

export async function setTeam(ctx: Ctx, input: RouteInput<typeof ownership.team>): Promise<CustomerAnswer> {
  const { version, members } = input.body
  const id = await command(ctx, async (work) => {
    const lens = await lensOf(ctx, work)
    const row = await lockedCompany(work, lens, input.params.id)
    mustBeVersion(row.version, version)
    const before = await work.all(teamOf(row.id))
    const served = new Set(before.map((one) => one.id))
    // Who has left the house may stay on the list until somebody takes them off; nobody new may be unknown.
    const fresh = members.map((one) => one.employeeId).filter((one) => !served.has(one))
    await knownEmployees(work, [...new Set(fresh)], 'members')
    work.write(store.clearTeam(row.id))
    work.write(store.addTeam(ctx.siteId, row.id, members))
    work.write(touchCompany(row.id, work.now))
    work.journal({
      entity: 'customer',
      entityId: row.id,
      action: 'customer.team-set',
      version: row.version + 1,
      before: { team: before.map(({ id: employeeId, duty }) => ({ employeeId, duty })) },
      after: { team: members },
      data: { people: [...new Set([...served, ...members.map((one) => one.employeeId)])] },
    })
    return row.id
  })
  return answer(ctx, id)
}

/** @throws DomainError `customer.owner-unknown` for somebody who is not of this site or has left */
export async function knownEmployees(work: Work, ids: readonly string[], path: string) {
  if (ids.length === 0) return []
  const found = await work.all(store.activeEmployees(work.ctx.siteId, ids))
  if (found.length < ids.length)
    throw new DomainError('customer.owner-unknown', {}, [{ path, code: 'unknown' }])
  return found
}

/** The head's task about the customers of somebody who left ends with the last of them. */
export async function settleOrphans(work: Work, formerOwner: string | null, going: number): Promise<void> {
  if (formerOwner === null) return
  const { n } = await work.one(store.ownedBy(work.ctx.siteId, formerOwner))
  if (n > going) return
  work.settleTasks({ entity: 'employee', id: formerOwner }, ['customer.orphaned'], 'given away')
}
