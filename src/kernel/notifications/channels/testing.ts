/** For tests: a server that plays the vendors — it checks signatures, counts the minute, and fails as told. */
import { createHmac } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Heard {
  readonly vendor: 'dingtalk' | 'wecom' | 'feishu' | 'webhook'
  readonly key: string
  readonly at: number
  readonly headers: IncomingMessage['headers']
  readonly text: string
  // biome-ignore lint/suspicious/noExplicitAny: a body as some vendor wants it, looked at by the test
  readonly body: any
  readonly accepted: boolean
}

/** What the next request meets; `code` with the vendor's own field for it. */
export type Mood =
  | { readonly how: 'code'; readonly code: number; readonly words: string }
  | { readonly how: 'status'; readonly status: number }
  | { readonly how: 'hang' | 'garbage' | 'close' | 'redirect' | 'echo' }

export interface Peer {
  /** Vendors' origins → where they are played. */
  readonly base: Readonly<Record<string, string>>
  readonly heard: Heard[]
  /** Moods of the next requests, in order; then the vendor behaves. */
  readonly moods: Mood[]
  /** Robot key → signing secret. */
  readonly secrets: Map<string, string>
  /** Messages per robot and minute that were accepted. */
  accepted(): Heard[]
  /** Most requests of one robot within 60 s, accepted or not. */
  densest(): number
  /** Called before an answer is given. */
  onRequest: (heard: Heard) => Promise<void>
  close(): Promise<void>
}

const origins = {
  'https://oapi.dingtalk.com': 'dingtalk',
  'https://qyapi.weixin.qq.com': 'wecom',
  'https://open.feishu.cn': 'feishu',
  'https://hooks.example.com': 'webhook',
} as const
const perMinute = { dingtalk: 20, wecom: 20, feishu: 100, webhook: Number.POSITIVE_INFINITY }

/** @param now the time the vendors live in, milliseconds */
export async function vendorPeer(now: () => number): Promise<Peer> {
  const heard: Heard[] = []
  const moods: Mood[] = []
  const secrets = new Map<string, string>()
  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => void answer(request, response, Buffer.concat(parts).toString()))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const peer: Peer = {
    // A path in front says which vendor is asked: all are played by one server.
    base: Object.fromEntries(Object.keys(origins).map((origin) => [origin, `http://127.0.0.1:${port}`])),
    heard,
    moods,
    secrets,
    accepted: () => heard.filter((one) => one.accepted),
    densest: () =>
      Math.max(
        0,
        ...heard.map(
          (one) =>
            heard.filter((other) => other.key === one.key && other.at >= one.at && other.at < one.at + 60_000)
              .length,
        ),
      ),
    onRequest: async () => undefined,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }

  async function answer(request: IncomingMessage, response: ServerResponse, text: string) {
    const url = new URL(request.url ?? '/', 'http://played')
    const vendor = vendorOf(url.pathname)
    const key =
      url.searchParams.get('access_token') ??
      url.searchParams.get('key') ??
      url.pathname.split('/').at(-1) ??
      ''
    const mood = moods.shift()
    const recent = heard.filter((one) => one.key === key && one.accepted && one.at > now() - 60_000).length
    const tooFast = recent >= perMinute[vendor]
    const body: unknown = JSON.parse(text)
    const secret = secrets.get(key)
    const signed = secret === undefined || isSigned(vendor, secret, url, request, text)
    const accepted = mood === undefined && !tooFast && signed
    const one: Heard = { vendor, key, at: now(), headers: request.headers, text, body, accepted }
    heard.push(one)
    await peer.onRequest(one)
    if (mood !== undefined) return misbehave(response, vendor, mood, url)
    if (tooFast)
      return say(
        response,
        vendor,
        { dingtalk: 410100, wecom: 45009, feishu: 11232, webhook: 429 }[vendor],
        'too fast',
      )
    if (!signed)
      return say(
        response,
        vendor,
        { dingtalk: 310000, wecom: 93000, feishu: 19021, webhook: 401 }[vendor],
        'sign not match',
      )
    say(response, vendor, 0, 'ok')
  }
  return peer
}

function vendorOf(path: string): Heard['vendor'] {
  if (path.startsWith('/robot/')) return 'dingtalk'
  if (path.startsWith('/cgi-bin/')) return 'wecom'
  return path.startsWith('/open-apis/') ? 'feishu' : 'webhook'
}

function say(response: ServerResponse, vendor: Heard['vendor'], code: number, words: string): void {
  if (vendor === 'webhook') {
    response.writeHead(code === 0 ? 204 : code).end()
    return
  }
  response.writeHead(200, { 'content-type': 'application/json' })
  response.end(JSON.stringify(vendor === 'feishu' ? { code, msg: words } : { errcode: code, errmsg: words }))
}

function misbehave(response: ServerResponse, vendor: Heard['vendor'], mood: Mood, url: URL): void {
  if (mood.how === 'code') say(response, vendor, mood.code, mood.words)
  else if (mood.how === 'close') response.destroy()
  else if (mood.how === 'redirect') response.writeHead(302, { location: '/elsewhere' }).end()
  else if (mood.how === 'echo')
    say(response, vendor, vendor === 'webhook' ? 500 : -1, `bad request ${url.href}`)
  else if (mood.how === 'garbage') response.writeHead(200).end('<html>登录</html>')
  else if (mood.how === 'status') response.writeHead(mood.status).end('no')
}

/** Written from the documents once more, not with the code under test. */
function isSigned(
  vendor: Heard['vendor'],
  secret: string,
  url: URL,
  request: IncomingMessage,
  text: string,
): boolean {
  const mac = (key: string | Buffer, content: string) =>
    createHmac('sha256', key).update(content).digest('base64')
  if (vendor === 'dingtalk') {
    const timestamp = url.searchParams.get('timestamp') ?? ''
    return url.searchParams.get('sign') === mac(secret, `${timestamp}\n${secret}`)
  }
  if (vendor === 'feishu') {
    const body: { timestamp?: string; sign?: string } = JSON.parse(text)
    return body.sign === mac(`${body.timestamp}\n${secret}`, '')
  }
  if (vendor === 'wecom') return true
  const { headers } = request
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64')
  const expected = mac(key, `${headers['webhook-id']}.${headers['webhook-timestamp']}.${text}`)
  return String(headers['webhook-signature']).split(' ').includes(`v1,${expected}`)
}
