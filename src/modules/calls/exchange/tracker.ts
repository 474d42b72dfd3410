/**
 * Messages of the exchange in, snapshots of whole calls and busy lamps out. PURE: the time of receipt comes in; the
 * exchange's own `Timestamp` is used where it sends one.
 */
import type { Message } from './framing.ts'
import type { ExchangeCall, LegResult } from './link.ts'
import { Book, type Call, type Channel, type TrackerSettings } from './tracking/book.ts'
import { correctCaller, follow, gone, meetCaller, replace, share, show } from './tracking/calls.ts'
import { type DeviceChange, Devices } from './tracking/devices.ts'
import { dialBegin } from './tracking/dial.ts'
import { dialEnd, progress, ring } from './tracking/legs.ts'
import { dialledNumber, known } from './tracking/names.ts'
import { fetched, parked, parkedTooLong } from './tracking/parking.ts'
import { rebuild } from './tracking/rebuild.ts'
import { snapshot } from './tracking/snapshot.ts'
import {
  destroyBridge,
  enterBridge,
  hold,
  leaveBridge,
  mergeBridges,
  paired,
  unhold,
} from './tracking/talk.ts'
import { attendedTransfer, blindTransfer, pickedUp, pickup } from './tracking/transfers.ts'

export interface TrackerOutput {
  readonly calls: readonly ExchangeCall[]
  readonly devices: readonly DeviceChange[]
  /** When, by the clock of the exchange, in milliseconds. */
  readonly at: number
}

/** Events that prove their channel alive. Of a channel that is gone anything may still be told. */
const proving = new Set([
  'Newchannel',
  'Newstate',
  'DialBegin',
  'DialState',
  'BridgeEnter',
  'Pickup',
  'QueueCallerJoin',
  'AgentCalled',
])

export class Tracker {
  readonly #book: Book
  readonly #devices: Devices
  /** Clock of the exchange minus ours, so that messages without a stamp stand on the same line of time. */
  #skew = 0
  #lastAt = 0

  constructor(settings: TrackerSettings) {
    this.#book = new Book(settings)
    this.#devices = new Devices(settings.trunks)
  }

  handle(message: Message, receivedAt: number): TrackerOutput {
    const { event } = message
    if (event === undefined) return this.#output([])
    const at = this.#clock(message, receivedAt)
    this.#book.sequence += 1
    if (event === 'ExtensionStatus' || event === 'DeviceStateChange') {
      const change = this.#devices.handle(message)
      return this.#output(change ? [change] : [])
    }
    this.#apply(event, message, at)
    return this.#output([])
  }

