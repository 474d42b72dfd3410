/**
 * What the kiosk keeps for the time without a server: what it offers, the documents to sign, and registrations that wait.
 * Encrypted under a key made here that nobody can read out; a registration leaves with the server's answer (G5). Over
 * plain http a browser does not encrypt: nothing is kept, and the kiosk sends to the desk.
 */
import { type DBSchema, type IDBPDatabase, openDB } from 'idb'

interface Schema extends DBSchema {
  keys: { key: string; value: CryptoKey }
  rows: { key: string; value: { name: string; iv: Uint8Array<ArrayBuffer>; data: ArrayBuffer } }
}

interface Place {
  readonly db: IDBPDatabase<Schema>
  readonly key: CryptoKey
}

export const canKeep = () => 'indexedDB' in globalThis && globalThis.crypto?.subtle !== undefined

let place: Promise<Place> | undefined

async function make(): Promise<Place> {
  const db = await openDB<Schema>('foyer-kiosk', 1, {
    upgrade(fresh) {
      fresh.createObjectStore('keys')
      fresh.createObjectStore('rows', { keyPath: 'name' })
    },
    terminated() {
      place = undefined
    },
  })
  const made = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, [
    'encrypt',
    'decrypt',
  ])
  const transaction = db.transaction('keys', 'readwrite')
  const there = await transaction.store.get('kiosk')
  if (!there) await transaction.store.put(made, 'kiosk')
  await transaction.done
  return { db, key: there ?? made }
}

function open(): Promise<Place> {
  place ??= make()
  return place
}

const bound = (name: string) => new TextEncoder().encode(name)

/** On return it is safe on disk. */
export async function keep(name: string, value: unknown): Promise<void> {
  const { db, key } = await open()
  const iv = crypto.getRandomValues(new Uint8Array(12))
  const text = new TextEncoder().encode(JSON.stringify(value))
  const data = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: bound(name) }, key, text)
  const transaction = db.transaction('rows', 'readwrite', { durability: 'strict' })
  await transaction.store.put({ name, iv, data })
  await transaction.done
}

export async function kept<T>(name: string): Promise<T | undefined> {
  const { db, key } = await open()
  const row = await db.get('rows', name)
  if (!row) return undefined
  const text = await crypto.subtle.decrypt(
    { name: 'AES-GCM', iv: row.iv, additionalData: bound(name) },
    key,
    row.data,
  )
  return JSON.parse(new TextDecoder().decode(text))
}

export async function namesKept(prefix: string): Promise<string[]> {
  const { db } = await open()
  return (await db.getAllKeys('rows')).filter((name) => name.startsWith(prefix))
}

export async function forget(name: string): Promise<void> {
  const { db } = await open()
  await db.delete('rows', name)
}
