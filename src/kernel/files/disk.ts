import { createHash } from 'node:crypto'
import { createReadStream, type ReadStream } from 'node:fs'
import { mkdir, open, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { newId } from '../ids.ts'

/** Attachments by content hash: the same content is stored once, a name can never become a path. */
export interface FileStore {
  /** @returns sha256 in hex, once the content is safely on disk */
  put(content: Buffer): Promise<string>
  has(sha256: string): Promise<boolean>
  read(sha256: string): ReadStream
  remove(sha256: string): Promise<void>
}

export function diskFiles(home: string): FileStore {
  const pathOf = (sha256: string) => {
    if (!/^[0-9a-f]{64}$/.test(sha256)) throw new Error('not a content hash')
    return join(home, 'files', sha256.slice(0, 2), sha256)
  }
  const exists = (path: string) =>
    stat(path).then(
      () => true,
      () => false,
    )
  return {
    async put(content) {
      const sha256 = createHash('sha256').update(content).digest('hex')
      const path = pathOf(sha256)
      if (await exists(path)) return sha256
      await mkdir(dirname(path), { recursive: true, mode: 0o700 })
      // Written beside and renamed: a crash leaves either nothing or the whole content under the hash.
      const partial = `${path}.${newId()}`
      const file = await open(partial, 'wx', 0o600)
      try {
        await file.writeFile(content)
        await file.sync()
      } finally {
        await file.close()
      }
      await rename(partial, path)
      return sha256
    },
    has: (sha256) => exists(pathOf(sha256)),
    read: (sha256) => createReadStream(pathOf(sha256)),
    remove: (sha256) => rm(pathOf(sha256), { force: true }),
  }
}
