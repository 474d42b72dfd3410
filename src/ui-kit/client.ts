import { v7 } from 'uuid'
import type { Problem, RouteAnswer, RouteCall, RouteSpec } from '../kernel/contract.ts'
import { setServerTime } from './clock.ts'
import { missed, reached } from './offline/state.ts'
import { ApiProblem } from './problem.ts'
import { siteId } from './site.ts'

export interface CallOptions {
  signal?: AbortSignal | undefined
  /** The same key again = the same answer again; give one to keep it over a retry by the user. */
  idempotencyKey?: string | undefined
  /** Body of a `multipart` route. */
  form?: FormData | undefined
  timeoutMs?: number | undefined
  headers?: Readonly<Record<string, string>> | undefined
  /** Only the server may answer this one: no stand-in, and no second try. */
  alone?: boolean | undefined
}

/** Answers for a server that is away (ui-kit/offline); knows routes by their id. */
export interface StandIn {
  covers(route: string): boolean
  /** The server is known to be away: it need not be asked first. */
  away(): boolean
  /** Earlier commands on the same record wait: this one goes behind them. */
  queued(route: string, parts: Parts): boolean
  answer(route: string, parts: Parts, options: CallOptions & { maybeSent?: boolean }): Promise<unknown>
  /** What still waits, laid over the server's answer. */
  overlay(route: string, answer: unknown, parts: Parts): unknown
}

interface Parts {
  params?: unknown
  query?: unknown
  body?: unknown
}

const base = '/api/v1'
const tries = 4
let linkToken: string | undefined
const signedOutListeners = new Set<() => void>()
let standIn: StandIn | undefined

export function setStandIn(next: StandIn) {
  standIn = next
}

/** The page was opened from a signed link: from now on the token speaks instead of the session. */
export function setLinkToken(token: string | undefined) {
  linkToken = token
}

export function currentLinkToken() {
  return linkToken
}

/** The server no longer knows the session (any 401 outside signing in). */
export function onSignedOut(listener: () => void) {
  signedOutListeners.add(listener)
  return () => {
    signedOutListeners.delete(listener)
  }
}

const entries = (value: unknown) => Object.entries(value && typeof value === 'object' ? value : {})

/** Address below the origin, parameters and query filled in. */
export function routeUrl(spec: RouteSpec, { params, query }: Parts) {
  const values = new Map(entries(params))
  const path = spec.path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(values.get(name))))
  const search = new URLSearchParams()
  for (const [name, value] of entries(query)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined && one !== null) search.append(name, String(one))
    }
  }
  const text = search.toString()
  return `${base}${path}${text ? `?${text}` : ''}`
}

function headersOf(spec: RouteSpec, parts: Parts, options: CallOptions) {
  const headers = new Headers({
    Accept: 'application/json',
    'Accept-Language': document.documentElement.lang,
  })
  const site = siteId()
  if (site) headers.set('Foyer-Site', site)
  if (linkToken) headers.set('Foyer-Link', linkToken)
  if (spec.method !== 'GET') headers.set('Idempotency-Key', options.idempotencyKey ?? v7())
  if (parts.body !== undefined) headers.set('Content-Type', 'application/json')
  for (const [name, value] of entries(options.headers)) headers.set(name, String(value))
  return headers
}

/** Ends with the caller's signal (silently, AbortError) or after the time limit (as a failed network). */
async function once(url: string, init: RequestInit, options: CallOptions) {
  const limit = AbortSignal.timeout(options.timeoutMs ?? 20_000)
  const signal = options.signal ? AbortSignal.any([options.signal, limit]) : limit
  try {
    return await fetch(url, { ...init, signal })
  } catch (fault) {
    if (options.signal?.aborted) throw fault
    return undefined
  }
}

function pause(ms: number, signal: AbortSignal | undefined) {
  return new Promise<void>((resolve, reject) => {
    const timer = setTimeout(resolve, ms)
    signal?.addEventListener('abort', () => {
      clearTimeout(timer)
      reject(signal.reason)
    })
  })
}

const passing = new Set([502, 503, 504])

/** Where somebody can stand in, nobody waits long; and while the server is known to be away, one try is enough. */
function triesFor(spec: RouteSpec, options: CallOptions) {
  if (options.alone || standIn?.away()) return 1
  return standIn?.covers(spec.id) ? 2 : tries
}

