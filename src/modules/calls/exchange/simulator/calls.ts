/** How calls run on the simulated exchange: dialling, answering, failing over, hanging up, being handed on. */

import { Consultations } from './consultations.ts'
import type { SimulatedPhone, Switchboard } from './switchboard.ts'
import { bridgeHeaders, channelHeaders, type SimulatedChannel } from './wire.ts'

export interface Dialling {
  /** Who dials; null for the own phone of a click-to-dial. */
  readonly source: SimulatedChannel | null
  readonly dest: SimulatedChannel
  readonly number: string
  /** What follows an answer, and what follows a failure. */
  readonly answered: () => void
  readonly failed: (status: 'BUSY' | 'NOANSWER' | 'CANCEL', cause: string) => void
  stopTimers: () => void
}

export interface CallRules {
  /** Numbers dialled from outside, and the phones they ring. */
  readonly numbers: ReadonlyMap<string, string>
  /** Where a call goes that a phone does not take. */
  readonly failover: ReadonlyMap<string, string>
  /** Seconds until a phone answers by itself; undefined: only when told. */
  answersAfter(extension: string): number | undefined
  /** Seconds a phone rings before the exchange gives up. */
  readonly ringFor: number
  /** Seconds until somebody outside answers. */
  readonly outsideAnswersAfter: number
  /** Runs something later; gives what cancels it. */
  after(seconds: number, run: () => void): () => void
}

export class Calls {
  readonly board: Switchboard
  readonly rules: CallRules
  readonly #dialling = new Map<SimulatedChannel, Dialling>()
  readonly #consultations: Consultations
  readonly #whenAnswered = new WeakMap<SimulatedChannel, () => void>()

  constructor(board: Switchboard, rules: CallRules) {
    this.board = board
    this.rules = rules
    this.#consultations = new Consultations(this)
  }

  /** Somebody outside calls; gives the channel of the line. */
  incoming(from: string, name: string, to: string, ringFor?: number): SimulatedChannel {
    const line = this.board.open(this.board.trunk, {
      extension: null,
      state: 4,
      context: 'from-trunk',
      exten: to,
      number: from,
      callerName: name,
    })
    const number = this.rules.numbers.get(to) ?? to
    // A line from outside reaches phones of the house, not the world.
    if (this.board.phones.has(number)) this.route(line, number, ringFor)
    else this.board.hangUp(line, '1')
    return line
  }

  /** A colleague lifts the receiver and dials. */
  outgoing(extension: string, number: string): SimulatedChannel {
    const phone = this.board.phones.get(extension)
    const channel = this.board.open(`${this.board.technology}/${extension}`, {
      extension,
      state: 4,
      exten: number,
      number: extension,
      callerName: phone?.name ?? '',
    })
    this.board.lamp(extension)
    this.route(channel, number)
    return channel
  }

  knows(number: string): boolean {
    return this.board.phones.has(number) || /^\+?\d{5,}$/.test(number)
  }

  /**
   * What the dial plan does with a number: rings the phone, then where its calls fall to, then hangs up. `tried` keeps
   * two phones that fall to each other from ringing for ever.
   */
  route(
    source: SimulatedChannel,
    number: string,
    ringFor = this.rules.ringFor,
    tried: ReadonlySet<string> = new Set(),
  ): void {
    if (source.gone) return
    source.exten = number
    const unreachable = (cause: string) => {
      const next = this.rules.failover.get(number)
      if (next !== undefined && next !== number && !tried.has(next))
        this.route(source, next, ringFor, new Set([...tried, number]))
      else {
        this.#softHangUp(source)
        this.board.hangUp(source, cause)
      }
    }
    const phone = this.board.phones.get(number)
    if (phone ? !phone.registered : !this.knows(number)) {
      unreachable(phone ? '20' : '1')
      return
    }
    source.application = 'Dial'
    source.applicationData = `${this.board.technology}/${number},${ringFor}`
    const dest = phone ? this.leg(phone, source) : this.#outsideLeg(number, source)
    this.dial(source, dest, phone ? number : `${number}@trunk`, ringFor, {
      answered: () => {
        this.board.setState(source, 6)
        this.board.join(dest, source)
        this.#whenAnswered.get(source)?.()
        this.#whenAnswered.delete(source)
      },
      failed: (status, cause) => {
        if (status !== 'CANCEL') unreachable(cause)
      },
    })
  }

  leg(phone: SimulatedPhone, source: SimulatedChannel): SimulatedChannel {
    return this.board.open(`${this.board.technology}/${phone.extension}`, {
      extension: phone.extension,
      state: 0,
      linkedId: source.linkedId,
      exten: phone.extension,
      number: phone.extension,
      callerName: phone.name,
      connectedNumber: source.number,
      connectedName: source.callerName,
      application: 'AppDial',
      applicationData: '(Outgoing Line)',
    })
  }

