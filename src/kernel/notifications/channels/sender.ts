/** One request out of the house. Where it may lead is decided when it connects, not when the address was typed. */
import { type LookupAddress, lookup as systemLookup } from 'node:dns'
import { request as plainRequest, type RequestOptions } from 'node:http'
import { request as tlsRequest } from 'node:https'
import { BlockList, isIP, type LookupFunction } from 'node:net'
import { isIntranet } from './address.ts'
import type { Answer, Outgoing } from './vendors/vendor.ts'

export type Sender = (outgoing: Outgoing) => Promise<Answer>

/** `fault`: see `faults` of rules.ts; the message is ours and names no address. */
export class SendFault extends Error {
  readonly fault: 'timeout' | 'unreachable' | 'address' | 'garbage'

  constructor(fault: SendFault['fault'], words: string) {
    super(words)
    this.name = 'SendFault'
    this.fault = fault
  }
}

export interface SenderOptions {
  readonly timeoutMs?: number
  /** Hosts that may be private or without TLS (`WEBHOOK_INTRANET`). */
  readonly intranet?: readonly string[]
  /** For tests: origin → where it is played. */
  readonly base?: Readonly<Record<string, string>>
  /** For tests: names without a resolver. */
  readonly lookup?: typeof systemLookup
}

/** Robots answer within seconds; with the lease of `queue.ts` this has to stay well below a minute. */
const defaultTimeoutMs = 15_000
/** An answer is a few words; more is nobody's we know. */
const mostAnswer = 64 * 1024

/** No proxy, no redirect, no kept connection, a bounded answer. */
export function httpSender(options: SenderOptions = {}): Sender {
  return (outgoing) => {
    const asked = new URL(outgoing.url)
    const played = options.base?.[asked.origin]
    const url = played === undefined ? asked : new URL(asked.pathname + asked.search, played)
    const free = played !== undefined || isIntranet(url, options.intranet ?? [])
    if (!free && url.protocol !== 'https:') throw new SendFault('address', 'not https')
    const host = url.hostname.replace(/^\[|\]$/g, '')
    // An address written as a number is never looked up.
    if (!free && isIP(host) !== 0 && !isPublic(host)) throw new SendFault('address', 'private address')
    const abort = AbortSignal.timeout(options.timeoutMs ?? defaultTimeoutMs)
    return send(url, outgoing, {
      signal: abort,
      ...(free ? {} : { lookup: publicOnly(options.lookup ?? systemLookup) }),
    })
  }
}

function send(url: URL, { headers, body }: Outgoing, more: RequestOptions): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const fail = (error: unknown) => reject(faultOf(error))
    const request = (url.protocol === 'https:' ? tlsRequest : plainRequest)(
      url,
      {
        ...more,
        method: 'POST',
        agent: false,
        headers: { ...headers, 'content-length': Buffer.byteLength(body), 'user-agent': 'Foyer' },
      },
      (response) => {
        const parts: Buffer[] = []
        let size = 0
        response.on('data', (part: Buffer) => {
          size += part.length
          if (size > mostAnswer) {
            request.destroy()
            reject(new SendFault('garbage', `answer longer than ${mostAnswer} bytes`))
          } else parts.push(part)
        })
        response.on('error', fail)
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, body: Buffer.concat(parts).toString() }),
        )
      },
    )
    request.on('error', fail)
    request.end(body)
  })
}

function faultOf(error: unknown): SendFault {
  if (error instanceof SendFault) return error
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (
    error instanceof Error &&
    (error.name === 'TimeoutError' || error.name === 'AbortError' || code === 'ABORT_ERR')
  )
    return new SendFault('timeout', 'no answer in time')
  if (/^HPE_/.test(code)) return new SendFault('garbage', code)
  return new SendFault('unreachable', code === '' ? 'connection failed' : code)
}

/**
 * Looks a name up and refuses when any of its addresses is not a public one: the connection goes to what was checked
 * here, so a name that changes its mind between check and use (DNS rebinding) gains nothing.
 */
function publicOnly(lookup: typeof systemLookup): LookupFunction {
  return (hostname, options, done) => {
    lookup(hostname, { ...options, all: true }, (error, found: LookupAddress[]) => {
      if (error !== null) return done(error, '')
      const inside = found.find(({ address }) => !isPublic(address))
      if (inside !== undefined) return done(new SendFault('address', 'private address'), '')
      const [first] = found
      if (first === undefined) return done(new SendFault('unreachable', 'no address'), '')
      if (options.all === true) return done(null, found)
      return done(null, first.address, first.family)
    })
  }
}

const inside = new BlockList()
for (const [net, bits] of [
  ...[
    ['0.0.0.0', 8],
    ['10.0.0.0', 8],
    ['100.64.0.0', 10],
    ['127.0.0.0', 8],
    ['169.254.0.0', 16],
  ],
  ...[
    ['172.16.0.0', 12],
    ['192.0.0.0', 24],
    ['192.0.2.0', 24],
    ['192.168.0.0', 16],
    ['198.18.0.0', 15],
  ],
  ...[
    ['198.51.100.0', 24],
    ['203.0.113.0', 24],
    ['224.0.0.0', 4],
    ['240.0.0.0', 4],
  ],
] as const)
  inside.addSubnet(String(net), Number(bits), 'ipv4')
// Of IPv6 only what is global unicast is outside; tunnels into IPv4 (6to4, Teredo, NAT64) lead anywhere.
const global = new BlockList()
global.addSubnet('2000::', 3, 'ipv6')
for (const [net, bits] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const)
  inside.addSubnet(net, bits, 'ipv6')

/** RFC 6890: loopback, private, link-local, shared, documentation, multicast and reserved addresses are not. */
export function isPublic(address: string): boolean {
  if (isIP(address) === 4) return !inside.check(address, 'ipv4')
  return isIP(address) === 6 && global.check(address, 'ipv6') && !inside.check(address, 'ipv6')
}
