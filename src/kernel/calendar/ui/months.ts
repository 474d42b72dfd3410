/** PURE: a year as the twelve little sheets people know, weeks beginning on Monday. Days are plain `YYYY-MM-DD`. */
export interface Month {
  /** 1–12 */
  readonly number: number
  /** Empty places before the first, so that columns are weekdays. */
  readonly before: number
  readonly days: readonly string[]
}

export function monthsOf(year: number): Month[] {
  return Array.from({ length: 12 }, (_, index) => {
    const first = new Date(Date.UTC(year, index, 1))
    const count = new Date(Date.UTC(year, index + 1, 0)).getUTCDate()
    const days = Array.from(
      { length: count },
      (_, day) => `${year}-${String(index + 1).padStart(2, '0')}-${String(day + 1).padStart(2, '0')}`,
    )
    return { number: index + 1, before: (first.getUTCDay() + 6) % 7, days }
  })
}

/** ISO weekday 1 (Monday) – 7. */
export function weekdayOf(day: string): number {
  return ((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7) + 1
}
