import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { rebase } from '../journal/rebase.ts'

const folder = fileURLToPath(new URL('../../../db/migrations/', import.meta.url))
const lockKey = 7_031_969

/**
 * Applies the SQL files of `db/migrations` in the order of their names, each in a transaction, once. Several nodes may
 * start together: an advisory lock lets one work and the others wait. A database restored from a logical dump gets its
 * journal positions put right (`rebase`).
 * @returns names applied now
 * @throws Error when an applied file was changed afterwards: history is not edited, a new file is added.
 */
export async function migrate(url: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [lockKey])
    await client.query(`create table if not exists migration (
      name text primary key, sha256 text not null, applied_at timestamptz not null default now())`)
    const done = new Map<string, string>()
    for (const row of (
      await client.query<{ name: string; sha256: string }>('select name, sha256 from migration')
    ).rows) {
      done.set(row.name, row.sha256)
    }
    const applied: string[] = []
    for (const name of (await readdir(folder)).filter((file) => file.endsWith('.sql')).sort()) {
      const text = await readFile(`${folder}${name}`, 'utf8')
      const sha256 = createHash('sha256').update(text).digest('hex')
      const before = done.get(name)
      if (before === sha256) continue
      if (before !== undefined) throw new Error(`migration ${name} was changed after it had been applied`)
      await apply(client, name, text, sha256)
      applied.push(name)
    }
    await rebase(client)
    return applied
  } finally {
    await client.end()
  }
}

async function apply(client: pg.Client, name: string, text: string, sha256: string): Promise<void> {
  await client.query('begin')
  try {
    await client.query(text)
    await client.query('insert into migration (name, sha256) values ($1, $2)', [name, sha256])
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw new Error(`migration ${name} failed: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    })
  }
}
