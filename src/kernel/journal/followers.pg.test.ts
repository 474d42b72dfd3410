import pg from 'pg'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { type TestApp, testActor, testApp } from '../../apps/server/testing.ts'
import { raw, type Sql } from '../db/sql.ts'
import { newId } from '../ids.ts'
import { command } from '../work/command.ts'
import type { JournalEntry } from './entry.ts'
import { type Follower, type FollowerJob, follow, followerRunner } from './followers.ts'
import { seal } from './seal.ts'
import { verify } from './verify.ts'

let app: TestApp
let root: pg.Client
const site = newId()
const desk = testActor(site, ['receptionist'])

beforeEach(async () => {
  app = await testApp({ modules: [] })
  root = new pg.Client({ connectionString: app.databaseUrl })
  await root.connect()
  await root.query('create table seen (n serial, follower text, entry text)')
})
afterEach(async () => {
  await root.end()
  await app.close()
})

const insert = `insert into journal (at, site_id, actor_kind, actor_id, actor_name, request_id, entity, entity_id, action)
  values (now(), $1, 'user', 'u', 'u', 'r', 'thing', $2, 'thing.made')`

async function write(entityId: string): Promise<void> {
  await command(app.ctx(desk, site), async (work) =>
    work.journal({ entity: 'thing', entityId, action: 'thing.made' }),
  )
}

/** Notes every entry as a row and hands over one job for it. */
function noting(
  name: string,
  before: (sql: Sql, entries: readonly JournalEntry[]) => Promise<void> = async () => {},
): Follower {
  return {
    name,
    wants: (entry) => entry.entity === 'thing',
    async handle(sql, entries) {
      await sql.run(
        raw('insert into seen (follower, entry) select $1, unnest($2::text[])', [
          name,
          entries.map((entry) => entry.entityId),
        ]),
      )
      await before(sql, entries)
      return entries.map((entry): FollowerJob => ({ task: 'note', payload: { entry: entry.entityId } }))
    },
  }
}

async function seenBy(name: string): Promise<string[]> {
  const found = await root.query<{ entry: string }>('select entry from seen where follower = $1 order by n', [
    name,
  ])
  return found.rows.map((row) => row.entry)
}

async function jobs(): Promise<string[]> {
  const found = await root.query<{ entry: string }>(
    `select payload->>'entry' as entry from graphile_worker._private_jobs order by id`,
  )
  return found.rows.map((row) => row.entry)
}

/** Until the follower has nothing left; other databases' transactions may hold the horizon for a moment. */
async function catchUp(follower: Follower, expected: number): Promise<string[]> {
  await vi.waitUntil(
    async () => {
      while ((await follow(app.kernel, follower)) > 0) {
        // next batch
      }
      return (await seenBy(follower.name)).length >= expected
    },
    { timeout: 20_000 },
  )
  return await seenBy(follower.name)
}

