/** A call as the house hears of it. PURE. */
import type { ExchangeCall, ExchangeLeg, ExchangeOutcome, ExchangeTransfer, LegResult } from '../link.ts'
import type { Call, Leg, Transfer } from './book.ts'

export const iso = (ms: number): string => new Date(Math.round(ms)).toISOString()
const isoOrNull = (ms: number | null): string | null => (ms === null ? null : iso(ms))
const seconds = (ms: number): number => Math.max(0, Math.round(ms)) / 1000

/** The next state of the call for the listener; every snapshot has a higher revision than the one before. */
export function snapshot(call: Call, cadenceSeconds: number, mergedInto: string | null = null): ExchangeCall {
  call.revision += 1
  const answer = firstAnswer(call)
  const outside = call.caller?.outside ?? false
  return {
    id: call.id,
    revision: call.revision,
    mergedInto,
    direction: directionOf(call),
    callerNumber: call.callerNumber,
    callerName: call.callerName,
    callerExtension: outside ? null : (call.caller?.extension ?? null),
    dialled: call.dialled,
    queue: call.queue,
    startedAt: iso(call.startedAt),
    ringingAt: isoOrNull(firstRing(call)),
    answeredAt: isoOrNull(answer?.answeredAt ?? call.spoke?.at ?? null),
    answeredBy: answer === null ? (call.spoke?.who ?? null) : (answer.extension ?? answer.number),
    endedAt: isoOrNull(call.endedAt),
    endedBy: call.ended && !call.lost ? endedBy(call) : null,
    outcome: outcomeOf(call, answer),
    legs: call.legs.map((leg) => legSnapshot(leg, cadenceSeconds)),
    transfers: call.transfers.map((transfer) => transferSnapshot(call, transfer)),
    ...(call.rebuilt ? { rebuilt: true as const } : {}),
  }
}

/** Legs that are over are the most, and change no more: each is put into words once. */
const written = new WeakMap<Leg, { readonly state: string; readonly leg: ExchangeLeg }>()

function legSnapshot(leg: Leg, cadenceSeconds: number): ExchangeLeg {
  const {
    result,
    cause,
    sentBy,
    ringingAt,
    progressAt,
    answeredAt,
    settledAt,
    endedAt,
    talkMs,
    heldMs,
    measured,
  } = leg
  const state = [
    result,
    cause,
    sentBy,
    ringingAt,
    progressAt,
    answeredAt,
    settledAt,
    endedAt,
    talkMs,
    heldMs,
    measured,
  ].join()
  const before = written.get(leg)
  if (before?.state === state) return before.leg
  const words = legWords(leg, cadenceSeconds)
  written.set(leg, { state, leg: words })
  return words
}

function legWords(leg: Leg, cadenceSeconds: number): ExchangeLeg {
  const ringing = leg.ringingAt ?? leg.progressAt
  const ring = ringing !== null && leg.settledAt !== null && leg.measured ? leg.settledAt - ringing : null
  const ringSeconds = ring === null ? null : seconds(ring)
  return {
    id: leg.id,
    extension: leg.extension,
    number: leg.extension ?? leg.number,
    cause: leg.cause,
    sentBy: leg.sentBy,
    beganAt: iso(leg.beganAt),
    ringingAt: isoOrNull(ringing),
    answeredAt: isoOrNull(leg.answeredAt),
    endedAt: isoOrNull(leg.endedAt),
    result: leg.result,
    ringSeconds,
    rings: ringSeconds === null ? null : Math.floor(ringSeconds / cadenceSeconds) + 1,
    talkSeconds: seconds(leg.talkMs),
    heldSeconds: seconds(leg.heldMs),
  }
}

function transferSnapshot(call: Call, transfer: Transfer): ExchangeTransfer {
  const { kind, by, to } = transfer
  return { at: iso(transfer.at), kind, by, to, result: transferResult(call, transfer) }
}

/** Several phones may have rung for one transfer: one that answered decides, then one that still rings, then the last. */
function transferResult(call: Call, transfer: Transfer): LegResult {
  if (transfer.ended !== null) return transfer.ended
  const results = transfer.legs.map(({ result }) => result)
  const last = results.at(-1)
  if (last === undefined) {
    if (transfer.kind === 'attended') return 'answered'
    if (!call.ended) return 'ringing'
    return call.lost || endedBy(call) === 'exchange' ? 'failed' : 'cancelled'
  }
  return results.find((result) => result === 'answered') ?? results.find((r) => r === 'ringing') ?? last
}

