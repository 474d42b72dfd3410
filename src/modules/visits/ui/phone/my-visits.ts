/** PURE: a host's visits in the order in which they want something. */
import type { VisitCard } from '../../card/contract.ts'

export interface MyVisits {
  /** Somebody stands there and waits for this person's word. */
  readonly answer: readonly VisitCard[]
  readonly here: readonly VisitCard[]
  readonly owed: readonly VisitCard[]
  readonly coming: readonly VisitCard[]
  readonly over: readonly VisitCard[]
}

const time = (instant: string | null) => (instant === null ? 0 : Date.parse(instant))

export function sortMine(items: readonly VisitCard[]): MyVisits {
  const pick = (test: (card: VisitCard) => boolean, at: (card: VisitCard) => number) =>
    items.filter(test).sort((a, b) => at(a) - at(b))
  const asks = (card: VisitCard) => card.status === 'asking' && card.can.receive === true
  const inside = (card: VisitCard) =>
    ['admitted', 'with_host', 'signed_off'].includes(card.status) || (card.status === 'asking' && !asks(card))
  const owes = (card: VisitCard) => card.status === 'left' && card.lateSignature
  const comes = (card: VisitCard) => card.status === 'expected'
  return {
    answer: pick(asks, (card) => time(card.arrivedAt)),
    here: pick(inside, (card) => time(card.arrivedAt)),
    owed: pick(owes, (card) => time(card.leftAt)),
    coming: pick(comes, (card) => time(card.expectedAt)),
    over: pick(
      (card) => ![asks, inside, owes, comes].some((test) => test(card)),
      (card) => -time(card.leftAt ?? card.arrivedAt ?? card.expectedAt),
    ),
  }
}
