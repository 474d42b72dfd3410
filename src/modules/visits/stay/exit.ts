/** The end of a visit: release, refusal, cancelling, no-show, and taking the last step back. */

import { loadCalendar } from '../../../kernel/calendar/load.ts'
import { addWorkingMinutes } from '../../../kernel/calendar/rules.ts'
import type { RouteInput } from '../../../kernel/contract.ts'
import { DomainError } from '../../../kernel/errors.ts'
import { newId } from '../../../kernel/ids.ts'
import type { Ctx, Work } from '../../../kernel/work/command.ts'
import { departmentOf } from '../../directory/public.ts'
import { openEscort } from '../areas/escort.ts'
import { escortSetting } from '../areas/settings.ts'
import type { VisitCard } from '../card/contract.ts'
import { emergencyLeft } from '../emergency/owed.ts'
import { leavesGroup } from '../groups/leave.ts'
import { owedAgain } from '../important/arrived.ts'
import { lockPass, markBack, markIssued } from '../passes/store.ts'
import { wantsEscort } from '../present.ts'
import { askAgain } from '../routes/store.ts'
import { mayUndo, passOutcome, releaseDecision, type VisitStatus } from '../rules.ts'
import { type Change, type Step, step, subjectOf } from '../step.ts'
import type { VisitPatch } from '../store.ts'
import {
  asking,
  consentTask,
  lateSignatureTask,
  openStay,
  passMissingTask,
  plus,
  staying,
  suspiciousTask,
  watchTask,
} from '../tasks.ts'
import { insertRefusal, reopenHits, undoRefusal } from '../watch-list/refusals-store.ts'
import { heldColumns, watching } from '../watch-list/screen.ts'
import { watchListSetting } from '../watch-list/settings.ts'
import type { stay } from './contract.ts'

/** V10, V11: out, with what was handed in and who answers for what was not. */
export async function release(
  ctx: Ctx,
  { params, body }: RouteInput<typeof stay.release>,
): Promise<VisitCard> {
  return step(ctx, params.id, 'release', async (at) => {
    const { work, house, visit, subject } = at
    const signOff = house.categories.get(visit.category)?.signOff ?? false
    const decision = releaseDecision(
      { signOff },
      { status: visit.status, hostConfirmed: body.hostConfirmed !== undefined },
    )
    if (decision.kind === 'ask-host') {
      throw new DomainError('visit.host-must-confirm', { hostName: visit.receiver_name || visit.host_name })
    }
    const escorted = wantsEscort(visit, house.categories.get(visit.category))
    if (escorted && body.escortPresent !== true && !ctx.occurred) {
      const { atExit } = await ctx.kernel.settings.get(ctx.siteId, escortSetting)
      if (atExit === 'refuse')
        throw new DomainError('visit.escort-missing', { escortName: visit.escort_name })
    }
    // One pass for a whole group stays with those still inside (V22).
    const pass = (await leavesGroup(at)) ? 'none' : passOutcome(visit.pass_number, body.passReturned)
    work.settleTasks(subject, [...asking, ...staying, ...watching], 'left')
    if (decision.lateSignature) await oweSignature(at)
    if (pass !== 'none') returnPass(at, pass === 'missing')
    await emergencyLeft(work, visit)
    return {
      to: 'left',
      action: 'visit.released',
      patch: {
        left_at: work.now,
        late_signature: decision.lateSignature,
        release_confirmed_by: body.hostConfirmed?.byName ?? '',
        pass_returned: pass === 'none' ? null : pass === 'returned',
        slip_returned: body.slipReturned,
      },
      data: {
        pass,
        lateSignature: decision.lateSignature,
        // V13: whether who walked along came to the exit with them.
        ...(!escorted || body.escortPresent === undefined
          ? {}
          : { escortName: visit.escort_name, escortPresent: body.escortPresent }),
      },
    }
  })
}

function returnPass({ work, visit }: Step, missing: boolean): void {
  if (visit.pass_number === null) return
  work.write(markBack(visit.site_id, visit.pass_number, visit.id, missing))
  if (missing) work.openTask(passMissingTask(subjectOf(visit), visit.pass_number, work.now))
}

