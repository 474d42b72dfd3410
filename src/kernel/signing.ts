import { CompactSign, compactVerify, exportJWK, generateKeyPair, importJWK, type JWK } from 'jose'
import { json, raw, type Sql } from './db/sql.ts'
import { newId } from './ids.ts'
import type { Secrets } from './secrets.ts'

/**
 * Signatures that others check: passes (offline, by the public key) and links. ES256 because every browser's
 * WebCrypto verifies it. The private key is stored encrypted; `purpose` keeps a pass from serving as a link.
 */
export interface Signer {
  /** @returns compact JWS of the payload */
  sign(payload: Readonly<Record<string, unknown>>): Promise<string>
  /** @returns the payload, or undefined when the signature, key or form is not right */
  verify(token: string): Promise<Record<string, unknown> | undefined>
  /** Public keys, newest first, for checking without a server. */
  publicKeys(): Promise<readonly JWK[]>
}

interface KeyRow {
  readonly id: string
  readonly publicJwk: JWK
  readonly privateJwe: string
  readonly retiredAt: Date | null
}

const alg = 'ES256'

export function signer(sql: Sql, secrets: Secrets, purpose: string): Signer {
  let keys: Promise<KeyRow[]> | undefined
  let active: Promise<{ id: string; key: Awaited<ReturnType<typeof importJWK>> }> | undefined

  const rows = () =>
    sql.all<KeyRow>(
      raw(
        `select id, public_jwk as "publicJwk", private_jwe as "privateJwe", retired_at as "retiredAt"
         from signing_key where purpose = $1 order by created_at desc`,
        [purpose],
      ),
    )

  async function load(): Promise<KeyRow[]> {
    const found = await rows()
    if (found.some((row) => row.retiredAt === null)) return found
    const pair = await generateKeyPair(alg, { extractable: true })
    const id = newId()
    const privateJwe = await secrets.encrypt(JSON.stringify(await exportJWK(pair.privateKey)))
    const publicJwk = { ...(await exportJWK(pair.publicKey)), kid: id, alg }
    // Two nodes may start at once: the partial unique index lets one key win, and both read that one.
    await sql.run(
      raw(
        `insert into signing_key (id, purpose, public_jwk, private_jwe, created_at) values ($1, $2, $3, $4, now())
         on conflict do nothing`,
        [id, purpose, json(publicJwk), privateJwe],
      ),
    )
    return await rows()
  }

  const allKeys = () => {
    keys ??= load().catch((error: unknown) => {
      keys = undefined
      throw error
    })
    return keys
  }

  const signingKey = () => {
    active ??= allKeys()
      .then(async (found) => {
        const row = found.find((one) => one.retiredAt === null)
        if (row === undefined) throw new Error(`no signing key for ${purpose}`)
        return {
          id: row.id,
          key: await importJWK(JSON.parse(await secrets.decrypt(row.privateJwe)) as JWK, alg),
        }
      })
      .catch((error: unknown) => {
        active = undefined
        throw error
      })
    return active
  }

  return {
    async sign(payload) {
      const { id, key } = await signingKey()
      return await new CompactSign(new TextEncoder().encode(JSON.stringify(payload)))
        .setProtectedHeader({ alg, kid: id })
        .sign(key)
    },
    async verify(token) {
      const found = await allKeys()
      try {
        const { payload } = await compactVerify(token, async (header) => {
          const row = found.find((one) => one.id === header.kid)
          if (row === undefined) throw new Error('unknown key')
          return await importJWK(row.publicJwk, alg)
        })
        const parsed: unknown = JSON.parse(new TextDecoder().decode(payload))
        return typeof parsed === 'object' && parsed !== null ? (parsed as Record<string, unknown>) : undefined
      } catch {
        return undefined
      }
    },
    publicKeys: async () => (await allKeys()).map((row) => row.publicJwk),
  }
}
