import type { RouteAnswer, RouteInput } from '../../../kernel/contract.ts'
import { DomainError, fail } from '../../../kernel/errors.ts'
import { newId } from '../../../kernel/ids.ts'
import { maskNumber } from '../../../kernel/telephone/mask.ts'
import { type Ctx, command, mustBeVersion, query, type Work } from '../../../kernel/work/command.ts'
import { lockedCompanies } from '../companies/company.ts'
import { type CompanyRow, companiesByIds } from '../companies/store.ts'
import { lockedContacts } from '../contacts/contact.ts'
import { type ContactRow, contactsByIds } from '../contacts/store.ts'
import { type Lens, lensOf, selfOf } from '../house.ts'
import { decodePlace, encodePlace } from '../lists/paging.ts'
import { openTransfer } from '../ownership/store.ts'
import { phonesOf } from '../phones/store.ts'
import { customerNumber, presentMerge } from '../present.ts'
import { mergeCompanies, unmergeCompanies } from './companies.ts'
import type { merges } from './contract.ts'
import { side } from './fields.ts'
import { movedContact, movedCustomer } from './moved.ts'
import { mergePeople, unmergePeople } from './people.ts'
import * as store from './store.ts'

type Suggestions = RouteAnswer<typeof merges.suggestions>
type Side = Suggestions['items'][number]['one']

export async function suggestions(
  ctx: Ctx,
  input: RouteInput<typeof merges.suggestions>,
): Promise<Suggestions> {
  const { entity, id, limit } = input.query
  const sql = query(ctx)
  const pairs = await sql.all(store.pairs(ctx.siteId, entity, id ?? null, limit))
  const ids = [...new Set(pairs.flatMap(({ oneId, otherId }) => [oneId, otherId]))]
  const sides = await sidesOf(ctx, entity, ids)
  return {
    items: pairs.flatMap(({ oneId, otherId, reasons }) => {
      const [one, other] = [sides.get(oneId), sides.get(otherId)]
      return one === undefined || other === undefined ? [] : [{ one, other, reasons: [...reasons] }]
    }),
  }
}

