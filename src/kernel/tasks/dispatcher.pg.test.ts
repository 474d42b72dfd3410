import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { type TestApp, testActor, testApp, testNow } from '../../apps/server/testing.ts'
import { raw } from '../db/sql.ts'
import { newId } from '../ids.ts'
import type { FoyerModule } from '../module.ts'
import { command, type NewTask } from '../work/command.ts'
import { dispatchAll, dispatchOne, taskDispatcher } from './dispatcher.ts'

const site = newId()
const desk = testActor(site, ['receptionist'])
const later = (minutes: number) => new Date(testNow.getTime() + minutes * 60_000)
const calls: string[] = []
let mood: 'well' | 'throws' | 'breaks SQL' | 'waits' = 'well'

const module: FoyerModule = {
  name: 'demo',
  taskKinds: {
    'demo.plain': { notify: true },
    'demo.moody': {
      notify: true,
      async onFire(work, task, fired) {
        calls.push(`${task.subjectId} ${fired.event}`)
        if (mood === 'throws') throw new TypeError('not today')
        if (mood === 'breaks SQL') await work.run(raw('select 1 / 0'))
        if (mood === 'waits')
          await work.maybe(raw('select id from thing where id = $1 for update', [task.subjectId]))
        return 'continue'
      },
    },
    'demo.handled': {
      notify: false,
      async onFire(work, task) {
        calls.push(`${task.subjectId} handled`)
        if (task.facts.settle === true) {
          work.settleTasks({ entity: 'thing', id: task.subjectId }, ['demo.handled'], 'asked the next one')
          work.journal({ entity: 'thing', entityId: task.subjectId, action: 'thing.passed-on' })
        }
        return 'handled'
      },
    },
  },
}

let app: TestApp
let root: pg.Client
beforeAll(async () => {
  app = await testApp({ modules: [module] })
  root = new pg.Client({ connectionString: app.databaseUrl })
  await root.connect()
  await root.query('create table thing (id text primary key)')
})
afterAll(async () => {
  await root.end()
  await app.close()
})
beforeEach(async () => {
  app.clock.set(testNow)
  calls.length = 0
  mood = 'well'
  await root.query('delete from task')
})

async function openTask(part: Partial<NewTask> = {}, siteId = site): Promise<string> {
  const subject = part.subject ?? { entity: 'thing', id: newId() }
  return await command(app.ctx(desk, siteId), async (work) => {
    work.journal({ entity: 'thing', entityId: subject.id, action: 'thing.made' })
    return work.openTask({
      kind: 'demo.plain',
      owner: { kind: 'post', id: 'desk' },
      dueAt: later(30),
      ...part,
      subject,
    })
  })
}

interface Row {
  status: string
  owner_kind: string
  owner_id: string
  level: number
  next_at: Date | null
  failures: number
  last_error: string | null
  site_id: string
}
const row = async (id: string) => (await root.query<Row>('select * from task where id = $1', [id])).rows[0]
const events = async (id: string) =>
  (
    await root.query<{ action: string }>('select action from journal where entity_id = $1 order by xid, id', [
      id,
    ])
  ).rows.map((one) => one.action)

