/** The connections of the simulated exchange: login, subscriptions, actions. */
import { createHash, randomInt } from 'node:crypto'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { Framer, type Message } from '../framing.ts'
import type { EventClass, Header } from './wire.ts'
import { write } from './wire.ts'

export interface Answer {
  readonly ok: boolean
  readonly message: string
  readonly headers?: readonly Header[]
  /** Sent after the answer, as a list when `complete` is given. */
  readonly items?: readonly (readonly Header[])[]
  readonly complete?: string
  /** Happens after the answer was sent. */
  readonly afterwards?: () => void
}

export interface ServerSettings {
  readonly host: string
  readonly port: number
  readonly username: string
  readonly secret: string
}

interface Session {
  readonly socket: Socket
  challenge: string
  loggedIn: boolean
  classes: 'all' | ReadonlySet<string>
}

export class AmiServer {
  readonly #settings: ServerSettings
  readonly #act: (action: string, message: Message) => Answer
  readonly #sessions = new Set<Session>()
  readonly #server: Server

  constructor(settings: ServerSettings, act: (action: string, message: Message) => Answer) {
    this.#settings = settings
    this.#act = act
    this.#server = createServer({ noDelay: true }, (socket) => this.#open(socket))
  }

  /** @throws when the port is taken */
  async listen(): Promise<number> {
    const { host, port } = this.#settings
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject)
      this.#server.listen(port, host, resolve)
    })
    return (this.#server.address() as AddressInfo).port
  }

  async close(): Promise<void> {
    for (const { socket } of this.#sessions) socket.end()
    const closed = new Promise((resolve) => this.#server.close(resolve))
    for (const { socket } of this.#sessions) socket.destroySoon()
    await closed
  }

  /** Cuts every connection without a word, as a killed exchange does. */
  cut(): void {
    for (const { socket } of this.#sessions) socket.destroy()
  }

  emit(kind: EventClass, headers: readonly Header[]): void {
    if (this.#sessions.size === 0) return
    const text = write(headers)
    for (const { socket, loggedIn, classes } of this.#sessions)
      if (loggedIn && (classes === 'all' || classes.has(kind))) socket.write(text)
  }

  #open(socket: Socket): void {
    const session: Session = { socket, challenge: '', loggedIn: false, classes: 'all' }
    const framer = new Framer(undefined, false)
    this.#sessions.add(session)
    socket.on('error', () => undefined)
    socket.on('close', () => this.#sessions.delete(session))
    socket.on('data', (chunk) => {
      try {
        for (const message of framer.push(chunk)) this.#message(session, message)
      } catch {
        socket.destroy()
      }
    })
    socket.write('Asterisk Call Manager/11.0.0\r\n')
  }

  #message(session: Session, message: Message): void {
    const action = (message.get('Action') ?? '').toLowerCase()
    if (action === 'challenge') {
      session.challenge = String(randomInt(100_000_000, 999_999_999))
      this.#reply(session, message, { ok: true, message: '', headers: [['Challenge', session.challenge]] })
    } else if (action === 'login') this.#login(session, message)
    else if (!session.loggedIn) this.#reply(session, message, { ok: false, message: 'Permission denied' })
    else if (action === 'logoff') {
      session.socket.end(
        write([['Response', 'Goodbye'], ...actionId(message), ['Message', 'Thanks for all the fish.']]),
      )
    } else if (action === 'events') {
      session.classes = classesOf(message.get('EventMask'))
      this.#reply(session, message, { ok: true, message: '', headers: [['Events', 'On']] })
    } else if (action === 'ping') {
      this.#reply(session, message, { ok: true, message: '', headers: [['Ping', 'Pong']] })
    } else this.#reply(session, message, this.#act(action, message))
  }

  #login(session: Session, message: Message): void {
    const { username, secret } = this.#settings
    const key = createHash('md5').update(`${session.challenge}${secret}`).digest('hex')
    const proved =
      message.get('AuthType')?.toUpperCase() === 'MD5'
        ? session.challenge !== '' && message.get('Key') === key
        : message.get('Secret') === secret
    if (message.get('Username') !== username || !proved) {
      this.#reply(session, message, { ok: false, message: 'Authentication failed' })
      session.socket.end()
      return
    }
    session.loggedIn = true
    session.classes = classesOf(message.get('Events'))
    this.#reply(session, message, { ok: true, message: 'Authentication accepted' })
    const booted: readonly Header[] = [
      ['Event', 'FullyBooted'],
      ['Privilege', 'system,all'],
      ['Uptime', '1'],
      ['LastReload', '1'],
      ['Status', 'Fully Booted'],
    ]
    if (session.classes === 'all' || session.classes.has('system')) session.socket.write(write(booted))
  }

  #reply(session: Session, message: Message, answer: Answer): void {
    const id = actionId(message)
    const { ok, message: said, headers = [], items = [], complete, afterwards } = answer
    const list: readonly Header[] = complete === undefined ? [] : [['EventList', 'start']]
    let text = write([
      ['Response', ok ? 'Success' : 'Error'],
      ...id,
      ...list,
      ...headers,
      ...(said === '' ? [] : ([['Message', said]] as const)),
    ])
    for (const [event, ...rest] of items) if (event) text += write([event, ...id, ...rest])
    if (complete !== undefined)
      text += write([
        ['Event', complete],
        ...id,
        ['EventList', 'Complete'],
        ['ListItems', String(items.length)],
      ])
    session.socket.write(text)
    afterwards?.()
  }
}

const actionId = (message: Message): readonly Header[] => {
  const id = message.get('ActionID')
  return id === undefined ? [] : [['ActionID', id]]
}

function classesOf(mask: string | undefined): Session['classes'] {
  if (mask === undefined || mask === 'on' || mask === 'all') return 'all'
  return new Set(mask === 'off' ? [] : mask.split(',').map((one) => one.trim()))
}
