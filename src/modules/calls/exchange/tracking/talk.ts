/** Bridges: who speaks with whom, for how long, and how long it was on hold. PURE. */
import type { Book, Channel, Leg } from './book.ts'
import { answer } from './legs.ts'

export function enterBridge(book: Book, channel: Channel, bridge: string, at: number): void {
  if (channel.bridge === bridge || channel.gone) return
  leaveBridge(book, channel, at)
  const members = book.bridges.get(bridge) ?? new Set()
  book.bridges.set(bridge, members)
  members.add(channel)
  channel.bridge = bridge
  if (members.size < 2) return
  for (const member of members) {
    startTalk(book, member, at)
    for (const other of members)
      if (other !== member && !other.helper && !member.helper) member.lastPeer = other
  }
}

export function leaveBridge(book: Book, channel: Channel, at: number): void {
  const members = channel.bridge === null ? undefined : book.bridges.get(channel.bridge)
  if (members === undefined || channel.bridge === null) return
  members.delete(channel)
  stopTalk(book, channel, at)
  if (members.size < 2) for (const member of members) stopTalk(book, member, at)
  if (members.size === 0) book.bridges.delete(channel.bridge)
  channel.bridge = null
}

/** Two bridges become one; what the exchange says of single channels afterwards changes nothing any more. */
export function mergeBridges(book: Book, from: string, to: string, at: number): void {
  for (const channel of [...(book.bridges.get(from) ?? [])]) enterBridge(book, channel, to, at)
}

export function destroyBridge(book: Book, bridge: string, at: number): void {
  for (const channel of [...(book.bridges.get(bridge) ?? [])]) leaveBridge(book, channel, at)
}

function startTalk(book: Book, channel: Channel, at: number): void {
  const leg = book.legOf(channel)
  if (leg === null || leg.talkingSince !== null) return
  // Answer and bridge come from different sources, in any order; an answer may also be told by the bridge alone.
  if (leg.answeredAt === null && channel.state === 6) answer(book, leg, at)
  leg.talkingSince = at
}

export function stopTalk(book: Book, channel: Channel, at: number): void {
  const leg = book.legOf(channel)
  if (leg === null || leg.talkingSince === null) return
  stopHold(leg, at)
  leg.talkMs += Math.max(0, at - leg.talkingSince)
  leg.talkingSince = null
  book.touch(channel.call)
}

/**
 * `Hold` names the channel that pressed it. The time counts for the conversation: for the leg that pressed, or for those
 * that the caller put on hold.
 */
export function hold(book: Book, channel: Channel, at: number): void {
  channel.holding = true
  for (const leg of conversation(book, channel)) {
    if (leg.heldSince !== null) continue
    leg.heldSince = at
    leg.heldBy = channel
    book.touch(channel.call)
  }
}

export function unhold(book: Book, channel: Channel, at: number): void {
  channel.holding = false
  for (const leg of channel.call.legs) {
    if (leg.heldBy !== channel) continue
    stopHold(leg, at)
    book.touch(channel.call)
  }
}

function stopHold(leg: Leg, at: number): void {
  if (leg.heldSince !== null) leg.heldMs += Math.max(0, at - leg.heldSince)
  leg.heldSince = null
  leg.heldBy = null
}

function conversation(book: Book, channel: Channel): readonly Leg[] {
  const own = book.legOf(channel)
  if (own && own.cause !== 'originate') return [own]
  return channel.call.legs.filter(
    (leg) => leg !== own && leg.talkingSince !== null && leg.channel.bridge === channel.bridge,
  )
}
