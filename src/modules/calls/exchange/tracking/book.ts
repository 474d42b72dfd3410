/**
 * What the tracker knows: channels, and the calls they belong to. PURE: times come in as milliseconds of the exchange.
 *
 * A call is found by Linkedid, but it is not the Linkedid: that can change without an event, and two conversations can
 * become one. `links` says which call a Linkedid means today.
 */

import type { Message } from '../framing.ts'
import type { ExchangeCall, ExchangeLeg, LegResult } from '../link.ts'
import { deviceOf, extensionOf, known, knownName, knownNumber, localHalf } from './names.ts'

export interface Channel {
  /** Uniqueid: unlike the name it is never used twice, also not after a restart of the exchange. */
  readonly id: string
  name: string
  readonly extension: string | null
  /** A line to the outside world. */
  readonly outside: boolean
  /** Half of a Local pair or another helper: never a party of the call. */
  readonly helper: boolean
  linkedId: string
  call: Call
  /** As of its first message; later ones are masked by the dial plan. */
  number: string | null
  callerName: string | null
  exten: string | null
  state: number
  ringingAt: number | null
  /** Dialling it was told, by whom; null when it began by itself. `originate`: by an order, not by a channel. */
  dialledBy: Channel | 'originate' | null
  /** The other half of a Local pair. */
  pair: Channel | null
  bridge: string | null
  /** Whom it spoke with last, until a transfer took it away from there. */
  lastPeer: Channel | null
  /** It pressed hold. */
  holding: boolean
  /** Its user asked to end; the cause given, empty when none was. */
  requested: string | null
  agent: boolean
  gone: boolean
  /** Number of the message that spoke of it last. */
  seen: number
}

export interface Leg {
  readonly channel: Channel
  readonly id: string
  readonly extension: string | null
  number: string | null
  cause: ExchangeLeg['cause']
  sentBy: string | null
  origin: Channel | null
  readonly beganAt: number
  ringingAt: number | null
  progressAt: number | null
  answeredAt: number | null
  endedAt: number | null
  /** When ringing ended: answered, or the first DialEnd, or the hang-up. */
  settledAt: number | null
  /** A DialEnd was heard: later ones are repetitions. */
  dialEnded: boolean
  result: LegResult
  /** False when part of its life was not heard, so that its ringing cannot be told. */
  measured: boolean
  talkMs: number
  talkingSince: number | null
  heldMs: number
  heldSince: number | null
  heldBy: Channel | null
}

export interface Transfer {
  readonly at: number
  readonly kind: 'blind' | 'attended'
  readonly by: string | null
  to: string | null
  /** How it ended when no phone tells: refused by the exchange, parked and never fetched. */
  ended: LegResult | null
  readonly legs: Leg[]
}

export interface Call {
  readonly id: string
  revision: number
  visible: boolean
  rebuilt: boolean
  caller: Channel | null
  callerNumber: string | null
  callerName: string | null
  dialled: string | null
  queue: string | null
  waiting: boolean
  abandoned: boolean
  /** The caller spoke with somebody who was not rung for it: a conference. */
  spoke: { readonly at: number; readonly who: string | null } | null
  originate: boolean
  readonly startedAt: number
  /** When the last party left so far. */
  quietAt: number | null
  endedAt: number | null
  lost: boolean
  ended: boolean
  /** Channel that asked to end last, since the last leg began. */
  request: Channel | null
  readonly links: Set<string>
  readonly channels: Set<Channel>
  legs: Leg[]
  readonly transfers: Transfer[]
  /** Where the next dialled phones belong to. */
  handover: { readonly transfer: Transfer; readonly cause: 'blind-transfer' | 'redirect' } | null
  forward: string | null
}

export interface TrackerSettings {
  readonly trunks: readonly string[]
  readonly ringCadenceSeconds: number
}

/** Finished calls kept for what is told late: OriginateResponse after the hang-up, events of channels that are gone. */
const finishedKept = 200

export class Book {
  readonly settings: TrackerSettings
  readonly calls = new Map<string, Call>()
  readonly channels = new Map<string, Channel>()
  readonly links = new Map<string, Call>()
  readonly bridges = new Map<string, Set<Channel>>()
  /** Bridges in which people wait beside each other (parked) and do not speak. */
  readonly silent = new Set<string>()
  readonly dirty = new Set<Call>()
  /** Snapshots that must go out before those of `dirty`. */
  readonly out: ExchangeCall[] = []
  readonly #finished: Call[] = []
  /** Numbers that orders of the house will dial, by the id of the channel each makes. */
  readonly expected = new Map<string, string>()
  /** Numbers the messages, to tell what was heard before a list was asked for. */
  sequence = 0