async function oweSignature({ work, house, visit }: Step): Promise<void> {
  const hostId = visit.receiver_id ?? visit.host_id
  const department = hostId === null ? undefined : await departmentOf(work, visit.site_id, hostId)
  const { dueAt, remindAt } = await signatureDue(work, visit.site_id, house.timings.lateSignatureHours)
  work.openTask(lateSignatureTask(subjectOf(visit), dueAt, remindAt, department?.headId ?? null))
}

/**
 * G6: working hours of the site. A year without published holidays must not keep a visitor at the gate: then a
 * day of wall time counts, and the calendar reports the missing year (`calendar/missing.ts`).
 */
export async function signatureDue(
  work: Work,
  siteId: string,
  hours: number,
): Promise<{ dueAt: Date; remindAt: Date }> {
  try {
    const calendar = await loadCalendar(work, siteId)
    const dueAt = addWorkingMinutes(calendar, work.now, hours * 60)
    const remindAt = addWorkingMinutes(calendar, work.now, hours * 30)
    return { dueAt, remindAt }
  } catch (error) {
    if (!(error instanceof DomainError) || !error.code.startsWith('calendar.')) throw error
    return { dueAt: plus(work.now, 24 * 60), remindAt: plus(work.now, 12 * 60) }
  }
}

/** V12: refused; the reason is for the house, the visitor hears the wording. */
export async function refuse(ctx: Ctx, { params, body }: RouteInput<typeof stay.refuse>): Promise<VisitCard> {
  const { suspicionTold } = await ctx.kernel.settings.get(ctx.siteId, watchListSetting)
  return step(ctx, params.id, 'refuse', async (at) => {
    at.work.cancelTasks(at.subject, watching, 'refused')
    return settleRefusal(at, {
      reason: body.reason,
      suspicious: body.suspicious === true,
      told: suspicionTold,
    })
  })
}

/** V12: every refusal is on record; whoever answers for the house's safety hears of somebody suspicious. */
export function settleRefusal(
  at: Step,
  refusal: { readonly reason: string; readonly suspicious: boolean; readonly told: readonly string[] },
): Change {
  const { work, visit, viewer } = at
  const told = refusal.suspicious ? refusal.told : []
  work.cancelTasks(at.subject, [...asking, ...staying], 'refused')
  if (visit.pass_number !== null) returnPass(at, false)
  work.write(
    insertRefusal({
      id: newId(),
      siteId: visit.site_id,
      visitId: visit.id,
      at: work.now,
      by: viewer.id,
      byName: work.ctx.actor.name,
      reason: refusal.reason,
      suspicious: refusal.suspicious,
      told,
    }),
  )
  for (const post of told) work.openTask(suspiciousTask(subjectOf(visit), post, work.now))
  return {
    to: 'refused',
    action: 'visit.refused',
    patch: { refuse_reason: refusal.reason, ask_due_at: null, pass_number: null, hold_reason: '' },
    data: { suspicious: refusal.suspicious },
  }
}

export async function cancel(ctx: Ctx, { params, body }: RouteInput<typeof stay.cancel>): Promise<VisitCard> {
  return step(ctx, params.id, 'cancel', async (at) => {
    at.work.cancelTasks(at.subject, [...asking, ...staying], 'cancelled')
    // Let in by mistake: the number goes back, nobody waits for this guest (V12).
    if (at.visit.pass_number !== null) returnPass(at, false)
    return {
      to: 'cancelled',
      action: 'visit.cancelled',
      patch: { ask_due_at: null, pass_number: null },
      data: { reason: body.reason },
    }
  })
}

export async function noShow(ctx: Ctx, { params }: RouteInput<typeof stay.noShow>): Promise<VisitCard> {
  return step(ctx, params.id, 'noShow', async () => ({ to: 'no_show', action: 'visit.no-show' }))
}

