import type { ChannelKind } from './rules.ts'

/** An address as it is kept: without what changes with every message. */
export interface Address {
  readonly url: string
  /** What people recognise it by: host and the end of its key; nobody can send with it. */
  readonly hint: string
}

export type AddressFault = 'not-https' | 'host' | 'path' | 'key' | 'credentials' | 'malformed'

interface VendorAddress {
  readonly hosts: readonly string[]
  readonly path: RegExp
  /** The query parameter that holds the robot's key; null: it is the end of the path. */
  readonly parameter: string | null
}

/** Exact host names (no other place gets a colleague's news), as the vendors' documents give them. */
const vendors: Readonly<Record<Exclude<ChannelKind, 'webhook'>, VendorAddress>> = {
  dingtalk: { hosts: ['oapi.dingtalk.com'], path: /^\/robot\/send$/, parameter: 'access_token' },
  wecom: { hosts: ['qyapi.weixin.qq.com'], path: /^\/cgi-bin\/webhook\/send$/, parameter: 'key' },
  // The same robot in China and abroad.
  feishu: {
    hosts: ['open.feishu.cn', 'open.larksuite.com'],
    path: /^\/open-apis\/bot\/v2\/hook\/[\w-]{8,100}$/,
    parameter: null,
  },
}

const keyPattern = /^[\w-]{8,200}$/

/**
 * @param intranet hosts (`name` or `name:port`) the operator lets webhooks reach without TLS or in the house's network
 */
export function parseAddress(
  kind: ChannelKind,
  text: string,
  intranet: readonly string[] = [],
): Address | AddressFault {
  const url = URL.parse(text.trim())
  if (url === null || url.hostname === '') return 'malformed'
  if (url.username !== '' || url.password !== '') return 'credentials'
  const inside = kind === 'webhook' && isIntranet(url, intranet)
  if (url.protocol !== 'https:' && !(inside && url.protocol === 'http:')) return 'not-https'
  url.hash = ''
  if (kind === 'webhook') return { url: url.href, hint: `${url.host}/…${tail(url.href)}` }
  const { hosts, path, parameter } = vendors[kind]
  if (!hosts.includes(url.host)) return 'host'
  if (!path.test(url.pathname)) return 'path'
  const key = parameter === null ? url.pathname.split('/').at(-1) : url.searchParams.get(parameter)
  if (key === undefined || key === null || !keyPattern.test(key)) return 'key'
  // A pasted timestamp or signature would soon be a wrong one.
  url.search = parameter === null ? '' : new URLSearchParams({ [parameter]: key }).toString()
  return { url: url.href, hint: `${url.host}/…${tail(key)}` }
}

export function isIntranet(url: URL, intranet: readonly string[]): boolean {
  return intranet.includes(url.hostname) || intranet.includes(url.host)
}

/** The parts of an address that must not stand in a log or an answer. */
export function keysOf(url: string): readonly string[] {
  const { pathname, searchParams, search } = new URL(url)
  return [...searchParams.values(), search, pathname.split('/').at(-1) ?? ''].filter(
    (part) => part.length >= 8,
  )
}

/** Short keys show nothing: four of eight characters would be half of it. */
function tail(key: string): string {
  return key.length < 16 ? '' : key.slice(-4)
}
