import pg from 'pg'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { type TestApp, testActor, testApp } from '../../apps/server/testing.ts'
import { raw } from '../db/sql.ts'
import { newId } from '../ids.ts'
import { command } from '../work/command.ts'
import { seal } from './seal.ts'
import { allSettled } from './store.ts'
import { verify } from './verify.ts'

let app: TestApp
let root: pg.Client
const site = newId()
const desk = testActor(site, ['receptionist'])

beforeEach(async () => {
  app = await testApp({ modules: [] })
  root = new pg.Client({ connectionString: app.databaseUrl })
  await root.connect()
})
afterEach(async () => {
  await root.end()
  await app.close()
})

/** Transactions of other test files hold the horizon back, too. */
async function settle(): Promise<void> {
  await vi.waitUntil(async () => (await app.kernel.sql.one(allSettled())).settled, { timeout: 20_000 })
}

async function write(entries: number): Promise<void> {
  for (let n = 0; n < entries; n += 2) {
    await command(app.ctx(desk, site), async (work) => {
      const thing = { entity: 'thing', entityId: newId(), action: 'thing.changed', version: n }
      work.journal({ ...thing, before: { name: '王芳', n: 1.5 }, after: { name: '张"伟\\', n: null } })
      work.journal({ ...thing, data: { note: '补签\n', people: [] } })
    })
  }
  await settle()
}

/** What the trigger cannot stop: somebody who owns the database. */
async function tamper(text: string): Promise<void> {
  await root.query('alter table journal disable trigger all')
  await root.query(text)
  await root.query('alter table journal enable trigger all')
}

/** Two seals of six entries each. */
async function twoSeals(): Promise<{ ids: number[]; head: string }> {
  await write(6)
  await app.settled()
  expect(await seal(app.kernel)).toBe(1)
  await write(6)
  app.clock.advance(1)
  await app.settled()
  expect(await seal(app.kernel)).toBe(1)
  const rows = await app.kernel.sql.all<{ id: number }>(raw('select id from journal order by xid, id'))
  const { ok, head } = await verify(app.kernel.sql)
  expect(ok).toBe(true)
  return { ids: rows.map((row) => row.id), head: head?.hash ?? '' }
}