  /** A whole list of channels. `since` is what `mark` gave when it was asked for; `heardAt`: end of the last connection. */
  listed(
    items: readonly Message[],
    since: number,
    receivedAt: number,
    heardAt: number | null,
  ): TrackerOutput {
    this.#lastAt = receivedAt + this.#skew
    const { asked, at } = { asked: since, at: this.#lastAt }
    rebuild(this.#book, { items, asked, at, heardAt: heardAt === null ? at : Math.min(heardAt, at) })
    return this.#output([])
  }

  /** The exchange is not heard any more: calls stay open until it is asked again, lamps go out. */
  disconnected(receivedAt: number): TrackerOutput {
    this.#lastAt = receivedAt + this.#skew
    return this.#output(this.#devices.unknown())
  }

  get mark(): number {
    return this.#book.sequence
  }

  /** How many calls and channels are held, finished ones that are still kept included. */
  get size(): { readonly calls: number; readonly channels: number } {
    return { calls: this.#book.calls.size, channels: this.#book.channels.size }
  }

  /** An order will make a channel with this id, and dial the number once it is answered. */
  expect(channelId: string, number: string): void {
    this.#book.expected.set(channelId, number)
  }

  /** The order is settled. */
  unexpect(channelId: string): void {
    this.#book.expected.delete(channelId)
  }

  /** What became of the phone with this channel; null when it never rang. */
  legResult(channelId: string): LegResult | null {
    const channel = this.#book.channels.get(channelId)
    return channel ? (this.#book.legOf(channel)?.result ?? null) : null
  }

  /** Names of the channels that an order about a call needs, as they are now; null when the call is over or unknown. */
  partiesOf(
    callId: string,
    extension: string,
  ): { own: string | null; other: string | null; talking: boolean } | null {
    const call = this.#find(callId)
    if (call === null) return null
    const parties = [...this.#book.parties(call)]
    const own =
      parties.findLast((one) => one.extension === extension && one.bridge !== null) ??
      parties.findLast((one) => one.extension === extension) ??
      null
    if (own === null) return { own: null, other: null, talking: false }
    return {
      own: own.name,
      other: otherParty(call, own, parties)?.name ?? null,
      talking: own.bridge !== null && (this.#book.bridges.get(own.bridge)?.size ?? 0) > 1,
    }
  }

  /** The id a caller of ours knows may meanwhile mean the call it was merged into. */
  #find(callId: string): Call | null {
    const call = this.#book.calls.get(callId) ?? this.#book.links.get(callId) ?? null
    return call === null || call.ended ? null : call
  }

  #clock(message: Message, receivedAt: number): number {
    const stamp = Number(message.get('Timestamp') ?? Number.NaN) * 1000
    if (Number.isFinite(stamp) && stamp > 0) this.#skew = stamp - receivedAt
    this.#lastAt = receivedAt + this.#skew
    return this.#lastAt
  }

  #output(devices: readonly DeviceChange[]): TrackerOutput {
    const book = this.#book
    for (const call of book.dirty)
      if (call.visible && call.caller !== null)
        book.out.push(snapshot(call, book.settings.ringCadenceSeconds))
    book.dirty.clear()
    const calls = book.out.splice(0)
    return { calls, devices, at: this.#lastAt }
  }

  #apply(event: string, message: Message, at: number): void {
    const book = this.#book
    const create = proving.has(event)
    const channel = book.channel(message, '', at, create)
    if (channel && event === 'BridgeEnter') replace(book, channel, message.get('SwapUniqueid'), at)
    if (channel) follow(book, channel, known(message.get('Linkedid')), at)
    const dest = book.channel(message, 'Dest', at, create)
    if (dest) follow(book, dest, known(message.get('DestLinkedid')), at)
    if (dest) this.#dialling(event, message, channel, dest, at)
    else if (channel) this.#single(event, message, channel, at)
    this.#others(event, message, at)
  }

  #dialling(event: string, message: Message, channel: Channel | null, dest: Channel, at: number): void {
    const book = this.#book
    if (channel) meetCaller(book, channel)
    if (event === 'DialBegin') dialBegin(book, channel, dest, message, at)
    else if (event === 'DialState') {
      if (message.get('DialStatus') === 'RINGING') ring(book, dest, at)
      else if (message.get('DialStatus') === 'PROGRESS') progress(book, dest, at)
    } else if (event === 'DialEnd') {
      const leg = book.legOf(dest)
      if (leg) dialEnd(book, leg, message, at)
      else if (message.get('DialStatus') === 'ANSWER') pickedUp(book, dest, at)
    } else if (event === 'AgentCalled') {
      dest.agent = true
      const leg = book.legOf(dest)
      if (leg && leg.cause === 'dial') leg.cause = 'queue'
    }
  }

  #single(event: string, message: Message, channel: Channel, at: number): void {
    const book = this.#book
    const { call } = channel
    switch (event) {
      case 'Newchannel':
        meetCaller(book, channel)
        break
      case 'Newstate':
        meetCaller(book, channel)
        if (channel.state === 5) ring(book, channel, at)
        else if (channel === call.caller && !call.visible && channel.state >= 4) show(book, call)
        break
      case 'NewCallerid':
        correctCaller(book, channel, message)
        break
      case 'BridgeEnter': {
        meetCaller(book, channel)
        const swapped = book.channels.get(message.get('SwapUniqueid') ?? '')
        if (swapped) leaveBridge(book, swapped, at)
        this.#enter(message, channel, at)
        break
      }
      case 'BridgeLeave':
        if (message.get('BridgeUniqueid') === channel.bridge) leaveBridge(book, channel, at)
        break
      case 'Hold':
        if (!channel.gone) hold(book, channel, at)
        break
      case 'Unhold':
        unhold(book, channel, at)
        break
      case 'HangupRequest':
        channel.requested ??= message.get('Cause') ?? ''
        if (!channel.gone) call.request = channel
        break
      case 'Hangup':
        gone(book, channel, message.get('Cause') ?? '', at)
        break
      case 'Rename':
        channel.name = known(message.get('Newname')) ?? channel.name
        break
      case 'QueueCallerJoin':
        meetCaller(book, channel)
        call.queue = known(message.get('Queue'))
        call.waiting = true
        book.touch(call)
        break
      case 'QueueCallerLeave':
        call.waiting = false
        break
      case 'QueueCallerAbandon':
        call.abandoned = true
        break
      case 'OriginateResponse':
        if (call.dialled === null) {
          call.dialled = dialledNumber(message.get('Exten'))
          if (call.dialled !== null) book.touch(call)
        }
        break
    }
  }

  #enter(message: Message, channel: Channel, at: number): void {
    const book = this.#book
    const bridge = message.get('BridgeUniqueid') ?? ''
    if (message.get('BridgeTechnology') === 'holding_bridge') book.silent.add(bridge)
    enterBridge(book, channel, bridge, at)
    if (book.silent.has(bridge)) return
    // These kinds make one conversation of two; people in a conference each have a call of their own.
    if (/^(basic|stasis)$/.test(message.get('BridgeType') ?? '')) share(book, channel, at)
  }

  #others(event: string, message: Message, at: number): void {
    const book = this.#book
    switch (event) {
      case 'BlindTransfer':
        blindTransfer(book, message, at)
        break
      case 'AttendedTransfer':
        attendedTransfer(book, message, at)
        break
      case 'Pickup':
        pickup(book, message, at)
        break
      case 'ParkedCall':
        parked(book, message, at)
        break
      case 'UnParkedCall':
        fetched(book, message, at)
        break
      case 'ParkedCallTimeOut':
        parkedTooLong(book, message, at)
        break
      case 'BridgeMerge':
        mergeBridges(book, message.get('FromBridgeUniqueid') ?? '', message.get('ToBridgeUniqueid') ?? '', at)
        break
      case 'BridgeDestroy':
        destroyBridge(book, message.get('BridgeUniqueid') ?? '', at)
        break
      case 'LocalBridge': {
        const one = book.channel(message, 'LocalOne', at, true)
        const two = book.channel(message, 'LocalTwo', at, true)
        if (one && two) {
          one.pair = two
          two.pair = one
          paired(book, one, at)
        }
      }
    }
  }
}

/** Whom the extension speaks with, or who rings it: the party from outside, else the caller, else anybody else. */
function otherParty(call: Call, own: Channel, parties: readonly Channel[]): Channel | null {
  const others = parties.filter((one) => one !== own && one.extension !== own.extension)
  const together = others.filter((one) => own.bridge !== null && one.bridge === own.bridge)
  const among = together.length > 0 ? together : others
  return among.find((one) => one.outside) ?? among.find((one) => one === call.caller) ?? among[0] ?? null
}
