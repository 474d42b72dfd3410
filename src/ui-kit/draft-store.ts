/**
 * Forms half filled in, encrypted (AES-GCM) in the browser's database under a key made here that nobody can read out.
 * Signing out deletes the database with its key (`eraseDrafts`); other tabs let go of it and forget theirs.
 */
import { type DBSchema, type IDBPDatabase, openDB } from 'idb'
import type { Stored } from './drafts.ts'

const keepDays = 7

interface Schema extends DBSchema {
  keys: { key: string; value: CryptoKey }
  drafts: { key: string; value: { name: string; iv: Uint8Array<ArrayBuffer>; data: ArrayBuffer } }
}

type Heard = (name?: string, one?: Stored | null) => void

export interface DraftStore {
  /** This person's, not too old; everything else is deleted. */
  readonly load: (owner: string) => Promise<ReadonlyMap<string, Stored>>
  /** null: sent, or thrown away. */
  readonly keep: (name: string, one: Stored | null) => void
}

interface Place {
  readonly db: IDBPDatabase<Schema>
  readonly key: CryptoKey
}

/** @returns undefined where the browser has no encryption: over plain http */
export function draftStore(heard: Heard): DraftStore | undefined {
  if (!('indexedDB' in globalThis) || globalThis.crypto?.subtle === undefined) return undefined
  const tabs = new BroadcastChannel('foyer-drafts')
  tabs.onmessage = ({ data }: MessageEvent<{ name: string; one: Stored | null }>) =>
    heard(data.name, data.one)
  let place: Promise<Place> | undefined
  const waiting = new Map<string, Stored | null>()
  let writing = false

  async function make(): Promise<Place> {
    const db = await openDB<Schema>('foyer-drafts', 1, {
      upgrade(fresh) {
        fresh.createObjectStore('keys')
        fresh.createObjectStore('drafts', { keyPath: 'name' })
      },
      blocking(_, wanted, event) {
        ;(event.target as IDBDatabase).close()
        place = undefined
        waiting.clear()
        // No version wanted: somebody signed out, here or in another tab.
        if (wanted === null) heard()
      },
      terminated: () => (place = undefined),
    })
    const made = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, [
      'encrypt',
      'decrypt',
    ])
    const transaction = db.transaction('keys', 'readwrite')
    const there = await transaction.store.get('drafts')
    if (!there) await transaction.store.put(made, 'drafts')
    await transaction.done
    return { db, key: there ?? made }
  }
  const open = () => (place ??= make())

  async function write(name: string, one: Stored | null): Promise<void> {
    const own = open()
    const { db, key } = await own
    if (!one) return await db.delete('drafts', name)
    const iv = crypto.getRandomValues(new Uint8Array(12))
    const text = new TextEncoder().encode(JSON.stringify(one))
    const data = await crypto.subtle.encrypt(
      { name: 'AES-GCM', iv, additionalData: new TextEncoder().encode(name) },
      key,
      text,
    )
    // Signed out while the cipher ran.
    if (place === own) await db.put('drafts', { name, iv, data })
  }

  async function writeAll() {
    if (writing) return
    writing = true
    try {
      // What is typed meanwhile is found by the same walk; only the newest of each form is written.
      for (const [name, one] of waiting) {
        waiting.delete(name)
        await write(name, one)
      }
    } catch {
      // The device is full or closes: the form itself still has it.
    } finally {
      writing = false
    }
  }

  return {
    async load(owner) {
      const found = new Map<string, Stored>()
      // Where earlier versions wrote them in clear.
      for (const name of Object.keys(localStorage))
        if (name.startsWith('foyer.draft.')) localStorage.removeItem(name)
      const { db, key } = await open()
      for (const { name, iv, data } of await db.getAll('drafts')) {
        const one = await crypto.subtle
          .decrypt({ name: 'AES-GCM', iv, additionalData: new TextEncoder().encode(name) }, key, data)
          .then((text): Stored => JSON.parse(new TextDecoder().decode(text)))
          .catch(() => undefined)
        if (one && name.startsWith(`${owner}.`) && Date.now() - one.at < keepDays * 86_400_000)
          found.set(name, one)
        else await db.delete('drafts', name)
      }
      return found
    },
    keep(name, one) {
      waiting.set(name, one)
      tabs.postMessage({ name, one })
      void writeAll()
    },
  }
}
