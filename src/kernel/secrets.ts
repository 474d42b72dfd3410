import { createHmac, hkdfSync, randomBytes } from 'node:crypto'
import { chmod, mkdir, open, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { CompactEncrypt, compactDecrypt } from 'jose'

/** Keys derived from one installation secret; field encryption is JWE (A256GCM) by a kept library, never our own. */
export interface Secrets {
  /** For libraries that want a secret string of their own. */
  derive(purpose: string): string
  encrypt(text: string): Promise<string>
  decrypt(sealed: string): Promise<string>
  /** Keyed index: equal inputs give equal outputs, nothing else can be read from it (design §4, personal data). */
  blindIndex(text: string): string
}

export function secretsFrom(master: string): Secrets {
  const derive = (purpose: string, bytes = 32) =>
    Buffer.from(hkdfSync('sha256', Buffer.from(master, 'utf8'), Buffer.alloc(0), `foyer:${purpose}`, bytes))
  const fieldKey = derive('field-encryption')
  const indexKey = derive('blind-index')
  return {
    derive: (purpose) => derive(purpose).toString('base64url'),
    encrypt: (text) =>
      new CompactEncrypt(new TextEncoder().encode(text))
        .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
        .encrypt(fieldKey),
    decrypt: async (sealed) => new TextDecoder().decode((await compactDecrypt(sealed, fieldKey)).plaintext),
    blindIndex: (text) =>
      createHmac('sha256', indexKey).update(text.normalize('NFKC').toUpperCase()).digest('base64url'),
  }
}

/**
 * `FOYER_SECRET`, or a random one kept in `FOYER_HOME/secret` (0600). Losing it loses encrypted document numbers, so
 * operations docs tell to back it up with the database.
 */
export async function loadMasterSecret(home: string, fromEnvironment: string | undefined): Promise<string> {
  if (fromEnvironment !== undefined) return fromEnvironment
  await mkdir(home, { recursive: true })
  const path = join(home, 'secret')
  try {
    // `wx` decides between two processes starting at once: the second reads what the first wrote.
    const file = await open(path, 'wx', 0o600)
    const made = randomBytes(48).toString('base64url')
    await file.writeFile(made)
    await file.sync()
    await file.close()
    return made
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  }
  await chmod(path, 0o600).catch(() => undefined)
  const text = (await readFile(path, 'utf8')).trim()
  if (text.length < 32) throw new Error(`${path} holds no usable secret; restore it from the backup`)
  return text
}
