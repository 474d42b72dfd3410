import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { startPostgres } from './embedded.ts'

declare module 'vitest' {
  interface ProvidedContext {
    postgresUrl: string
  }
}

/** One real PostgreSQL for the whole run, as quick as it gets: what these tests write need not survive a power cut. */
export default async function setup({ provide }: Pick<TestProject, 'provide'>): Promise<() => Promise<void>> {
  const home = await mkdtemp(join(tmpdir(), 'foyer-test-'))
  try {
    const server = await startPostgres({
      home,
      fsync: false,
      settings: { synchronous_commit: 'off', full_page_writes: 'off' },
    })
    provide('postgresUrl', server.url)
    return async () => {
      await server.stop()
      await rm(home, { recursive: true, force: true })
    }
  } catch (error) {
    await rm(home, { recursive: true, force: true })
    throw error
  }
}
