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
