import { createHash } from 'node:crypto'
import { createReadStream, type ReadStream } from 'node:fs'
import { mkdir, open, readdir, rename, rm, stat, utimes } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { newId } from '../ids.ts'

export interface StoredContent {
  readonly sha256: string
  readonly writtenAt: Date
}

/** Attachments by content hash: the same content is stored once, a name can never become a path. */
export interface FileStore {
  /** @returns sha256 in hex, once the content is safely on disk */
  put(content: Buffer): Promise<string>
  has(sha256: string): Promise<boolean>
  read(sha256: string): ReadStream
  /** At once and for good: erasure (G5). */
  remove(sha256: string): Promise<void>
  /** Everything stored, in no order. */
  list(): AsyncIterable<StoredContent>
  /** Out of sight, kept until `purge`: a house started on the wrong database must not lose its files overnight. */
  discard(sha256: string): Promise<void>
  /** Deletes what was discarded, and what a crash left half written, before `before`. */
  purge(before: Date): Promise<number>
}

const hashPattern = /^[0-9a-f]{64}$/

export function hashOf(content: Buffer): string {
  return createHash('sha256').update(content).digest('hex')
}

export function diskFiles(home: string): FileStore {
  const root = join(home, 'files')
  const trash = join(home, 'files-discarded')
  const pathOf = (sha256: string) => {
    if (!hashPattern.test(sha256)) throw new Error('not a content hash')
    return join(root, sha256.slice(0, 2), sha256)
  }
  return {
    async put(content) {
      const sha256 = hashOf(content)
      const path = pathOf(sha256)
      const known = await stat(path).catch(missing)
      // A size that differs was no doubt damaged by the disk; the rename replaces it by the right content.
      if (known?.size === content.length) return sha256
      await folder(dirname(path))
      // Written beside and renamed: a crash leaves either nothing or the whole content under the hash.
      const partial = `${path}.${newId()}`
      try {
        await write(partial, content)
        await rename(partial, path)
      } catch (error) {
        await rm(partial, { force: true })
        throw error
      }
      await syncFolder(dirname(path))
      return sha256
    },
    has: async (sha256) => (await stat(pathOf(sha256)).catch(missing)) !== undefined,
    read: (sha256) => createReadStream(pathOf(sha256)),
    remove: (sha256) => rm(pathOf(sha256), { force: true }),
    async *list() {
      for (const path of await filesBelow(root)) {
        const sha256 = path.slice(-64)
        const found = hashPattern.test(sha256) ? await stat(path).catch(missing) : undefined
        if (found !== undefined) yield { sha256, writtenAt: found.mtime }
      }
    },
    async discard(sha256) {
      await folder(trash)
      const path = join(trash, sha256)
      await rename(pathOf(sha256), path).catch(missing)
      const now = new Date()
      await utimes(path, now, now).catch(missing)
    },
    async purge(before) {
      const partial = (await filesBelow(root)).filter((path) => !hashPattern.test(path.slice(-64)))
      let count = 0
      for (const path of [...partial, ...(await filesBelow(trash))]) {
        const found = await stat(path).catch(missing)
        if (found === undefined || found.mtime >= before) continue
        await rm(path, { force: true })
        count += 1
      }
      return count
    },
  }
}

async function write(path: string, content: Buffer): Promise<void> {
  const file = await open(path, 'wx', 0o600)
  try {
    await file.writeFile(content)
    await file.sync()
  } finally {
    await file.close()
  }
}

/** Without this a rename that was acknowledged may be gone after a power cut. */
async function syncFolder(path: string): Promise<void> {
  // Windows cannot open a folder, and needs no such thing.
  const handle = await open(path, 'r').catch(() => undefined)
  try {
    await handle?.sync().catch(() => undefined)
  } finally {
    await handle?.close()
  }
}

async function folder(path: string): Promise<void> {
  const made = await mkdir(path, { recursive: true, mode: 0o700 })
  if (made !== undefined) await syncFolder(dirname(path))
}

async function filesBelow(path: string): Promise<string[]> {
  const found = await readdir(path, { withFileTypes: true, recursive: true }).catch(missing)
  return (found ?? []).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
}

function missing(error: unknown): undefined {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
  throw error
}
