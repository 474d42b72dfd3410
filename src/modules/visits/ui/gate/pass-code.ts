/** PURE: is this the code of one of our passes, and is it good now? By the public key alone, so also offline (V11). */
import { type AreaNode, type EntryVerdict, mayEnter } from '../../areas/check.ts'
import {
  bytesOf,
  jsonOf,
  ofAnotherHouse,
  type PassToken,
  readUnchecked,
  type Said,
} from '../../passes/token.ts'

export interface PassContent {
  readonly visitId: string
  readonly number: string
  readonly areas: readonly string[]
  /** Milliseconds since 1970. */
  readonly from: number
  readonly until: number
}

export type OfflineVerdict = 'valid' | 'unchecked' | Exclude<EntryVerdict, 'ok'>

export interface OfflineCheck {
  readonly verdict: OfflineVerdict
  /** Only of a code whose signature is right. */
  readonly pass: PassContent | null
  readonly token: PassToken
}

export interface CheckingContext {
  readonly keys: readonly Said[]
  readonly siteId: string
  readonly now: number
  /** The door scanned at; absent: the gate itself (V9). */
  readonly door?: { readonly areaId: string; readonly tree: readonly AreaNode[] } | undefined
  /** Absent where the page was not opened over https: then only the server can check. */
  readonly subtle: Pick<SubtleCrypto, 'importKey' | 'verify'> | undefined
}

/** Three parts with dots; anything else is a number somebody typed. */
export function isSignedCode(code: string): boolean {
  return /^[\w-]+\.[\w-]+\.[\w-]+$/.test(code.trim())
}

/** V22: the code on a permit's card, or its number. */
export function isPermitCode(code: string): boolean {
  return /^P\d{5,}$/i.test(code.trim()) || typeof readUnchecked(code)?.p === 'string'
}

function contentOf(payload: Said): (PassContent & { site: string }) | undefined {
  const { s, v, n, a, nbf, exp } = payload
  if (typeof s !== 'string' || typeof v !== 'string' || typeof n !== 'string') return undefined
  if (!Array.isArray(a) || typeof nbf !== 'number' || typeof exp !== 'number') return undefined
  return { site: s, visitId: v, number: n, areas: a.map(String), from: nbf * 1000, until: exp * 1000 }
}

/** Only ES256: a token that names another way of signing is not ours. @returns what the right key serves for */
async function signedFor(code: string, context: CheckingContext): Promise<PassToken | false | undefined> {
  const [head = '', body = '', signature = ''] = code.split('.')
  const { alg, kid } = jsonOf(head)
  if (alg !== 'ES256') return false
  const jwk = context.keys.find((key) => key.kid === kid)
  // A key made after this gate last saw the server: no verdict, rather than a wrong one.
  if (!jwk || !context.subtle) return undefined
  const key = await context.subtle.importKey(
    'jwk',
    { kty: 'EC', crv: 'P-256', x: String(jwk.x), y: String(jwk.y) },
    { name: 'ECDSA', namedCurve: 'P-256' },
    false,
    ['verify'],
  )
  const right = await context.subtle.verify(
    { name: 'ECDSA', hash: 'SHA-256' },
    key,
    bytesOf(signature),
    new TextEncoder().encode(`${head}.${body}`),
  )
  return right && (jwk.purpose === 'invitation' ? 'invitation' : 'pass')
}

/** V13: whose time is over is told apart from what is forged; whether the visit still stands only the server knows. */
function invitation({ s, k, exp }: Said, context: CheckingContext): OfflineVerdict {
  if (typeof s !== 'string' || typeof k !== 'string' || typeof exp !== 'number') return 'forged'
  if (s !== context.siteId) return 'other-site'
  if (exp * 1000 < context.now) return 'expired'
  return context.door ? 'not-admitted' : 'unchecked'
}

export async function checkOffline(given: string, context: CheckingContext): Promise<OfflineCheck> {
  const code = given.trim()
  const without = (verdict: OfflineVerdict, token: PassToken = 'pass') => ({ verdict, pass: null, token })
  try {
    const token = await signedFor(code, context)
    if (token === undefined)
      return without(ofAnotherHouse(code, context.siteId, context.keys) ? 'other-site' : 'unchecked')
    const said = jsonOf(code.split('.')[1] ?? '')
    if (token === 'invitation') return without(invitation(said, context), token)
    const content = token === false ? undefined : contentOf(said)
    if (!content) return without('forged')
    const { site, ...pass } = content
    const bearer = { ...pass, pass: 'good', visit: 'unknown', forged: false, pending: [] } as const
    const verdict = mayEnter(
      { ...bearer, foreignSite: site !== context.siteId },
      context.door?.areaId ?? null,
      context.door?.tree ?? [],
      context.now,
    )
    return { verdict: verdict === 'ok' ? 'valid' : verdict, pass, token: 'pass' }
  } catch {
    return without('forged')
  }
}
