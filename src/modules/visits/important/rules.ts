/** PURE: the steps around an important guest (V7): in, and out again from the desk over the gate to the driver. */
import type { VisitStatus } from '../rules.ts'

export const receptionSteps = ['acknowledge', 'lead-in', 'leaving', 'gate-told', 'driver-told'] as const
export type ReceptionStep = (typeof receptionSteps)[number]

export interface Course {
  readonly status: VisitStatus
  readonly warned: boolean
  readonly acknowledged: boolean
  readonly ledIn: boolean
  readonly leaving: boolean
  readonly gateTold: boolean
  readonly driverTold: boolean
  /** Somebody waits in a car. */
  readonly car: boolean
}

const here: readonly VisitStatus[] = ['admitted', 'with_host', 'signed_off']

/** What may be done now, in the order in which it is done. */
export function possibleSteps(course: Course): ReceptionStep[] {
  const inside = here.includes(course.status)
  const steps: ReceptionStep[] = []
  if (course.warned && !course.acknowledged && (inside || course.status === 'expected'))
    steps.push('acknowledge')
  if (inside && !course.ledIn && !course.leaving && course.status !== 'signed_off') steps.push('lead-in')
  if (inside && !course.leaving) steps.push('leaving')
  if (inside && course.leaving && !course.gateTold) steps.push('gate-told')
  if (inside && course.gateTold && !course.driverTold && course.car) steps.push('driver-told')
  return steps
}

/** The last step may be taken back by whoever made it, while it is fresh and nothing was built on it. */
export function mayTakeBack(
  last: { readonly step: ReceptionStep; readonly at: Date; readonly by: string } | null,
  by: string,
  now: Date,
  undoMinutes: number,
): boolean {
  return last !== null && last.by === by && now.getTime() - last.at.getTime() <= undoMinutes * 60_000
}

export interface Announcer {
  readonly employeeId: string | null
  readonly atDesk: boolean
  readonly director: boolean
}

/** V7: the desk for anybody, an executive for their own guest, a secretary for the executive they work for. */
export function mayWarn(
  who: Announcer,
  executive: { readonly id: string; readonly secretaries: readonly string[]; readonly listed: boolean },
): boolean {
  if (who.atDesk) return true
  if (who.employeeId === null) return false
  if (executive.secretaries.includes(who.employeeId)) return true
  return (
    who.employeeId === executive.id && (who.director || executive.listed || executive.secretaries.length > 0)
  )
}