describe('G4 records are never silently changed', () => {
  test('an untouched journal verifies, and so does an empty one', async () => {
    expect(await verify(app.kernel.sql)).toEqual({
      ok: true,
      seals: 0,
      entries: 0,
      head: null,
      unsealed: 0,
      problems: [],
    })
    const { head } = await twoSeals()
    await write(2)
    const found = await verify(app.kernel.sql, head)
    expect(found).toMatchObject({ ok: true, seals: 2, entries: 12, unsealed: 2, head: { no: 2, hash: head } })
  })

  test.each([
    ['actor', "actor_name = 'somebody else'"],
    ['moment', "at = at + interval '1 microsecond'"],
    ['site', 'site_id = null'],
    ['value before', `before = '{"name": "other"}'`],
    ['JSON null for nothing', "data = 'null'"],
  ])('an altered entry is found: %s', async (_, change) => {
    const { ids } = await twoSeals()
    await tamper(`update journal set ${change} where id = ${ids[2]}`)
    const found = await verify(app.kernel.sql)
    expect(found.ok).toBe(false)
    expect(found.problems).toMatchObject([
      { kind: 'entries-changed', seal: 1, altered: [ids[2]], removed: [], inserted: [] },
    ])
  })

  test('a removed entry is found', async () => {
    const { ids } = await twoSeals()
    await tamper(`delete from journal where id = ${ids[8]}`)
    expect((await verify(app.kernel.sql)).problems).toMatchObject([
      { kind: 'entries-changed', seal: 2, altered: [], removed: [ids[8]], inserted: [] },
    ])
  })

  test('an inserted entry is found', async () => {
    const { ids } = await twoSeals()
    await tamper(
      `insert into journal (xid, at, site_id, actor_kind, actor_id, actor_name, request_id, entity, entity_id, action)
       select xid, at, site_id, actor_kind, actor_id, actor_name, request_id, entity, entity_id, 'thing.invented'
       from journal where id = ${ids[0]}`,
    )
    expect((await verify(app.kernel.sql)).problems).toMatchObject([
      { kind: 'entries-changed', seal: 1, altered: [], removed: [], inserted: [Math.max(...ids) + 1] },
    ])
  })

  test('entries in another order are found', async () => {
    const { ids } = await twoSeals()
    const swap = `update journal set xid = case when id <= ${ids[1]} then (select xid from journal where id = ${ids[2]})
      else (select xid from journal where id = ${ids[0]}) end where id <= ${ids[3]}`
    await tamper(swap)
    expect((await verify(app.kernel.sql)).problems).toMatchObject([
      { kind: 'entries-changed', seal: 1, altered: [], removed: [], inserted: [], reordered: true },
    ])
  })

  test('a removed seal is found, in the middle and at the start', async () => {
    await twoSeals()
    await write(2)
    await app.settled()
    await seal(app.kernel)
    await root.query('delete from journal_seal where no = 2')
    expect((await verify(app.kernel.sql)).problems).toMatchObject([{ kind: 'seal-missing', seal: 2 }])
    await root.query('delete from journal_seal where no = 1')
    expect((await verify(app.kernel.sql)).problems).toMatchObject([{ kind: 'seal-missing', seal: 1 }])
  })

  test.each([
    ['hash', `hash = repeat('a', 64)`, 1],
    ['moment', `sealed_at = sealed_at + interval '1 hour'`, 1],
    ['count', 'entries = entries + 1', 1],
    ['chain', `previous = repeat('b', 64)`, 2],
    ['leaves', `leaves = ''`, 2],
  ])('an altered seal is found: %s', async (_, change, no) => {
    await twoSeals()
    await root.query(`update journal_seal set ${change} where no = ${no}`)
    const found = await verify(app.kernel.sql)
    expect(found.ok).toBe(false)
    expect(found.problems.map((problem) => problem.seal)).toContain(no)
  })

  test('an end cut off, or sealed anew, is found with the head noted elsewhere', async () => {
    const { ids, head } = await twoSeals()
    await tamper(`delete from journal where id > ${ids[5]}`)
    await root.query('delete from journal_seal where no = 2')
    expect((await verify(app.kernel.sql)).ok).toBe(true)
    expect((await verify(app.kernel.sql, head)).problems).toMatchObject([{ kind: 'head-missing' }])
    await write(6)
    await app.settled()
    await seal(app.kernel)
    expect((await verify(app.kernel.sql, head)).problems).toMatchObject([{ kind: 'head-missing', seal: 2 }])
  })

  test('an older head is still in the chain of a journal that went on', async () => {
    const { head } = await twoSeals()
    await write(4)
    await app.settled()
    await seal(app.kernel)
    expect(await verify(app.kernel.sql, head.toUpperCase())).toMatchObject({ ok: true, seals: 3 })
  })

  test('several nodes seal at once while entries are written: one chain over every entry', async () => {
    const sealing = async () => {
      for (let n = 0; n < 15; n += 1) await seal(app.kernel)
    }
    await Promise.all([write(60), write(60), sealing(), sealing(), sealing()])
    await app.settled()
    await seal(app.kernel)
    const found = await verify(app.kernel.sql)
    expect(found).toMatchObject({ ok: true, entries: 120, unsealed: 0 })
  })

  test('more entries than one seal holds', async () => {
    await command(app.ctx(desk, site), async (work) => {
      for (let n = 0; n < 4100; n += 1)
        work.journal({ entity: 'thing', entityId: String(n), action: 'thing.made' })
    })
    await settle()
    await app.settled()
    expect(await seal(app.kernel)).toBe(3)
    expect(await verify(app.kernel.sql)).toMatchObject({ ok: true, seals: 3, entries: 4100, unsealed: 0 })
  })
})
