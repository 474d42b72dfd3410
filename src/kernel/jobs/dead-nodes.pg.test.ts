/** What a killed node leaves is taken up by the others, and nothing is taken from a node that lives (G2). */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type TestApp, testApp } from '../../apps/server/testing.ts'
import { raw } from '../db/sql.ts'
import { addJobs, type FollowerJob } from '../journal/followers.ts'
import { deadNodes, looksUntilDead } from './dead-nodes.ts'
import { type NodeProcess, slowJobs, slowTables, slowTask, startNode } from './testing.ts'
import { startWorker } from './worker.ts'

/** Other test files share the machine. */
const soon = <T>(look: () => Promise<T>) => expect.poll(look, { timeout: 50_000, interval: 20 })

let app: TestApp
const ends: Array<() => Promise<unknown>> = []

beforeEach(async () => {
  app = await testApp({ modules: [slowJobs] })
  await app.kernel.sql.run(slowTables)
})
afterEach(async () => {
  // A job still waiting would hold up the end of its node.
  await app.kernel.sql.run(
    raw("insert into slow_run (job, attempt) select payload #>> '{}', 0 from graphile_worker._private_jobs"),
  )
  for (const end of ends.splice(0)) await end()
  await app.close()
})

/** A node in this process; looks for dead ones without pause. */
async function worker(lookMs = 20) {
  const started = await startWorker(app.kernel, { beatMs: 20, lookMs })
  let stopped: Promise<void> | undefined
  const stop = () => {
    stopped ??= started.stop()
    return stopped
  }
  ends.push(stop)
  return { node: started.node, stop }
}

function node(): NodeProcess {
  const started = startNode(app.databaseUrl, app.kernel.config.home)
  ends.push(() => started.kill())
  return started
}

const add = (job: string, more: Partial<FollowerJob> = {}) =>
  app.kernel.sql.run(addJobs([{ task: slowTask, payload: job, ...more }]))
const finish = (job: string) =>
  app.kernel.sql.run(raw('insert into slow_run (job, attempt) values ($1, 0)', [job]))
const runs = (job: string) =>
  app.kernel.sql.all<{ attempt: number; pid: number; ended: boolean }>(
    raw('select attempt, pid, ended from slow_run where job = $1 and attempt > 0 order by attempt', [job]),
  )
const jobs = () =>
  app.kernel.sql.all<{ job: string; node: string | null; attempts: number }>(
    raw(`select p.payload #>> '{}' as job, j.locked_by as node, j.attempts
         from graphile_worker.jobs j join graphile_worker._private_jobs p using (id) order by j.id`),
  )
const lockHolders = () =>
  app.kernel.sql.all<{ pid: number }>(
    raw(`select l.pid from pg_locks l join pg_database d on d.oid = l.database
         where l.locktype = 'advisory' and l.granted and l.objsubid = 1 and d.datname = current_database()`),
  )
/** As many looks as make a node dead, by somebody who has no jobs. */
async function lookTillDead() {
  const { look } = deadNodes(app.kernel, 'node of nobody')
  const freed = []
  for (let n = 0; n < looksUntilDead; n++) freed.push(...(await look()))
  return freed
}

describe('G2 a node killed in the middle of a job', () => {
  test('a living node runs it once more, and what waited behind it in its queue', async () => {
    const victim = node()
    await add('promise', { queue: 'one' })
    await add('behind', { queue: 'one' })
    await soon(() => runs('promise')).toEqual([{ attempt: 1, pid: victim.pid, ended: false }])
    await worker()
    await victim.kill()
    await soon(async () => (await runs('promise')).length).toBe(2)
    expect(await runs('behind')).toEqual([])
    await finish('promise')
    await soon(async () => (await runs('behind')).length).toBe(1)
    await finish('behind')
    await soon(jobs).toEqual([])
    expect(await runs('promise')).toEqual([
      { attempt: 1, pid: victim.pid, ended: false },
      { attempt: 2, pid: process.pid, ended: true },
    ])
    expect(await runs('behind')).toEqual([{ attempt: 1, pid: process.pid, ended: true }])
  })

  test('nobody was left: the next one to start takes it up, several at once no oftener', async () => {
    const victim = node()
    await add('promise')
    await soon(async () => (await runs('promise')).length).toBe(1)
    await victim.kill()
    await Promise.all([worker(), worker(), worker()])
    await soon(async () => (await runs('promise')).length).toBe(2)
    await finish('promise')
    await soon(jobs).toEqual([])
    expect((await runs('promise')).map(({ ended }) => ended)).toEqual([false, true])
  })

  test('died in the last attempt: it is not tried again, and the log says so', async () => {
    const victim = node()
    await add('last', { maxAttempts: 1 })
    await soon(async () => (await runs('last')).length).toBe(1)
    expect(await lookTillDead()).toEqual([])
    await victim.kill()
    await soon(async () => (await lockHolders()).length).toBe(0)
    const errors: unknown[] = []
    const log = Object.assign(Object.create(app.kernel.log), { error: (what: unknown) => errors.push(what) })
    const { look } = deadNodes({ sql: app.kernel.sql, log }, 'node of nobody')
    for (let n = 0; n < looksUntilDead; n++) await look()
    expect(errors).toMatchObject([{ jobs: [{ task: slowTask, attempts: 1, most: 1 }] }])
    expect(await jobs()).toEqual([{ job: 'last', node: null, attempts: 1 }])
  })
})

