/** Called wherever a visit comes to be admitted, and where one returns to it: what is owed around the guest (V7, V14). */
import type { Ctx, Work } from '../../../kernel/work/command.ts'
import { reopenRegistration } from '../emergency/owed.ts'
import type { House } from '../house.ts'
import type { VisitStatus } from '../rules.ts'
import type { Category } from '../settings.ts'
import { type Step, subjectOf } from '../step.ts'
import type { VisitRow } from '../store.ts'
import { freePlace } from '../vehicles/rules.ts'
import { parkingSetting } from '../vehicles/settings.ts'
import { lockPlaces, placeFirst, takenPlaces } from '../vehicles/store.ts'
import { attendanceOf } from './attendance.ts'
import { departureTask, openArrival } from './tasks.ts'

/** V7: an important guest is let in: place for the car, desk leads in, host and secretary come. */
export async function guestIsHere(
  ctx: Ctx,
  work: Work,
  category: Category | undefined,
  visit: VisitRow,
): Promise<void> {
  if (category?.important !== true || visit.emergency) return
  const attendance = await attendanceOf(ctx.kernel, work, ctx.siteId, visit.receiver_id ?? visit.host_id)
  openArrival(work, subjectOf(visit), attendance)
  if (visit.plate === '' || visit.parking_place !== '') return
  const { lots } = await ctx.kernel.settings.get(ctx.siteId, parkingSetting)
  if (lots.length === 0) return
  await work.run(lockPlaces(ctx.siteId))
  const taken = await work.all(takenPlaces(ctx.siteId))
  if (taken.some((one) => one.visit_id === visit.id)) return
  // A full car park keeps nobody standing at the gate: the guard finds a place and writes it down.
  const place = freePlace(lots, new Set(taken.map((one) => one.place)), true)
  if (place !== null) work.write(placeFirst(visit.id, visit.plate, place))
}

/** What a step that was taken back had settled; `undo` has cancelled everything else. */
export async function owedAgain(at: Step, to: VisitStatus, house: House): Promise<void> {
  const { work, visit } = at
  const { ctx } = work
  if (visit.emergency) await reopenRegistration(work, visit)
  const category = house.categories.get(visit.category)
  if (category?.important !== true || !['admitted', 'with_host', 'signed_off'].includes(to)) return
  if (visit.leaving_at === null) {
    if (to === 'admitted' && visit.led_in_at === null) await guestIsHere(ctx, work, category, visit)
    return
  }
  const { rules } = await attendanceOf(ctx.kernel, work, ctx.siteId, visit.receiver_id ?? visit.host_id)
  const kind =
    visit.gate_told_at === null
      ? 'visit.gate-told'
      : visit.driver_told_at === null && visit.plate !== ''
        ? 'visit.driver-told'
        : 'visit.car-out'
  work.openTask(departureTask(kind, subjectOf(visit), work.now, rules))
}
