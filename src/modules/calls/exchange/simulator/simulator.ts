/**
 * A small telephone exchange that speaks AMI, so that a newcomer sees phones ring without one, and for benchmarks. It
 * writes the events of real calls in their order; there is no sound. It ships with the product and listens on loopback.
 */
import { act } from './actions.ts'
import { Calls } from './calls.ts'
import { AmiServer } from './server.ts'
import { Switchboard } from './switchboard.ts'
import type { SimulatedChannel } from './wire.ts'

export interface SimulatorSettings {
  /** 0: any free port. */
  readonly port: number
  readonly secret: string
  readonly username?: string
  readonly host?: string
  readonly extensions: readonly {
    readonly number: string
    readonly name: string
    /** Seconds until the colleague answers by themselves; without it only when told. */
    readonly answersAfter?: number
    /** Who gets the call when this phone is busy or not answered. */
    readonly failover?: string
  }[]
  /** Numbers of the house as dialled from outside, and the extension each rings. */
  readonly numbers?: Readonly<Record<string, string>>
  readonly context?: string
  readonly technology?: string
  readonly trunk?: string
  readonly ringFor?: number
  readonly outsideAnswersAfter?: number
  /** Seconds of the script in one second of the clock. */
  readonly speed?: number
  readonly now?: () => number
}

export interface CallScript {
  readonly from: string
  readonly name?: string
  /** Extension, or number of the house. */
  readonly to: string
  /** Seconds the phone rings before the exchange gives up. */
  readonly ringFor?: number
  /** The caller hangs up after so many seconds of ringing. */
  readonly givesUpAfter?: number
  /** The phone is picked up after so many seconds; without it somebody has to, or the colleague does by themselves. */
  readonly answeredAfter?: number
  /** Handed on without asking, so many seconds after the answer. */
  readonly transfer?: { readonly to: string; readonly after: number }
  /** The caller hangs up after so many seconds of talk, transfers included. */
  readonly talksFor?: number
}

export interface SimulatedCall {
  /** The exchange's id of the call. */
  readonly id: string
  readonly over: boolean
  hangUp(): void
}

export interface Simulator {
  readonly port: number
  readonly liveChannels: number
  stop(): Promise<void>
  /** A call from outside that rings until somebody does something. */
  ring(call: { from: string; name?: string; to: string; ringFor?: number }): SimulatedCall
  /** A call from outside that runs by itself. */
  call(script: CallScript): SimulatedCall
  /** A colleague dials. */
  dial(extension: string, number: string): SimulatedCall
  /** Picks up the phone; false when it does not ring. */
  answer(extension: string): boolean
  reject(extension: string): boolean
  /** The colleague hangs up; false when there is nothing to hang up. */
  hangUp(extension: string): boolean
  transfer(extension: string, to: string, kind: 'blind' | 'attended'): boolean
  setBusy(extension: string, busy: boolean): void
  setRegistered(extension: string, registered: boolean): void
  /** Cuts every connection, as a failure of the network does; calls go on. */
  cutConnections(): void
}

