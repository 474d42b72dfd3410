/** PURE: what a signed code says of itself, before anybody has checked it; the same on the server and at a gate without one. */

/** What was held before the reader; a number of the stock is a pass. */
export const passTokens = ['pass', 'invitation', 'permit'] as const
export type PassToken = (typeof passTokens)[number]

export type Said = Readonly<Record<string, unknown>>

export function bytesOf(part: string): Uint8Array<ArrayBuffer> {
  const text = atob(part.replaceAll('-', '+').replaceAll('_', '/'))
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0))
}

/** @throws SyntaxError for what is no object */
export function jsonOf(part: string): Said {
  const value: unknown = JSON.parse(new TextDecoder().decode(bytesOf(part)))
  if (typeof value !== 'object' || value === null) throw new SyntaxError('not an object')
  return { ...value }
}

/** What a signed token says, unchecked; the server decides whether it is true. */
export function readUnchecked(token: string): Said | undefined {
  try {
    return jsonOf(token.split('.')[1] ?? '')
  } catch {
    return undefined
  }
}

/**
 * V13: a code of another house: it names a site that is not this one, and a key that is none of ours, so that nobody here can
 * check it. One that names this site, or a key of this house with a wrong signature, is forged.
 */
export function ofAnotherHouse(token: string, siteId: string, keys: readonly Said[]): boolean {
  try {
    const { alg, kid } = jsonOf(token.split('.')[0] ?? '')
    const site = readUnchecked(token)?.s
    const elsewhere = typeof site === 'string' && site !== siteId
    return elsewhere && alg === 'ES256' && !keys.some((key) => key.kid === kid)
  } catch {
    return false
  }
}
