import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestApp, testActor, testApp } from '../../apps/server/testing.ts'
import { raw } from '../db/sql.ts'
import { DomainError } from '../errors.ts'
import { newId } from '../ids.ts'
import { command, type Work } from './command.ts'

let app: TestApp
const site = newId()
const desk = testActor(site, ['receptionist'])

beforeAll(async () => {
  app = await testApp({ modules: [] })
})
afterAll(() => app.close())

function put(work: Work, key: string): void {
  work.write(
    raw(
      'insert into setting (site_id, key, version, value, at, actor_id, actor_name) values ($1, $2, 1, $3, $4, $5, $6)',
      [site, key, '1', work.now, desk.id, desk.name],
    ),
  )
  work.journal({ entity: 'thing', entityId: key, action: 'thing.made', after: { key } })
}

const count = async (text: string, values: unknown[]) =>
  (await app.kernel.sql.one<{ n: number }>(raw(`select count(*)::int as n from ${text}`, values))).n

describe('G4 one transaction, one journal entry, one answer', () => {
  test('rows, journal and tasks are committed together', async () => {
    const key = newId()
    await command(app.ctx(desk, site), async (work) => {
      put(work, key)
      work.openTask({
        kind: 'demo',
        subject: { entity: 'thing', id: key },
        owner: { kind: 'post', id: 'desk' },
        dueAt: work.now,
      })
    })
    expect(await count('setting where key = $1', [key])).toBe(1)
    expect(await count('journal where entity_id = $1', [key])).toBe(1)
    expect(await count('task where subject_id = $1', [key])).toBe(1)
  })

  test('a refusal leaves nothing behind', async () => {
    const key = newId()
    const refused = command(app.ctx(desk, site), async (work) => {
      put(work, key)
      throw new DomainError('entity.not-found')
    })
    await expect(refused).rejects.toMatchObject({ code: 'entity.not-found' })
    expect(await count('setting where key = $1', [key])).toBe(0)
    expect(await count('journal where entity_id = $1', [key])).toBe(0)
  })

  test('a constraint that breaks in the commit trip leaves nothing behind', async () => {
    const key = newId()
    const broken = command(app.ctx(desk, site), async (work) => {
      put(work, key)
      put(work, key)
    })
    await expect(broken).rejects.toMatchObject({ code: '23505' })
    expect(await count('journal where entity_id = $1', [key])).toBe(0)
  })

  test('twenty callers with one idempotency key: one effect, one answer', async () => {
    const key = newId()
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        command(app.ctx(desk, site, `same-key-${key}`), async (work) => {
          put(work, key)
          return { n }
        }),
      ),
    )
    expect(new Set(answers.map((answer) => answer.n)).size).toBe(1)
    expect(await count('journal where entity_id = $1', [key])).toBe(1)
  })

  test('the same key with another request is refused', async () => {
    const key = newId()
    const ctx = app.ctx(desk, site, `other-${key}`)
    await command(ctx, async (work) => put(work, key))
    const other = { ...ctx, idempotency: { key: `other-${key}`, requestHash: 'different' } }
    await expect(command(other, async (work) => put(work, newId()))).rejects.toMatchObject({
      code: 'idempotency.reused',
    })
  })

  test('the journal can neither be changed nor emptied', async () => {
    for (const text of ["update journal set action = 'x'", 'delete from journal', 'truncate journal']) {
      await expect(app.kernel.sql.run(raw(text))).rejects.toThrow('append-only')
    }
  })

  test('the same key goes on giving the same answer, also when nothing was written', async () => {
    const ctx = app.ctx(desk, site, `nothing-${newId()}`)
    expect(await command(ctx, async () => ({ n: 1 }))).toEqual({ n: 1 })
    expect(await command(ctx, async () => ({ n: 2 }))).toEqual({ n: 1 })
  })

  test('ten thousand rows in one transaction', async () => {
    const id = newId()
    await command(app.ctx(desk, site), async (work) => {
      for (let n = 0; n < 10_000; n += 1)
        work.journal({ entity: 'bulk', entityId: id, action: 'bulk.made', version: n })
      for (let n = 0; n < 6_000; n += 1)
        work.openTask({
          kind: 'demo',
          subject: { entity: 'bulk', id },
          owner: { kind: 'post', id: 'desk' },
          dueAt: work.now,
        })
    })
    expect(await count('journal where entity_id = $1', [id])).toBe(10_000)
    expect(await count('task where subject_id = $1', [id])).toBe(6_000)
  })

  test('what a use case left running cannot slip in after the end', async () => {
    const key = newId()
    let late: Promise<unknown> = Promise.resolve()
    await command(app.ctx(desk, site), async (work) => {
      put(work, key)
      late = new Promise((resolve) => setTimeout(resolve, 100)).then(() =>
        work.run(raw('delete from setting where key = $1', [key])),
      )
    })
    await expect(late).rejects.toThrow('has ended')
    expect(await count('setting where key = $1', [key])).toBe(1)
  })

  test('a failed read and a programming fault leave no open transaction in the pool', async () => {
    for (let n = 0; n < 30; n += 1) {
      const failing = command(app.ctx(desk, site, `fault-${newId()}`), async (work) => {
        put(work, newId())
        if (n % 3 === 0) throw new TypeError('fault')
        if (n % 3 === 1) await work.run(raw('select 1 / 0'))
        await Promise.all([work.run(raw('select pg_sleep(0.01)')), work.run(raw('select no_such_column'))])
      })
      await expect(failing).rejects.toThrow()
    }
    expect(
      await count(
        "pg_stat_activity where datname = current_database() and state like 'idle in transaction%'",
        [],
      ),
    ).toBe(0)
  })

  test('two that lock in opposite order both succeed', async () => {
    const [a, b] = [newId(), newId()]
    await command(app.ctx(desk, site), async (work) => {
      put(work, a)
      put(work, b)
    })
    const lock = (key: string) => raw('update setting set note = key where key = $1', [key])
    let met = 0
    const both = (first: string, second: string) =>
      command(app.ctx(desk, site), async (work) => {
        await work.run(lock(first))
        met += 1
        for (let n = 0; met < 2 && n < 200; n += 1) await new Promise((resolve) => setTimeout(resolve, 5))
        await work.run(lock(second))
        work.journal({ entity: 'thing', entityId: first, action: 'thing.locked' })
      })
    await Promise.all([both(a, b), both(b, a)])
    expect(await count("journal where action = 'thing.locked' and entity_id = any($1)", [[a, b]])).toBe(2)
  })
})
