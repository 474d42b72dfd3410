/** PURE: is this the code of one of our passes, and is it good now? By the public key alone, so also offline (V11). */
import { type AreaNode, type EntryVerdict, mayEnter } from '../../areas/check.ts'

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
}

export interface CheckingContext {
  readonly keys: readonly Readonly<Record<string, unknown>>[]
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

function bytesOf(part: string): Uint8Array<ArrayBuffer> {
  const text = atob(part.replaceAll('-', '+').replaceAll('_', '/'))
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0))
}

function jsonOf(part: string): Readonly<Record<string, unknown>> {
  const value: unknown = JSON.parse(new TextDecoder().decode(bytesOf(part)))
  if (typeof value !== 'object' || value === null) throw new SyntaxError('not an object')
  return { ...value }
}

/** What a signed token says, unchecked; the server decides whether it is true. */
export function readUnchecked(token: string): Readonly<Record<string, unknown>> | undefined {
  try {
    return jsonOf(token.split('.')[1] ?? '')
  } catch {
    return undefined
  }
}

/** V22: the code on a permit's card, or its number. */
export function isPermitCode(code: string): boolean {
  return /^P\d{5,}$/i.test(code.trim()) || typeof readUnchecked(code)?.p === 'string'
}

function contentOf(payload: Readonly<Record<string, unknown>>): (PassContent & { site: string }) | undefined {
  const { s, v, n, a, nbf, exp } = payload
  if (typeof s !== 'string' || typeof v !== 'string' || typeof n !== 'string') return undefined
  if (!Array.isArray(a) || typeof nbf !== 'number' || typeof exp !== 'number') return undefined
  return { site: s, visitId: v, number: n, areas: a.map(String), from: nbf * 1000, until: exp * 1000 }
}

/** Only ES256: a token that names another way of signing is not ours. */
async function signatureIsRight(code: string, context: CheckingContext): Promise<boolean | undefined> {
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
  return await context.subtle.verify(
    { name: 'ECDSA', hash: 'SHA-256' },
    key,
    bytesOf(signature),
    new TextEncoder().encode(`${head}.${body}`),
  )
}

export async function checkOffline(code: string, context: CheckingContext): Promise<OfflineCheck> {
  try {
    const right = await signatureIsRight(code.trim(), context)
    if (right === undefined) return { verdict: 'unchecked', pass: null }
    const content = right ? contentOf(jsonOf(code.split('.')[1] ?? '')) : undefined
    if (!content) return { verdict: 'forged', pass: null }
    const { site, ...pass } = content
    const bearer = { ...pass, pass: 'good', visit: 'unknown', forged: false, pending: [] } as const
    const verdict = mayEnter(
      { ...bearer, foreignSite: site !== context.siteId },
      context.door?.areaId ?? null,
      context.door?.tree ?? [],
      context.now,
    )
    return { verdict: verdict === 'ok' ? 'valid' : verdict, pass }
  } catch {
    return { verdict: 'forged', pass: null }
  }
}
