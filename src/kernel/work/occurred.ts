import { DomainError } from '../errors.ts'

/**
 * When an act really happened, told by a device that did it without a server (design §1.5). `work.now` is then this
 * moment; the journal keeps both, and the moment of arrival orders everything that must never go back.
 */
export interface Occurred {
  readonly at: Date
  /** The installation of the app that did it; an id it made for itself. */
  readonly device: string
}

/** Clocks of devices are put right by the server's answers, to within seconds. */
const skewMs = 2 * 60_000
/** Longer than any outage that is no move; answers to idempotency keys are kept longer. */
const oldestMs = 7 * 24 * 60 * 60_000

const header = 'Foyer-Occurred-At'
const devicePattern = /^[\w-]{8,64}$/

/**
 * @returns null when the act happens now
 * @throws DomainError `input.invalid` naming the header: in the future beyond the skew, older than seven days, no device
 */
export function occurredOf(
  at: string | string[] | undefined,
  device: string | string[] | undefined,
  now: Date,
): Occurred | null {
  if (at === undefined) return null
  const moment =
    typeof at === 'string' && /^\d{4}-\d\d-\d\dT.+(Z|[+-]\d\d:\d\d)$/.test(at) ? Date.parse(at) : NaN
  if (Number.isNaN(moment)) throw refused('pattern')
  if (moment > now.getTime() + skewMs) throw refused('in-the-future')
  if (moment < now.getTime() - oldestMs) throw refused('too-old')
  if (typeof device !== 'string' || !devicePattern.test(device)) {
    throw new DomainError('input.invalid', {}, [{ path: 'Foyer-Device', code: 'pattern' }])
  }
  return { at: new Date(Math.min(moment, now.getTime())), device }
}

const refused = (code: string) => new DomainError('input.invalid', {}, [{ path: header, code }])

/**
 * A promise made by a late act: nobody is late for what they could not have known, so a moment that has passed is put
 * as far after the arrival of the news as it was after the act.
 */
export function notBeforeNews(due: Date, act: Date, news: Date): Date {
  return due > news ? due : new Date(news.getTime() + Math.max(0, due.getTime() - act.getTime()))
}
