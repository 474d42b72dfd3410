import type { VisitCard } from '../../card/contract.ts'

/** Slip and pass in a window of their own; the board stays where it is. */
export function printVisit(card: Pick<VisitCard, 'id'>) {
  window.open(`/print/visits/${card.id}`, '_blank', 'noopener')
}
