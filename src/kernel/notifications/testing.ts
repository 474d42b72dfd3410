/** For tests: a real SMTP server that answers as told. */
import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'

export interface Received {
  readonly to: readonly string[]
  readonly raw: string
}

export interface Refusal {
  readonly code: number
  readonly text: string
  readonly to?: string
}

export interface MailPeer {
  readonly url: string
  readonly received: Received[]
  /** Answers to the next letters, in order, `to` one address only; afterwards all are welcome. */
  readonly refusals: Refusal[]
  close(): Promise<void>
}

export async function mailPeer(): Promise<MailPeer> {
  const received: Received[] = []
  const refusals: Refusal[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    logger: false,
    onRcptTo({ address }, _session, done) {
      const place = refusals.findIndex((one) => one.to === undefined || one.to === address)
      const [refusal] = place < 0 ? [] : refusals.splice(place, 1)
      done(
        refusal === undefined ? null : Object.assign(new Error(refusal.text), { responseCode: refusal.code }),
      )
    },
    onData(stream, session, done) {
      const parts: Buffer[] = []
      stream.on('data', (part: Buffer) => parts.push(part))
      stream.on('end', () => {
        received.push({
          to: session.envelope.rcptTo.map((one) => one.address),
          raw: Buffer.concat(parts).toString(),
        })
        done()
      })
    },
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.server.address() as AddressInfo
  return {
    url: `smtp://127.0.0.1:${port}`,
    received,
    refusals,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

/** Subject and decoded bodies of a received mail. */
export function opened(source: string) {
  const header = (name: string) =>
    new RegExp(`^${name}: ((?:.|\\r\\n[ \\t])*)`, 'mi').exec(source)?.[1]?.replace(/\r\n[ \t]+/g, ' ') ?? ''
  const words = header('Subject')
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?UTF-8\?(B|Q)\?([^?]*)\?=/gi, (_, form: string, text: string) =>
      form.toUpperCase() === 'B'
        ? Buffer.from(text, 'base64').toString()
        : unquote(text.replaceAll('_', ' ')),
    )
  const bodies = [...source.matchAll(/Content-Transfer-Encoding: (\S+)\r\n\r\n([\s\S]*?)\r\n--/gi)].map(
    ([, form, text]) =>
      form?.toLowerCase() === 'base64'
        ? Buffer.from(text ?? '', 'base64').toString()
        : unquote((text ?? '').replace(/=\r\n/g, '')),
  )
  return {
    subject: words,
    rawSubject: header('Subject'),
    messageId: header('Message-ID'),
    text: bodies.join('\n'),
  }
}
const unquote = (text: string) =>
  Buffer.from(
    text.replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  ).toString()
