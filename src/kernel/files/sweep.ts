import { systemActor } from '../actor.ts'
import { type Kernel, systemCtx } from '../kernel.ts'
import { command } from '../work/command.ts'
import * as store from './store.ts'

const dayMs = 86_400_000
/** An upload that crashed between disk and database leaves content without a row; younger content may be on its way. */
const orphanMs = dayMs
const keepDiscardedMs = 30 * dayMs
const batch = 500

/** @returns contents put away: those no file has any more, or never had */
export async function sweepFiles(kernel: Kernel): Promise<number> {
  // Ages are those of the disk, so the disk's clock counts and not the product's.
  const now = Date.now()
  let swept = 0
  let hashes: string[] = []
  for await (const { sha256, writtenAt } of kernel.files.list()) {
    if (now - writtenAt.getTime() < orphanMs) continue
    hashes.push(sha256)
    if (hashes.length < batch) continue
    swept += await sweep(kernel, hashes)
    hashes = []
  }
  swept += await sweep(kernel, hashes)
  const purged = await kernel.files.purge(new Date(now - keepDiscardedMs))
  if (swept + purged > 0) kernel.log.info({ swept, purged }, 'file contents without a record were put away')
  return swept
}

async function sweep(kernel: Kernel, hashes: readonly string[]): Promise<number> {
  if (hashes.length === 0) return 0
  const inUse = await used(kernel, hashes)
  let count = 0
  for (const sha256 of hashes.filter((one) => !inUse.has(one))) {
    count += await command(systemCtx(kernel, '', systemActor), async (work) => {
      await work.run(store.lockContent(sha256, 'alone'))
      // Asked again under the lock: the same content may have been uploaded meanwhile.
      if ((await work.all(store.contentsInUse([sha256]))).length > 0) return 0
      await kernel.files.discard(sha256)
      return 1
    })
  }
  return count
}

async function used(kernel: Kernel, hashes: readonly string[]): Promise<Set<string>> {
  return new Set((await kernel.sql.all(store.contentsInUse(hashes))).map((row) => row.sha256))
}
