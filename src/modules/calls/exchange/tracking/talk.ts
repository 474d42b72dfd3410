/** Bridges: who speaks with whom, for how long, and how long it was on hold. PURE. */
import type { Book, Channel, Leg } from './book.ts'
import { answer } from './legs.ts'
import { localHalf } from './names.ts'

export function enterBridge(book: Book, channel: Channel, bridge: string, at: number): void {
  if (channel.bridge === bridge || channel.gone) return
  leaveBridge(book, channel, at)
  const members = book.bridges.get(bridge) ?? new Set()
  book.bridges.set(bridge, members)
  members.add(channel)
  channel.bridge = bridge
  const parties = conversing(book, channel)
  speak(book, parties, at)
  if (parties.length > 1) meet(parties, at)
}

export function leaveBridge(book: Book, channel: Channel, at: number): void {
  const members = channel.bridge === null ? undefined : book.bridges.get(channel.bridge)
  if (members === undefined || channel.bridge === null) return
  const left = channel.bridge
  members.delete(channel)
  channel.bridge = null
  stopTalk(book, channel, at)
  if (members.size === 0) forgetBridge(book, left)
  for (const rest of [...members, ...(channel.pair ? [channel.pair] : [])])
    speak(book, conversing(book, rest), at)
}

/** The halves of a Local channel were found to belong together: those behind one speak with those behind the other. */
export function paired(book: Book, channel: Channel, at: number): void {
  speak(book, conversing(book, channel), at)
}

/**
 * Everybody who hears this channel: through its bridge, and through Local pairs into the next. A half whose other is not
 * known stands for whoever is behind it; recorders and announcers are nobody.
 */
function conversing(book: Book, start: Channel): Channel[] {
  const seen = new Set<Channel>()
  const parties: Channel[] = []
  const open = [start]
  for (let one = open.pop(); one !== undefined; one = open.pop()) {
    if (seen.has(one)) continue
    seen.add(one)
    if (!one.helper || (one.pair === null && localHalf(one.name) !== null)) parties.push(one)
    if (one.pair) open.push(one.pair)
    if (one.bridge !== null && !book.silent.has(one.bridge))
      open.push(...(book.bridges.get(one.bridge) ?? []))
  }
  return parties
}

function speak(book: Book, parties: readonly Channel[], at: number): void {
  for (const party of parties)
    if (parties.length > 1) startTalk(book, party, at)
    else stopTalk(book, party, at)
}

function meet(parties: readonly Channel[], at: number): void {
  for (const party of parties) {
    const other = parties.findLast((one) => one !== party && !one.helper)
    if (party.helper || other === undefined) continue
    party.lastPeer = other
    if (party === party.call.caller) party.call.spoke ??= { at, who: other.extension ?? other.number }
  }
}

function forgetBridge(book: Book, bridge: string): void {
  book.bridges.delete(bridge)
  book.silent.delete(bridge)
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
