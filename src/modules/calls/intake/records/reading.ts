/** What a snapshot of the exchange makes of a call's record (C1, C4, C12). */
import { phoneNumber } from '../../../customers/public.ts'
import type { ExchangeCall } from '../../exchange/link.ts'
import type { CallRow } from '../../row.ts'
import { ringsIn } from '../../rules.ts'
import { withoutPrefix } from '../rules.ts'
import { type Leg, span } from './legs.ts'

export interface Colleague {
  readonly id: string
  readonly name: string
}

/** What is known of the house while a batch is read. */
export interface Site {
  /** Empty: the site has named none, so every call from outside is the desk's. */
  readonly desk: ReadonlySet<string>
  readonly cadenceSeconds: number
  readonly prefix: string
  /** Whose telephone it is; null for nobody's, or when several share it. */
  readonly colleague: (extension: string | null) => Colleague | null
}

/** Written in `status_by` and the like for what the exchange told. */
export const exchangeBy = 'exchange'

/** The number of whoever is not of the site, as `phoneNumber` reads it; '' when withheld or inside. */
export function outsideNumber(call: ExchangeCall, prefix: string): { number: string; shown: string } {
  const raw = call.direction === 'out' ? call.dialled : call.callerNumber
  if (raw === null || call.direction === 'internal') return { number: '', shown: '' }
  const read = phoneNumber(raw, { outsideLine: prefix }) ?? phoneNumber(withoutPrefix(raw, prefix))
  if (read !== null) return { number: read.number, shown: '' }
  // A number the network masked names nobody, yet it is all there is to see.
  return /^\+?\d+$/.test(raw) ? { number: raw, shown: '' } : { number: '', shown: raw }
}

function touchesDesk(site: Site, call: ExchangeCall, legs: readonly Leg[]): boolean {
  if (call.direction !== 'in') return false
  if (site.desk.size === 0) return true
  const rung = legs.filter(({ cause }) => cause !== 'originate')
  // Nobody's phone rang: the caller gave up in an announcement, and whoever minds the main number owes an answer.
  return rung.length === 0 || atDesk(site, call.dialled) || rung.some((leg) => atDesk(site, leg.extension))
}

const atDesk = (site: Site, extension: string | null): boolean =>
  extension !== null && site.desk.has(extension)

/** Who answered: the desk before anybody else, for it is there that the record is kept (G1). */
function answerer(site: Site, call: ExchangeCall, legs: readonly Leg[]): string | null {
  if (call.direction === 'out') return call.callerExtension
  const answered = legs
    .filter((leg) => leg.answeredAt !== null && leg.cause !== 'originate' && leg.cause !== 'consultation')
    .sort((a, b) => (a.answeredAt?.getTime() ?? 0) - (b.answeredAt?.getTime() ?? 0))
  const desk = answered.find((leg) => atDesk(site, leg.extension))
  return (desk ?? answered.find((leg) => leg.extension !== null))?.extension ?? null
}

type Handler = Pick<CallRow, 'handler_id' | 'handler_name' | 'handler_extension'>

/** Whoever took the record by hand keeps it; a colleague's gives way to the desk's once the call has come there. */
function handlerOf(site: Site, row: CallRow, extension: string | null): Handler {
  const { handler_id, handler_name, handler_extension } = row
  const kept = { handler_id, handler_name, handler_extension }
  if (extension === null || extension === handler_extension) return kept
  const free = handler_id === null && handler_extension === ''
  const handedOn = row.status_by === exchangeBy && atDesk(site, extension) && !atDesk(site, handler_extension)
  if (!free && !handedOn) return kept
  const colleague = site.colleague(extension)
  return {
    handler_id: colleague?.id ?? null,
    handler_name: colleague?.name ?? '',
    handler_extension: extension,
  }
}

const earliest = (...dates: readonly (Date | null)[]): Date | null =>
  dates.reduce((a, b) => (a === null || (b !== null && b < a) ? b : a), null)