function directionOf(call: Call): ExchangeCall['direction'] {
  if (call.caller?.outside === true) return call.originate ? 'out' : 'in'
  const first = call.legs.find(({ cause }) => cause !== 'originate')
  // Before anything is dialled, and when a trunk refused without an event, only the number tells.
  if (first === undefined) return /^\+?\d{7,}$/.test(call.dialled ?? '') ? 'out' : 'internal'
  return first.extension === null ? 'out' : 'internal'
}

/** Rank for the question which of two calls that became one carries on: whoever came from outside is the customer. */
export const standing = (call: Call): number => ({ in: 2, out: 1, internal: 0 })[directionOf(call)]

function firstRing(call: Call): number | null {
  const rings = call.legs
    .filter(({ cause }) => cause !== 'originate' && cause !== 'consultation')
    .flatMap(({ ringingAt, progressAt }) => ringingAt ?? progressAt ?? [])
  return rings.length === 0 ? null : Math.min(...rings)
}

/**
 * Whoever answered the caller first. A consulted colleague spoke to a colleague; the own phone of a click-to-dial is the
 * caller's side, unless nobody else was ever dialled.
 */
function firstAnswer(call: Call): Leg | null {
  const answered = call.legs
    .filter(({ answeredAt }) => answeredAt !== null)
    .sort((a, b) => (a.answeredAt ?? 0) - (b.answeredAt ?? 0))
  const called = answered.filter(({ cause }) => cause !== 'originate' && cause !== 'consultation')
  // A mobile that lifts and is then asked whether it takes the call has not taken it yet.
  const spoke = called.find(({ talkMs, talkingSince }) => talkMs > 0 || talkingSince !== null) ?? called[0]
  if (spoke) return spoke
  const consulted = answered.find(({ cause }) => cause === 'consultation')
  if (consulted) return consulted
  return call.ended && call.legs.length === 1 ? (answered[0] ?? null) : null
}

function endedBy(call: Call): ExchangeCall['endedBy'] {
  const asked = call.request
  if (asked === null) return 'exchange'
  const leg = call.legs.findLast(({ channel }) => channel === asked)
  if (asked === call.caller) return leg && leg.answeredAt === null ? 'callee' : 'caller'
  if (leg && leg.answeredAt === null && leg !== lastSettled(call)) return 'exchange'
  return 'callee'
}

function lastSettled(call: Call): Leg | null {
  let last: Leg | null = null
  for (const leg of call.legs)
    if (leg.settledAt !== null && leg.settledAt >= (last?.settledAt ?? 0)) last = leg
  return last
}

const outcomes: Readonly<Record<LegResult, ExchangeOutcome>> = {
  ringing: 'no-answer',
  answered: 'answered',
  busy: 'busy',
  'no-answer': 'no-answer',
  rejected: 'rejected',
  elsewhere: 'no-answer',
  forwarded: 'no-answer',
  cancelled: 'no-answer',
  failed: 'failed',
}

function outcomeOf(call: Call, answer: Leg | null): ExchangeOutcome {
  if (!call.ended) return 'open'
  if (call.lost) return 'lost'
  if (answer || call.spoke) return 'answered'
  const called = call.legs.filter(({ cause }) => cause !== 'originate')
  const waited = called.length === 0 || called.some(({ result }) => result === 'cancelled')
  // Who listens to the busy tone before hanging up did reach a busy line: only waiting people abandon.
  if (call.abandoned || (call.request !== null && call.request === call.caller && waited && !ownPhone(call)))
    return 'abandoned'
  const last = lastSettled(call)
  if (last && last.result !== 'answered') return outcomes[last.result]
  // Nothing was dialled, and the exchange ended it: after an announcement nobody answered; without one it never began.
  return call.caller?.state === 6 ? 'no-answer' : 'failed'
}

/** The colleague's own phone of a click-to-dial did not answer: nobody was called yet. */
const ownPhone = (call: Call): boolean =>
  call.legs.some(({ cause, answeredAt }) => cause === 'originate' && answeredAt === null)
