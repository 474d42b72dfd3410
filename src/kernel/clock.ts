/** Passed in wherever "now" matters, so that a test can stand at any moment (design §4, Time). */
export interface Clock {
  now(): Date
}

export const systemClock: Clock = { now: () => new Date() }

/** A clock that stands still until it is moved; for tests and the demo day. */
export function manualClock(start: Date): Clock & { set(at: Date): void; advance(minutes: number): void } {
  let at = start
  return {
    now: () => at,
    set: (next) => {
      at = next
    },
    advance: (minutes) => {
      at = new Date(at.getTime() + minutes * 60_000)
    },
  }
}
