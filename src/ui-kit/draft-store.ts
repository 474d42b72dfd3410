/**
 * Forms half filled in, encrypted on the device. Signing out deletes the database with its key (`eraseDrafts`); other tabs
 * let go of it and forget theirs.
 */
import type { Stored } from './drafts.ts'
import { canSeal, openSealedRows, type SealedRows } from './sealed-rows.ts'

const keepDays = 7

type Heard = (name?: string, one?: Stored | null) => void

export interface DraftStore {
  /** This person's, not too old; everything else is deleted. */
  readonly load: (owner: string) => Promise<ReadonlyMap<string, Stored>>
  /** null: sent, or thrown away. */
  readonly keep: (name: string, one: Stored | null) => void
}

/** @returns undefined where the browser has no encryption: over plain http */
export function draftStore(heard: Heard): DraftStore | undefined {
  if (!canSeal()) return undefined
  const tabs = new BroadcastChannel('foyer-drafts')
  tabs.onmessage = ({ data }: MessageEvent<{ name: string; one: Stored | null }>) =>
    heard(data.name, data.one)
  let place: Promise<SealedRows> | undefined
  const waiting = new Map<string, Stored | null>()
  let writing = false

  const open = () =>
    (place ??= openSealedRows('foyer-drafts', 'drafts', 'drafts', {
      blocking(_, wanted, event) {
        ;(event.target as IDBDatabase).close()
        place = undefined
        waiting.clear()
        // No version wanted: somebody signed out, here or in another tab.
        if (wanted === null) heard()
      },
      terminated: () => (place = undefined),
    }))

  async function write(name: string, one: Stored | null): Promise<void> {
    const own = open()
    const { db, seal } = await own
    if (!one) return await db.delete('drafts', name)
    const row = await seal(name, one)
    // Signed out while the cipher ran.
    if (place === own) await db.put('drafts', row)
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
      const { db, unseal } = await open()
      for (const row of await db.getAll('drafts')) {
        const { name } = row
        const one = await unseal<Stored>(row).catch(() => undefined)
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
