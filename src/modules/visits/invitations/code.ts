/** The code of an invitation: signed for the scanner, eight signs for the hand (V3). */
import { randomInt } from 'node:crypto'
import { z } from 'zod'
import type { Kernel } from '../../../kernel/kernel.ts'
import { type Signer, signer } from '../../../kernel/signing.ts'

/** Short names: every character makes the squares smaller. */
const payload = z.object({ s: z.uuid(), k: z.string(), exp: z.number() })

const signers = new WeakMap<Kernel, Signer>()

export function invitationSigner(kernel: Kernel): Signer {
  const known = signers.get(kernel)
  if (known !== undefined) return known
  const made = signer(kernel.sql, kernel.secrets, 'invitation')
  signers.set(kernel, made)
  return made
}

export function signedCode(kernel: Kernel, siteId: string, code: string, until: Date): Promise<string> {
  return invitationSigner(kernel).sign({ s: siteId, k: code, exp: Math.floor(until.getTime() / 1000) })
}

/** Without 0, 1, I, L, O, U: read out or written down it stays what it is. */
const signs = '23456789ABCDEFGHJKMNPQRSTVWXYZ'

export function newCode(): string {
  return Array.from({ length: 8 }, () => signs[randomInt(signs.length)] ?? '').join('')
}

/** `k7mx-9qpt` as typed → `K7MX9QPT`. */
function tidyCode(typed: string): string {
  return typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\-–]/g, '')
}

export interface InvitationCode {
  readonly code: string
  readonly siteId: string
  /** Null of the eight signs typed: they say nothing about time. */
  readonly until: Date | null
}

/** @returns undefined for what this house has not signed, and what has not the form of a code */
export async function readCode(
  kernel: Kernel,
  siteId: string,
  given: string,
): Promise<InvitationCode | undefined> {
  if (given.split('.').length !== 3) {
    const code = tidyCode(given)
    return /^[2-9A-Z]{8}$/.test(code) ? { code, siteId, until: null } : undefined
  }
  const read = payload.safeParse(await invitationSigner(kernel).verify(given.trim()))
  if (!read.success) return undefined
  const { k: code, s, exp } = read.data
  return { code, siteId: s, until: new Date(exp * 1000) }
}

/**
 * @returns the eight signs, whether scanned or typed; undefined for what is forged, of another site or expired
 */
export async function codeOf(
  kernel: Kernel,
  siteId: string,
  given: string,
  now: Date,
): Promise<string | undefined> {
  const read = await readCode(kernel, siteId, given)
  if (read === undefined || read.siteId !== siteId) return undefined
  return read.until !== null && read.until < now ? undefined : read.code
}