describe('design §1.2 followers of the journal', () => {
  test('a slow transaction that commits after later ones: nothing skipped, nothing repeated, by follower and tail', async () => {
    const heard: string[] = []
    app.kernel.tail.listen((entry) => heard.push(entry.entityId))
    await app.kernel.tail.start()
    const follower = noting('slow')
    await write('first')
    await catchUp(follower, 1)

    const slow = new pg.Client({ connectionString: app.databaseUrl })
    await slow.connect()
    await slow.query('begin')
    await slow.query(insert, [site, 'slow one'])
    for (let n = 0; n < 5; n += 1) await write(`later ${n}`)
    await follow(app.kernel, follower)
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(await seenBy('slow')).toEqual(['first'])
    expect(heard).toEqual(['first'])
    await slow.query(insert, [site, 'slow two'])
    await slow.query('commit')
    await slow.end()

    const all = ['first', 'slow one', 'slow two', ...[0, 1, 2, 3, 4].map((n) => `later ${n}`)]
    expect(await catchUp(follower, 8)).toEqual(all)
    await vi.waitUntil(() => heard.length >= 8, { timeout: 20_000 })
    expect(heard).toEqual(all)
    expect((await jobs()).sort()).toEqual([...all].sort())
    await app.kernel.tail.stop()
  })

  test('transaction ids are ordered as numbers: 999 before 1000', async () => {
    const follower = noting('numbers')
    for (const xid of ['100', '9', '10', '99', '101'])
      await root.query(insert.replace('(at,', '(xid, at,').replace('(now()', `('${xid}', now()`), [site, xid])
    expect(await catchUp(follower, 5)).toEqual(['9', '10', '99', '100', '101'])
    await seal(app.kernel)
    expect(await verify(app.kernel.sql)).toMatchObject({ ok: true, entries: 5 })
  })

  test('a transaction that is rolled back leaves no gap that anybody waits for', async () => {
    const follower = noting('gap')
    await root.query('begin')
    await root.query(insert, [site, 'never'])
    await write('kept')
    await root.query('rollback')
    expect(await catchUp(follower, 1)).toEqual(['kept'])
  })

  test.each(['throws', 'loses its connection'])(
    'a follower that %s between handling and commit: exactly once in effect',
    async (how) => {
      let crashes = 2
      const follower = noting('crashing', async (sql) => {
        if (crashes-- <= 0) return
        if (how === 'throws') throw new Error('crash')
        await sql.run(raw('select pg_terminate_backend(pg_backend_pid())'))
      })
      for (const name of ['a', 'b', 'c']) await write(name)
      let failures = 0
      await vi.waitUntil(
        async () => {
          await follow(app.kernel, follower).catch(() => {
            failures += 1
          })
          return (await seenBy('crashing')).length === 3
        },
        { timeout: 20_000 },
      )
      expect(failures).toBe(2)
      expect(await catchUp(follower, 3)).toEqual(['a', 'b', 'c'])
      expect((await jobs()).sort()).toEqual(['a', 'b', 'c'])
    },
  )

  test('two nodes on one database while four writers write: every entry once, in order, one job each', async () => {
    const followers = [noting('one'), noting('two')]
    await app.kernel.tail.start()
    const runners = [followerRunner(app.kernel, followers), followerRunner(app.kernel, followers)]
    for (const runner of runners) runner.start()
    await Promise.all(
      [0, 1, 2, 3].map(async (writer) => {
        for (let n = 0; n < 50; n += 1) await write(`${writer}.${n}`)
      }),
    )
    await vi.waitUntil(
      async () => (await seenBy('one')).length >= 200 && (await seenBy('two')).length >= 200,
      { timeout: 30_000 },
    )
    for (const runner of runners) await runner.stop()
    await app.kernel.tail.stop()
    const order = (await root.query<{ id: string }>('select entity_id as id from journal order by xid, id'))
      .rows
    for (const name of ['one', 'two']) expect(await seenBy(name)).toEqual(order.map((row) => row.id))
    expect((await jobs()).length).toBe(400)
    expect(new Set(await jobs()).size).toBe(200)
  })

  test('a poison entry: what came before is handled, the failure shows, other followers go on', async () => {
    const poisoned = noting('poisoned', async (_sql, entries) => {
      if (entries.some((entry) => entry.entityId === 'poison')) throw new Error('cannot take poison')
    })
    const sound = noting('sound')
    for (const name of ['a', 'b', 'poison', 'c']) await write(name)
    await app.kernel.tail.start()
    const runner = followerRunner(app.kernel, [poisoned, sound])
    runner.start()
    await vi.waitUntil(
      async () => (await seenBy('sound')).length === 4 && (await seenBy('poisoned')).length === 2,
      { timeout: 20_000 },
    )
    const failure = async () =>
      (await root.query(`select failures, last_error from journal_cursor where follower = 'poisoned'`))
        .rows[0]
    await vi.waitUntil(async () => (await failure()).failures >= 1, { timeout: 20_000 })
    expect(await failure()).toMatchObject({ last_error: 'cannot take poison' })
    expect(await seenBy('poisoned')).toEqual(['a', 'b'])
    await write('d')
    await vi.waitUntil(async () => (await seenBy('sound')).length === 5, { timeout: 20_000 })
    await runner.stop()
    await app.kernel.tail.stop()
  })

  test('several jobs with one key in one batch: the last wins', async () => {
    const follower: Follower = {
      name: 'keyed',
      wants: () => true,
      handle: async (_sql, entries) =>
        entries.map((entry) => ({
          task: 'note',
          payload: { entry: entry.entityId },
          key: 'only',
          maxAttempts: 3,
        })),
    }
    for (const name of ['a', 'b', 'c']) await write(name)
    await vi.waitUntil(
      async () => {
        await follow(app.kernel, follower)
        return (await jobs())[0] === 'c'
      },
      { timeout: 20_000 },
    )
    expect(await jobs()).toEqual(['c'])
  })
})