  #outsideLeg(number: string, source: SimulatedChannel): SimulatedChannel {
    return this.board.open(this.board.trunk, {
      extension: null,
      state: 0,
      linkedId: source.linkedId,
      context: 'from-trunk',
      exten: number,
      number,
      connectedNumber: source.number,
      application: 'AppDial',
      applicationData: '(Outgoing Line)',
    })
  }

  /** Rings `dest` until something happens. */
  dial(
    source: SimulatedChannel | null,
    dest: SimulatedChannel,
    number: string,
    ringFor: number,
    then: Pick<Dialling, 'answered' | 'failed'>,
  ): void {
    const { board } = this
    const dialling: Dialling = { source, dest, number, ...then, stopTimers: () => undefined }
    this.#dialling.set(dest, dialling)
    board.tellDial('DialBegin', source, dest, ['DialString', number])
    const phone = dest.extension === null ? undefined : board.phones.get(dest.extension)
    const taken = board.linesOf(phone?.extension ?? '').some((line) => line !== dest && line.state !== 0)
    if (phone && (phone.busy || taken)) {
      board.tell('HangupRequest', [...channelHeaders(dest), ['Cause', '17'], ['TechCause', '486']])
      this.#fail(dialling, 'BUSY', '17', '17')
      return
    }
    board.setState(dest, 5)
    board.tellDial('DialState', source, dest, ['DialStatus', 'RINGING'])
    const soon = phone ? this.rules.answersAfter(phone.extension) : this.rules.outsideAnswersAfter
    const stops = [
      this.rules.after(ringFor, () => this.#fail(dialling, 'NOANSWER', source ? '0' : '19', '16')),
    ]
    if (soon !== undefined) stops.push(this.rules.after(soon, () => this.pickUp(dest)))
    dialling.stopTimers = () => {
      for (const stop of stops) stop()
    }
  }

  #fail(
    dialling: Dialling,
    status: 'BUSY' | 'NOANSWER' | 'CANCEL',
    cause: string,
    callerCause: string,
  ): void {
    const { source, dest } = dialling
    if (!this.#dialling.delete(dest)) return
    dialling.stopTimers()
    // An order that was not answered in time ends without DialEnd, as Asterisk does it.
    if (source !== null || cause !== '19')
      this.board.tellDial('DialEnd', source, dest, ['DialStatus', status])
    this.board.hangUp(dest, cause)
    dialling.failed(status, callerCause)
  }

  /** Runs once, when somebody has answered this caller. */
  whenAnswered(source: SimulatedChannel, run: () => void): void {
    this.#whenAnswered.set(source, run)
  }

  /** The phone that rings for this caller. */
  ringingFor(source: SimulatedChannel): SimulatedChannel | null {
    for (const dialling of this.#dialling.values()) if (dialling.source === source) return dialling.dest
    return null
  }

  /** A ringing phone is picked up. */
  pickUp(dest: SimulatedChannel): void {
    const dialling = this.#dialling.get(dest)
    if (dialling === undefined) return
    this.#dialling.delete(dest)
    dialling.stopTimers()
    this.board.setState(dest, 6)
    this.board.tellDial('DialEnd', dialling.source, dest, ['DialStatus', 'ANSWER'])
    dialling.answered()
  }

  /** The user presses reject (SIP 603). */
  reject(dest: SimulatedChannel): void {
    const dialling = this.#dialling.get(dest)
    if (dialling === undefined) return
    this.board.tell('HangupRequest', [...channelHeaders(dest), ['Cause', '21'], ['TechCause', '603']])
    this.#fail(dialling, 'NOANSWER', '21', '21')
  }

  /** A party ends its call: by hand, or by order of the house, which asks nobody. */
  end(channel: SimulatedChannel, by: 'hand' | 'order'): void {
    if (channel.gone) return
    const { board } = this
    if (by === 'hand') board.tell('HangupRequest', [...channelHeaders(channel), ['Cause', '16']])
    if (this.#consultations.leave(channel) || this.#consultations.targetLeaves(channel)) return
    const own = this.#dialling.get(channel)
    if (own) {
      this.#fail(own, 'NOANSWER', '16', '16')
      return
    }
    this.stopDialling(channel)
    const others = board.members(channel).filter((other) => other !== channel)
    board.leave(channel)
    for (const other of others) board.leave(other)
    this.#softHangUp(channel)
    board.hangUp(channel, '16')
    for (const other of others) board.hangUp(other, '16')
  }

  #softHangUp(channel: SimulatedChannel): void {
    if (!channel.gone) this.board.tell('SoftHangupRequest', [...channelHeaders(channel), ['Cause', '16']])
  }

  /** Hands the other party of `channel` on without asking; false when it speaks with nobody. */
  blindTransfer(channel: SimulatedChannel, to: string): boolean {
    const { board } = this
    const other = board.peer(channel)
    if (other === null || channel.bridge === null) return false
    board.tell('BlindTransfer', [
      ['Result', 'Success'],
      ...channelHeaders(channel, 'Transferer'),
      ...channelHeaders(other, 'Transferee'),
      ...bridgeHeaders(channel.bridge, 2),
      ['IsExternal', 'Yes'],
      ['Context', board.context],
      ['Extension', to],
    ])
    board.leave(channel)
    board.leave(other)
    board.hangUp(channel, '16')
    this.route(other, to)
    return true
  }

  /** Takes a channel out of whatever it does and sends it to a number. No event says who did it. */
  redirect(channel: SimulatedChannel, to: string): void {
    const other = this.board.peer(channel)
    this.board.leave(channel)
    if (other) {
      this.board.leave(other)
      this.board.hangUp(other, '16')
    }
    this.stopDialling(channel)
    this.route(channel, to)
  }

  /** The phones that `source` rings stop ringing. */
  stopDialling(source: SimulatedChannel): void {
    for (const dialling of [...this.#dialling.values()])
      if (dialling.source === source) this.#fail(dialling, 'CANCEL', '127', '127')
  }

  consult(colleague: SimulatedChannel, to: string): boolean {
    return this.#consultations.begin(colleague, to)
  }
}
