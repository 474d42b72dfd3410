import { json, raw, type Sql, sqlOn } from '../db/sql.ts'
import type { Kernel } from '../kernel.ts'
import type { JournalEntry, Position } from './entry.ts'
import { settledAfter } from './store.ts'

export interface FollowerJob {
  readonly task: string
  readonly payload: unknown
  /** Jobs of one queue run one at a time, but those of one batch in no particular order. */
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
  readonly handle: (
    sql: Sql,
    entries: readonly JournalEntry[],
    kernel: Kernel,
  ) => Promise<readonly FollowerJob[]>
}

const batch = 500

/**
 * One step of one follower: reads a batch, hands it over, moves the cursor.
 * @returns entries read; 0 when there is nothing new or another node holds the cursor
 */
export async function follow(kernel: Kernel, follower: Follower, most = batch): Promise<number> {
  // Asked without a transaction: waiting followers must not cost a commit each second.
  if ((await kernel.sql.maybe(hasNews(follower.name))) === undefined) return 0
  const client = await kernel.pool.connect()
  let broken = true
  try {
    const sql = sqlOn(client)
    await client.query('begin')
    const cursor = await lockCursor(sql, follower.name)
    const entries = cursor === undefined ? [] : await sql.all(settledAfter(cursor, most))
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

function hasNews(name: string) {
  return raw(
    `select 1 from journal where xid < journal_horizon() and (xid, id) > (
       coalesce((select xid from journal_cursor where follower = $1), '0'::xid8),
       coalesce((select id from journal_cursor where follower = $1), 0)) limit 1`,
    [name],
  )
}

async function lockCursor(sql: Sql, name: string): Promise<Position | undefined> {
  const locked = raw<Position>(
    'select xid::text as xid, id from journal_cursor where follower = $1 for update skip locked',
    [name],
  )
  const cursor = await sql.maybe(locked)
  if (cursor !== undefined) return cursor
  await sql.run(
    raw("insert into journal_cursor (follower, xid, id) values ($1, '0'::xid8, 0) on conflict do nothing", [
      name,
    ]),
  )
  return await sql.maybe(locked)
}

/** Jobs handed to graphile-worker in bulk; in the caller's transaction. */
export function addJobs(jobs: readonly FollowerJob[]) {
  // One INSERT may touch a key only once: of several jobs with one key the last wins, as it would one by one.
  const last = new Map(jobs.map((job, index) => [job.key, index]))
  const specs = jobs
    .filter((job, index) => job.key === undefined || last.get(job.key) === index)
    .map((job) => ({
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
 * a cursor. A follower that fails is tried again with growing pauses, entry by entry, so that it stands exactly
 * before the entry it cannot take; the others go on.
 */
export function followerRunner(kernel: Kernel, followers: readonly Follower[]): FollowerRunner {
  const bells = followers.map(() => bell())
  let stopped = false
  let running: Promise<unknown> = Promise.resolve()
  const unlisten = kernel.tail.listen(() => {
    for (const one of bells) one.ring()
  })

  async function run(follower: Follower, news: Bell): Promise<void> {
    let failures = 0
    // Entries still to be taken one by one, after a batch that could not be taken as a whole.
    let careful = 0
    while (!stopped) {
      try {
        const count = await follow(kernel, follower, careful > 0 ? 1 : batch)
        failures = 0
        careful = count === 0 ? 0 : Math.max(0, careful - 1)
        if (count < batch && careful === 0) await news.wait(1000)
      } catch (error) {
        const wasOne = careful > 0
        careful = batch
        if (!wasOne) continue
        failures += 1
        kernel.log.error({ err: error, follower: follower.name, failures }, 'a journal follower failed')
        await recordFailure(kernel, follower.name, error).catch(() => undefined)
        await news.sleep(Math.min(30_000, 250 * 2 ** failures))
      }
    }
  }

  return {
    start() {
      running = Promise.all(followers.map((follower, index) => run(follower, bells[index] ?? bell())))
    },
    async stop() {
      stopped = true
      unlisten()
      for (const one of bells) one.end()
      await Promise.race([running, new Promise((resolve) => setTimeout(resolve, 3000).unref())])
    },
  }
}

interface Bell {
  ring(): void
  end(): void
  /** Until it rings, or rang since the last wait, or the time is over. */
  wait(ms: number): Promise<void>
  /** Until the time is over or the end: a failing follower is not woken by news. */
  sleep(ms: number): Promise<void>
}

function bell(): Bell {
  let rung = false
  let ended = false
  let wake: ((byNews: boolean) => void) | undefined

  function until(ms: number, byNewsToo: boolean): Promise<void> {
    if (ended) return Promise.resolve()
    return new Promise((resolve) => {
      const timer = setTimeout(() => wake?.(false), ms)
      wake = (byNews) => {
        if (byNews && !byNewsToo) return
        clearTimeout(timer)
        wake = undefined
        resolve()
      }
    })
  }

  return {
    ring() {
      rung = true
      wake?.(true)
    },
    end() {
      ended = true
      wake?.(false)
    },
    async wait(ms) {
      if (!rung) await until(ms, true)
      rung = false
    },
    sleep: (ms) => until(ms, false),
  }
}

async function recordFailure(kernel: Kernel, name: string, error: unknown): Promise<void> {
  const text = error instanceof Error ? error.message : String(error)
  await kernel.sql.run(
    raw(
      'update journal_cursor set failures = failures + 1, last_error = $2, updated_at = now() where follower = $1',
      [name, text.slice(0, 500)],
    ),
  )
}
