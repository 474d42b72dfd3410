/** For tests: recordings of a real exchange, a server that plays them, and a link whose news are written down. */
import { readFileSync } from 'node:fs'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { type AsteriskOptions, asteriskLink } from './asterisk.ts'
import { usualPace } from './client.ts'
import type { DeviceState, ExchangeAddress, ExchangeCall, ExchangeLink, LinkState } from './link.ts'

export interface Recording {
  readonly name: string
  readonly bytes: Buffer
  /** Borders of the reads of the recording, with the seconds at which they came. */
  readonly chunks: readonly { readonly at: number; readonly bytes: Buffer }[]
}

const folder = new URL('./fixtures/', import.meta.url)

export function recording(name: string): Recording {
  const bytes = readFileSync(new URL(`${name}.raw`, folder))
  const chunks = readFileSync(new URL(`${name}.times`, folder), 'utf8')
    .trim()
    .split('\n')
    .map((line) => {
      const [at = 0, offset = 0, length = 0] = line.split('\t').map(Number)
      return { at, bytes: bytes.subarray(offset, offset + length) }
    })
  return { name, bytes, chunks }
}

/** Cuts bytes at the given borders. */
export function cut(bytes: Buffer, borders: readonly number[]): Buffer[] {
  const edges = [0, ...new Set(borders.filter((edge) => edge > 0 && edge < bytes.length)), bytes.length]
  edges.sort((a, b) => a - b)
  return edges.slice(1).map((edge, index) => bytes.subarray(edges[index] ?? 0, edge))
}

export interface TestServer extends AsyncDisposable {
  readonly port: number
  readonly sockets: ReadonlySet<Socket>
  /** Everything the link sent. */
  readonly sent: () => string
}

/** A TCP server on a free port; `talk` has each connection. */
export async function tcpServer(talk: (socket: Socket, connection: number) => void): Promise<TestServer> {
  const sockets = new Set<Socket>()
  let count = 0
  let sent = ''
  const server: Server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => undefined)
    socket.on('data', (data) => {
      sent += data.toString('utf8')
    })
    talk(socket, count++)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    sockets,
    sent: () => sent,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/**
 * Plays chunks, each in a write of its own: the banner at once, the rest when the link has sent something; then closes.
 * `seconds`: when each is due after the connection; without it as fast as they can be read.
 */
export const player =
  (chunks: readonly Buffer[], seconds: readonly number[] = []) =>
  (socket: Socket) => {
    const began = performance.now()
    const asked = new Promise<void>((resolve) => socket.once('data', () => resolve()))
    const play = async () => {
      let greeted = false
      for (const [index, chunk] of chunks.entries()) {
        if (greeted) await asked
        const wait = (seconds[index] ?? 0) * 1000 - (performance.now() - began)
        if (wait > 0) await new Promise((due) => setTimeout(due, wait))
        await new Promise<void>((written) => socket.write(chunk, () => written()))
        greeted ||= chunk.includes(10)
        // One turn of the loop, so that the other side reads what was written before more comes.
        await new Promise((turn) => setImmediate(turn))
      }
      socket.end()
    }
    void play()
  }

export const address = (port: number, more: Partial<ExchangeAddress> = {}): ExchangeAddress => ({
  host: '127.0.0.1',
  port,
  username: 'cti',
  secret: 'cti-secret',
  login: 'plain',
  tls: false,
  context: 'internal',
  technology: 'PJSIP',
  trunks: ['PJSIP/trunk'],
  ringCadenceSeconds: 5,
  keepAliveSeconds: 30,
  ...more,
})

/** Everything at once, except that nothing is tried twice by itself. */
export const quickPace = {
  ...usualPace,
  firstRetryMs: 5,
  longestRetryMs: 40,
  refusedRetryMs: 60_000,
  bootMs: 60_000,
  answerMs: 5_000,
}

export interface Heard extends AsyncDisposable {
  readonly link: ExchangeLink
  readonly calls: ExchangeCall[]
  readonly devices: { extension: string; state: DeviceState; at: string }[]
  readonly states: { state: LinkState; reason: string | null }[]
  /** Resolves as soon as it holds after some news. */
  until(holds: () => boolean, what?: string, ms?: number): Promise<void>
  /** The last state of each call that was not merged into another, in the order they began to be heard of. */
  records(): ExchangeCall[]
  lamp(extension: string): DeviceState | undefined
}

export function listen(to: ExchangeAddress, options: AsteriskOptions = {}): Heard {
  const calls: ExchangeCall[] = []
  const devices: { extension: string; state: DeviceState; at: string }[] = []
  const states: { state: LinkState; reason: string | null }[] = []
  const waiting = new Set<() => void>()
  const news = () => {
    for (const wake of [...waiting]) wake()
  }
  const link = asteriskLink(
    to,
    {
      call: (call) => {
        calls.push(call)
        news()
      },
      device: (extension, state, at) => {
        devices.push({ extension, state, at })
        news()
      },
      link: (state, reason) => {
        states.push({ state, reason })
        news()
      },
    },
    { pace: quickPace, random: () => 0.5, ...options },
  )
  return {
    link,
    calls,
    devices,
    states,
    until: (holds, what = 'condition', ms = 15_000) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          waiting.delete(wake)
          reject(new Error(`${what} never held; states ${JSON.stringify(states.slice(-6))}`))
        }, ms)
        const wake = () => {
          if (!holds()) return
          clearTimeout(timer)
          waiting.delete(wake)
          resolve()
        }
        waiting.add(wake)
        wake()
      }),
    records: () => lastOfEach(calls),
    lamp: (extension) => devices.findLast((one) => one.extension === extension)?.state,
    [Symbol.asyncDispose]: () => link.stop(),
  }
}

export function lastOfEach(calls: readonly ExchangeCall[]): ExchangeCall[] {
  const last = new Map<string, ExchangeCall>()
  for (const call of calls) last.set(call.id, call)
  return [...last.values()].filter(({ mergedInto }) => mergedInto === null)
}

/** A recording played through a TCP server to a link, until the server has closed. */
export async function replay(
  chunks: readonly Buffer[],
  options: AsteriskOptions = {},
  seconds: readonly number[] = [],
): Promise<Heard> {
  await using server = await tcpServer((socket, connection) => {
    if (connection === 0) player(chunks, seconds)(socket)
    else socket.destroy()
  })
  const heard = listen(address(server.port), options)
  heard.link.start()
  const over = () => heard.states.some(({ state }) => state === 'down' || state === 'refused')
  await heard.until(over, 'end', seconds.length === 0 ? 15_000 : 60_000)
  await heard.link.stop()
  return heard
}
