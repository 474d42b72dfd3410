/**
 * Rows of JSON in the browser's database, encrypted (AES-GCM) under a key made here that nobody can read out. A row opens
 * under the name it was sealed for and no other.
 */
import { type DBSchema, type IDBPDatabase, type OpenDBCallbacks, openDB } from 'idb'

export interface SealedRow {
  readonly name: string
  readonly iv: Uint8Array<ArrayBuffer>
  readonly data: ArrayBuffer
}

/** Each database has `keys` and one of the others. */
interface Schema extends DBSchema {
  keys: { key: string; value: CryptoKey }
  drafts: { key: string; value: SealedRow }
  rows: { key: string; value: SealedRow }
}

export interface SealedRows {
  readonly db: IDBPDatabase<Schema>
  readonly seal: (name: string, value: unknown) => Promise<SealedRow>
  /** @throws when it was sealed under another key or name */
  readonly unseal: <T>(row: SealedRow) => Promise<T>
}

/** Over plain http a browser does not encrypt: then nothing is kept. */
export const canSeal = () => 'indexedDB' in globalThis && globalThis.crypto?.subtle !== undefined

/** @param keyName what the key is called on devices that have one */
export async function openSealedRows(
  database: string,
  store: 'drafts' | 'rows',
  keyName: string,
  ends: Pick<OpenDBCallbacks<Schema>, 'blocking' | 'terminated'>,
): Promise<SealedRows> {
  const db = await openDB<Schema>(database, 1, {
    ...ends,
    upgrade(fresh) {
      fresh.createObjectStore('keys')
      fresh.createObjectStore(store, { keyPath: 'name' })
    },
  })
  const made = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, [
    'encrypt',
    'decrypt',
  ])
  // Another tab may have made one meanwhile: the first stays.
  const transaction = db.transaction('keys', 'readwrite')
  const there = await transaction.store.get(keyName)
  if (!there) await transaction.store.put(made, keyName)
  await transaction.done
  const key = there ?? made
  const cipher = (name: string, iv: Uint8Array<ArrayBuffer>) => ({
    name: 'AES-GCM',
    iv,
    additionalData: new TextEncoder().encode(name),
  })
  return {
    db,
    async seal(name, value) {
      const iv = crypto.getRandomValues(new Uint8Array(12))
      const text = new TextEncoder().encode(JSON.stringify(value))
      return { name, iv, data: await crypto.subtle.encrypt(cipher(name, iv), key, text) }
    },
    async unseal({ name, iv, data }) {
      return JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt(cipher(name, iv), key, data)))
    },
  }
}
