/**
 * Who is asking: session cookie or API key → Actor, on every request, without a write and mostly without a read.
 * Answers are kept for 30 s per process; `forget` (called on every node by the journal listener of events.ts) drops them at once, so
 * a revoked session, key, user or role stops working within the tailer's step and not only after the 30 s.
 */
import { createHash, timingSafeEqual } from 'node:crypto'
import { defaultKeyHasher } from '@better-auth/api-key'
import { parseCookies, serializeSignedCookie } from 'better-call'
import type { Actor } from '../../kernel/actor.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { Sql } from '../../kernel/db/sql.ts'
import { keyPrefix } from './auth.ts'
import { apiKeyByHash } from './keys/store.ts'
import { session as sessionRules } from './rules.ts'
import { sessionByToken, slideSession } from './sessions/store.ts'

const ttlMs = 30_000
const mostEntries = 5000

export interface Identified {
  readonly actor: Actor
  /** Null for API keys. */
  readonly sessionId: string | null
}

export interface RequestHeaders {
  readonly cookie?: string | undefined
  readonly authorization?: string | undefined
  readonly 'x-api-key'?: string | string[] | undefined
}

/** What changed; an entry matching any given part is dropped. `all` for changes that touch many (a site, a role's name). */
export interface Forget {
  readonly userId?: string
  readonly sessionId?: string
  readonly keyId?: string
  readonly all?: boolean
}

interface Entry {
  readonly found: Identified
  readonly until: number
}

export interface ActorsOptions {
  readonly sql: Sql
  readonly secret: string
  readonly cookieName: string
  readonly clock: Clock
}

export function createActors({ sql, secret, cookieName, clock }: ActorsOptions) {
  const entries = new Map<string, Entry>()
  const loading = new Map<string, Promise<Identified | null>>()
  let generation = 0

  /** Null when nobody is signed in, or the proof is wrong, expired, revoked, or belongs to a disabled account. */
  async function identify(headers: RequestHeaders): Promise<Identified | null> {
    const key = keyOf(headers)
    if (key !== null) {
      if (!key.startsWith(keyPrefix) || key.length > 200) return null
      return await remembered(`k${digest(key)}`, () => loadKey(key))
    }
    const cookie = headers.cookie === undefined ? undefined : parseCookies(headers.cookie).get(cookieName)
    if (cookie === undefined || cookie.length > 500) return null
    return await remembered(`s${digest(cookie)}`, () => loadSession(cookie))
  }

  async function remembered(id: string, load: () => Promise<Entry | null>): Promise<Identified | null> {
    const known = entries.get(id)
    if (known && known.until > clock.now().getTime()) return known.found
    const running = loading.get(id)
    if (running) return await running
    const started = generation
    const work = load().then((entry) => {
      entries.delete(id)
      // Something was revoked while we read: the answer may already be old, so it serves this request only.
      if (entry && started === generation) remember(id, entry)
      return entry?.found ?? null
    })
    loading.set(id, work)
    try {
      return await work
    } finally {
      if (loading.get(id) === work) loading.delete(id)
    }
  }

  function remember(id: string, entry: Entry): void {
    entries.set(id, entry)
    if (entries.size <= mostEntries) return
    const oldest = entries.keys().next()
    if (!oldest.done) entries.delete(oldest.value)
  }

  async function loadSession(cookie: string): Promise<Entry | null> {
    const dot = cookie.indexOf('.')
    if (dot < 1) return null
    const token = cookie.slice(0, dot)
    // better-auth's own signature, made again and compared: a forged cookie costs no query.
    const expected =
      parseCookies(await serializeSignedCookie(cookieName, token, secret)).get(cookieName) ?? ''
    if (!sameText(expected, cookie)) return null
    const now = clock.now()
    const row = await sql.maybe(sessionByToken(token, now))
    if (!row) return null
    if (now.getTime() - row.updatedAt.getTime() >= sessionRules.slideAfterMs) {
      await sql.run(slideSession(row.sessionId, now))
    }
    return {
      found: { sessionId: row.sessionId, actor: userActor(row.userId, row.name, row.employeeId, row.roles) },
      until: Math.min(now.getTime() + ttlMs, row.expiresAt.getTime()),
    }
  }

  async function loadKey(key: string): Promise<Entry | null> {
    const now = clock.now()
    const row = await sql.maybe(apiKeyByHash(await defaultKeyHasher(key), now))
    if (!row) return null
    const actor: Actor = {
      kind: 'apikey',
      id: row.id,
      name: row.name,
      employeeId: null,
      roles: new Map([[row.siteId, [row.role]]]),
      link: null,
    }
    const expires = row.expiresAt?.getTime() ?? Number.POSITIVE_INFINITY
    return { found: { sessionId: null, actor }, until: Math.min(now.getTime() + ttlMs, expires) }
  }

  /** Drops what is remembered. Cheap enough to call too often. */
  function forget(what: Forget): void {
    generation += 1
    loading.clear()
    for (const [id, { found }] of entries) {
      if (
        what.all === true ||
        (found.sessionId !== null && found.sessionId === what.sessionId) ||
        (found.actor.kind === 'user' && found.actor.id === what.userId) ||
        (found.actor.kind === 'apikey' && found.actor.id === what.keyId)
      ) {
        entries.delete(id)
      }
    }
  }

  return {
    identify,
    forget,
    /** The kernel's hook: request headers → actor. */
    resolveActor: async (headers: RequestHeaders): Promise<Actor | null> =>
      (await identify(headers))?.actor ?? null,
  }
}

export type Actors = ReturnType<typeof createActors>

export function userActor(
  id: string,
  name: string,
  employeeId: string | null,
  grants: readonly { readonly site: string; readonly role: string }[],
): Actor {
  const roles = new Map<string, string[]>()
  for (const grant of grants) roles.set(grant.site, [...(roles.get(grant.site) ?? []), grant.role])
  return { kind: 'user', id, name, employeeId, roles, link: null }
}

function keyOf(headers: RequestHeaders): string | null {
  const own = headers['x-api-key']
  if (typeof own === 'string' && own !== '') return own
  const bearer = /^Bearer +(\S+)$/i.exec(headers.authorization ?? '')
  return bearer?.[1] ?? null
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64url')
}

function sameText(a: string, b: string): boolean {
  const left = Buffer.from(a)
  const right = Buffer.from(b)
  return left.length === right.length && timingSafeEqual(left, right)
}