  constructor(settings: TrackerSettings) {
    this.settings = settings
  }

  touch(call: Call): void {
    this.dirty.add(call)
  }

  /**
   * The channel that a message speaks of (`prefix`: '', 'Dest', 'Transferee' …), brought up to date. `create` only
   * where the message proves that the channel lives: anything may be said about one that is gone.
   */
  channel(message: Message, prefix: string, at: number, create: boolean): Channel | null {
    const id = known(message.get(`${prefix}Uniqueid`))
    const name = known(message.get(`${prefix}Channel`))
    if (id === null || name === null || id === 'none') return null
    const found = this.channels.get(id)
    if (found) {
      found.seen = this.sequence
      if (!found.gone) found.name = name.replace(/<.*$/, '')
      found.state = Number(message.get(`${prefix}ChannelState`) ?? found.state)
      return found
    }
    return create ? this.#open(message, prefix, at, id, name) : null
  }

  #open(message: Message, prefix: string, at: number, id: string, name: string): Channel {
    const device = deviceOf(name)
    const linkedId = known(message.get(`${prefix}Linkedid`)) ?? id
    const extension = extensionOf(device, this.settings.trunks)
    const channel: Channel = {
      id,
      name,
      extension,
      outside: device !== null && extension === null,
      helper: device === null,
      linkedId,
      call: this.#callOf(linkedId, at),
      number: knownNumber(message.get(`${prefix}CallerIDNum`)),
      callerName: knownName(message.get(`${prefix}CallerIDName`)),
      exten: known(message.get(`${prefix}Exten`)),
      state: Number(message.get(`${prefix}ChannelState`) ?? 0),
      ringingAt: null,
      dialledBy: null,
      pair: null,
      bridge: null,
      lastPeer: null,
      holding: false,
      requested: null,
      agent: false,
      gone: false,
      seen: this.sequence,
    }
    this.channels.set(id, channel)
    channel.call.channels.add(channel)
    this.#pair(channel)
    return channel
  }

  #pair(channel: Channel): void {
    const half = localHalf(channel.name)
    if (half === null) return
    const other = `${half.pair};${half.half === '1' ? '2' : '1'}`
    for (const candidate of channel.call.channels)
      if (candidate.name === other && !candidate.gone) {
        channel.pair = candidate
        candidate.pair = channel
      }
  }

  #callOf(linkedId: string, at: number): Call {
    const known = this.links.get(linkedId)
    if (known && !known.ended) return known
    // A channel that joins a finished conversation starts a new call; its id must be new as well.
    const id = this.calls.has(linkedId) ? `${linkedId}/${this.sequence}` : linkedId
    const call: Call = {
      id,
      revision: 0,
      visible: false,
      rebuilt: false,
      caller: null,
      callerNumber: null,
      callerName: null,
      dialled: null,
      queue: null,
      waiting: false,
      abandoned: false,
      spoke: null,
      originate: false,
      startedAt: at,
      quietAt: null,
      endedAt: null,
      lost: false,
      ended: false,
      request: null,
      links: new Set([linkedId]),
      channels: new Set(),
      legs: [],
      transfers: [],
      handover: null,
      forward: null,
    }
    this.calls.set(id, call)
    this.links.set(linkedId, call)
    return call
  }

  legOf(channel: Channel): Leg | null {
    return channel.call.legs.findLast((leg) => leg.channel === channel) ?? null
  }

  /** Live channels of the call that are phones or lines. */
  *parties(call: Call): Generator<Channel> {
    for (const channel of call.channels) if (!channel.gone && !channel.helper) yield channel
  }

  /** Keeps a finished call a little and forgets the oldest. */
  shelve(call: Call): void {
    this.#finished.push(call)
    while (this.#finished.length > finishedKept) {
      const oldest = this.#finished.shift()
      if (oldest) this.forget(oldest)
    }
  }

  forget(call: Call): void {
    this.calls.delete(call.id)
    this.dirty.delete(call)
    for (const link of call.links) if (this.links.get(link) === call) this.links.delete(link)
    for (const channel of call.channels) this.channels.delete(channel.id)
  }
}
