/** PURE: which visits the gate sees where. */
import type { VisitCard } from '../../card/contract.ts'
import { matches } from '../board.ts'

export const gateLanes = ['expected', 'door', 'inside', 'leaving'] as const
export type GateLane = (typeof gateLanes)[number]

/** An answer of the host stays at the door this long, so that whoever waits there hears it. */
const freshMs = 5 * 60_000

const time = (instant: string | null) => (instant === null ? 0 : Date.parse(instant))

/** Asked, and let in a moment ago: the visitor still stands here. */
function freshlyAnswered(card: VisitCard, now: number): boolean {
  return (
    card.status === 'admitted' &&
    card.askedName !== '' &&
    time(card.admittedAt) - time(card.arrivedAt) > 1000 &&
    now - time(card.admittedAt) < freshMs
  )
}

function laneOfCard(card: VisitCard, now: number): GateLane | null {
  switch (card.status) {
    case 'expected':
      return 'expected'
    case 'asking':
    case 'declined':
      return 'door'
    case 'admitted':
      return card.outstanding.length > 0 || freshlyAnswered(card, now) ? 'door' : 'inside'
    case 'with_host':
      return 'inside'
    case 'signed_off':
      return 'leaving'
    default:
      return null
  }
}

/** Whom the executives announced stands on top (V7); then whoever is due, or has been here, longest. */
function order(lane: GateLane): (a: VisitCard, b: VisitCard) => number {
  const at = (card: VisitCard) => {
    if (lane === 'expected') return time(card.expectedAt)
    if (lane === 'leaving') return time(card.signedAt)
    return time(card.arrivedAt)
  }
  return (a, b) => Number(b.important) - Number(a.important) || at(a) - at(b)
}

export function laneCards(cards: readonly VisitCard[], lane: GateLane, now: number): VisitCard[] {
  return cards.filter((card) => laneOfCard(card, now) === lane).sort(order(lane))
}

/** What the search box finds, wherever it stands: those who are to be let in or out first. */
export function found(cards: readonly VisitCard[], text: string, now: number): VisitCard[] {
  const rank = (card: VisitCard) => {
    const lane = laneOfCard(card, now)
    return lane === null ? gateLanes.length : gateLanes.indexOf(lane)
  }
  return cards.filter((card) => matches(card, text)).sort((a, b) => rank(a) - rank(b))
}
