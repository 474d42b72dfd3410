import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestApp, testActor, testApp } from '../../../apps/server/testing.ts'
import { raw } from '../../../kernel/db/sql.ts'
import { newId } from '../../../kernel/ids.ts'
import { runImport } from '../../../kernel/imports/import-file.ts'
import { houseFor } from '../testing.ts'

const dirty = fileURLToPath(new URL('./fixtures/dirty-register.csv', import.meta.url))
/** Real records, beside the project where it is developed; a clone elsewhere has only the invented ones. */
const real = fileURLToPath(new URL('../../../../../shared/data/waves-visitors.csv', import.meta.url))

let app: TestApp
const site = newId()
const desk = () => app.ctx(testActor(site, ['receptionist']), site)

beforeAll(async () => {
  app = await testApp()
  await houseFor(app, site)
})
afterAll(() => app.close())

const rows = <R>(text: string) => app.kernel.sql.all<R>(raw(text, [site]))

describe('V1 V22 G4 a real register becomes appointments and group visits', () => {
  test('good lines are kept, every bad one is reported with its reasons', async () => {
    const summary = await runImport(desk(), 'visits', dirty, { onBad: 'skip' })
    expect(summary).toMatchObject({ total: 10, created: 5, bad: 5 })
    const found = await rows<{ visitor_name: string; status: string; host_id: string | null; title: string }>(
      `select v.visitor_name, v.status, v.host_id, g.title from visit v join visit_group g on g.id = v.group_id
       where v.site_id = $1 order by v.sort_at, v.visitor_name`,
    )
    expect(found.map((one) => [one.visitor_name, one.status, one.title])).toEqual([
      ["Ann O'Brien", 'no_show', 'T00001'],
      ['Marta E Lindqvist', 'left', 'T00001'],
      ['John Okafor', 'left', 'T00001'],
      ['Marta E Lindqvist', 'expected', 'T00002'],
      ['王小明', 'cancelled', 'T00007'],
    ])
    expect(
      found.slice(0, 3).every((one) => one.host_id !== null),
      'a host of that name is found',
    ).toBe(true)
    const people = await rows<{ n: number }>(
      "select count(*)::int as n from visitor where site_id = $1 and name like 'Marta%'",
    )
    expect(people[0]?.n, 'one person in two events').toBe(1)
  })

  test('read again it doubles nothing', async () => {
    const summary = await runImport(desk(), 'visits', dirty, { onBad: 'skip' })
    expect(summary).toMatchObject({ created: 0, unchanged: 5, bad: 5 })
  })

  test.skipIf(!existsSync(real))(
    '10 622 real lines: all accounted for, repeatable',
    { timeout: 180_000 },
    async () => {
      const first = await runImport(desk(), 'visits', real, { onBad: 'skip' })
      expect(first.total).toBe(10_622)
      expect(first.created + first.bad).toBe(10_622)
      expect(first.bad).toBeLessThan(60)
      const second = await runImport(desk(), 'visits', real, { onBad: 'skip' })
      expect(second).toMatchObject({ created: 0, unchanged: first.created, bad: first.bad })
      const inside = await rows<{ n: number }>(
        "select count(*)::int as n from visit where site_id = $1 and status in ('asking', 'admitted', 'with_host', 'signed_off')",
      )
      expect(inside[0]?.n, 'old arrivals do not stand on the evacuation list').toBe(0)
    },
  )
})
