/** For tests: events of calls of which no recording exists, told in a few words and given to a tracker. */
import { Message } from './framing.ts'
import type { DeviceState, ExchangeCall } from './link.ts'
import { lastOfEach } from './testing.ts'
import { Tracker } from './tracker.ts'

export interface Party {
  readonly name: string
  readonly id: string
  linked: string
  state: number
  number: string
  exten: string
}

export class Story {
  readonly tracker = new Tracker({ trunks: ['PJSIP/trunk'], ringCadenceSeconds: 5 })
  readonly calls: ExchangeCall[] = []
  readonly lamps = new Map<string, DeviceState>()
  #seconds = 1_800_000_000
  #count = 0

  /** Lets seconds pass. */
  pass(seconds: number): this {
    this.#seconds += seconds
    return this
  }

  event(
    name: string,
    headers: Record<string, string> = {},
    ...parties: [prefix: string, party: Party][]
  ): this {
    const lines = [`Event: ${name}`, 'Privilege: call,all', `Timestamp: ${this.#seconds.toFixed(6)}`]
    for (const [prefix, party] of parties) lines.push(...headersOf(party).map((line) => `${prefix}${line}`))
    lines.push(...Object.entries(headers).map(([key, value]) => `${key}: ${value}`))
    this.#take(this.tracker.handle(new Message(lines), this.#seconds * 1000))
    return this
  }

  lists(parties: readonly [Party, Record<string, string>][], since = this.tracker.mark): this {
    const items = parties.map(
      ([party, more]) =>
        new Message([
          'Event: CoreShowChannel',
          ...headersOf(party),
          ...Object.entries(more).map(([key, value]) => `${key}: ${value}`),
        ]),
    )
    this.#take(this.tracker.listed(items, since, this.#seconds * 1000, null))
    return this
  }

  #take({ calls, devices }: ReturnType<Tracker['handle']>): void {
    this.calls.push(...calls)
    for (const { extension, state } of devices) this.lamps.set(extension, state)
  }

  /** A channel that nobody has heard of yet. */
  party(device: string, more: Partial<Party> = {}): Party {
    const id = `1800000000.${this.#count++}`
    return { name: `${device}-${id.slice(-4)}`, id, linked: id, state: 0, number: '', exten: 's', ...more }
  }

  /** Somebody outside calls a number of the house. */
  incoming(exten = '66668000', number = '13912345678'): Party {
    const line = this.party('PJSIP/trunk', { state: 4, exten, number })
    this.event('Newchannel', {}, ['', line])
    return line
  }

  /** A colleague lifts the receiver and dials. */
  lifts(extension: string, exten: string): Party {
    const phone = this.party(`PJSIP/${extension}`, { state: 4, exten, number: extension })
    this.event('Newchannel', {}, ['', phone])
    return phone
  }

  /** DialBegin, and ringing unless told otherwise. */
  dials(
    source: Party | null,
    device: string,
    more: { rings?: boolean; linked?: string; dialString?: string } = {},
  ): Party {
    const dest = this.party(device, { number: device.slice(device.indexOf('/') + 1) })
    dest.linked = more.linked ?? source?.linked ?? dest.id
    this.event('Newchannel', {}, ['', dest])
    const from: [string, Party][] = source ? [['', source]] : []
    this.event('DialBegin', { DialString: more.dialString ?? dest.number }, ...from, ['Dest', dest])
    if (more.rings !== false) {
      dest.state = 5
      this.event('DialState', { DialStatus: 'RINGING' }, ...from, ['Dest', dest])
    }
    return dest
  }

  dialEnd(source: Party | null, dest: Party, status: string, more: Record<string, string> = {}): this {
    if (status === 'ANSWER') dest.state = 6
    const from: [string, Party][] = source ? [['', source]] : []
    return this.event('DialEnd', { DialStatus: status, ...more }, ...from, ['Dest', dest])
  }

  bridge(id: string, ...parties: Party[]): this {
    for (const party of parties) {
      party.state = 6
      this.event('BridgeEnter', { BridgeUniqueid: id }, ['', party])
    }
    return this
  }

  leaves(id: string, ...parties: Party[]): this {
    for (const party of parties) this.event('BridgeLeave', { BridgeUniqueid: id }, ['', party])
    return this
  }

  answers(source: Party, dest: Party, bridge: string): this {
    return this.dialEnd(source, dest, 'ANSWER').bridge(bridge, dest, source)
  }

  asks(party: Party, cause?: string): this {
    return this.event('HangupRequest', cause === undefined ? {} : { Cause: cause }, ['', party])
  }

  hangUp(cause: string, ...parties: Party[]): this {
    for (const party of parties) this.event('Hangup', { Cause: cause }, ['', party])
    return this
  }

  records(): ExchangeCall[] {
    return lastOfEach(this.calls)
  }

  /** Who rang in the only record, why, sent by whom, with what result. */
  legs(): string[] {
    return (this.records()[0]?.legs ?? []).map(
      ({ extension, number, cause, sentBy, result }) =>
        `${extension ?? number} ${cause}${sentBy === null ? '' : ` by ${sentBy}`}: ${result}`,
    )
  }
}

function headersOf(party: Party): string[] {
  return [
    `Channel: ${party.name}`,
    `ChannelState: ${party.state}`,
    `CallerIDNum: ${party.number === '' ? '<unknown>' : party.number}`,
    'CallerIDName: <unknown>',
    'Context: internal',
    `Exten: ${party.exten}`,
    `Uniqueid: ${party.id}`,
    `Linkedid: ${party.linked}`,
  ]
}
