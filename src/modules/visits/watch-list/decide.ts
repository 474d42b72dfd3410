/** A person decides, and never the one who registered (V12): a held visit is let on or refused, an alert is judged. */
import type { RouteInput } from '../../../kernel/contract.ts'
import { DomainError, fail } from '../../../kernel/errors.ts'
import { newId } from '../../../kernel/ids.ts'
import { type Ctx, command, type Work } from '../../../kernel/work/command.ts'
import type { VisitCard } from '../card/contract.ts'
import { visitNumber } from '../present.ts'
import { reopenQuestion, settleRefusal } from '../stay/exit.ts'
import { type Change, type Step, step, subjectOf } from '../step.ts'
import { findVisit, type VisitPatch, type VisitRow } from '../store.ts'
import { openStay, overstayTask } from '../tasks.ts'
import type { watchList } from './contract.ts'
import { type Decision, isSecondPerson } from './rules.ts'
import { watching } from './screen.ts'
import { watchListSetting } from './settings.ts'
import * as store from './store.ts'

export async function clear(
  ctx: Ctx,
  { params, body }: RouteInput<typeof watchList.clear>,
): Promise<VisitCard> {
  const { decision, note } = body
  const refuses = decision === 'confirmed'
  const { suspicionTold } = await ctx.kernel.settings.get(ctx.siteId, watchListSetting)
  return step(ctx, params.id, refuses ? 'refuse' : 'clear', async (at) => {
    const { work, visit, subject, viewer } = at
    if (visit.status !== 'held')
      throw new DomainError('transition.refused', { from: visit.status, command: 'clear' })
    if (!isSecondPerson(viewer.id, visit)) throw new DomainError('watch-list.second-person')
    const hits = await work.all(store.openHitsOfVisit(visit.site_id, visit.id))
    for (const hit of hits) judge(work, visit, hit, decision, note)
    if (refuses) {
      work.settleTasks(subject, watching, 'refused')
      return settleRefusal(at, { reason: note, suspicious: true, told: suspicionTold })
    }
    return goOn(at)
  })
}

/** Why stays with the hit; on the visit's own course stands that somebody let it go on. */
function goOn(at: Step): Change {
  const { work, house, visit, subject } = at
  work.settleTasks(subject, watching, 'cleared')
  const to = whereTo(visit)
  const patch: VisitPatch = { hold_reason: '' }
  const validUntil = visit.valid_until ?? work.now
  if (to === 'asking') reopenQuestion(at, patch)
  if (to === 'admitted') {
    openStay(work, subjectOf(visit), work.now, validUntil, house.timings)
    Object.assign(patch, { admitted_at: visit.admitted_at ?? work.now })
  }
  if (to === 'with_host') work.openTask(overstayTask(subjectOf(visit), validUntil, house.timings))
  return { to, action: 'visit.cleared', patch, data: { number: visitNumber(visit.number) } }
}

/** Back to where it stood; at the door, to where the arrival had led before it was held. */
function whereTo(visit: VisitRow): 'asking' | 'admitted' | 'with_host' {
  const before = visit.previous_status
  if (before === 'asking' || before === 'admitted' || before === 'with_host') return before
  return visit.asked_id === null ? 'admitted' : 'asking'
}

function judge(work: Work, visit: VisitRow, hit: store.HitRow, decision: Decision, note: string): void {
  const { actor } = work.ctx
  const judged = { decision, note, at: work.now, by: actor.employeeId ?? actor.id, byName: actor.name }
  work.write(store.decideHit(hit.id, judged))
  if (decision !== 'confirmed') {
    work.write(
      store.rememberDismissal(
        {
          id: newId(),
          siteId: visit.site_id,
          entryId: hit.entry_id,
          visitorId: visit.visitor_id,
          documentIndex: decision === 'not-same-person' ? visit.document_index : null,
          visitId: decision === 'let-in' ? visit.id : null,
          agreed: hit.agreed.map(({ attribute }) => attribute),
        },
        judged,
      ),
    )
  }
  work.journal({
    entity: 'watch-entry',
    entityId: hit.entry_id,
    action: decision === 'not-same-person' ? 'watch-list.dismissed' : 'watch-list.decided',
    data: { visitId: visit.id, number: visitNumber(visit.number), decision, note },
  })
}

/** A silent alert holds nobody; the judgement is kept, and the pair when it is somebody else. */
export async function decide(
  ctx: Ctx,
  { params, body }: RouteInput<typeof watchList.decide>,
): Promise<{ decided: true }> {
  return command(ctx, async (work) => {
    const hit = await work.maybe(store.lockHit(ctx.siteId, params.id))
    if (hit === undefined) return fail('entity.not-found')
    if (hit.decision !== null) throw new DomainError('watch-list.decided')
    const visit = await work.maybe(findVisit(ctx.siteId, hit.visit_id))
    if (visit === undefined) return fail('entity.not-found')
    // A held check-in is decided as a whole, with what becomes of the visit.
    if (visit.status === 'held' && hit.effect === 'held') throw new DomainError('watch-list.decided')
    if (!isSecondPerson(ctx.actor.employeeId ?? ctx.actor.id, visit))
      throw new DomainError('watch-list.second-person')
    judge(work, visit, hit, body.decision, body.note)
    const open = await work.all(store.openHitsOfVisit(ctx.siteId, visit.id))
    if (open.every((one) => one.id === hit.id))
      work.settleTasks({ entity: 'visit', id: visit.id }, watching, body.decision)
    return { decided: true as const }
  })
}
