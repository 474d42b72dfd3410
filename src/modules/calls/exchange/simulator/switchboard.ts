/**
 * Channels, bridges and phones of the simulated exchange, and the events each change of them causes. It knows no call
 * scripts (`calls.ts`) and no connections (`server.ts`).
 */
import {
  bridgeHeaders,
  causes,
  channelHeaders,
  type EventClass,
  type Header,
  type SimulatedChannel,
} from './wire.ts'

export interface SimulatedPhone {
  readonly extension: string
  readonly name: string
  /** Talks on a line that this exchange does not see: every call finds it busy. */
  busy: boolean
  registered: boolean
  lamp: number
}

export type Emit = (kind: EventClass, headers: readonly Header[]) => void

const lampTexts: Readonly<Record<number, readonly [text: string, device: string]>> = {
  0: ['Idle', 'NOT_INUSE'],
  1: ['InUse', 'INUSE'],
  4: ['Unavailable', 'UNAVAILABLE'],
  8: ['Ringing', 'RINGING'],
  9: ['InUse&Ringing', 'RINGINUSE'],
}

export class Switchboard {
  readonly phones = new Map<string, SimulatedPhone>()
  readonly channels = new Map<string, SimulatedChannel>()
  readonly context: string
  readonly technology: string
  readonly trunk: string
  readonly now: () => number
  readonly #emit: Emit
  readonly #epoch: number
  readonly #bridges = new Map<string, Set<SimulatedChannel>>()
  /** Live channels of each phone: asked for with every change of a lamp. */
  readonly #lines = new Map<string, Set<SimulatedChannel>>()
  #counter = 0
  #names = 0

  constructor(
    settings: { readonly context: string; readonly technology: string; readonly trunk: string },
    now: () => number,
    emit: Emit,
  ) {
    this.context = settings.context
    this.technology = settings.technology
    this.trunk = settings.trunk
    this.now = now
    this.#emit = emit
    this.#epoch = Math.floor(now() / 1000)
  }

  open(
    device: string,
    given: Partial<SimulatedChannel> & Pick<SimulatedChannel, 'extension' | 'state'>,
  ): SimulatedChannel {
    const id = given.id ?? `${this.#epoch}.${this.#counter++}`
    const channel: SimulatedChannel = {
      name: device.startsWith('Local/')
        ? device
        : `${device}-${(this.#names++).toString(16).padStart(8, '0')}`,
      linkedId: id,
      number: '',
      callerName: '',
      connectedNumber: '',
      connectedName: '',
      context: this.context,
      exten: 's',
      application: '',
      applicationData: '',
      bridge: null,
      bornAt: this.now(),
      gone: false,
      ...given,
      id,
    }
    this.channels.set(id, channel)
    if (channel.extension !== null) {
      const lines = this.#lines.get(channel.extension) ?? new Set()
      this.#lines.set(channel.extension, lines.add(channel))
    }
    this.tell('Newchannel', channelHeaders(channel))
    return channel
  }

  tell(event: string, headers: readonly Header[], kind: EventClass = 'call'): void {
    const seconds = (this.now() / 1000).toFixed(6)
    this.#emit(kind, [['Event', event], ['Privilege', `${kind},all`], ['Timestamp', seconds], ...headers])
  }

  /** An event about a dialled channel and the one that dials it; a click-to-dial has none that dials. */
  tellDial(
    event: 'DialBegin' | 'DialState' | 'DialEnd',
    source: SimulatedChannel | null,
    dest: SimulatedChannel,
    last: Header,
  ): void {
    this.tell(event, [...(source ? channelHeaders(source) : []), ...channelHeaders(dest, 'Dest'), last])
  }

  setState(channel: SimulatedChannel, state: SimulatedChannel['state']): void {
    if (channel.state === state) return
    channel.state = state
    this.tell('Newstate', channelHeaders(channel))
    this.lamp(channel.extension)
  }

  /** Joins channels in a new bridge, in this order. */
  join(...members: readonly SimulatedChannel[]): void {
    const id = crypto.randomUUID()
    this.#bridges.set(id, new Set())
    this.tell('BridgeCreate', bridgeHeaders(id, 0))
    for (const channel of members) this.enter(channel, id)
  }

  enter(channel: SimulatedChannel, id: string): void {
    this.leave(channel)
    const inside = this.#bridges.get(id) ?? new Set()
    inside.add(channel)
    channel.bridge = id
    this.tell('BridgeEnter', [...bridgeHeaders(id, inside.size), ...channelHeaders(channel)])
  }

  leave(channel: SimulatedChannel): void {
    const id = channel.bridge
    const inside = id === null ? undefined : this.#bridges.get(id)
    if (id === null || inside === undefined) return
    inside.delete(channel)
    channel.bridge = null
    this.tell('BridgeLeave', [...bridgeHeaders(id, inside.size), ...channelHeaders(channel)])
    if (inside.size > 0) return
    this.#bridges.delete(id)
    this.tell('BridgeDestroy', bridgeHeaders(id, 0))
  }

  members(channel: SimulatedChannel): SimulatedChannel[] {
    return channel.bridge === null ? [] : [...(this.#bridges.get(channel.bridge) ?? [])]
  }

  /** The party at the other end of its bridge. */
  peer(channel: SimulatedChannel): SimulatedChannel | null {
    return this.members(channel).find((other) => other !== channel) ?? null
  }

  hangUp(channel: SimulatedChannel, cause: string): void {
    if (channel.gone) return
    this.leave(channel)
    channel.gone = true
    this.channels.delete(channel.id)
    this.#lines.get(channel.extension ?? '')?.delete(channel)
    this.tell('Hangup', [
      ...channelHeaders(channel),
      ['Cause', cause],
      ['Cause-txt', causes[cause] ?? 'Unknown'],
    ])
    this.lamp(channel.extension)
  }

  /** Sends the lamp of a phone if it changed. */
  lamp(extension: string | null): void {
    const phone = extension === null ? undefined : this.phones.get(extension)
    if (phone === undefined) return
    const lamp = this.#lampOf(phone)
    if (lamp === phone.lamp) return
    phone.lamp = lamp
    this.tell('ExtensionStatus', this.extensionStatus(phone))
    this.tell('DeviceStateChange', this.deviceState(phone))
  }

  extensionStatus(phone: SimulatedPhone): Header[] {
    return [
      ['Exten', phone.extension],
      ['Context', this.context],
      ['Hint', `${this.technology}/${phone.extension}`],
      ['Status', String(phone.lamp)],
      ['StatusText', lampTexts[phone.lamp]?.[0] ?? 'Unknown'],
    ]
  }

  deviceState(phone: SimulatedPhone): Header[] {
    return [
      ['Device', `${this.technology}/${phone.extension}`],
      ['State', lampTexts[phone.lamp]?.[1] ?? 'UNKNOWN'],
    ]
  }

  linesOf(extension: string): SimulatedChannel[] {
    return [...(this.#lines.get(extension) ?? [])]
  }

  #lampOf(phone: SimulatedPhone): number {
    if (!phone.registered) return 4
    const lines = this.linesOf(phone.extension)
    const talks = phone.busy || lines.some(({ state }) => state === 6 || state === 4)
    return (talks ? 1 : 0) + (lines.some(({ state }) => state === 5) ? 8 : 0)
  }
}
