/** Calls handed on: BlindTransfer and AttendedTransfer, and phones picked up for others. PURE. */
import type { Message } from '../framing.ts'
import type { Book, Call, Channel, Leg, Transfer } from './book.ts'
import { merge } from './calls.ts'
import { addLeg, answer, settle } from './legs.ts'
import { dialledNumber, known } from './names.ts'

const succeeded = (message: Message): boolean => message.get('Result') === 'Success'

/** Success says only that the transfer began; the next dialled phones tell what came of it. */
export function blindTransfer(book: Book, message: Message, at: number): void {
  const transferer = book.channel(message, 'Transferer', at, false)
  const transferee = book.channel(message, 'Transferee', at, false)
  const call = (transferee ?? transferer)?.call
  if (call === undefined || call.ended) return
  const transfer: Transfer = {
    at,
    kind: 'blind',
    by: transferer?.extension ?? null,
    to: dialledNumber(message.get('Extension')),
    ended: succeeded(message) ? null : 'failed',
    legs: [],
  }
  if (transfer.ended === null) {
    call.handover = { transfer, cause: 'blind-transfer' }
    adopt(call, transfer, transferee)
  }
  call.transfers.push(transfer)
  // Who dials next was sent, not left behind: no redirect.
  if (transferee) transferee.lastPeer = null
  else for (const channel of book.parties(call)) channel.lastPeer = null
  book.touch(call)
}

/** The phone may have begun to ring before the transfer was told: then it looked like a redirect, or a new dialling. */
function adopt(call: Call, transfer: Transfer, transferee: Channel | null): void {
  const early = call.legs.findLast(
    (leg) =>
      leg.origin === transferee &&
      leg.beganAt >= transfer.at - 1_000 &&
      (leg.extension ?? leg.number) === transfer.to &&
      (leg.cause === 'redirect' || leg.cause === 'dial'),
  )
  if (early === undefined) return
  const guess = call.transfers.findIndex(({ legs }) => early.cause === 'redirect' && legs.includes(early))
  if (guess >= 0) call.transfers.splice(guess, 1)
  early.cause = 'blind-transfer'
  early.sentBy = transfer.by
  transfer.legs.push(early)
}

/**
 * A consultation that became the conversation. The exchange may leave out the target: then it is whoever else is in the
 * bridge the caller was brought to, or the colleague consulted last.
 */
export function attendedTransfer(book: Book, message: Message, at: number): void {
  const first = book.channel(message, 'OrigTransferer', at, false)
  const second = book.channel(message, 'SecondTransferer', at, false)
  const transferee = book.channel(message, 'Transferee', at, false)
  const home = transferee ?? first
  if (home === null || home.call.ended) return
  const by = first?.extension ?? second?.extension ?? null
  if (!succeeded(message)) {
    home.call.transfers.push({ at, kind: 'attended', by, to: null, ended: 'failed', legs: [] })
    book.touch(home.call)
    return
  }
  let call = home.call
  if (second && second.call !== call && !second.call.ended) {
    const consultation = second.call
    for (const leg of consultation.legs)
      if (leg.cause === 'dial' && consultation.caller?.extension === by) {
        leg.cause = 'consultation'
        leg.sentBy ??= by
      }
    call = merge(book, consultation, call, at, outsideFirst(home, consultation.caller))
  }
  const others = new Set([first, second, transferee])
  const target =
    book.channel(message, 'TransferTarget', at, false) ??
    inBridge(book, known(message.get('DestBridgeUniqueid')), others)
  const leg = target && !target.helper ? book.legOf(target) : null
  const legs = leg ? [leg] : consulted(call.legs, by)
  const [only] = legs.length === 1 ? legs : []
  const to = only
    ? (only.extension ?? only.number)
    : (target?.extension ?? dialledNumber(second?.exten ?? undefined))
  const transfer: Transfer = { at, kind: 'attended', by, to, ended: null, legs: [...legs] }
  call.transfers.push(transfer)
  // Brought to a queue or a menu: whom that rings tells what came of it.
  if (legs.length === 0 && target === null) call.handover = { transfer, cause: 'redirect' }
  for (const channel of book.parties(call)) if (channel.bridge === null) channel.lastPeer = null
  book.touch(call)
}

/** The transferee's call carries on; without a transferee, or when the customer is in the other, `merge` decides. */
const outsideFirst = (home: Channel, other: Channel | null) =>
  other?.outside === true && !home.outside && home.call.caller?.outside !== true ? undefined : home.call

function inBridge(book: Book, bridge: string | null, others: ReadonlySet<Channel | null>): Channel | null {
  for (const channel of (bridge === null ? undefined : book.bridges.get(bridge)) ?? [])
    if (!channel.helper && !others.has(channel)) return channel
  return null
}

/** Whom the colleague consulted: those who still ring or are on the line, a whole group of them, else the last. */
function consulted(legs: readonly Leg[], by: string | null): readonly Leg[] {
  const all = legs.filter((leg) => leg.cause === 'consultation' && leg.sentBy === by)
  const there = all.filter((leg) => leg.endedAt === null)
  return there.length > 0 ? there : all.slice(-1)
}

/** Pickup: `Channel` takes the call that rings at `TargetChannel`. */
export function pickup(book: Book, message: Message, at: number): void {
  const picker = book.channel(message, '', at, true)
  const target = book.channel(message, 'Target', at, false)
  if (picker === null || target === null || target.call.ended) return
  const ringing = book.legOf(target)
  merge(book, picker.call, target.call, at, target.call)
  pickedUp(book, picker, at)
  if (ringing) settle(book, ringing, 'elsewhere', at)
}

/** A phone that answers without having been dialled took somebody else's call. */
export function pickedUp(book: Book, channel: Channel, at: number): void {
  if (channel.helper || channel.call.ended || channel === channel.call.caller) return
  const leg =
    book.legOf(channel) ??
    addLeg(book, channel, at, { cause: 'pickup', sentBy: null, origin: null, number: null })
  answer(book, leg, at)
}
