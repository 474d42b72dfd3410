/** What lies on a device, looked at from outside the app. */
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'

interface Kept {
  readonly keys: number
  readonly snapshots: readonly string[]
  readonly entries: number
  readonly drafts: number
  readonly readable: boolean
}

/** Everything the browser stores for the page: databases, caches, local and session storage. A text: names of the browser are none here. */
export const kept = (page: Page, names: readonly string[] = []): Promise<Kept> =>
  page.evaluate<Kept>(`(async () => {
    const there = (await indexedDB.databases()).map(({ name }) => name)
    const open = async (name) => {
      if (!there.includes(name)) return undefined
      const opening = indexedDB.open(name)
      return await new Promise((resolve, reject) => {
        opening.onsuccess = () => resolve(opening.result)
        opening.onerror = () => reject(opening.error)
      })
    }
    const all = (db, store) =>
      !db || !db.objectStoreNames.contains(store) ? [] : new Promise((resolve, reject) => {
        const asked = db.transaction(store).objectStore(store).getAll()
        asked.onsuccess = () => resolve(asked.result)
        asked.onerror = () => reject(asked.error)
      })
    const db = await open('foyer-offline')
    const forms = await open('foyer-drafts')
    const [keys, records, notes, drafts] = await Promise.all([all(db, 'keys'), all(db, 'records'), all(db, 'notes'), all(forms, 'drafts')])
    db?.close()
    forms?.close()
    const text = (value) => (value instanceof ArrayBuffer ? new TextDecoder().decode(value) : '')
    const wanted = ${JSON.stringify(names)}
    let readable = JSON.stringify([keys, records, notes, drafts, { ...localStorage }, { ...sessionStorage }])
    if (wanted.length > 0) {
      readable += [...records, ...drafts].map((one) => text(one.data)).join()
      for (const name of await caches.keys()) {
        const cache = await caches.open(name)
        for (const asked of await cache.keys()) readable += await (await cache.match(asked)).text()
      }
    }
    return {
      keys: keys.length,
      snapshots: records.filter((one) => one.kind === 'snapshot').map((one) => String(one.id)),
      entries: records.filter((one) => one.kind === 'entry').length,
      drafts: drafts.length,
      readable: wanted.some((name) => readable.includes(name)),
    }
  })()`)

/** The profile's own files, as whoever took the tablet would read them. */
export async function namesOnDisk(profile: string, names: readonly string[]): Promise<string[]> {
  const found = new Set<string>()
  for (const entry of await readdir(profile, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const bytes = await readFile(join(entry.parentPath, entry.name)).catch(() => Buffer.alloc(0))
    for (const name of names)
      if (bytes.includes(Buffer.from(name, 'utf8')) || bytes.includes(Buffer.from(name, 'utf16le')))
        found.add(name)
  }
  return [...found]
}
