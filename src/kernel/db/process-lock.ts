import { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'

/**
 * Locks between processes that the operating system gives back when the holder dies, however it dies. Node has no
 * flock(); SQLite, which it carries, does, on every platform. The file stays empty: only its lock is used. A lock file
 * with a pid in it would have to guess whether that pid is still the same program.
 */
export interface ProcessLock {
  release(): void
}

export function tryLock(path: string, mode: 'shared' | 'exclusive'): ProcessLock | undefined {
  const file = new DatabaseSync(path, { timeout: 0 })
  try {
    if (mode === 'exclusive') {
      file.exec('BEGIN EXCLUSIVE')
    } else {
      // A read transaction holds the shared lock from its first read on.
      file.exec('BEGIN')
      file.prepare('SELECT count(*) FROM sqlite_schema').get()
    }
  } catch (error) {
    file.close()
    if (isBusy(error)) return undefined
    throw error
  }
  return { release: () => file.close() }
}

/** Waits as long as it takes; `onWait` is called once when somebody else has the lock. */
export async function lock(
  path: string,
  mode: 'shared' | 'exclusive',
  onWait?: () => void,
): Promise<ProcessLock> {
  let told = false
  for (;;) {
    const held = tryLock(path, mode)
    if (held !== undefined) return held
    if (!told) onWait?.()
    told = true
    await sleep(25)
  }
}

const sqliteBusy = 5

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && error.errcode === sqliteBusy
}