describe('G2 a node that lives keeps its jobs', () => {
  test('however often and by however many it is looked for', async () => {
    const other = node()
    await add('promise')
    await soon(async () => (await runs('promise')).length).toBe(1)
    const [before] = await jobs()
    expect(before?.node).toContain(` ${other.pid} `)
    for (let n = 0; n < 20; n++) {
      const freed = await Promise.all([lookTillDead(), lookTillDead(), lookTillDead()])
      expect(freed.flat()).toEqual([])
    }
    expect(await jobs()).toEqual([before])
    await finish('promise')
    await soon(jobs).toEqual([])
    expect(await runs('promise')).toEqual([{ attempt: 1, pid: other.pid, ended: true }])
    expect(await other.stop()).toBe(0)
  })

  test('a broken connection takes the lock; the node has it again before it is taken for dead', async () => {
    const { node: id } = await worker(60_000)
    await add('promise')
    await soon(async () => (await jobs())[0]?.node).toBe(id)
    const { look } = deadNodes(app.kernel, 'node of nobody')
    const [first] = await lockHolders()
    for (let n = 0; n < 3 * looksUntilDead; n++) {
      const [holder] = await lockHolders()
      await app.kernel.sql.run(raw('select pg_terminate_backend($1)', [holder?.pid ?? 0]))
      // Often finds nobody holding the lock, never so many times in a row.
      expect(await look()).toEqual([])
      await soon(async () => (await lockHolders()).some(({ pid }) => pid !== holder?.pid)).toBe(true)
      expect(await look()).toEqual([])
    }
    expect((await lockHolders())[0]?.pid).not.toBe(first?.pid)
    await finish('promise')
    await soon(jobs).toEqual([])
    expect(await runs('promise')).toMatchObject([{ attempt: 1, ended: true }])
  })

  test('a look that could not be taken starts the count anew', async () => {
    const victim = node()
    await add('promise')
    await soon(async () => (await runs('promise')).length).toBe(1)
    await victim.kill()
    await soon(async () => (await lockHolders()).length).toBe(0)
    let broken = false
    const sql: typeof app.kernel.sql = {
      ...app.kernel.sql,
      all: (statement) => (broken ? Promise.reject(new Error('no line')) : app.kernel.sql.all(statement)),
    }
    const { look } = deadNodes({ sql, log: app.kernel.log }, 'node of nobody')
    for (let n = 1; n < looksUntilDead; n++) expect(await look()).toEqual([])
    broken = true
    await expect(look()).rejects.toThrow('no line')
    broken = false
    for (let n = 1; n < looksUntilDead; n++) expect(await look()).toEqual([])
    expect(await look()).toMatchObject([{ task: slowTask, attempts: 1 }])
  })

  test('its jobs end before it gives up its lock, and leave nothing behind', async () => {
    const { stop } = await worker()
    await add('promise')
    await soon(async () => (await runs('promise')).length).toBe(1)
    const stopped = stop()
    expect(await lookTillDead()).toEqual([])
    expect((await jobs()).map(({ attempts }) => attempts)).toEqual([1])
    await finish('promise')
    await stopped
    expect(await jobs()).toEqual([])
    expect(await runs('promise')).toMatchObject([{ attempt: 1, ended: true }])
    expect(await lockHolders()).toEqual([])
  })

  test('locks of another make of worker are left to the library', async () => {
    await add('promise')
    await app.kernel.sql.run(
      raw("update graphile_worker._private_jobs set locked_by = 'pool-1', locked_at = now()"),
    )
    expect(await lookTillDead()).toEqual([])
    expect((await jobs())[0]?.node).toBe('pool-1')
    await app.kernel.sql.run(
      raw('update graphile_worker._private_jobs set locked_by = null, locked_at = null'),
    )
  })
})
