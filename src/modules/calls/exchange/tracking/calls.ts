/** A call's beginning and end, and two calls that turn out to be one. PURE. */
import type { Message } from '../framing.ts'
import type { Book, Call, Channel } from './book.ts'
import { addLeg, answer, legGone } from './legs.ts'
import { dialledNumber, knownName, knownNumber } from './names.ts'
import { snapshot, standing } from './snapshot.ts'
import { leaveBridge, stopTalk } from './talk.ts'

/** The first party of a call is its caller. A channel that is Down was made by an order, and rings first. */
export function meetCaller(book: Book, channel: Channel): void {
  const { call } = channel
  if (call.caller !== null || channel.helper || channel.dialledBy !== null) return
  // Without the beginning of a conversation only its oldest channel, or one that rings in, is surely the caller.
  if (channel.id !== channel.linkedId && channel.state !== 4) return
  call.caller = channel
  call.callerNumber = channel.outside ? channel.number : channel.extension
  call.callerName = channel.callerName
  call.dialled ??= book.expected.get(channel.id) ?? dialledNumber(channel.exten ?? undefined)
  if (channel.state === 4 || channel.state === 6) show(book, call)
}

export function show(book: Book, call: Call): void {
  if (call.caller === null) return
  call.visible = true
  book.touch(call)
}

/** The dial plan corrects what an outside line says about its caller; an extension stays who it is. */
export function correctCaller(book: Book, channel: Channel, message: Message): void {
  const { call } = channel
  if (call.caller !== channel || !channel.outside || call.originate) return
  const number = knownNumber(message.get('CallerIDNum')) ?? call.callerNumber
  const name = knownName(message.get('CallerIDName')) ?? call.callerName
  if (number === call.callerNumber && name === call.callerName) return
  call.callerNumber = number
  call.callerName = name
  book.touch(call)
}

/** Linkedid of a channel as told now: it changes without an event when conversations join. */
export function follow(book: Book, channel: Channel, linkedId: string | null, at: number): void {
  if (linkedId === null || linkedId === channel.linkedId || channel.gone || channel.call.ended) return
  channel.linkedId = linkedId
  const target = book.links.get(linkedId)
  if (target === channel.call) return
  if (target === undefined || target.ended) {
    channel.call.links.add(linkedId)
    book.links.set(linkedId, channel.call)
    return
  }
  unite(book, channel.call, target, at)
}

/**
 * Whoever takes the place of a consulting colleague is handed over: their call carries on, whichever is older. The
 * Linkedid knows only which is older.
 */
export function replace(book: Book, channel: Channel, swapped: string | undefined, at: number): void {
  const former = swapped === undefined ? undefined : book.channels.get(swapped)?.call
  const { call, helper } = channel
  if (former === undefined || former === call || helper || former.ended || call.ended) return
  merge(book, former, call, at, standing(former) > standing(call) ? former : call)
}

/** Two calls in one bridge are one, also when the Linkedid that says so has not been told yet. */
export function share(book: Book, channel: Channel, at: number): void {
  for (const member of [...(channel.bridge === null ? [] : (book.bridges.get(channel.bridge) ?? []))])
    if (member.call !== channel.call && !member.call.ended) unite(book, member.call, channel.call, at)
}

/**
 * Whoever began the call that vanishes and went along took the other call: a pickup, or a call fetched from parking. A
 * colleague who is on the line in the other call already only joined two of their own.
 */
function unite(book: Book, one: Call, other: Call, at: number): void {
  const winner = merge(book, one, other, at)
  const taker = (winner === one ? other : one).caller
  if (taker === null || taker.helper || taker.gone || taker === winner.caller || taker.bridge === null) return
  if (book.legOf(taker) !== null || onTheLine(winner, taker.extension)) return
  answer(book, addLeg(book, taker, at, { cause: 'pickup', sentBy: null, origin: null, number: null }), at)
}

const onTheLine = (call: Call, extension: string | null): boolean =>
  call.legs.some((leg) => leg.extension === extension && leg.answeredAt !== null && !leg.channel.gone)

/** Joins two calls and gives the one that carries on: the one with the customer, else the older. */
export function merge(book: Book, one: Call, other: Call, at: number, kept?: Call): Call {
  if (one === other) return one
  const rank = standing(one) - standing(other) || other.startedAt - one.startedAt
  const winner = kept ?? (rank > 0 ? one : other)
  const loser = winner === one ? other : one
  const consulting = loser.caller?.extension ?? null
  // The exchange rang a phone for this call on its own account: whoever transferred it is called back.
  if (winner.caller !== null && loser.legs.every(({ cause }) => cause === 'originate'))
    for (const leg of loser.legs) leg.cause = 'redirect'
  for (const leg of loser.legs)
    if (leg.cause === 'dial' && consulting !== null && takesPart(winner, consulting)) {
      leg.cause = 'consultation'
      leg.sentBy ??= consulting
    }
  if (loser.visible && loser.revision > 0)
    book.out.push(snapshot(loser, book.settings.ringCadenceSeconds, winner.id))
  for (const channel of loser.channels) {
    channel.call = winner
    winner.channels.add(channel)
  }
  for (const link of loser.links) {
    winner.links.add(link)
    book.links.set(link, winner)
  }
  winner.legs = [...winner.legs, ...loser.legs].sort((a, b) => a.beganAt - b.beganAt)
  winner.transfers.push(...loser.transfers)
  winner.transfers.sort((a, b) => a.at - b.at)
  winner.visible ||= loser.visible
  winner.queue ??= loser.queue
  winner.waiting ||= loser.waiting
  winner.rebuilt ||= loser.rebuilt
  book.calls.delete(loser.id)
  book.dirty.delete(loser)
  loser.ended = true
  book.touch(winner)
  endIfEmpty(book, winner, at)
  return winner
}

const takesPart = (call: Call, extension: string): boolean =>
  call.caller?.extension === extension || call.legs.some((leg) => leg.extension === extension)

/** A channel is hung up. */
export function gone(book: Book, channel: Channel, cause: string, at: number): void {
  if (channel.gone) return
  leaveBridge(book, channel, at)
  channel.gone = true
  channel.holding = false
  const { call } = channel
  const leg = book.legOf(channel)
  if (leg) legGone(book, leg, cause, at)
  if (!channel.helper) call.quietAt = at
  endIfEmpty(book, call, at)
}

function endIfEmpty(book: Book, call: Call, at: number): void {
  for (const channel of call.channels) if (!channel.gone) return
  end(book, call, at)
}

function end(book: Book, call: Call, at: number): void {
  if (call.ended) return
  call.endedAt = call.quietAt ?? at
  for (const leg of call.legs) {
    stopTalk(book, leg.channel, call.endedAt)
    if (leg.answeredAt !== null) leg.endedAt ??= call.endedAt
  }
  call.ended = true
  book.dirty.delete(call)
  if (call.visible && call.caller !== null) book.out.push(snapshot(call, book.settings.ringCadenceSeconds))
  book.shelve(call)
}

/** The exchange no longer knows the call; when and how it ended was not heard. `at`: when it was heard last. */
export function lose(book: Book, call: Call, at: number): void {
  call.lost = true
  call.quietAt = at
  for (const channel of call.channels) {
    if (channel.gone) continue
    leaveBridge(book, channel, at)
    channel.gone = true
    const leg = book.legOf(channel)
    if (leg) {
      leg.measured &&= leg.settledAt !== null
      legGone(book, leg, '', at)
    }
  }
  end(book, call, at)
}
