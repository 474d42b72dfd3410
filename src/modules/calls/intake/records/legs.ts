/** PURE: the phones that were rung, as they are stored; what two holders of the link told of one call put together. */
import type { ExchangeCall, ExchangeLeg, LegResult } from '../../exchange/link.ts'

export interface Leg {
  readonly channel: string
  readonly extension: string | null
  readonly number: string | null
  readonly cause: ExchangeLeg['cause']
  readonly sentBy: string | null
  readonly beganAt: Date
  readonly ringingAt: Date | null
  readonly answeredAt: Date | null
  readonly endedAt: Date | null
  readonly result: LegResult
  readonly ringSeconds: number | null
  readonly rings: number | null
  readonly talkSeconds: number
  readonly heldSeconds: number
}

const date = (text: string | null): Date | null => (text === null ? null : new Date(text))

function legOf(leg: ExchangeLeg): Leg {
  const { id, extension, number, cause, sentBy, result, ringSeconds, rings, talkSeconds, heldSeconds } = leg
  return {
    channel: id,
    extension,
    number,
    cause,
    sentBy,
    beganAt: new Date(leg.beganAt),
    ringingAt: date(leg.ringingAt),
    answeredAt: date(leg.answeredAt),
    endedAt: date(leg.endedAt),
    result,
    ringSeconds,
    rings,
    talkSeconds,
    heldSeconds,
  }
}

/**
 * A snapshot made up from a list of channels completes what was stored: it knows neither the phones that had rung before
 * nor how long the ringing was. Any other is the whole truth.
 */
export function legsOf(call: ExchangeCall, stored: readonly Leg[]): Leg[] {
  const said = call.legs.map(legOf)
  if (call.rebuilt !== true || stored.length === 0) return said
  const bySaid = new Map(said.map((leg) => [leg.channel, leg]))
  const over = date(call.endedAt) ?? said[0]?.beganAt ?? null
  const before = stored.map((leg) => {
    const now = bySaid.get(leg.channel)
    bySaid.delete(leg.channel)
    return now === undefined ? vanished(leg, over) : completed(leg, now)
  })
  return [...before, ...bySaid.values()].sort((a, b) => a.beganAt.getTime() - b.beganAt.getTime())
}

/** Not on the list any more: it ended while nobody listened. */
function vanished(leg: Leg, over: Date | null): Leg {
  if (leg.endedAt !== null) return leg
  const spoken = leg.answeredAt === null || over === null ? 0 : span(leg.answeredAt, over)
  return {
    ...leg,
    endedAt: over,
    result: leg.result === 'ringing' ? 'cancelled' : leg.result,
    talkSeconds: Math.max(leg.talkSeconds, spoken),
  }
}

function completed(before: Leg, now: Leg): Leg {
  const answeredAt = before.answeredAt ?? now.answeredAt
  const spoken = answeredAt === null || now.endedAt === null ? null : span(answeredAt, now.endedAt)
  return {
    ...now,
    number: now.number ?? before.number,
    cause: before.cause,
    sentBy: before.sentBy,
    beganAt: before.beganAt,
    ringingAt: before.ringingAt ?? now.ringingAt,
    answeredAt,
    ringSeconds: before.ringSeconds ?? now.ringSeconds,
    rings: before.rings ?? now.rings,
    // The talk went on while nobody listened; from its answer to its end is what is known of it.
    talkSeconds: spoken ?? Math.max(before.talkSeconds, now.talkSeconds),
    heldSeconds: Math.max(before.heldSeconds, now.heldSeconds),
  }
}

export function span(from: Date, to: Date): number {
  return Math.max(0, to.getTime() - from.getTime()) / 1000
}
