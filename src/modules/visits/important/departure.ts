/** V7: the step of the departure that the cars take by themselves, once their drivers know. */
import { type Step, subjectOf } from '../step.ts'
import type { VisitPatch } from '../store.ts'
import { attendanceOf } from './attendance.ts'
import { markStep, receptionsOf } from './store.ts'
import { departureTask } from './tasks.ts'

export async function allDriversTold({ work, visit, subject, viewer }: Step): Promise<VisitPatch> {
  const { ctx } = work
  const [[row], { rules }] = await Promise.all([
    work.all(receptionsOf(ctx.siteId, [visit.id])),
    attendanceOf(ctx.kernel, work, ctx.siteId, visit.receiver_id ?? visit.host_id),
  ])
  work.write(
    markStep(ctx.siteId, visit.id, 'driver-told', {
      ...{ step: 'driver-told', at: work.now, by: viewer.id, byName: ctx.actor.name },
      acknowledgedAt: row?.acknowledged_at ?? null,
    }),
  )
  work.settleTasks(subject, ['visit.driver-told'], 'told')
  work.openTask(departureTask('visit.car-out', subjectOf(visit), work.now, rules))
  return { driver_told_at: work.now }
}