describe('G2 the dispatcher', () => {
  test('reminder before due, then due, then each step of the ladder moves the owner', async () => {
    const boss = newId()
    const id = await openTask({
      remindAt: later(20),
      ladder: [
        { afterMinutes: 30, owner: { kind: 'person', id: boss } },
        { afterMinutes: 10, owner: { kind: 'post', id: 'duty_manager' } },
      ],
    })
    expect(await dispatchAll(app.kernel)).toBe(0)
    const seen: unknown[] = []
    for (const minute of [19, 20, 29, 30, 39, 40, 59, 60, 600]) {
      app.clock.set(later(minute))
      const fired = await dispatchAll(app.kernel)
      if (fired > 0) seen.push([minute, fired, (await row(id))?.owner_id])
    }
    expect(seen).toEqual([
      [20, 1, 'desk'],
      [30, 1, 'desk'],
      [40, 1, 'duty_manager'],
      [60, 1, boss],
    ])
    expect(await events(id)).toEqual(['task.reminded', 'task.overdue', 'task.escalated', 'task.escalated'])
    expect(await row(id)).toMatchObject({ status: 'open', next_at: null, level: 3, owner_kind: 'person' })
  })

  test('the journal names site, kind, subject and both owners', async () => {
    const [from, to, other] = [newId(), newId(), newId()]
    const id = await openTask(
      {
        owner: { kind: 'person', id: from },
        ladder: [{ afterMinutes: 0, owner: { kind: 'person', id: to } }],
      },
      other,
    )
    app.clock.set(later(31))
    await dispatchAll(app.kernel)
    const { rows } = await root.query(
      'select site_id, before, after, data, actor_id from journal where entity_id = $1',
      [id],
    )
    expect(rows).toMatchObject([
      {
        site_id: other,
        actor_id: 'system',
        before: { owner: { id: from } },
        after: { owner: { id: to } },
        data: { kind: 'demo.plain', subject: { entity: 'thing' }, people: [from, to] },
      },
    ])
  })

  test('after a restart the late ones fire once, at the top of their ladder', async () => {
    const ids = await Promise.all(
      Array.from({ length: 5 }, () =>
        openTask({
          remindAt: later(1),
          ladder: [{ afterMinutes: 5, owner: { kind: 'post', id: 'duty_manager' } }],
        }),
      ),
    )
    app.clock.set(later(60 * 24 * 3))
    const dispatcher = taskDispatcher(app.kernel, 20)
    dispatcher.start()
    await vi.waitUntil(
      async () => (await root.query('select 1 from task where next_at is not null')).rowCount === 0,
      { timeout: 20_000 },
    )
    await dispatcher.stop()
    for (const id of ids) {
      expect(await events(id)).toEqual(['task.escalated'])
      expect(await row(id)).toMatchObject({ owner_id: 'duty_manager', level: 2 })
    }
  })

  test('two nodes at once over a hundred tasks: each fires exactly once', async () => {
    const ids = await Promise.all(Array.from({ length: 100 }, () => openTask({ kind: 'demo.moody' })))
    app.clock.set(later(31))
    const counts = await Promise.all([
      dispatchAll(app.kernel),
      dispatchAll(app.kernel),
      dispatchAll(app.kernel),
    ])
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(100)
    expect(calls.length).toBe(100)
    const { rows } = await root.query(
      `select entity_id, count(*)::int as n from journal where action = 'task.overdue' and entity_id = any($1) group by 1`,
      [ids],
    )
    expect(rows.length).toBe(100)
    expect(new Set(rows.map((one: { n: number }) => one.n))).toEqual(new Set([1]))
  })

  test.each(['throws', 'breaks SQL'] as const)(
    'a handler that %s: nothing of it stays, the failure shows, others go on, it is tried again',
    async (how) => {
      mood = how
      const bad = await openTask({ kind: 'demo.moody', dueAt: later(29) })
      const good = await openTask()
      app.clock.set(later(31))
      expect(await dispatchAll(app.kernel)).toBe(2)
      expect(await events(bad)).toEqual([])
      expect(await events(good)).toEqual(['task.overdue'])
      expect(await row(bad)).toMatchObject({
        level: 0,
        failures: 1,
        next_at: new Date(later(31).getTime() + 30_000),
      })
      app.clock.advance(1)
      await dispatchAll(app.kernel)
      expect(await row(bad)).toMatchObject({ failures: 2, next_at: new Date(later(32).getTime() + 60_000) })
      expect((await row(bad))?.last_error).toMatch(/not today|division by zero/)
      mood = 'well'
      app.clock.advance(5)
      await dispatchAll(app.kernel)
      expect(await row(bad)).toMatchObject({ level: 1, failures: 0, last_error: null })
      expect(await events(bad)).toEqual(['task.overdue'])
    },
  )

  test('a crash in the middle of a handler: the task stays due and fires after the restart', async () => {
    mood = 'waits'
    const id = await openTask({ kind: 'demo.moody' })
    const subject = (await root.query('select subject_id from task where id = $1', [id])).rows[0].subject_id
    await root.query('insert into thing values ($1)', [subject])
    app.clock.set(later(31))
    await root.query('begin')
    await root.query('select 1 from thing for update')
    const dying = dispatchOne(app.kernel)
    const backend = await vi.waitUntil(
      async () =>
        (
          await root.query(
            `select pid from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
          )
        ).rows[0]?.pid,
      { timeout: 5_000, interval: 5 },
    )
    await root.query('select pg_terminate_backend($1)', [backend])
    await dying.catch(() => undefined)
    await root.query('commit')
    expect(await row(id)).toMatchObject({ level: 0, status: 'open' })
    expect(await events(id)).toEqual([])
    app.clock.advance(1)
    await dispatchAll(app.kernel)
    expect(await events(id)).toEqual(['task.overdue'])
  })

  test('a subject locked by a command: the dispatcher gives way without calling it a failure, no deadlock', async () => {
    mood = 'waits'
    const subject = newId()
    await root.query('insert into thing values ($1)', [subject])
    const id = await openTask({ kind: 'demo.moody', subject: { entity: 'thing', id: subject } })
    app.clock.set(later(31))
    const settled = command(app.ctx(desk, site), async (work) => {
      await work.one(raw('select id from thing where id = $1 for update', [subject]))
      await dispatchOne(app.kernel)
      work.settleTasks({ entity: 'thing', id: subject }, ['demo.moody'], 'came')
      work.journal({ entity: 'thing', entityId: subject, action: 'thing.came' })
    })
    await settled
    expect(await row(id)).toMatchObject({ status: 'done', failures: 0, level: 0 })
    app.clock.advance(10)
    expect(await dispatchAll(app.kernel)).toBe(0)
  })

  test('a handler that says "handled" is called once per moment, settled or not', async () => {
    const kept = await openTask({ kind: 'demo.handled' })
    const gone = await openTask({ kind: 'demo.handled', facts: { settle: true } })
    app.clock.set(later(31))
    expect(await dispatchAll(app.kernel)).toBe(2)
    expect(calls.length).toBe(2)
    expect(await row(kept)).toMatchObject({ status: 'open', next_at: null, level: 1 })
    expect(await row(gone)).toMatchObject({ status: 'done' })
    expect(await events(kept)).toEqual([])
  })

  test('settling and firing at the same moment: whichever comes second finds nothing to do', async () => {
    for (let round = 0; round < 20; round += 1) {
      app.clock.set(testNow)
      const subject = newId()
      const id = await openTask({ subject: { entity: 'thing', id: subject }, dueAt: later(1) })
      app.clock.set(later(2))
      await Promise.all([
        dispatchAll(app.kernel),
        command(app.ctx(desk, site), async (work) => {
          work.settleTasks({ entity: 'thing', id: subject }, [], 'done')
          work.journal({ entity: 'thing', entityId: subject, action: 'thing.done' })
        }),
      ])
      expect(await row(id)).toMatchObject({ status: 'done', next_at: null })
    }
  })
})