async function sidesOf(
  ctx: Ctx,
  entity: store.MergeEntity,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Side>> {
  const sql = query(ctx)
  const { employeeId: me } = ctx.actor
  const [companies, people, phones] = await Promise.all([
    entity === 'customer' ? sql.all(companiesByIds(ctx.siteId, me, ids)) : [],
    entity === 'contact' ? sql.all(contactsByIds(ctx.siteId, me, ids)) : [],
    sql.all(entity === 'customer' ? phonesOf([], ids) : phonesOf(ids, [])),
  ])
  const numbers = Map.groupBy(phones, (one) => one.contactId ?? one.customerId)
  const sideOf = (row: CompanyRow | ContactRow, detail: readonly (string | null)[]): [string, Side] => [
    row.id,
    {
      id: row.id,
      name: row.name,
      detail: detail.filter((part) => part !== null && part !== '').join(' · '),
      phones: (numbers.get(row.id) ?? []).map((one) => maskNumber(one.number)),
      lastSeenAt: row.lastSeenAt?.toISOString() ?? null,
    },
  ]
  return new Map([
    ...companies.map((row) => sideOf(row, [customerNumber(row.number), row.shortName, row.ownerName])),
    ...people.map((row) => sideOf(row, [row.customerName ?? row.organisation, row.title])),
  ])
}

export async function distinct(
  ctx: Ctx,
  input: RouteInput<typeof merges.distinct>,
): Promise<{ ok: boolean }> {
  const { entity, oneId, otherId, again } = input.body
  if (oneId === otherId) throw new DomainError('customer.merge-self')
  return command(ctx, async (work) => {
    const { n } = await work.one(store.countLiving(ctx.siteId, entity, [oneId, otherId]))
    if (n < 2) fail('entity.not-found')
    work.write(
      again
        ? store.unmarkDistinct(ctx.siteId, oneId, otherId)
        : store.markDistinct(ctx.siteId, entity, oneId, otherId, work.now, ctx.actor.name),
    )
    work.journal({
      entity,
      entityId: oneId,
      action: again ? `${entity}.undistinguished` : `${entity}.distinguished`,
      data: { otherId },
    })
    return { ok: true }
  })
}

interface Pair<R> {
  readonly kept: R
  readonly merged: R
}

/** @throws DomainError `entity.not-found` unless both are there and merged nowhere */
function pairOf<R extends { id: string; mergedInto: string | null }>(
  rows: readonly R[],
  keptId: string,
  mergedId: string,
): Pair<R> {
  const [kept, merged] = [rows.find((one) => one.id === keptId), rows.find((one) => one.id === mergedId)]
  if (kept === undefined || merged === undefined || kept.mergedInto !== null || merged.mergedInto !== null)
    return fail('entity.not-found')
  return { kept, merged }
}

export async function merge(
  ctx: Ctx,
  input: RouteInput<typeof merges.merge>,
): Promise<RouteAnswer<typeof merges.merge>> {
  const { entity, keptId, mergedId, keptVersion, mergedVersion, fields } = input.body
  if (keptId === mergedId) throw new DomainError('customer.merge-self')
  return command(ctx, async (work) => {
    const lens = await lensOf(ctx, work)
    const me = lens.viewer.employeeId
    const id = newId()
    const mustBe = ({ kept, merged }: Pair<{ version: number }>) => {
      mustBeVersion(kept.version, keptVersion)
      mustBeVersion(merged.version, mergedVersion)
    }
    let pair: Pair<CompanyRow | ContactRow>
    let moved: Awaited<ReturnType<typeof mergeCompanies>> | Awaited<ReturnType<typeof mergePeople>>
    if (entity === 'customer') {
      const rows = pairOf(await lockedCompanies(work, me, [keptId, mergedId]), keptId, mergedId)
      mustBe(rows)
      await mustBeUndecided(work, [keptId, mergedId])
      note(work, entity, rows, id)
      moved = await mergeCompanies(work, lens, rows.kept, rows.merged, fields)
      pair = rows
    } else {
      const rows = pairOf(await lockedContacts(work, me, [keptId, mergedId]), keptId, mergedId)
      mustBe(rows)
      note(work, entity, rows, id)
      moved = await mergePeople(work, rows.kept, rows.merged, fields)
      pair = rows
    }
    work.write(
      store.insertMerge({
        id,
        siteId: ctx.siteId,
        entity,
        keptId,
        mergedId,
        moved,
        at: work.now,
        byId: selfOf(ctx),
        byName: ctx.actor.name,
      }),
    )
    work.journal({
      entity,
      entityId: mergedId,
      action: `${entity}.merged-away`,
      version: pair.merged.version + 1,
      after: { mergedInto: keptId },
      data: { mergeId: id, changed: Object.keys(side(moved.fields, 'is')) },
    })
    const row = { id, at: work.now, byName: ctx.actor.name, mergedName: pair.merged.name, undoneAt: null }
    return {
      ...presentMerge({ ...row, entity, keptId, keptName: pair.kept.name, mergedId, moved }, lens),
      keptId,
    }
  })
}

/** First of the entries: followers move what belongs to the merged record, and find everything they need in it. */
function note(
  work: Work,
  entity: store.MergeEntity,
  { kept, merged }: Pair<CompanyRow | ContactRow>,
  mergeId: string,
): void {
  work.journal({
    entity,
    entityId: kept.id,
    action: `${entity}.merged`,
    version: kept.version + 1,
    after: { mergedName: merged.name },
    data: {
      mergeId,
      mergedId: merged.id,
      people: [...new Set([kept.ownerId, merged.ownerId])].filter((id) => id !== null),
    },
  })
}

async function mustBeUndecided(work: Work, ids: readonly string[]): Promise<void> {
  for (const id of ids)
    if ((await work.maybe(openTransfer(id))) !== undefined) throw new DomainError('customer.transfer-open')
}

export async function undo(
  ctx: Ctx,
  input: RouteInput<typeof merges.undo>,
): Promise<RouteAnswer<typeof merges.undo>> {
  return command(ctx, async (work) => {
    const lens = await lensOf(ctx, work)
    const found = (await work.maybe(store.lockMerge(ctx.siteId, input.params.id))) ?? fail('entity.not-found')
    const { id, entity, keptId, mergedId } = found
    if (found.undoneAt !== null) throw new DomainError('customer.merge-undone')
    const kept =
      entity === 'customer' ? await backCompany(work, lens, found) : await backContact(work, lens, found)
    work.write(store.markUndone(id, work.now))
    work.journal({
      entity,
      entityId: keptId,
      action: `${entity}.merge-undone`,
      version: kept.version + 1,
      before: { mergedName: found.mergedName },
      data: { mergeId: id, mergedId, people: kept.ownerId === null ? [] : [kept.ownerId] },
    })
    return { keptId, mergedId }
  })
}

/** @throws DomainError `customer.merge-late` when the kept one was itself merged since: that is taken back first */
function mustStand<R extends { id: string; mergedInto: string | null }>(
  rows: readonly R[],
  found: store.MergeRow,
): R {
  const kept = rows.find((one) => one.id === found.keptId) ?? fail('entity.not-found')
  if (kept.mergedInto !== null) throw new DomainError('customer.merge-late')
  return kept
}

async function backCompany(work: Work, lens: Lens, found: store.MergeRow): Promise<CompanyRow> {
  const ids = [found.keptId, found.mergedId]
  const rows = await lockedCompanies(work, lens.viewer.employeeId, ids)
  const kept = mustStand(rows, found)
  unmergeCompanies(work, lens, kept, found.mergedId, movedCustomer.parse(found.moved))
  return kept
}

async function backContact(work: Work, lens: Lens, found: store.MergeRow): Promise<ContactRow> {
  const ids = [found.keptId, found.mergedId]
  const rows = await lockedContacts(work, lens.viewer.employeeId, ids)
  const kept = mustStand(rows, found)
  unmergePeople(work, kept, found.mergedId, movedContact.parse(found.moved))
  return kept
}

export async function list(
  ctx: Ctx,
  input: RouteInput<typeof merges.list>,
): Promise<RouteAnswer<typeof merges.list>> {
  const { entity, cursor, limit } = input.query
  const sql = query(ctx)
  const place = cursor === undefined ? null : decodePlace(cursor)
  const after = place === null ? null : { at: new Date(place.at), id: place.id }
  const [lens, rows] = await Promise.all([
    lensOf(ctx, sql),
    sql.all(store.mergePage(ctx.siteId, entity, after, limit + 1)),
  ])
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return {
    items: shown.map((row) => ({
      ...presentMerge(row, lens),
      keptId: row.keptId,
      keptName: row.keptName,
      undoneAt: row.undoneAt?.toISOString() ?? null,
    })),
    next:
      rows.length > limit && last !== undefined
        ? encodePlace({ at: last.at.toISOString(), id: last.id })
        : null,
  }
}
