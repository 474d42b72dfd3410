/** Calls left in the parking place, fetched by a colleague, or ringing back. PURE. */
import type { Message } from '../framing.ts'
import type { Book, Transfer } from './book.ts'
import { merge } from './calls.ts'
import { extensionOf } from './names.ts'
import { pickedUp } from './transfers.ts'

/** Who dials for the parked caller later was told to by the clock, not by whoever parked: no redirect. */
export function parked(book: Book, message: Message, at: number): void {
  const parkee = book.channel(message, 'Parkee', at, false)
  if (parkee) parkee.lastPeer = null
}

export function fetched(book: Book, message: Message, at: number): void {
  const parkee = book.channel(message, 'Parkee', at, false)
  const taker = book.channel(message, 'Retriever', at, true)
  if (parkee === null || taker === null || parkee.call.ended) return
  const { call } = parkee
  const transfer = parkedBy(book, message, at)
  merge(book, taker.call, call, at, call)
  pickedUp(book, taker, at)
  const leg = book.legOf(taker)
  if (leg === null) return
  leg.sentBy = transfer?.by ?? extensionOf(message.get('ParkerDialString') ?? null, book.settings.trunks)
  transfer?.legs.push(leg)
  call.handover = null
}

export function parkedTooLong(book: Book, message: Message, at: number): void {
  const transfer = parkedBy(book, message, at)
  const call = book.channel(message, 'Parkee', at, false)?.call
  if (transfer === null || call === undefined) return
  transfer.ended = 'no-answer'
  call.handover = null
  book.touch(call)
}

/** The transfer that brought the caller there, when it was one: a feature code parks without. */
function parkedBy(book: Book, message: Message, at: number): Transfer | null {
  const given = book.channel(message, 'Parkee', at, false)?.call.handover
  return given && given.transfer.legs.length === 0 ? given.transfer : null
}
