/** Why a phone rings: DialBegin, seen together with what the call went through before. PURE. */
import type { Message } from '../framing.ts'
import type { Book, Call, Channel, Leg, Transfer } from './book.ts'
import { show } from './calls.ts'
import { addLeg, dialledOn, failedBefore, isOpen, type NewLeg } from './legs.ts'
import { dialledNumber } from './names.ts'

export function dialBegin(
  book: Book,
  source: Channel | null,
  dest: Channel,
  message: Message,
  at: number,
): void {
  dest.dialledBy ??= source ?? 'originate'
  if (dest.helper) {
    if (source) overtaken(book, source, dest, at)
    return
  }
  if (book.legOf(dest) !== null) return
  const { call } = dest
  const origin = source === null ? 'originate' : behind(source)
  const number = dialledOn(message, dest)
  if (origin === 'originate' || call.caller === null) {
    originated(book, dest, number, at)
    return
  }
  const leg = addLeg(book, dest, at, {
    number,
    origin: origin ?? source,
    ...why(book, call, dest, origin, at),
  })
  // A click-to-dial has no number of its own: what its phone dials in the dial plan is the number.
  if (source) call.dialled ??= dialledNumber(message.get('Exten'))
  call.dialled ??= leg.extension ?? leg.number
  if (call.handover) call.handover.transfer.legs.push(leg)
}

/** The plan behind a Local channel may ring its phones before the DialBegin of the Local channel itself is told. */
function overtaken(book: Book, source: Channel, half: Channel, at: number): void {
  for (const leg of half.call.legs) {
    if (leg.origin !== half.pair || half.pair === null) continue
    const origin = behind(source)
    leg.origin = origin === null || origin === 'originate' ? source : origin
    Object.assign(leg, why(book, half.call, leg.channel, leg.origin, at))
    book.touch(half.call)
  }
}

/** Whoever dials through a Local pair: the channel that dialled its first half; null when nobody did (Atxfer). */
function behind(source: Channel): Channel | 'originate' | null {
  let channel = source
  for (let depth = 0; depth < 8; depth++) {
    const half = channel.pair
    if (!channel.helper || half === null || channel.name.endsWith(';1')) return channel
    const dialler = half.dialledBy ?? handedOver(half)
    if (dialler === 'originate' || dialler === null) return dialler
    channel = dialler
  }
  return channel
}

/** An attended transfer out of a conference ties the party to whatever the colleague had dialled by a pair of this name. */
function handedOver(half: Channel): Channel | null {
  return half.name.startsWith('Local/_attended@transfer') ? half.lastPeer : null
}

/** The colleague's own phone of a click-to-dial is the caller, whatever number it shows. */
function originated(book: Book, channel: Channel, number: string | null, at: number): void {
  const { call } = channel
  if (call.caller === null || call.caller === channel) {
    call.caller = channel
    call.originate = true
    call.callerNumber = channel.extension ?? number
    call.callerName = channel.callerName
  }
  addLeg(book, channel, at, { cause: 'originate', sentBy: null, origin: null, number })
  show(book, call)
}

function why(
  book: Book,
  call: Call,
  dest: Channel,
  origin: Channel | null,
  at: number,
): Pick<NewLeg, 'cause' | 'sentBy'> {
  if (origin === null) {
    const talker = lastTalker(call)
    return { cause: 'consultation', sentBy: talker?.extension ?? null }
  }
  const given = call.handover
  if (given && (given.transfer.legs.length === 0 || given.transfer.legs.some(isOpen))) {
    const cause = call.waiting || dest.agent ? 'queue' : given.cause
    return { cause, sentBy: given.transfer.by }
  }
  call.handover = null
  if (call.forward !== null) {
    const sentBy = call.forward
    call.forward = null
    return { cause: 'dial', sentBy }
  }
  if (call.waiting || dest.agent) return { cause: 'queue', sentBy: null }
  const taken = redirected(book, call, dest, origin, at)
  if (taken) return { cause: 'redirect', sentBy: taken.by }
  const before = failedBefore(call, origin)
  return { cause: 'dial', sentBy: before ? (before.extension ?? before.number) : null }
}

/**
 * An order `Redirect` takes a party out of its talk without a transfer event. It shows when that party dials again
 * although the one it spoke with never asked to hang up.
 */
function redirected(book: Book, call: Call, dest: Channel, origin: Channel, at: number): Transfer | null {
  const peer = origin.lastPeer
  if (peer === null || peer.requested !== null || origin.bridge !== null) return null
  origin.lastPeer = null
  const to = dest.extension ?? dialledNumber(origin.exten ?? undefined)
  const transfer: Transfer = { at, kind: 'blind', by: peer.extension, to, ended: null, legs: [] }
  call.transfers.push(transfer)
  call.handover = { transfer, cause: 'redirect' }
  book.touch(call)
  return transfer
}

/** The colleague in the conversation: who answered last, else a caller from inside. */
function lastTalker(call: Call): Channel | null {
  const leg = call.legs.findLast(
    (each: Leg) => each.answeredAt !== null && each.extension !== null && !each.channel.gone,
  )
  return leg?.channel ?? call.caller
}
