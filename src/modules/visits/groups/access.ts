/** A group read, locked and shown: what every use case of groups begins and ends with. */

import type { Sql } from '../../../kernel/db/sql.ts'
import { DomainError, fail, failWith } from '../../../kernel/errors.ts'
import { pinyinOf } from '../../../kernel/find/spelling.ts'
import { maskNumber } from '../../../kernel/telephone/mask.ts'
import type { Ctx, Work } from '../../../kernel/work/command.ts'
import { type House, lensOf } from '../house.ts'
import type { Lens } from '../present.ts'
import { texts, visitNumber, wantsEscort } from '../present.ts'
import type { VisitStatus } from '../rules.ts'
import { groupErrors } from './contract.ts'
import { type GroupCan, groupCan, maySeeGroup } from './policy.ts'
import { countGroup, type Headcount, stateOf, type Tally } from './rules.ts'
import type { GroupCard, GroupDetail, GroupMember } from './shapes.ts'
import * as store from './store.ts'

export const refuse = failWith(groupErrors)

export interface Opened {
  readonly work: Work
  readonly house: House
  readonly lens: Lens
  readonly group: store.GroupRow
  readonly tallies: readonly store.TallyRow[]
  readonly can: GroupCan
  readonly subject: { readonly entity: 'visit-group'; readonly id: string }
}

/**
 * The group locked, with what its members count. Every change of a group comes through here.
 * @throws DomainError `entity.not-found` also for a group the caller may not see, `group.closed`, `visit.host-not-asked`
 */
export async function openGroup(
  ctx: Ctx,
  work: Work,
  house: House,
  id: string,
  wanted: keyof GroupCan,
): Promise<Opened> {
  const [group, lens] = await Promise.all([
    work.maybe(store.lockGroup(ctx.siteId, id)),
    lensOf(ctx, work, house, work.now),
  ])
  if (group === undefined || !maySeeGroup(lens.viewer, group)) return fail('entity.not-found')
  // After the lock: what is counted here is true until the commit.
  const tallies = await work.all(store.talliesOf(ctx.siteId, [id]))
  const can = groupCan(lens.viewer, group, stateFor(group, tallies))
  if (!can[wanted]) {
    if (group.cancelled_at !== null) return refuse('group.closed')
    if (wanted === 'answer') return refuse('group.not-asked')
    if (wanted === 'cancel') return refuse('group.closed')
    throw new DomainError('visit.host-not-asked')
  }
  return { work, house, lens, group, tallies, can, subject: { entity: 'visit-group', id } }
}

export const headcountOf = (group: store.GroupRow): Headcount => ({
  expected: group.headcount,
  in: group.counted_in,
  out: group.counted_out,
})

export function stateFor(group: store.GroupRow, tallies: readonly Tally[]) {
  return stateOf(countGroup(tallies, headcountOf(group)), group.cancelled_at !== null)
}

/** What the tallies are after these moves, so that the answer needs no second read. */
export function moved(
  tallies: readonly store.TallyRow[],
  groupId: string,
  moves: readonly { readonly from: VisitStatus; readonly to: VisitStatus; readonly people: number }[],
): store.TallyRow[] {
  const people = new Map<VisitStatus, number>()
  for (const one of tallies) people.set(one.status, (people.get(one.status) ?? 0) + one.people)
  for (const move of moves) {
    people.set(move.from, (people.get(move.from) ?? 0) - move.people)
    people.set(move.to, (people.get(move.to) ?? 0) + move.people)
  }
  return [...people].map(([status, n]) => ({ group_id: groupId, status, people: n, late: 0 }))
}

const iso = (at: Date | null) => at?.toISOString() ?? null

export function presentGroup(group: store.GroupRow, tallies: readonly Tally[], lens: Lens): GroupCard {
  const counts = countGroup(tallies, headcountOf(group))
  const state = stateOf(counts, group.cancelled_at !== null)
  return {
    id: group.id,
    version: group.version,
    title: group.title,
    organiser: group.organiser,
    state,
    counts,
    hostId: group.host_id,
    hostName: group.host_name,
    hostDepartment: group.host_department,
    hostExtension: group.host_extension,
    place: group.place,
    kind: group.kind,
    purpose: group.purpose,
    note: group.note,
    expectedAt: group.expected_at.toISOString(),
    validUntil: iso(group.valid_until),
    leaderName: group.leader_name,
    leaderPhoneMasked: group.leader_phone === '' ? '' : maskNumber(group.leader_phone),
    plates: texts(group.plates),
    expectedSize: group.size,
    headcount: headcountOf(group),
    passMode: group.pass_mode,
    passNumber: group.pass_number,
    askedAt: iso(group.asked_at),
    consentByName: group.consent_by_name,
    consentAt: iso(group.consent_at),
    declinedAt: iso(group.declined_at),
    declineReason: group.decline_reason,
    leaderSignedAt: iso(group.leader_signed_at),
    hostSignedAt: iso(group.host_signed_at),
    hostSignedByName: group.host_signed_by_name,
    createdByName: group.created_by_name,
    can: groupCan(lens.viewer, group, state),
  }
}

function presentMember(row: store.MemberRow, lens: Lens): GroupMember {
  const spelling =
    row.name_pinyin === null || row.name_initials === null
      ? pinyinOf(row.visitor_name)
      : { pinyin: row.name_pinyin, initials: row.name_initials }
  return {
    id: row.id,
    number: visitNumber(row.number),
    version: row.version,
    status: row.status,
    visitorName: row.visitor_name,
    pinyin: spelling.pinyin,
    initials: spelling.initials,
    organisation: row.organisation,
    phoneMasked: row.phone === '' ? '' : maskNumber(row.phone),
    phoneTail: row.phone.slice(-4),
    documentTail: row.document_tail ?? '',
    plate: row.plate,
    people: row.party_size,
    passNumber: row.pass_number,
    arrivedAt: iso(row.arrived_at),
    leftAt: iso(row.left_at),
    lateSignature: row.late_signature,
    escortDue: wantsEscort(row, lens.categories.get(row.category)),
    escortName: row.escort_name,
    crowd: row.source === 'crowd',
  }
}

function talliesFrom(rows: readonly store.MemberRow[]): Tally[] {
  return rows
    .filter((row) => row.source !== 'crowd')
    .map((row) => ({ status: row.status, people: row.party_size }))
}

/** The whole group as it is now; after a command, a read of its own outside the transaction. */
export async function detailOf(ctx: Ctx, sql: Sql, house: House, id: string): Promise<GroupDetail> {
  const [group, rows, lens] = await Promise.all([
    sql.maybe(store.findGroup(ctx.siteId, id)),
    sql.all(store.membersOf(ctx.siteId, id)),
    lensOf(ctx, sql, house, ctx.kernel.clock.now()),
  ])
  if (group === undefined || !maySeeGroup(lens.viewer, group)) return fail('entity.not-found')
  return {
    ...presentGroup(group, talliesFrom(rows), lens),
    members: rows.map((row) => presentMember(row, lens)),
  }
}
