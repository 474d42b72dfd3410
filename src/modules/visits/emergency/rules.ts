/** PURE: when an emergency visit has to be written down (V14): whichever comes first. */

export interface RegistrationTimes {
  readonly departureMinutes: number
  readonly arrivalMinutes: number
}

export function registrationDue(arrivedAt: Date, leftAt: Date | null, times: RegistrationTimes): Date {
  const byArrival = arrivedAt.getTime() + times.arrivalMinutes * 60_000
  const byDeparture =
    leftAt === null ? Number.POSITIVE_INFINITY : leftAt.getTime() + times.departureMinutes * 60_000
  return new Date(Math.min(byArrival, byDeparture))
}
