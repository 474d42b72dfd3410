/** PURE: what the exchange saw of handing a caller on, as tries of the cascade (C3, C4). */
import type { ExchangeCall, ExchangeTransfer } from '../../exchange/link.ts'
import type { HopRow } from '../../store.ts'
import { hopResultOf } from '../rules.ts'
import { type Leg, span } from './legs.ts'

/** One try. `at` tells it from others to the same number, also when the same snapshot comes again. */
export interface Try {
  readonly at: Date
  readonly to: string
  /** Extension that handed the call on. */
  readonly by: string | null
  readonly result: HopRow['result']
  readonly endedAt: Date | null
}

/** In the order they happened. A consultation that came to nothing is a try like any other; one that rings still may. */
export function triesOf(call: ExchangeCall, legs: readonly Leg[]): Try[] {
  const transfers = call.transfers.flatMap((transfer) => transferTry(call, transfer, legs))
  const handed = new Set(call.transfers.map(({ to }) => to))
  const others = legs
    .filter((leg) => !handed.has(leg.extension ?? leg.number))
    .flatMap((leg) =>
      leg.cause === 'consultation' ? consultationTry(leg) : failoverTry(leg, call.transfers),
    )
  return [...transfers, ...others].sort((a, b) => a.at.getTime() - b.at.getTime())
}

/** Where the dial plan sent a caller on whom nobody took after a transfer: the next hop of the same cascade. */
function failoverTry(leg: Leg, transfers: ExchangeCall['transfers']): Try[] {
  const to = leg.extension ?? leg.number
  if (to === null || leg.sentBy === null || (leg.cause !== 'dial' && leg.cause !== 'redirect')) return []
  if (!transfers.some(({ at }) => new Date(at) <= leg.beganAt)) return []
  const result = hopResultOf(leg.result)
  if (result === null) return [{ at: leg.beganAt, to, by: leg.sentBy, result: 'trying', endedAt: null }]
  const endedAt = leg.answeredAt ?? leg.endedAt ?? leg.beganAt
  return [{ at: leg.beganAt, to, by: leg.sentBy, result, endedAt }]
}

function transferTry(call: ExchangeCall, transfer: ExchangeTransfer, legs: readonly Leg[]): Try[] {
  const { to, by } = transfer
  if (to === null) return []
  const at = new Date(transfer.at)
  const result = hopResultOf(transfer.result)
  const leg =
    transfer.kind === 'attended'
      ? legs.findLast((one) => one.cause === 'consultation' && reaches(one, to))
      : (legs.find((one) => one.beganAt >= at && reaches(one, to)) ??
        legs.find((one) => one.beganAt >= at && one.cause === 'blind-transfer'))
  // An attended transfer began with the consultation, whenever it was completed.
  const began = transfer.kind === 'attended' && leg !== undefined ? leg.beganAt : at
  if (result === null) return [{ at: began, to, by, result: 'trying', endedAt: null }]
  const ended = leg?.answeredAt ?? leg?.endedAt ?? (call.endedAt === null ? at : new Date(call.endedAt))
  return [{ at: began, to, by, result, endedAt: later(began, ended) }]
}

const later = (a: Date, b: Date): Date => (b.getTime() > a.getTime() ? b : a)

const reaches = (leg: Leg, to: string): boolean => leg.extension === to || leg.number === to

function consultationTry(leg: Leg): Try[] {
  const to = leg.extension ?? leg.number
  const result = hopResultOf(leg.result)
  // Answered: whether the colleague takes the caller is known only when it became a transfer.
  if (to === null || result === null || result === 'answered' || leg.endedAt === null) return []
  return [{ at: leg.beganAt, to, by: leg.sentBy, result, endedAt: leg.endedAt }]
}

/** A colleague consulted in a call of its own who was not reached: a try of whichever call waits for them. */
export function consulted(call: ExchangeCall, legs: readonly Leg[]): Try | null {
  const [leg, second] = legs
  if (call.direction === 'in' || call.endedAt === null || call.answeredAt !== null) return null
  if (leg === undefined || second !== undefined || call.callerExtension === null) return null
  const to = leg.extension ?? leg.number
  const result = hopResultOf(leg.result)
  if (to === null || result === null || result === 'answered') return null
  return {
    at: leg.beganAt,
    to,
    by: call.callerExtension,
    result,
    endedAt: leg.endedAt ?? new Date(call.endedAt),
  }
}

export type HopChange =
  /** Seen before, or made by the console for the same telephone: now measured. */
  | { readonly kind: 'measure'; readonly hop: HopRow; readonly patch: Measured; readonly ends: boolean }
  | { readonly kind: 'new'; readonly seen: Try }
  /** The console said another telephone; it was not that one. */
  | { readonly kind: 'cancel'; readonly hop: HopRow; readonly endedAt: Date }

export interface Measured {
  readonly result: HopRow['result']
  readonly ended_at: Date | null
  readonly seconds: number | null
  readonly measured: true
  readonly transfer_at: Date
}

/** Two clocks: the console's hop may be younger than the transfer it led to, by a little. */
const clocksMs = 10_000

/** What the tries seen change in the hops stored, so that the same snapshot seen twice changes nothing the second time. */
export function hopChanges(hops: readonly HopRow[], tries: readonly Try[]): HopChange[] {
  const changes: HopChange[] = []
  const taken = new Set<string>()
  for (const seen of tries) {
    const known =
      hops.find((hop) => hop.transfer_at?.getTime() === seen.at.getTime() && sameNumber(hop, seen)) ??
      hops.findLast((hop) => !taken.has(hop.id) && meant(hop, seen))
    if (known !== undefined) {
      taken.add(known.id)
      const change = measure(known, seen)
      if (change !== null) changes.push(change)
      continue
    }
    const open = hops.find((hop) => hop.result === 'trying' && !taken.has(hop.id))
    if (open !== undefined) {
      taken.add(open.id)
      changes.push({ kind: 'cancel', hop: open, endedAt: seen.at })
    }
    changes.push({ kind: 'new', seen })
  }
  return changes
}

const sameNumber = (hop: HopRow, seen: Try): boolean => hop.target_extension === seen.to

/** The console's own hop to this telephone, still open or answered for by hand a moment ago. */
function meant(hop: HopRow, seen: Try): boolean {
  if (hop.transfer_at !== null || !sameNumber(hop, seen)) return false
  const late = seen.endedAt ?? seen.at
  return (
    hop.started_at.getTime() - clocksMs <= late.getTime() &&
    seen.at.getTime() >= hop.started_at.getTime() - clocksMs
  )
}

function measure(hop: HopRow, seen: Try): HopChange | null {
  const open = hop.result === 'trying'
  const decided = seen.result !== 'trying'
  const already = hop.transfer_at !== null && (!decided || !open)
  if (already) return null
  // What a person said of it stays: the colleague took the call and refused the caller.
  const result = open ? seen.result : hop.result
  const endedAt = open ? seen.endedAt : (seen.endedAt ?? hop.ended_at)
  return {
    kind: 'measure',
    hop,
    ends: open && decided,
    patch: {
      result,
      ended_at: endedAt,
      seconds: endedAt === null ? null : span(seen.at, endedAt),
      measured: true,
      transfer_at: seen.at,
    },
  }
}
