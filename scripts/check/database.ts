import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startPostgres } from '../../src/kernel/db/embedded.ts'
import { migrate } from '../../src/kernel/db/migrate.ts'

/** Gives `work` a new, migrated database and a home of its own, and removes both afterwards. */
export async function withDatabase<T>(work: (url: string, home: string) => Promise<T>): Promise<T> {
  const home = await mkdtemp(join(tmpdir(), 'foyer-check-'))
  try {
    const server = await startPostgres({ home, fsync: false })
    try {
      await migrate(server.url)
      return await work(server.url, home)
    } finally {
      await server.stop()
    }
  } finally {
    await rm(home, { recursive: true, force: true })
  }
}