const date = (text: string | null): Date | null => (text === null ? null : new Date(text))

/** What the exchange measured, never typed (C1). */
export function measured(site: Site, row: CallRow, call: ExchangeCall, legs: readonly Leg[]): CallRow {
  const rebuilt = call.rebuilt === true
  const ringingAt = rebuilt ? earliest(row.ringing_at, date(call.ringingAt)) : date(call.ringingAt)
  const answeredAt = rebuilt
    ? (row.answered_at ?? date(call.answeredAt))
    : (date(call.answeredAt) ?? row.answered_at)
  const endedAt = date(call.endedAt) ?? row.ended_at
  const ringSeconds = rebuilt ? row.ring_seconds : rung(ringingAt, answeredAt, endedAt, legs)
  const { number, shown } = outsideNumber(call, site.prefix)
  const outgoing = call.direction === 'out'
  return {
    ...row,
    direction: call.direction,
    caller_number: (outgoing ? '' : number) || row.caller_number,
    caller_shown: call.callerName || shown || row.caller_shown,
    caller_extension: call.callerExtension ?? row.caller_extension,
    dialled: (outgoing ? number : '') || call.dialled || row.dialled,
    ...handlerOf(site, row, answerer(site, call, legs)),
    started_at: earliest(row.started_at, new Date(call.startedAt)) ?? row.started_at,
    ringing_at: ringingAt ?? row.ringing_at,
    answered_at: answeredAt,
    ended_at: endedAt,
    ended_by: call.endedBy ?? row.ended_by,
    ring_seconds: ringSeconds,
    rings: ringSeconds === null ? row.rings : ringsIn(ringSeconds, site.cadenceSeconds),
    talk_seconds: spoken(legs, answeredAt, endedAt),
    exchange_outcome: call.outcome,
  }
}

/** From the first sound to the answer; unanswered: to where the last phone fell silent. */
function rung(
  ringingAt: Date | null,
  answeredAt: Date | null,
  endedAt: Date | null,
  legs: readonly Leg[],
): number | null {
  if (ringingAt === null) return null
  if (answeredAt !== null) return span(ringingAt, answeredAt)
  if (endedAt === null) return null
  const silences = legs.flatMap((leg) =>
    leg.ringingAt === null || leg.ringSeconds === null || leg.cause === 'originate'
      ? []
      : [leg.ringingAt.getTime() + leg.ringSeconds * 1000],
  )
  return silences.length === 0 ? null : span(ringingAt, new Date(Math.max(...silences)))
}

/** The caller's talk: every phone's, the own one of a click-to-dial left out; never longer than from answer to end. */
function spoken(legs: readonly Leg[], answeredAt: Date | null, endedAt: Date | null): number {
  const sum = legs
    .filter(({ cause }) => cause !== 'originate')
    .reduce((total, leg) => total + leg.talkSeconds, 0)
  const most = answeredAt === null || endedAt === null ? sum : span(answeredAt, endedAt)
  return Math.round(Math.min(sum, most) * 1000) / 1000
}

export type Ending = 'owed' | 'missed' | 'put-through' | 'resolved' | 'unanswered'

/** What a call that has ended still needs (C4). Only the desk's calls owe an outcome; all others close by themselves (C12). */
export function endingOf(site: Site, row: CallRow, call: ExchangeCall, legs: readonly Leg[]): Ending {
  const byHand = row.status === 'open' && row.status_by !== exchangeBy
  if (row.route !== null || (byHand && call.direction === 'in')) return 'owed'
  if (!touchesDesk(site, call, legs)) {
    return call.direction === 'in' && row.answered_at === null ? 'unanswered' : 'resolved'
  }
  if (row.answered_at === null) return 'missed'
  const everybody = site.desk.size === 0
  return everybody || atDesk(site, row.handler_extension) || row.handler_extension === ''
    ? 'owed'
    : 'put-through'
}
