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
    raw('insert into setting (site_id, key, version, value, at, actor_id, actor_name) values ($1, $2, 1, $3, $4, $5, $6)', [
      site,
      key,
      '1',
      work.now,
      desk.id,
      desk.name,
    ]),
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
      work.openTask({ kind: 'demo', subject: { entity: 'thing', id: key }, owner: { kind: 'post', id: 'desk' }, dueAt: work.now })
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
    await expect(command(other, async (work) => put(work, newId()))).rejects.toMatchObject({ code: 'idempotency.reused' })
  })

  test('the journal can neither be changed nor emptied', async () => {
    for (const text of ["update journal set action = 'x'", 'delete from journal', 'truncate journal']) {
      await expect(app.kernel.sql.run(raw(text))).rejects.toThrow('append-only')
    }
  })
})
