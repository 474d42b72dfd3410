import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestApp, testApp } from '../../apps/server/testing.ts'
import { raw } from '../../kernel/db/sql.ts'
import { newId } from '../../kernel/ids.ts'
import { peopleOfOwner } from '../../kernel/notifications/notice.ts'

let app: TestApp
const [site, elsewhere] = [newId(), newId()]

beforeAll(async () => {
  app = await testApp()
})
afterAll(() => app.close())

async function account(at: string, role: string, open: boolean): Promise<string> {
  const [user, person] = [newId(), newId()]
  const { sql } = app.kernel
  await sql.run(
    raw(
      `insert into employee (id, site_id, name, name_pinyin, name_initials, created_at)
       values ($1, $2, 'x', 'x', 'x', now())`,
      [person, at],
    ),
  )
  await sql.run(
    raw(
      `insert into auth_user (id, name, email, username, employee_id, disabled_at)
       values ($1, 'x', $1 || '@users.invalid', $1, $2, $3)`,
      [user, person, open ? null : new Date()],
    ),
  )
  await sql.run(raw('insert into role_grant (user_id, site_id, role) values ($1, $2, $3)', [user, at, role]))
  return person
}

test('G1 G2 a post is told through those who hold its role here, and nobody else', async () => {
  for (const [id, code] of [
    [site, 'a'],
    [elsewhere, 'b'],
  ] as const) {
    await app.kernel.sql.run(raw("insert into site (id, code, name) values ($1, $2, 'x')", [id, code]))
  }
  const desk = await account(site, 'receptionist', true)
  await account(site, 'receptionist', false)
  await account(site, 'guard', true)
  await account(elsewhere, 'receptionist', true)
  const told = await peopleOfOwner(app.kernel, app.kernel.sql, site, { kind: 'post', id: 'desk' })
  expect(told).toEqual([desk])
  expect(await peopleOfOwner(app.kernel, app.kernel.sql, site, { kind: 'post', id: 'roof' })).toEqual([])
})
