/**
 * One kept-alive HTTP/1.1 connection without a library: on two cores the client's own work is taken from the server's,
 * so it must be next to nothing.
 */
import { connect, type Socket } from 'node:net'

export interface Answer {
  readonly status: number
  readonly body: string
}

const headEnd = Buffer.from('\r\n\r\n')

export class Connection {
  readonly #socket: Socket
  readonly #headers: string
  #closed: Error | undefined
  #parts: Buffer = Buffer.alloc(0)
  #waiting: { resolve: (answer: Answer) => void; reject: (error: Error) => void } | undefined

  private constructor(socket: Socket, headers: string) {
    this.#socket = socket
    this.#headers = headers
    socket.setNoDelay(true)
    socket.on('data', (chunk: Buffer) => this.#take(chunk))
    const fail = (error?: Error) => {
      this.#closed ??= error ?? new Error('the server closed the connection')
      this.#waiting?.reject(this.#closed)
    }
    socket.on('error', fail)
    socket.on('close', () => fail())
  }

  static async open(port: number, headers: Readonly<Record<string, string>>): Promise<Connection> {
    const lines = Object.entries({ host: `127.0.0.1:${port}`, ...headers }).map(
      ([name, value]) => `${name}: ${value}\r\n`,
    )
    return await new Promise((resolve, reject) => {
      const socket = connect(port, '127.0.0.1', () => resolve(new Connection(socket, lines.join(''))))
      socket.once('error', reject)
    })
  }

  async get(path: string): Promise<Answer> {
    return await this.#send(`GET ${path} HTTP/1.1\r\n${this.#headers}\r\n`)
  }

  /** @param headers complete lines, each ending in CRLF */
  async post(path: string, body: string, headers = ''): Promise<Answer> {
    const length = Buffer.byteLength(body)
    return await this.#send(
      `POST ${path} HTTP/1.1\r\n${this.#headers}${headers}content-type: application/json\r\ncontent-length: ${length}\r\n\r\n${body}`,
    )
  }

  close(): void {
    this.#socket.destroy()
  }

  #send(text: string): Promise<Answer> {
    if (this.#closed !== undefined) return Promise.reject(this.#closed)
    if (this.#waiting !== undefined) throw new Error('one request at a time')
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject }
      this.#socket.write(text)
    })
  }

  #take(chunk: Buffer): void {
    this.#parts = this.#parts.length === 0 ? chunk : Buffer.concat([this.#parts, chunk])
    const end = this.#parts.indexOf(headEnd)
    if (end < 0) return
    const head = this.#parts.subarray(0, end).toString('latin1')
    const length = Number(/\r\ncontent-length: (\d+)/i.exec(head)?.[1] ?? 0)
    const whole = end + 4 + length
    if (this.#parts.length < whole) return
    const answer = {
      status: Number(head.slice(9, 12)),
      body: this.#parts.subarray(end + 4, whole).toString('utf8'),
    }
    this.#parts = this.#parts.subarray(whole)
    const waiting = this.#waiting
    this.#waiting = undefined
    waiting?.resolve(answer)
  }
}
