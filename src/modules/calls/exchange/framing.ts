/**
 * Bytes of an AMI connection → messages. PURE: no socket, no clock.
 *
 * Bytes are split before they are decoded, because a read may end inside a UTF-8 character. Memory is bounded: a line
 * or message without end throws, and the connection is given up instead of the process.
 */

export interface FramingLimits {
  readonly lineBytes: number
  readonly messageBytes: number
}

export const framingLimits: FramingLimits = { lineBytes: 64 * 1024, messageBytes: 512 * 1024 }

export class FramingError extends Error {
  override readonly name = 'FramingError'
}

/** Headers that may stand several times in one message; of all others the first occurrence is the truth. */
const repeated = /^(Dest)?ChanVariable(\(|$)|^Output$/

/**
 * One message. `get` gives the FIRST occurrence: AppData of Newexten and bodies of UserEvent are sent unescaped and may
 * carry a second line `Event: Hangup`, which the last occurrence would believe.
 */
export class Message {
  readonly #first = new Map<string, string>()
  readonly #lists = new Map<string, string[]>()

  constructor(lines: Iterable<string>) {
    for (const line of lines) {
      const colon = line.indexOf(':')
      // A line without a colon is the rest of a value that contained a line break.
      if (colon <= 0) continue
      const key = line.slice(0, colon)
      const value = line.slice(line[colon + 1] === ' ' ? colon + 2 : colon + 1)
      if (repeated.test(key)) {
        const name = key.replace(/\(.*$/, '')
        const list = this.#lists.get(name)
        if (list) list.push(value)
        else this.#lists.set(name, [value])
      } else if (!this.#first.has(key)) this.#first.set(key, value)
    }
  }

  /** The first value of the header, undefined when the message has none. Spelling of the key as on the wire. */
  get(key: string): string | undefined {
    return this.#first.get(key)
  }

  /** Every value of a header that may repeat (ChanVariable, DestChanVariable, Output). */
  all(key: string): readonly string[] {
    return this.#lists.get(key) ?? []
  }

  get event(): string | undefined {
    return this.#isEvent ? this.#first.get('Event') : undefined
  }

  /** Of an answer to an action. OriginateResponse is an event that carries a header Response as well. */
  get response(): string | undefined {
    return this.#isEvent ? undefined : this.#first.get('Response')
  }

  get #isEvent(): boolean {
    for (const key of this.#first.keys()) return key === 'Event'
    return false
  }
}

const cr = 13
const lf = 10
const nothing = new Uint8Array(0)

/** Cuts a stream into messages, whatever the borders of its chunks. */
export class Framer {
  readonly #limits: FramingLimits
  readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  #rest: Uint8Array = nothing
  /** Bytes of `#rest` already searched for a line end. */
  #searched = 0
  #lines: string[] = []
  #bytes = 0
  #banner: string | null = null

  /** `banner`: the first line is a greeting, as everything is that an exchange sends; actions have none. */
  constructor(limits: FramingLimits = framingLimits, banner = true) {
    this.#limits = limits
    if (!banner) this.#banner = ''
  }

  /** First line of the connection; null until it has arrived. It ends with one CR LF, no blank line follows. */
  get banner(): string | null {
    return this.#banner
  }

  /** The messages completed by these bytes. @throws FramingError when a limit is passed; the framer is then spent. */
  push(chunk: Uint8Array): Message[] {
    const bytes = this.#rest.length === 0 ? chunk : joined(this.#rest, chunk)
    const found: Message[] = []
    let start = 0
    for (let end = lineEnd(bytes, this.#searched); end >= 0; end = lineEnd(bytes, start)) {
      this.#line(bytes, start, end, found)
      start = end + 2
    }
    const rest = bytes.length - start
    if (rest > this.#limits.lineBytes) throw new FramingError(`line over ${this.#limits.lineBytes} bytes`)
    // A copy: a view would keep the whole chunk alive.
    this.#rest = rest === 0 ? nothing : bytes.slice(start)
    this.#searched = Math.max(0, rest - 1)
    return found
  }

  #line(bytes: Uint8Array, start: number, end: number, found: Message[]): void {
    if (end - start > this.#limits.lineBytes)
      throw new FramingError(`line over ${this.#limits.lineBytes} bytes`)
    if (end === start) {
      if (this.#lines.length > 0) found.push(new Message(this.#lines))
      this.#lines = []
      this.#bytes = 0
      return
    }
    const line = this.#decoder.decode(bytes.subarray(start, end))
    if (this.#banner === null) {
      this.#banner = line
      return
    }
    this.#bytes += end - start
    if (this.#bytes > this.#limits.messageBytes)
      throw new FramingError(`message over ${this.#limits.messageBytes} bytes`)
    this.#lines.push(line)
  }
}

/** Where the next CR LF begins. A lone LF belongs to the value it stands in. */
function lineEnd(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(cr, from); at >= 0; at = bytes.indexOf(cr, at + 1))
    if (bytes[at + 1] === lf) return at
  return -1
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const both = new Uint8Array(a.length + b.length)
  both.set(a)
  both.set(b, a.length)
  return both
}