/** One step back, while it is fresh and by whoever made it; with the promises that belong to the state returned to. */
export async function undo(ctx: Ctx, { params }: RouteInput<typeof stay.undo>): Promise<VisitCard> {
  return step(ctx, params.id, 'undo', async (at) => {
    const { work, house, visit, viewer } = at
    const back = {
      status: visit.status,
      previousStatus: visit.previous_status as VisitStatus | null,
      statusAt: visit.status_at,
      statusBy: visit.status_by,
    }
    if (back.previousStatus === null || !mayUndo(back, viewer.id, work.now, house.timings.undoMinutes)) {
      throw new DomainError('visit.undo-too-late', { minutes: house.timings.undoMinutes })
    }
    return returnTo(at, back.previousStatus)
  })
}

async function returnTo(at: Step, to: VisitStatus): Promise<Change> {
  const { work, house, visit, subject } = at
  work.cancelTasks(subject, [], 'undone')
  if (visit.status === 'refused') work.write(undoRefusal(visit.id, work.now))
  const patch: VisitPatch = { ...clearedBy(visit.status) }
  if (visit.status === 'left' && visit.pass_number !== null) await takeBack(at, visit.pass_number)
  if (to === 'expected')
    Object.assign(patch, { arrived_at: null, admitted_at: null, asked_kind: null, asked_id: null, route: '' })
  if (to === 'expected' && visit.pass_number !== null) {
    returnPass(at, false)
    patch.pass_number = null
  }
  // Held again: somebody has to look at it once more (V12).
  if (to === 'held') {
    work.write(reopenHits(visit.id))
    patch.hold_reason = heldColumns.hold_reason
    const { told } = await work.ctx.kernel.settings.get(visit.site_id, watchListSetting)
    for (const post of told) work.openTask(watchTask(subjectOf(visit), post, work.now))
  }
  if (to === 'asking') {
    Object.assign(patch, {
      admitted_at: null,
      consent_by: null,
      consent_by_name: '',
      consent_how: null,
      consent_at: null,
    })
    reopenQuestion(at, patch)
  }
  if (['admitted', 'with_host', 'signed_off'].includes(to)) {
    openStay(work, subjectOf(visit), work.now, visit.valid_until ?? work.now, house.timings)
    if (visit.escort_id !== null) openEscort(work, visit, visit.escort_id)
  }
  await owedAgain(at, to, house)
  return { to, action: 'visit.undone', patch, data: { from: visit.status, to } }
}

export function reopenQuestion({ work, house, visit, viewer }: Step, patch: VisitPatch): void {
  const dueAt = plus(work.now, house.timings.consentMinutes)
  // Given back by the one who took it: the question is a new one in the list of those asked.
  work.write(askAgain(visit.id, work.now, viewer.id, work.ctx.actor.name))
  const owner = { kind: visit.asked_kind ?? 'post', id: visit.asked_id ?? 'desk' } as const
  work.openTask(consentTask(subjectOf(visit), owner, dueAt))
  Object.assign(patch, { ask_due_at: dueAt, asked_kind: owner.kind, asked_id: owner.id })
}

/** What the undone step had written. */
function clearedBy(status: VisitStatus): VisitPatch {
  switch (status) {
    case 'left':
      return {
        left_at: null,
        late_signature: false,
        pass_returned: null,
        slip_returned: null,
        release_confirmed_by: '',
      }
    case 'signed_off':
      return { signed_at: null, signed_by: null, signed_by_name: '', sign_note: '' }
    case 'with_host':
      return { met_at: null }
    case 'declined':
      return { decline_reason: '' }
    case 'refused':
      return { refuse_reason: '' }
    default:
      return {}
  }
}

/** @throws DomainError `pass.not-free` when the number was handed to somebody else meanwhile */
async function takeBack({ work, visit }: Step, number: string): Promise<void> {
  const pass = await work.maybe(lockPass(visit.site_id, number))
  const ours = pass?.status === 'in_stock' || (pass?.status === 'missing' && pass.visit_id === visit.id)
  if (!ours) throw new DomainError('pass.not-free', { number })
  work.write(markIssued(visit.site_id, number, visit.id, work.now))
}
