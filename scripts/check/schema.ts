/**
 * Migrates an empty database and compares what came out with db/schema.sql and db/types.ts; `--write` renews both.
 */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { startPostgres } from '../../src/kernel/db/embedded.ts'
import { migrate } from '../../src/kernel/db/migrate.ts'
import { dumpSchema } from './schema-dump.ts'
import { kyselyTypes } from './schema-types.ts'
import { report, root } from './source.ts'

const home = await mkdtemp(join(tmpdir(), 'foyer-schema-'))
const server = await startPostgres({ home, fsync: false })
try {
  await migrate(server.url)
  const client = new pg.Client({ connectionString: server.url })
  await client.connect()
  try {
    const made = { 'db/schema.sql': await dumpSchema(client), 'db/types.ts': await kyselyTypes(client) }
    for (const [path, text] of Object.entries(made)) {
      if (process.argv.includes('--write')) await writeFile(join(root, path), text)
      else report(await difference(path, text))
    }
  } finally {
    await client.end()
  }
} finally {
  await server.stop()
  await rm(home, { recursive: true, force: true })
}

async function difference(path: string, text: string): Promise<string[]> {
  const before = (await readFile(join(root, path), 'utf8').catch(() => '')).split('\n')
  const after = text.split('\n')
  const at = after.findIndex((line, index) => line !== before[index])
  if (at < 0 && before.length === after.length) return []
  const line = at < 0 ? after.length : at
  return [
    `${path} differs from what the migrations make; run \`npm run schema\`. First difference, line ${line + 1}:`,
    `  committed: ${before[line] ?? '(end)'}`,
    `  made:      ${after[line] ?? '(end)'}`,
  ]
}
