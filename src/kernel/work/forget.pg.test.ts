import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestApp, testApp } from '../../apps/server/testing.ts'
import { raw } from '../db/sql.ts'
import { forgetAnswers } from './forget.ts'

let app: TestApp
beforeAll(async () => {
  app = await testApp()
})
afterAll(() => app.close())

test('G5 remembered answers are forgotten after fifteen days, not while a device may still ask again', async () => {
  const add = (key: string, days: number) =>
    app.kernel.sql.run(
      raw(
        `insert into idempotency (actor_id, key, request_hash, answer, at) values ('a', $1, 'h', '{}', $2)`,
        [key, new Date(app.clock.now().getTime() - days * 86_400_000)],
      ),
    )
  await add('old', 16)
  await add('week', 8)
  await add('new', 0)
  expect(await forgetAnswers(app.kernel)).toBe(1)
  const left = await app.kernel.sql.all(raw<{ key: string }>('select key from idempotency order by key'))
  expect(left.map(({ key }) => key)).toEqual(['new', 'week'])
})