/** Sends, again with the same key while no answer or a passing fault comes: a lost answer never doubles a command. */
async function send(spec: RouteSpec, parts: Parts, options: CallOptions): Promise<Response> {
  const url = routeUrl(spec, parts)
  const init: RequestInit = {
    method: spec.method,
    headers: headersOf(spec, parts, options),
    credentials: linkToken ? 'omit' : 'same-origin',
    body: options.form ?? (parts.body === undefined ? null : JSON.stringify(parts.body)),
  }
  const most = triesFor(spec, options)
  for (let attempt = 1; ; attempt++) {
    const response = await once(url, init, options)
    if (response) reached()
    if (response && !passing.has(response.status)) return response
    if (attempt >= most) {
      if (response) return response
      missed()
      throw new ApiProblem({ code: 'network.unreachable', status: 0 })
    }
    const asked = Number(response?.headers.get('Retry-After')) * 1000
    await pause(
      asked > 0 ? Math.min(asked, 5000) : 250 * 3 ** (attempt - 1) * (0.75 + Math.random() / 2),
      options.signal,
    )
  }
}

async function problemOf(response: Response): Promise<ApiProblem> {
  const fallback = {
    code: passing.has(response.status) ? 'server.busy' : 'server.fault',
    status: response.status,
  }
  try {
    const body: Partial<Problem> = await response.json()
    return new ApiProblem({ ...fallback, ...body, status: response.status })
  } catch {
    return new ApiProblem(fallback)
  }
}

async function answered(spec: RouteSpec, parts: Parts, options: CallOptions) {
  const response = await send(spec, parts, options)
  const date = Date.parse(response.headers.get('Date') ?? '')
  if (!Number.isNaN(date)) setServerTime(date)
  if (response.ok) return response
  const problem = await problemOf(response)
  // Public routes answer 401 for a wrong password; there nobody has been signed out.
  if (response.status === 401 && spec.action !== 'public' && !linkToken) {
    for (const listener of signedOutListeners) listener()
  }
  throw problem
}

/**
 * One typed call: `await call(visitRoutes.checkIn, { params: { visit }, body })`. A command gets an Idempotency-Key;
 * failed networks and passing faults are tried again with it.
 * @throws ApiProblem with the code to show; AbortError when the signal ended it
 */
export async function call<S extends RouteSpec>(
  spec: S,
  parts: RouteCall<S>,
  options?: CallOptions,
): Promise<RouteAnswer<S>>
export async function call(spec: RouteSpec, parts: Parts, options: CallOptions = {}): Promise<unknown> {
  const helper = options.alone || linkToken || !standIn?.covers(spec.id) ? undefined : standIn
  if (helper?.away() || helper?.queued(spec.id, parts)) return await helper.answer(spec.id, parts, options)
  const keyed = helper ? { timeoutMs: 8000, idempotencyKey: v7(), ...options } : options
  try {
    const response = await answered(spec, parts, keyed)
    const answer: unknown = response.status === 204 ? undefined : await response.json()
    return helper ? helper.overlay(spec.id, answer, parts) : answer
  } catch (fault) {
    if (!helper || !(fault instanceof ApiProblem)) throw fault
    const away = fault.status === 0 || passing.has(fault.status)
    // What was done here and not yet sent is nothing the server could know.
    if (!away && !(fault.status === 404 && spec.method === 'GET')) throw fault
    return await helper.answer(spec.id, parts, { ...keyed, maybeSent: true }).catch((other: unknown) => {
      throw away && other instanceof ApiProblem && other.status !== 0 ? other : fault
    })
  }
}

/** A `file` route: content and the name the server gave it. */
export async function fetchFile<S extends RouteSpec>(
  spec: S,
  parts: RouteCall<S>,
  options?: CallOptions,
): Promise<{ blob: Blob; name: string }>
export async function fetchFile(spec: RouteSpec, parts: Parts, options: CallOptions = {}) {
  const response = await answered(spec, parts, { timeoutMs: 120_000, ...options })
  const disposition = response.headers.get('Content-Disposition') ?? ''
  const coded = /filename\*=UTF-8''([^;]+)/i.exec(disposition)?.[1]
  const plain = /filename="([^"]+)"/i.exec(disposition)?.[1]
  return { blob: await response.blob(), name: coded ? decodeURIComponent(coded) : (plain ?? 'foyer') }
}

/** Hands a fetched file to the browser's downloads. */
export function saveFile({ blob, name }: { blob: Blob; name: string }) {
  const url = URL.createObjectURL(blob)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
