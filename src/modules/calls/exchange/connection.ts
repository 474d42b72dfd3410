/**
 * One connection to an exchange, from the banner to its end: login, answers matched by ActionID, keep-alive. It never
 * reconnects; `client.ts` does.
 */
import { createHash } from 'node:crypto'
import { connect as connectTcp, isIP, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { encodeAction, type Fields } from './action.ts'
import { Framer, type Message } from './framing.ts'
import type { ExchangeAddress } from './link.ts'

export interface Pace {
  readonly firstRetryMs: number
  readonly longestRetryMs: number
  /** A refused login is tried again slowly: the exchange may lock out who knocks too often. */
  readonly refusedRetryMs: number
  /** For a connection, a banner, an answer. */
  readonly answerMs: number
  /** How long a message may say that the exchange still starts; without the privilege `system` it never does. */
  readonly bootMs: number
  /** The list of channels is asked for again, to find calls whose hang-up was missed. */
  readonly relistMs: number
}

/** What is subscribed to. Without `dialplan`, `reporting` and `user` most of the traffic is never sent, nor is any text
 * that the exchange does not escape (AppData of Newexten, bodies of UserEvent). */
const eventClasses = 'system,call,agent'

/** Why a connection ended; `login-refused` is the only one that trying again soon cannot mend. */
export type EndReason =
  | 'login-refused'
  | 'connection-refused'
  | 'host-unknown'
  | 'timeout'
  | 'closed'
  | 'shutdown'
  | 'not-an-exchange'
  | 'certificate'
  | 'garbage'
  | 'failed'
  | 'stopped'

export interface ConnectionEvents {
  /** Logged in; events flow. */
  up(): void
  message(message: Message): void
  /** Once, and nothing after it. */
  end(reason: EndReason, detail: string): void
}

export class ActionFailed extends Error {
  override readonly name = 'ActionFailed'
  /** `Message` of the exchange, `timeout`, or `closed`. */
  readonly reason: string

  constructor(reason: string) {
    super(reason)
    this.reason = reason
  }
}

interface Waiting {
  readonly resolve: (messages: readonly Message[]) => void
  readonly reject: (error: ActionFailed) => void
  readonly timer: NodeJS.Timeout
  /** For a list: its items so far; null for a plain answer. */
  readonly items: Message[] | null
  /** Event that ends the list. */
  readonly last: string
  started: boolean
}

export class Connection {
  readonly #address: ExchangeAddress
  readonly #pace: Pace
  readonly #events: ConnectionEvents
  readonly #framer = new Framer()
  readonly #waiting = new Map<string, Waiting>()
  readonly #socket: Socket
  #lastId = 0
  #phase: 'banner' | 'login' | 'up' | 'ended' = 'banner'
  #silence: NodeJS.Timeout | undefined
  #pinged = false
  #shutdown = false

  constructor(address: ExchangeAddress, pace: Pace, events: ConnectionEvents) {
    this.#address = address
    this.#pace = pace
    this.#events = events
    const { host, port } = address
    this.#socket = address.tls
      ? connectTls({ host, port, ...(isIP(host) === 0 ? { servername: host } : {}) })
      : connectTcp({ host, port })
    this.#socket.setNoDelay(true)
    this.#socket.on('data', (chunk) => this.#read(chunk))
    this.#socket.on('error', (error: NodeJS.ErrnoException) => this.#end(reasonOf(error), error.message))
    this.#socket.on('close', () => this.#end(this.#shutdown ? 'shutdown' : 'closed', ''))
    this.#silence = setTimeout(() => this.#end('timeout', 'no banner'), this.#pace.answerMs)
  }

  /** Sends an action (with its own ActionID, if `fields` has one) and gives its answer. @throws ActionFailed with what the exchange said; UnsafeValue */
  async request(action: string, fields: Fields = {}): Promise<Message> {
    const [answer] = await this.#send(action, fields, false)
    if (answer === undefined) throw new ActionFailed('closed')
    return answer
  }

  /** Sends an action that is answered by a list, and gives the items once all have come. */
  async list(action: string, fields: Fields = {}): Promise<readonly Message[]> {
    return this.#send(action, fields, true)
  }

  /** Says goodbye if there is somebody to hear it, and closes. */
  async close(): Promise<void> {
    if (this.#phase === 'ended') return
    const impatience = setTimeout(() => this.#end('stopped', ''), Math.min(1_000, this.#pace.answerMs))
    if (this.#phase === 'up') await this.request('Logoff').catch(() => undefined)
    clearTimeout(impatience)
    this.#end('stopped', '')
  }

  /** Closes at once. */
  drop(reason: EndReason, detail: string): void {
    this.#end(reason, detail)
  }

  #send(action: string, fields: Fields, list: boolean): Promise<readonly Message[]> {
    if (this.#phase === 'ended') return Promise.reject(new ActionFailed('closed'))
    this.#lastId += 1
    const { ActionID: id = `a${this.#lastId}`, ...rest } = fields
    let text: string
    try {
      text = encodeAction(action, id, rest)
    } catch (error) {
      return Promise.reject(error)
    }
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiting.delete(id)
        reject(new ActionFailed('timeout'))
      }, this.#pace.answerMs)
      const items = list ? [] : null
      this.#waiting.set(id, { resolve, reject, timer, items, last: `${action}Complete`, started: false })
      this.#socket.write(text)
    })
  }

  #read(chunk: Uint8Array): void {
    if (this.#phase === 'ended') return
    this.#heard()
    let messages: readonly Message[]
    try {
      messages = this.#framer.push(chunk)
    } catch (error) {
      this.#end('garbage', String(error))
      return
    }
    if (this.#phase === 'banner' && this.#framer.banner !== null) this.#greeted(this.#framer.banner)
    for (const message of messages) this.#message(message)
  }

  #greeted(banner: string): void {
    if (!banner.startsWith('Asterisk Call Manager')) {
      this.#end('not-an-exchange', banner.slice(0, 60))
      return
    }
    this.#phase = 'login'
    this.#login().catch((error: unknown) => {
      const reason = error instanceof ActionFailed ? error.reason : String(error)
      this.#end(reason === 'timeout' ? 'timeout' : reason === 'closed' ? 'closed' : 'login-refused', reason)
    })
  }

  async #login(): Promise<void> {
    const { username, secret, login } = this.#address
    if (login === 'plain') {
      await this.request('Login', { Username: username, Secret: secret, Events: eventClasses })
    } else {
      const challenge = (await this.request('Challenge', { AuthType: 'MD5' })).get('Challenge')
      if (this.#phase === 'up') return
      if (challenge === undefined) throw new ActionFailed('no challenge')
      const key = createHash('md5').update(`${challenge}${secret}`).digest('hex')
      await this.request('Login', { AuthType: 'MD5', Username: username, Key: key, Events: eventClasses })
    }
  }

  #message(message: Message): void {
    if (this.#phase === 'ended') return
    if (message.event !== undefined) {
      if (message.event === 'Shutdown') this.#shutdown = true
      this.#item(message)
      this.#events.message(message)
    } else this.#answer(message)
  }

  /** Items of a list carry its ActionID. They are events as well, and told as such. */
  #item(message: Message): void {
    const id = message.get('ActionID') ?? ''
    const waiting = this.#waiting.get(id)
    if (!waiting?.items || !waiting.started) return
    // Taking the end of another list for this one's would say that there are no channels.
    if (message.get('EventList') === 'Complete')
      if (message.event === waiting.last) this.#settle(id, waiting.items)
      else this.#fail(id, 'not a list')
    else if (message.get('EventList') === 'cancelled') this.#fail(id, 'list cancelled')
    else waiting.items.push(message)
  }

  #answer(message: Message): void {
    // While logging in one action is under way, so that every answer is its answer, also without an id.
    const [only] = this.#phase === 'login' ? this.#waiting.keys() : []
    const id = only ?? message.get('ActionID') ?? ''
    const waiting = this.#waiting.get(id)
    if (waiting === undefined) return
    const said = message.get('Message') ?? ''
    if (message.response === 'Success' || message.response === 'Goodbye') {
      if (this.#phase === 'login' && /^Authentication accepted/i.test(said)) this.#loggedIn()
      if (waiting.items === null) this.#settle(id, [message])
      else if (message.get('EventList')?.toLowerCase() === 'start') waiting.started = true
      else this.#fail(id, 'not a list')
    } else this.#fail(id, said === '' ? 'refused' : said)
  }

  /** At once, not when the promise is looked at: the next message of the same chunk is already an event. */
  #loggedIn(): void {
    this.#phase = 'up'
    this.#heard()
    this.#events.up()
  }

  #settle(id: string, messages: readonly Message[]): void {
    this.#take(id)?.resolve(messages)
  }

  #fail(id: string, reason: string): void {
    this.#take(id)?.reject(new ActionFailed(reason))
  }

  #take(id: string): Waiting | undefined {
    const waiting = this.#waiting.get(id)
    clearTimeout(waiting?.timer)
    this.#waiting.delete(id)
    return waiting
  }

  /** Anything received proves the line. Silence is answered by a Ping, silence after that by giving up. */
  #heard(): void {
    if (this.#phase === 'banner') return
    this.#pinged = false
    if (this.#silence) clearTimeout(this.#silence)
    const patience = this.#phase === 'up' ? this.#keepAliveMs : this.#pace.answerMs
    this.#silence = setTimeout(() => this.#quiet(), patience)
  }

  get #keepAliveMs(): number {
    return Math.max(20, this.#address.keepAliveSeconds * 1000)
  }

  #quiet(): void {
    if (this.#phase === 'ended') return
    if (this.#pinged || this.#phase !== 'up') {
      this.#end('timeout', 'nothing heard')
      return
    }
    this.#pinged = true
    this.request('Ping').catch(() => undefined)
    this.#silence = setTimeout(() => this.#quiet(), Math.min(this.#keepAliveMs, this.#pace.answerMs))
  }

  #end(reason: EndReason, detail: string): void {
    if (this.#phase === 'ended') return
    this.#phase = 'ended'
    if (this.#silence) clearTimeout(this.#silence)
    for (const id of [...this.#waiting.keys()]) this.#fail(id, 'closed')
    this.#socket.destroy()
    this.#events.end(reason, detail)
  }
}

function reasonOf(error: NodeJS.ErrnoException): EndReason {
  switch (error.code) {
    case 'ECONNREFUSED':
      return 'connection-refused'
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return 'host-unknown'
    case 'ETIMEDOUT':
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return 'timeout'
    case 'ECONNRESET':
    case 'EPIPE':
      return 'closed'
    case 'EPROTO':
    case 'ERR_SSL_WRONG_VERSION_NUMBER':
      return 'not-an-exchange'
    default:
      return /CERT|VERIFY/.test(error.code ?? '') ? 'certificate' : 'failed'
  }
}
