import { json, raw, type Sql, sqlOn } from '../db/sql.ts'
import type { Kernel } from '../kernel.ts'
import type { JournalEntry, Position } from './entry.ts'
import { settledAfter } from './store.ts'

export interface FollowerJob {
  readonly task: string
  readonly payload: unknown
  readonly queue?: string
  readonly maxAttempts?: number
  readonly runAt?: Date
  /** Same key, not yet run: replaced instead of doubled. */
  readonly key?: string
}

/**
 * Follows the journal in order with a cursor of its own. `handle` runs in the transaction that moves the cursor, so
 * its rows and the jobs it returns happen exactly once, whatever crashes in between (design §1.2).
 */
export interface Follower {
  readonly name: string
  /** Entries of other actions are passed over without calling `handle`. */
  readonly wants: (entry: JournalEntry) => boolean
  readonly handle: (sql: Sql, entries: readonly JournalEntry[], kernel: Kernel) => Promise<readonly FollowerJob[]>
}

const batch = 500

/**
 * One step of one follower: reads a batch, hands it over, moves the cursor.
 * @returns entries read; 0 when there is nothing new or another node holds the cursor
 */
export async function follow(kernel: Kernel, follower: Follower): Promise<number> {
  const client = await kernel.pool.connect()
  let broken = true
  try {
    const sql = sqlOn(client)
    await client.query('begin')
    const cursor = await lockCursor(sql, follower.name)
    const entries = cursor === undefined ? [] : await sql.all(settledAfter(cursor, batch))
    const last = entries.at(-1)
    if (last !== undefined) {
      const wanted = entries.filter((entry) => follower.wants(entry))
      const jobs = wanted.length === 0 ? [] : await follower.handle(sql, wanted, kernel)
      if (jobs.length > 0) await sql.run(addJobs(jobs))
      await sql.run(
        raw(
          `update journal_cursor set xid = $2::xid8, id = $3, failures = 0, last_error = null, updated_at = now()
           where follower = $1`,
          [follower.name, last.xid, last.id],
        ),
      )
    }
    await client.query('commit')
    broken = false
    return entries.length
  } catch (error) {
    broken = await client.query('rollback').then(
      () => false,
      () => true,
    )
    throw error
  } finally {
    client.release(broken)
  }
}

async function lockCursor(sql: Sql, name: string): Promise<Position | undefined> {
  const locked = raw<Position>(
    'select xid::text as xid, id from journal_cursor where follower = $1 for update skip locked',
    [name],
  )
  const cursor = await sql.maybe(locked)
  if (cursor !== undefined) return cursor
  await sql.run(
    raw("insert into journal_cursor (follower, xid, id) values ($1, '0'::xid8, 0) on conflict do nothing", [name]),
  )
  return await sql.maybe(locked)
}

/** Jobs handed to graphile-worker in bulk; in the caller's transaction. */
export function addJobs(jobs: readonly FollowerJob[]) {
  const specs = jobs.map((job) => ({
    identifier: job.task,
    payload: job.payload,
    queue_name: job.queue ?? null,
    run_at: job.runAt?.toISOString() ?? null,
    max_attempts: job.maxAttempts ?? 12,
    job_key: job.key ?? null,
    priority: null,
    flags: null,
  }))
  return raw(
    'select graphile_worker.add_jobs(array(select json_populate_recordset(null::graphile_worker.job_spec, $1::json)))',
    [json(specs)],
  )
}

export interface FollowerRunner {
  start(): void
  stop(): Promise<void>
}

/**
 * Runs all followers of this node: woken by the tail, and once a second besides in case another node died holding
 * a cursor. A follower that fails is tried again with growing pauses; the others go on.
 */
export function followerRunner(kernel: Kernel, followers: readonly Follower[]): FollowerRunner {
  let stopped = false
  let dirty = true
  const loops: Promise<void>[] = []
  const sleepers = new Set<() => void>()
  const unlisten = kernel.tail.listen(() => {
    dirty = true
    for (const wake of sleepers) wake()
  })

  function pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer)
        sleepers.delete(done)
        resolve()
      }
      const timer = setTimeout(done, ms)
      sleepers.add(done)
    })
  }

  async function run(follower: Follower): Promise<void> {
    let failures = 0
    while (!stopped) {
      try {
        const count = await follow(kernel, follower)
        failures = 0
        if (count < batch) await pause(dirty ? 200 : 1000)
        dirty = false
      } catch (error) {
        failures += 1
        kernel.log.error({ err: error, follower: follower.name, failures }, 'a journal follower failed')
        await recordFailure(kernel, follower.name, error).catch(() => undefined)
        await new Promise((resolve) => setTimeout(resolve, Math.min(30_000, 250 * 2 ** failures)).unref())
      }
    }
  }

  return {
    start() {
      for (const follower of followers) loops.push(run(follower))
    },
    async stop() {
      stopped = true
      unlisten()
      for (const wake of sleepers) wake()
      await Promise.race([Promise.all(loops), new Promise((resolve) => setTimeout(resolve, 3000))])
    },
  }
}

async function recordFailure(kernel: Kernel, name: string, error: unknown): Promise<void> {
  const text = error instanceof Error ? error.message : String(error)
  await kernel.sql.run(
    raw('update journal_cursor set failures = failures + 1, last_error = $2, updated_at = now() where follower = $1', [
      name,
      text.slice(0, 500),
    ]),
  )
}
