import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { type TestApp, testActor, testApp } from '../../apps/server/testing.ts'
import { migrate } from '../db/migrate.ts'
import { raw } from '../db/sql.ts'
import { newId } from '../ids.ts'
import { command } from '../work/command.ts'
import { type Follower, follow } from './followers.ts'
import { seal } from './seal.ts'
import { allSettled, settledAfter } from './store.ts'
import { verify } from './verify.ts'

let app: TestApp
let root: pg.Client
const site = newId()
const desk = testActor(site, ['receptionist'])
const seen: string[] = []
const follower: Follower = {
  name: 'counting',
  wants: () => true,
  handle: async (_sql, entries) => {
    seen.push(...entries.map((entry) => entry.entityId))
    return []
  },
}

beforeAll(async () => {
  app = await testApp({ modules: [] })
  root = new pg.Client({ connectionString: app.databaseUrl })
  await root.connect()
})
afterAll(async () => {
  await root.end()
  await app.close()
})

async function write(entityId: string): Promise<void> {
  await command(app.ctx(desk, site), async (work) =>
    work.journal({ entity: 'thing', entityId, action: 'thing.made' }),
  )
  await vi.waitUntil(async () => (await app.kernel.sql.one(allSettled())).settled, { timeout: 20_000 })
}

describe('G4 the journal after a logical restore into a cluster that counts transactions anew', () => {
  test('a healthy database is left alone, however often and whenever it is looked at', async () => {
    await Promise.all([
      write('a'),
      write('b'),
      migrate(app.databaseUrl),
      write('c'),
      migrate(app.databaseUrl),
    ])
    const { shift } = await app.kernel.sql.one<{ shift: number }>(raw('select journal_shift() as shift'))
    expect(shift).toBe(0)
  })

  test('followers, tail and seals go on where they were', async () => {
    await app.settled()
    await follow(app.kernel, follower)
    await app.settled()
    await seal(app.kernel)
    await write('sealed, not followed')
    await app.settled()
    await seal(app.kernel)
    await write('neither')
    // What a restore leaves: every stored position far above the transactions of this cluster.
    await root.query('alter table journal disable trigger all')
    const raise = (column: string) => `${column} = ((${column}::text::bigint + 5000000000)::text)::xid8`
    await root.query(`update journal set ${raise('xid')}`)
    await root.query(`update journal_cursor set ${raise('xid')}`)
    await root.query(`update journal_seal set ${raise('upto_xid')}`)
    await root.query('alter table journal enable trigger all')
    expect(await app.kernel.sql.all(settledAfter({ xid: '0', id: 0 }, 10))).toEqual([])

    await migrate(app.databaseUrl)
    await write('after the restore')
    await app.settled()
    while ((await follow(app.kernel, follower)) > 0) {
      // until it has caught up
    }
    expect([...seen].sort()).toEqual(
      ['a', 'after the restore', 'b', 'c', 'neither', 'sealed, not followed'].sort(),
    )
    expect(seen.slice(3)).toEqual(['sealed, not followed', 'neither', 'after the restore'])
    await app.settled()
    await seal(app.kernel)
    expect(await verify(app.kernel.sql)).toMatchObject({ ok: true, entries: 6, unsealed: 0 })
  })

  test('once put right it is not moved again', async () => {
    const shift = () => app.kernel.sql.one(raw('select journal_shift() as shift'))
    const before = await shift()
    await migrate(app.databaseUrl)
    expect(await shift()).toEqual(before)
  })
})
