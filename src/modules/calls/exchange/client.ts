/** Keeps a connection to the exchange alive: connects, logs in, and tries again with growing pauses until stopped. */
import type { Fields } from './action.ts'
import { ActionFailed, Connection, type EndReason, type Pace } from './connection.ts'
import type { Message } from './framing.ts'
import type { ExchangeAddress, LinkState } from './link.ts'

export const usualPace: Pace = {
  firstRetryMs: 1_000,
  longestRetryMs: 60_000,
  refusedRetryMs: 300_000,
  answerMs: 10_000,
  bootMs: 2_000,
  relistMs: 300_000,
}

export interface ClientEvents {
  state(state: LinkState, reason: string | null): void
  message(message: Message): void
  /** The exchange can be asked for its state: once it has started, or never said that it had to. */
  ready(): void
}

export interface ClientOptions {
  readonly pace: Pace
  /** 0 … 1; spreads the retries of many houses over time. */
  readonly random: () => number
  readonly log: (text: string) => void
}

export class Client {
  readonly #address: ExchangeAddress
  readonly #events: ClientEvents
  readonly #options: ClientOptions
  #state: LinkState = 'stopped'
  #connection: Connection | null = null
  #timer: NodeJS.Timeout | undefined
  #boot: NodeJS.Timeout | undefined
  #failures = 0

  constructor(address: ExchangeAddress, events: ClientEvents, options: ClientOptions) {
    this.#address = address
    this.#events = events
    this.#options = options
  }

  get state(): LinkState {
    return this.#state
  }

  start(): void {
    if (this.#state === 'stopped') this.#connect()
  }

  async stop(): Promise<void> {
    if (this.#state === 'stopped') return
    clearTimeout(this.#timer)
    const connection = this.#connection
    this.#set('stopped', null)
    this.#connection = null
    clearTimeout(this.#boot)
    await connection?.close()
  }

  /** @throws ActionFailed, UnsafeValue */
  request(action: string, fields: Fields): Promise<Message> {
    const connection = this.#state === 'up' ? this.#connection : null
    return connection ? connection.request(action, fields) : Promise.reject(new ActionFailed('closed'))
  }

  /** @throws ActionFailed, UnsafeValue */
  list(action: string): Promise<readonly Message[]> {
    const connection = this.#state === 'up' ? this.#connection : null
    return connection ? connection.list(action) : Promise.reject(new ActionFailed('closed'))
  }

  #connect(): void {
    this.#set('connecting', null)
    try {
      this.#open()
    } catch (error) {
      this.#ended('failed', String(error))
    }
  }

  /** @throws when the address cannot even be tried */
  #open(): void {
    const connection = new Connection(this.#address, this.#options.pace, {
      up: () => {
        if (this.#connection !== connection) return
        this.#failures = 0
        this.#set('up', null)
        // FullyBooted comes at once, late when the exchange is starting, or never: not everybody may hear it.
        this.#boot = setTimeout(() => this.#ready(), this.#options.pace.bootMs)
      },
      message: (message) => {
        if (this.#connection !== connection) return
        this.#events.message(message)
        if (message.event === 'FullyBooted') this.#ready()
      },
      end: (reason, detail) => {
        if (this.#connection === connection) this.#ended(reason, detail)
      },
    })
    this.#connection = connection
  }

  #ready(): void {
    clearTimeout(this.#boot)
    if (this.#state === 'up') this.#events.ready()
  }

  #ended(reason: EndReason, detail: string): void {
    this.#connection = null
    clearTimeout(this.#boot)
    const { pace, random, log } = this.#options
    log(
      `exchange ${this.#address.host}:${this.#address.port}: ${reason}${detail === '' ? '' : ` (${detail})`}`,
    )
    const refused = reason === 'login-refused'
    const pause = refused
      ? pace.refusedRetryMs
      : Math.min(pace.longestRetryMs, pace.firstRetryMs * 2 ** Math.min(this.#failures, 20))
    this.#failures += 1
    this.#timer = setTimeout(() => this.#connect(), pause * (0.5 + random() / 2))
    this.#set(refused ? 'refused' : 'down', reason)
  }

  #set(state: LinkState, reason: string | null): void {
    this.#state = state
    this.#events.state(state, reason)
  }
}