export async function startSimulator(settings: SimulatorSettings): Promise<Simulator> {
  const { context = 'internal', technology = 'PJSIP', trunk = 'PJSIP/trunk', speed = 1 } = settings
  const timers = new Set<NodeJS.Timeout>()
  const after = (seconds: number, run: () => void): (() => void) => {
    const timer = setTimeout(
      () => {
        timers.delete(timer)
        run()
      },
      (seconds * 1000) / speed,
    )
    timers.add(timer)
    return () => {
      clearTimeout(timer)
      timers.delete(timer)
    }
  }
  const board: Switchboard = new Switchboard(
    { context, technology, trunk },
    settings.now ?? Date.now,
    (kind, headers) => server.emit(kind, headers),
  )
  const answering = new Map(settings.extensions.map(({ number, answersAfter }) => [number, answersAfter]))
  const calls = new Calls(board, {
    numbers: new Map(Object.entries(settings.numbers ?? {})),
    failover: new Map(
      settings.extensions.flatMap(({ number, failover }) => (failover ? [[number, failover]] : [])),
    ),
    answersAfter: (extension) => answering.get(extension),
    ringFor: settings.ringFor ?? 30,
    outsideAnswersAfter: settings.outsideAnswersAfter ?? 4,
    after,
  })
  for (const { number, name } of settings.extensions)
    board.phones.set(number, { extension: number, name, busy: false, registered: true, lamp: 0 })
  const { host = '127.0.0.1', port: wanted, username = 'foyer', secret } = settings
  const server: AmiServer = new AmiServer({ host, port: wanted, username, secret }, (action, message) =>
    act(calls, action, message),
  )
  const port = await server.listen()

  const line = (extension: string, states: readonly SimulatedChannel['state'][]) =>
    board.linesOf(extension).find(({ state }) => states.includes(state))
  const simulated = (channel: SimulatedChannel): SimulatedCall => ({
    id: channel.id,
    get over() {
      return channel.gone
    },
    hangUp: () => calls.end(channel, 'hand'),
  })
  const on = (channel: SimulatedChannel | undefined, run: (channel: SimulatedChannel) => void): boolean => {
    if (channel) run(channel)
    return channel !== undefined
  }

  return {
    port,
    get liveChannels() {
      return board.channels.size
    },
    async stop() {
      for (const timer of timers) clearTimeout(timer)
      timers.clear()
      board.tell(
        'Shutdown',
        [
          ['Shutdown', 'Cleanly'],
          ['Restart', 'False'],
        ],
        'system',
      )
      await server.close()
    },
    ring: ({ from, name = '', to, ringFor }) => simulated(calls.incoming(from, name, to, ringFor)),
    call(script) {
      const caller = calls.incoming(script.from, script.name ?? '', script.to, script.ringFor)
      run(script, caller, calls, after)
      return simulated(caller)
    },
    dial: (extension, number) => simulated(calls.outgoing(extension, number)),
    answer: (extension) => on(line(extension, [5]), (channel) => calls.pickUp(channel)),
    reject: (extension) => on(line(extension, [5]), (channel) => calls.reject(channel)),
    hangUp: (extension) => on(line(extension, [6, 4, 5]), (channel) => calls.end(channel, 'hand')),
    transfer: (extension, to, kind) => {
      const channel = line(extension, [6])
      if (channel === undefined) return false
      return kind === 'blind' ? calls.blindTransfer(channel, to) : calls.consult(channel, to)
    },
    setBusy: (extension, busy) => {
      const phone = board.phones.get(extension)
      if (phone) phone.busy = busy
      board.lamp(extension)
    },
    setRegistered: (extension, registered) => {
      const phone = board.phones.get(extension)
      if (phone) phone.registered = registered
      board.lamp(extension)
    },
    cutConnections: () => server.cut(),
  }
}

/** Everything a script says that the exchange does not do by itself. */
function run(
  script: CallScript,
  caller: SimulatedChannel,
  calls: Calls,
  after: (seconds: number, run: () => void) => () => void,
): void {
  const { givesUpAfter, answeredAfter, transfer, talksFor } = script
  if (givesUpAfter !== undefined)
    after(givesUpAfter, () => {
      if (caller.state !== 6) calls.end(caller, 'hand')
    })
  calls.whenAnswered(caller, () => {
    if (transfer)
      after(transfer.after, () => {
        const colleague = calls.board.peer(caller)
        if (colleague) calls.blindTransfer(colleague, transfer.to)
      })
    if (talksFor !== undefined) after(talksFor, () => calls.end(caller, 'hand'))
  })
  if (answeredAfter !== undefined)
    after(answeredAfter, () => {
      const ringing = calls.ringingFor(caller)
      if (ringing) calls.pickUp(ringing)
    })
}
