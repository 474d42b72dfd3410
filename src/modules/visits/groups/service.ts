/** The counter: one member, several, or all at once, in one transaction with their passes (V22, V11, V12). */

import type { RouteInput } from '../../../kernel/contract.ts'
import { json } from '../../../kernel/db/sql.ts'
import { DomainError, fail } from '../../../kernel/errors.ts'
import { type Ctx, command, query } from '../../../kernel/work/command.ts'
import { categoryOf, houseOf } from '../house.ts'
import { passPayload, passSigner } from '../passes/code.ts'
import { arrivalStatus, type VisitStatus } from '../rules.ts'
import type { Category } from '../settings.ts'
import { apply } from '../step.ts'
import type { VisitPatch, VisitRow } from '../store.ts'
import { plus } from '../tasks.ts'
import { moved, type Opened, openGroup, presentGroup, refuse, stateFor } from './access.ts'
import { type GroupDone, type groups, mostAtOnce } from './contract.ts'
import { note } from './members.ts'
import { mayArrive } from './rules.ts'
import { holdsFor } from './screening.ts'
import * as store from './store.ts'
import { groupConsentTask, groupOverstayTask } from './tasks.ts'

/** @throws DomainError `transition.refused` when this member is here already: of twenty callers one succeeds */
export async function checkInMember(ctx: Ctx, groupId: string, memberId: string): Promise<GroupDone> {
  const house = await houseOf(ctx)
  return command(ctx, async (work) => {
    const opened = await openGroup(ctx, work, house, groupId, 'checkIn')
    const [visit] = await work.all(store.lockMembers(ctx.siteId, groupId, [memberId], null, 1))
    if (visit === undefined) return fail('entity.not-found')
    if (!mayArrive.includes(visit.status))
      throw new DomainError('transition.refused', { from: visit.status, command: 'checkIn' })
    return arrive(ctx, opened, [visit], 0)
  })
}

export async function checkIn(
  ctx: Ctx,
  { params, body }: RouteInput<typeof groups.checkIn>,
): Promise<GroupDone> {
  const house = await houseOf(ctx)
  return command(ctx, async (work) => {
    const opened = await openGroup(ctx, work, house, params.id, 'checkIn')
    const ids = body.memberIds ?? null
    const rows = await work.all(
      store.lockMembers(ctx.siteId, params.id, ids, ids === null ? ['expected'] : null, mostAtOnce),
    )
    const coming = rows.filter((row) => mayArrive.includes(row.status))
    if (coming.length === 0) return refuse('group.nobody-waiting')
    return arrive(ctx, opened, coming, rows.length - coming.length)
  })
}

interface Arrival {
  readonly visit: VisitRow
  readonly category: Category
  readonly to: 'held' | 'asking' | 'admitted'
  readonly holdReason: string
  readonly passNumber: string | null
}

async function arrive(
  ctx: Ctx,
  opened: Opened,
  rows: readonly VisitRow[],
  already: number,
): Promise<GroupDone> {
  const { work, house, group, lens, tallies, subject } = opened
  const holds = await holdsFor(ctx, work, rows)
  const arrivals = await withPasses(
    ctx,
    opened,
    rows.map((visit) => {
      const category = categoryOf(house, visit.kind, visit.category)
      const hold = holds.get(visit.id)
      const to = arrivalStatus(category, {
        announced: visit.announced,
        consentGiven: group.consent_at !== null,
      })
      return {
        visit,
        category,
        to: hold === undefined ? to : 'held',
        holdReason: hold ?? '',
        passNumber: null,
      }
    }),
  )
  const first = stateFor(group, tallies) === 'planned'
  const asks = arrivals.some((one) => one.to === 'asking') && group.asked_at === null
  for (const arrival of arrivals) await admitOne(opened, arrival)
  const people = rows.reduce((sum, row) => sum + row.party_size, 0)
  if (first) {
    const until = latest(arrivals.map((one) => validityFrom(work.now, one.visit.valid_until, one.category)))
    work.openTask(groupOverstayTask(group, people, until, house.timings))
  }
  if (asks) work.openTask(groupConsentTask(group, group.size, work.now, house.timings))
  const groupPass =
    group.pass_mode === 'group' ? arrivals.find((one) => one.passNumber !== null)?.passNumber : null
  const patch: store.GroupPatch = {
    ...(asks ? { asked_at: work.now } : {}),
    ...(groupPass && groupPass !== group.pass_number ? { pass_number: groupPass } : {}),
  }
  const count = (to: VisitStatus) => arrivals.filter((one) => one.to === to).length
  note(opened, 'visit-group.checked-in', patch, {
    arrived: arrivals.length,
    held: count('held'),
    first,
    asks,
    groupId: subject.id,
  })
  const after = moved(
    tallies,
    group.id,
    arrivals.map(({ visit, to }) => ({ from: visit.status, to, people: visit.party_size })),
  )
  return {
    done: arrivals.length,
    held: count('held'),
    asking: count('asking'),
    already,
    left: Math.max(0, after.find((one) => one.status === 'expected')?.people ?? 0),
    passes: arrivals.flatMap(({ visit, passNumber }) =>
      passNumber === null ? [] : [{ memberId: visit.id, number: passNumber }],
    ),
    group: presentGroup({ ...group, ...merged(patch), version: group.version + 1 }, after, lens),
  }
}

/** Only what this file writes; dates and texts are the same in the row and in the patch. */
const merged = (patch: store.GroupPatch) => ({
  ...(patch.asked_at instanceof Date ? { asked_at: patch.asked_at } : {}),
  ...(typeof patch.pass_number === 'string' ? { pass_number: patch.pass_number } : {}),
})

