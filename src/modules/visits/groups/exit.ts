/** Out: several members or everybody; the host signs once for all (V10, V11, V22). */
import type { RouteInput } from '../../../kernel/contract.ts'
import { DomainError } from '../../../kernel/errors.ts'
import { type Ctx, command, query } from '../../../kernel/work/command.ts'
import { escortSetting } from '../areas/settings.ts'
import { type House, houseOf } from '../house.ts'
import { wantsEscort } from '../present.ts'
import { releaseDecision } from '../rules.ts'
import { signatureDue } from '../stay/exit.ts'
import { apply, subjectOf } from '../step.ts'
import type { VisitPatch, VisitRow } from '../store.ts'
import { asking, passMissingTask, staying } from '../tasks.ts'
import { detailOf, moved, type Opened, openGroup, presentGroup, refuse } from './access.ts'
import { type GroupDone, type groups, mostAtOnce, mostMembers } from './contract.ts'
import { note } from './members.ts'
import { mayBeSigned, mayLeave } from './rules.ts'
import type { GroupDetail } from './shapes.ts'
import * as store from './store.ts'
import { groupSignatureTask } from './tasks.ts'

/** @throws DomainError `group.nobody-inside`; `visit.host-must-confirm` when a signature is due and nobody gave a word */
export async function release(
  ctx: Ctx,
  { params, body }: RouteInput<typeof groups.release>,
): Promise<GroupDone> {
  const house = await houseOf(ctx)
  return command(ctx, async (work) => {
    const opened = await openGroup(ctx, work, house, params.id, 'release')
    const { group, lens } = opened
    const ids = body.memberIds ?? null
    const rows = await work.all(
      store.lockMembers(ctx.siteId, group.id, ids, ids === null ? mayLeave : null, mostAtOnce),
    )
    const going = rows.filter(
      (row) => mayLeave.includes(row.status) && (ids !== null || body.crowd || row.source !== 'crowd'),
    )
    if (going.length === 0) return refuse('group.nobody-inside')
    const escorted = await escortsAsked(ctx, house, going, body.escortPresent)
    const confirmed = body.hostConfirmed !== undefined
    const late = going.filter((row) => owes(opened, row, confirmed))
    const missing = new Set(body.missingPasses)
    const goneCrowds = going.some((row) => row.source === 'crowd')
      ? (await work.one(store.crowdsGone(group.id))).people
      : 0
    for (const visit of going) {
      const patch: VisitPatch = {
        left_at: work.now,
        late_signature: late.includes(visit),
        release_confirmed_by: body.hostConfirmed?.byName ?? '',
        slip_returned: true,
        pass_returned: visit.pass_number === null ? null : !missing.has(visit.pass_number),
        // Let out in parts, it counts everybody it ever stood for.
        ...(visit.source === 'crowd'
          ? { party_size: Math.min(mostMembers, Math.max(1, group.counted_in - goneCrowds)) }
          : {}),
      }
      await leave(opened, visit, patch, escorted.has(visit.id) ? body.escortPresent : undefined)
    }
    const keptPass = await passesBack(ctx, opened, going, [...missing])
    if (late.length > 0) {
      const due = await signatureDue(work, ctx.siteId, house.timings.lateSignatureHours)
      work.openTask(groupSignatureTask(group, late.length, due))
    }
    const crowdGoes = going.some((row) => row.id === group.crowd_visit_id)
    const after = moved(
      opened.tallies,
      group.id,
      going
        .filter((row) => row.source !== 'crowd')
        .map((row) => ({ from: row.status, to: 'left' as const, people: row.party_size })),
    )
    const patch: store.GroupPatch = {
      ...(crowdGoes ? { counted_out: group.counted_in, crowd_visit_id: null } : {}),
      ...(group.pass_mode === 'group' && !keptPass ? { pass_number: null } : {}),
    }
    const later = { ...group, ...patchOf(patch), version: group.version + 1 }
    const card = presentGroup(later, after, lens)
    if (card.counts.inside === 0) work.settleTasks(opened.subject, ['group.overstay'], 'left')
    note(opened, 'visit-group.released', patch, { released: going.length, lateSignature: late.length })
    return answerFrom(going.length, rows.length - going.length, card)
  })
}

const patchOf = (patch: store.GroupPatch) => ({
  ...(typeof patch.counted_out === 'number' ? { counted_out: patch.counted_out } : {}),
  ...('crowd_visit_id' in patch ? { crowd_visit_id: null } : {}),
  ...('pass_number' in patch ? { pass_number: null } : {}),
})

function answerFrom(done: number, already: number, group: GroupDone['group']): GroupDone {
  return {
    done,
    held: 0,
    asking: 0,
    already,
    left: group.counts.inside - group.counts.asking,
    passes: [],
    group,
  }
}

/**
 * V13: all at once asks the same as one at a time. @returns the visits of those who had to be walked along
 * @throws DomainError `visit.escort-missing` where the house refuses to let them out alone
 */
async function escortsAsked(
  ctx: Ctx,
  house: House,
  going: readonly VisitRow[],
  present: boolean | undefined,
): Promise<ReadonlySet<string>> {
  const escorted = going.filter((row) => wantsEscort(row, house.categories.get(row.category)))
  if (escorted.length > 0 && present !== true && !ctx.occurred) {
    const { atExit } = await ctx.kernel.settings.get(ctx.siteId, escortSetting)
    const names = [...new Set(escorted.map((row) => row.escort_name).filter((name) => name !== ''))]
    if (atExit === 'refuse') throw new DomainError('visit.escort-missing', { escortName: names.join('、') })
  }
  return new Set(escorted.map((row) => row.id))
}

