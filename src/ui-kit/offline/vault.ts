/**
 * IndexedDB with every record encrypted (AES-GCM). The key is the server's, made for this person, site and device, and
 * kept here only as a `CryptoKey` nobody can read out. Signing out forgets the key: what still waits to be sent stays as
 * cipher text that only the same person's next sign-in, or a takeover on record, can open again (G5).
 */
import { type DBSchema, type IDBPDatabase, openDB } from 'idb'

export type Kind = 'snapshot' | 'entry'

interface Sealed {
  owner: string
  kind: Kind
  id: string
  iv: Uint8Array<ArrayBuffer>
  data: ArrayBuffer
}

interface Schema extends DBSchema {
  keys: { key: string; value: { owner: string; key: CryptoKey } }
  records: { key: [string, string, string]; value: Sealed; indexes: { kind: [string, string] } }
  notes: { key: string; value: { name: string; value: unknown } }
}

const databaseName = 'foyer-offline'
let opened: Promise<IDBPDatabase<Schema>> | undefined

function database() {
  opened ??= openDB<Schema>(databaseName, 1, {
    upgrade(db) {
      db.createObjectStore('keys', { keyPath: 'owner' })
      db.createObjectStore('notes', { keyPath: 'name' })
      db.createObjectStore('records', { keyPath: ['owner', 'kind', 'id'] }).createIndex('kind', [
        'owner',
        'kind',
      ])
    },
    // Another tab brings a newer version: this one lets go, and opens again when it is needed.
    blocking: () => void opened?.then((db) => db.close()).finally(() => (opened = undefined)),
    terminated: () => (opened = undefined),
  })
  return opened
}

/** Encryption is there over https (and on localhost) only; without it nothing is kept on the device. */
export const possible = () => 'indexedDB' in globalThis && globalThis.crypto?.subtle !== undefined

export async function note<T>(name: string): Promise<T | undefined> {
  return (await (await database()).get('notes', name))?.value as T | undefined
}

export async function setNote(name: string, value: unknown): Promise<void> {
  const db = await database()
  if (value === undefined) await db.delete('notes', name)
  else await db.put('notes', { name, value })
}

/** Counts every change of the entries, so that another tab knows when to read again. */
export const revision = async () => (await note<number>('revision')) ?? 0

export class Vault {
  readonly owner: string
  readonly #key: CryptoKey

  constructor(owner: string, key: CryptoKey) {
    this.owner = owner
    this.#key = key
  }

  async #seal(kind: Kind, id: string, value: unknown): Promise<Sealed> {
    const iv = crypto.getRandomValues(new Uint8Array(12))
    const text = new TextEncoder().encode(JSON.stringify(value ?? null))
    // What a record is belongs to it: one cannot be put in another's place.
    const additionalData = new TextEncoder().encode(`${this.owner} ${kind} ${id}`)
    const data = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData }, this.#key, text)
    return { owner: this.owner, kind, id, iv, data }
  }

  async #open(sealed: Sealed): Promise<unknown> {
    const { iv, data, kind, id } = sealed
    const additionalData = new TextEncoder().encode(`${this.owner} ${kind} ${id}`)
    const text = await crypto.subtle.decrypt({ name: 'AES-GCM', iv, additionalData }, this.#key, data)
    return JSON.parse(new TextDecoder().decode(text))
  }

  async put(kind: Kind, id: string, value: unknown): Promise<void> {
    // Sealed before the transaction opens: it would close by itself while the cipher runs.
    const sealed = await this.#seal(kind, id, value)
    const transaction = (await database()).transaction(['records', 'notes'], 'readwrite', {
      durability: 'strict',
    })
    await transaction.objectStore('records').put(sealed)
    if (kind === 'entry') await countUp(transaction.objectStore('notes'))
    await transaction.done
  }

  async remove(kind: Kind, id: string): Promise<void> {
    const transaction = (await database()).transaction(['records', 'notes'], 'readwrite', {
      durability: 'strict',
    })
    await transaction.objectStore('records').delete([this.owner, kind, id])
    if (kind === 'entry') await countUp(transaction.objectStore('notes'))
    await transaction.done
  }

  /** @returns undefined for what is not there */
  async get(kind: Kind, id: string): Promise<unknown> {
    const sealed = await (await database()).get('records', [this.owner, kind, id])
    return sealed && (await this.#open(sealed))
  }

  async all(kind: Kind): Promise<unknown[]> {
    const sealed = await (await database()).getAllFromIndex('records', 'kind', [this.owner, kind])
    return await Promise.all(sealed.map((one) => this.#open(one)))
  }
}

interface Notes {
  get(name: string): Promise<{ value: unknown } | undefined>
  put(note: { name: string; value: unknown }): Promise<unknown>
}

async function countUp(notes: Notes) {
  const now = (await notes.get('revision'))?.value
  await notes.put({ name: 'revision', value: (typeof now === 'number' ? now : 0) + 1 })
}

async function vaultKey(owner: string, secret: string): Promise<CryptoKey> {
  const bytes = Uint8Array.from(atob(secret.replaceAll('-', '+').replaceAll('_', '/')), (c) =>
    c.charCodeAt(0),
  )
  return await crypto.subtle
    .importKey('raw', bytes, { name: 'AES-GCM' }, false, ['encrypt', 'decrypt'])
    .catch(() => {
      throw new Error(`no key for ${owner}`)
    })
}

/** The key of a signed-in person stays until sign-out. */
export async function unlock(owner: string, secret: string): Promise<Vault> {
  const key = await vaultKey(owner, secret)
  await (await database()).put('keys', { owner, key })
  return new Vault(owner, key)
}

/** Opens somebody else's entries for a takeover; the key is not kept. */
export async function openOnce(owner: string, secret: string): Promise<Vault> {
  return new Vault(owner, await vaultKey(owner, secret))
}

/** Without a server: the key of whoever is still signed in here. */
export async function openKept(owner: string): Promise<Vault | undefined> {
  const kept = await (await database()).get('keys', owner)
  return kept && new Vault(owner, kept.key)
}

/**
 * Forgets keys and snapshots of everybody but `stays`. Entries that wait are all that is left of them, and nothing here
 * can read those.
 */
export async function forget(stays: string | null): Promise<void> {
  const db = await database()
  const transaction = db.transaction(['keys', 'records'], 'readwrite', { durability: 'strict' })
  for (const owner of await transaction.objectStore('keys').getAllKeys())
    if (owner !== stays) await transaction.objectStore('keys').delete(owner)
  const records = transaction.objectStore('records')
  for (const key of await records.getAllKeys())
    if (key[0] !== stays && key[1] !== 'entry') await records.delete(key)
  await transaction.done
}

/** Owners with entries that wait here, and how many. */
export async function waitingByOwner(): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>()
  for (const [owner, kind] of await (await database()).getAllKeys('records'))
    if (kind === 'entry') counts.set(owner, (counts.get(owner) ?? 0) + 1)
  return counts
}