/**
 * One pass each, or the one the whole group goes by. The stock is looked at before anybody is let in: half a group with
 * passes would be worse than a clear "not enough".
 * @throws DomainError `pass.none-left` with how many were wanted and how many there are
 */
export async function withPasses(
  ctx: Ctx,
  { work, group }: Pick<Opened, 'work' | 'group'>,
  arrivals: readonly Arrival[],
): Promise<Arrival[]> {
  const wants = arrivals.filter(
    (one) => one.to === 'admitted' && one.category.pass && one.visit.pass_number === null,
  )
  if (wants.length === 0 || group.pass_mode === 'none') return [...arrivals]
  const numbers = new Map<string, string>()
  if (group.pass_mode === 'group') {
    const holder = await work.maybe(store.passHolder(ctx.siteId, group.id))
    const number = holder?.holder_id == null ? undefined : group.pass_number
    const shared = number ?? (await takePasses(ctx, work, wants.slice(0, 1)))[0]
    for (const one of wants) if (shared !== undefined && shared !== null) numbers.set(one.visit.id, shared)
  } else {
    const taken = await takePasses(ctx, work, wants)
    wants.forEach((one, i) => {
      const number = taken[i]
      if (number !== undefined) numbers.set(one.visit.id, number)
    })
  }
  return arrivals.map((one) => ({ ...one, passNumber: numbers.get(one.visit.id) ?? null }))
}

async function takePasses(ctx: Ctx, work: Opened['work'], wants: readonly Arrival[]): Promise<string[]> {
  const free = await work.all(store.freePasses(ctx.siteId, wants.length))
  if (free.length < wants.length)
    throw new DomainError('pass.none-left', { wanted: wants.length, free: free.length })
  const numbers = free.map((one) => one.number)
  work.write(
    store.markAllIssued(
      ctx.siteId,
      numbers,
      wants.map((one) => one.visit.id),
      work.now,
    ),
  )
  return numbers
}

async function admitOne(
  opened: Opened,
  { visit, category, to, holdReason, passNumber }: Arrival,
): Promise<void> {
  const { work, house, lens, group } = opened
  await apply(work, house, lens.viewer, visit, 'checkIn', async () => ({
    to,
    action: 'visit.checked-in',
    patch: {
      arrived_at: work.now,
      sort_at: work.now,
      valid_until: validityFrom(work.now, visit.valid_until, category),
      ...(to === 'held' ? { hold_reason: holdReason } : {}),
      ...(to === 'asking' ? askedOnce(group) : {}),
      ...admitted(to, work.now, group, passNumber),
    },
    // The group's own entry tells the host; two hundred letters would tell nothing.
    data: { groupId: group.id, passNumber },
  }))
}

function admitted(to: VisitStatus, now: Date, group: store.GroupRow, passNumber: string | null): VisitPatch {
  if (to !== 'admitted') return {}
  return {
    admitted_at: now,
    ...(passNumber === null ? {} : { pass_number: passNumber, pass_returned: null }),
    ...(group.consent_at === null
      ? {}
      : {
          consent_by: group.consent_by,
          consent_by_name: group.consent_by_name,
          consent_how: group.consent_how,
          consent_at: group.consent_at,
        }),
  }
}

function askedOnce(group: store.GroupRow): VisitPatch {
  const [kind, id, name] =
    group.host_id === null
      ? (['post', 'desk', ''] as const)
      : (['person', group.host_id, group.host_name] as const)
  return { asked_kind: kind, asked_id: id, asked_name: name, asked_ids: json([id]), ask_due_at: null }
}

/** A group planned for the morning that comes in the afternoon is not overstayed on arrival. */
function validityFrom(now: Date, planned: Date | null, category: Category): Date {
  const usual = plus(now, category.stayMinutes)
  return planned !== null && planned > usual ? planned : usual
}

const latest = (dates: readonly Date[]) => new Date(Math.max(...dates.map((date) => date.getTime())))

/** A scanned pass or document, a phone's last digits: the members of this group it may mean. */
export async function find(
  ctx: Ctx,
  { params, body }: RouteInput<typeof groups.find>,
): Promise<{ memberIds: string[] }> {
  const sql = query(ctx)
  const signed =
    body.code.split('.').length === 3 ? await passSigner(ctx.kernel).verify(body.code) : undefined
  if (signed !== undefined) {
    const payload = passPayload.safeParse(signed)
    if (!payload.success || payload.data.s !== ctx.siteId) return { memberIds: [] }
    const rows = await sql.all(store.membersOf(ctx.siteId, params.id))
    return { memberIds: rows.filter((row) => row.id === payload.data.v).map((row) => row.id) }
  }
  const code = body.code.normalize('NFKC').replace(/\s/g, '').toUpperCase()
  const kinds = ['id-card', 'passport', 'travel-permit', 'driving-licence', 'other']
  const indexes = kinds.map((kind) => ctx.kernel.secrets.blindIndex(`${kind}:${code}`))
  const byDocument = await sql.all(store.membersByDocument(ctx.siteId, params.id, indexes))
  const found =
    byDocument.length > 0
      ? byDocument
      : await sql.all(store.membersByContact(ctx.siteId, params.id, code.replace(/\D/g, ''), code))
  return { memberIds: found.map((row) => row.id) }
}

export function checkInOne(
  ctx: Ctx,
  { params }: RouteInput<typeof groups.checkInMember>,
): Promise<GroupDone> {
  return checkInMember(ctx, params.id, params.memberId)
}
