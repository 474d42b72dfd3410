/**
 * The list of channels that the exchange has now (CoreShowChannels or Status), against what is known: calls that began
 * while nobody listened are made up from it, calls that are not on it are closed. PURE.
 */
import type { Message } from '../framing.ts'
import type { Book, Call, Channel } from './book.ts'
import { follow, gone, lose, meetCaller } from './calls.ts'
import { addLeg, answer, ring } from './legs.ts'
import { dialledNumber, known } from './names.ts'
import { enterBridge, leaveBridge } from './talk.ts'

export interface Listing {
  readonly items: readonly Message[]
  /** Number of the last message before the list was asked for: what was heard later may be missing from it. */
  readonly asked: number
  readonly at: number
  /** When vanished calls were surely still there. */
  readonly heardAt: number
}

export function rebuild(book: Book, { items, asked, at, heardAt }: Listing): void {
  const listed = new Map<Channel, Message>()
  // Oldest first: the caller is there before the phones it rings.
  for (const item of [...items].sort((a, b) => ageOf(b) - ageOf(a))) {
    const age = ageOf(item) * 1000
    // What was told of it since the list was asked for is newer than the list.
    const heard = book.channels.get(item.get('Uniqueid') ?? '')
    if (heard && heard.seen > asked) continue
    const channel = book.channel(item, '', at - age, true)
    // The list is written beside the events: a channel on it may already have been hung up.
    if (channel === null || channel.gone) continue
    follow(book, channel, known(item.get('Linkedid')), at)
    listed.set(channel, item)
  }
  for (const [channel, item] of listed) {
    bringUp(book, channel, item, at)
    const bridge = known(item.get('BridgeId')) ?? known(item.get('BridgeID'))
    if (bridge !== null) enterBridge(book, channel, bridge, at)
    else leaveBridge(book, channel, at)
  }
  closeVanished(book, new Set(listed.keys()), asked, heardAt)
}

/** Seconds since the channel began: `Duration: 00:01:40` or `Seconds: 100`. */
function ageOf(item: Message): number {
  const [hours, minutes, rest] = (item.get('Duration') ?? '').split(':').map(Number)
  const age =
    rest === undefined ? Number(item.get('Seconds')) : (hours ?? 0) * 3600 + (minutes ?? 0) * 60 + rest
  return Number.isFinite(age) && age > 0 ? age : 0
}

/** Gives the channel its part in the call, as far as the list tells it. */
function bringUp(book: Book, channel: Channel, item: Message, at: number): void {
  const { call } = channel
  const leg = book.legOf(channel)
  if (leg !== null) {
    if (channel.state === 6 && leg.answeredAt === null) {
      leg.measured = false
      answer(book, leg, at)
    }
    return
  }
  if (channel.helper || channel === call.caller) return
  unheard(call, ageOf(item))
  if (!/^AppDial|^AppQueue/.test(item.get('Application') ?? '')) {
    call.dialled ??= dialledNumber(item.get('DNID'))
    meetCaller(book, channel)
    if (channel === call.caller) return
  }
  if (call.caller === null) {
    call.caller = channel
    call.originate = true
    call.callerNumber = channel.extension ?? channel.number
    call.callerName = channel.callerName
  }
  const added = addLeg(book, channel, at - ageOf(item) * 1000, {
    cause: channel === call.caller ? 'originate' : 'dial',
    sentBy: null,
    origin: null,
    number: channel.outside ? channel.number : null,
  })
  added.measured = false
  if (channel.state === 5) ring(book, channel, at)
  if (channel.state === 6) answer(book, added, at)
}

/** A call taken up again after a restart of the house must not fall behind the revisions it had before. */
function unheard(call: Call, age: number): void {
  call.rebuilt = true
  if (call.revision === 0) call.revision = 1000 + Math.floor(age) * 10
}

function closeVanished(book: Book, listed: ReadonlySet<Channel>, asked: number, heardAt: number): void {
  for (const call of [...book.calls.values()]) {
    if (call.ended) continue
    const live = [...call.channels].filter((channel) => !channel.gone)
    const vanished = live.filter((channel) => !listed.has(channel) && channel.seen <= asked)
    if (vanished.length === 0) continue
    if (vanished.length === live.length) lose(book, call, heardAt)
    else for (const channel of vanished) gone(book, channel, '', heardAt)
  }
}
