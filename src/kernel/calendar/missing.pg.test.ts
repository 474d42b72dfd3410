import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestApp, testApp } from '../../apps/server/testing.ts'
import { raw } from '../db/sql.ts'
import { newId } from '../ids.ts'
import { reportMissingYears } from './missing.ts'

let app: TestApp
const site = newId()

beforeAll(async () => {
  app = await testApp({ now: new Date('2026-12-01T09:00:00+08:00') })
  await app.kernel.sql.run(
    raw("insert into site (id, code, name, zone) values ($1, 'hq', 'HQ', 'Asia/Shanghai')", [site]),
  )
  await app.kernel.sql.run(
    raw("insert into calendar_year (site_id, year, source) values ($1, 2026, 'seed')", [site]),
  )
})
afterAll(() => app.close())

test('G6 G2 a year without data is reported once, to the office administration, before it begins', async () => {
  expect(await reportMissingYears(app.kernel)).toBe(1)
  expect(await reportMissingYears(app.kernel)).toBe(0)
  const task = await app.kernel.sql.one<{ owner_id: string; facts: { year: number } }>(
    raw("select owner_id, facts from task where kind = 'calendar.year-missing'"),
  )
  expect(task).toMatchObject({ owner_id: 'office_admin', facts: { year: 2027 } })
})