/** Whoever was refused by the list leaves without anybody's signature. */
function owes({ house }: Opened, row: VisitRow, confirmed: boolean): boolean {
  if (row.status === 'held') return false
  const signOff = house.categories.get(row.category)?.signOff ?? false
  const decision = releaseDecision({ signOff }, { status: row.status, hostConfirmed: confirmed })
  if (decision.kind === 'ask-host')
    throw new DomainError('visit.host-must-confirm', { hostName: row.receiver_name || row.host_name })
  return decision.lateSignature
}

async function leave(
  { work, house, lens, group }: Opened,
  visit: VisitRow,
  patch: VisitPatch,
  escortPresent: boolean | undefined,
): Promise<void> {
  work.settleTasks({ entity: 'visit', id: visit.id }, [...asking, ...staying], 'left')
  await apply(work, house, lens.viewer, visit, 'release', async () => ({
    to: 'left',
    action: 'visit.released',
    patch,
    data: {
      groupId: group.id,
      lateSignature: patch.late_signature,
      // V13: whether who walked along came to the exit with them.
      ...(escortPresent === undefined ? {} : { escortName: visit.escort_name, escortPresent }),
    },
  }))
}

/** @returns whether the group's one pass stays out, with somebody who is still inside */
async function passesBack(
  ctx: Ctx,
  { work, group }: Opened,
  going: readonly VisitRow[],
  missing: readonly string[],
): Promise<boolean> {
  const ids = going.map((row) => row.id)
  let back = ids
  let kept = false
  if (group.pass_mode === 'group' && group.pass_number !== null) {
    const holder = await work.maybe(store.passHolder(ctx.siteId, group.id))
    const others = await work.all(
      store.lockMembers(ctx.siteId, group.id, null, ['admitted', 'with_host', 'signed_off'], mostMembers + 1),
    )
    const next = others.find((row) => !ids.includes(row.id) && row.pass_number === group.pass_number)
    kept = next !== undefined
    if (holder?.holder_id != null && ids.includes(holder.holder_id) && next !== undefined) {
      work.write(store.handOnPass(ctx.siteId, group.pass_number, next.id))
      back = ids.filter((id) => id !== holder.holder_id)
    }
  }
  work.write(store.markAllBack(ctx.siteId, back, missing))
  for (const visit of going) {
    if (visit.pass_number !== null && missing.includes(visit.pass_number) && back.includes(visit.id))
      work.openTask(passMissingTask(subjectOf(visit), visit.pass_number, work.now))
  }
  return kept
}

/** V10: one signature for everybody who is inside, and for those who left on the host's word. */
export async function sign(ctx: Ctx, { params, body }: RouteInput<typeof groups.sign>): Promise<GroupDone> {
  const house = await houseOf(ctx)
  return command(ctx, async (work) => {
    const opened = await openGroup(ctx, work, house, params.id, 'sign')
    const { group, lens } = opened
    const rows = await work.all(
      store.lockMembers(ctx.siteId, group.id, null, [...mayBeSigned, 'left'], mostMembers + 1),
    )
    const signing = rows.filter((row) => mayBeSigned.includes(row.status) || row.late_signature)
    if (signing.length === 0) return refuse('group.nobody-inside')
    const signature: VisitPatch = {
      signed_at: work.now,
      signed_by: lens.viewer.id,
      signed_by_name: ctx.actor.name,
      sign_note: body.note,
    }
    for (const visit of signing) {
      const late = visit.status === 'left'
      work.settleTasks({ entity: 'visit', id: visit.id }, ['visit.waiting', 'visit.late-signature'], 'signed')
      await apply(work, house, lens.viewer, visit, late ? 'signLate' : 'sign', async () => ({
        to: late ? 'left' : 'signed_off',
        action: late ? 'visit.late-signed' : 'visit.signed',
        patch: {
          ...signature,
          ...(late ? { late_signature: false } : {}),
          ...(late || visit.met_at !== null ? {} : { met_at: visit.admitted_at }),
        },
        data: { groupId: group.id },
      }))
    }
    work.settleTasks(opened.subject, ['group.late-signature'], 'signed')
    const patch = { host_signed_at: work.now, host_signed_by_name: ctx.actor.name }
    note(opened, 'visit-group.signed', patch, { signed: signing.length })
    const after = moved(
      opened.tallies,
      group.id,
      signing
        .filter((row) => row.status !== 'left' && row.source !== 'crowd')
        .map((row) => ({ from: row.status, to: 'signed_off' as const, people: row.party_size })),
    )
    return answerFrom(
      signing.length,
      0,
      presentGroup({ ...group, ...patch, version: group.version + 1 }, after, lens),
    )
  })
}

export async function leaderSigned(
  ctx: Ctx,
  { params }: RouteInput<typeof groups.leaderSigned>,
): Promise<GroupDetail> {
  const house = await houseOf(ctx)
  await command(ctx, async (work) => {
    const opened = await openGroup(ctx, work, house, params.id, 'checkIn')
    note(opened, 'visit-group.leader-signed', { leader_signed_at: work.now })
    return { id: params.id }
  })
  return detailOf(ctx, query(ctx), house, params.id)
}
