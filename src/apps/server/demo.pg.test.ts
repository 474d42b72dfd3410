import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { raw } from '../../kernel/db/sql.ts'
import { demoLines, firstRunLines, loadDemo } from './demo.ts'
import { type TestApp, testApp } from './testing.ts'

let app: TestApp

beforeAll(async () => {
  app = await testApp()
})
afterAll(() => app.close())

async function counted(text: string): Promise<Record<string, number>> {
  const rows = await app.kernel.sql.all(raw<{ key: string; n: number }>(text))
  return Object.fromEntries(rows.map(({ key, n }) => [key, n]))
}

const perStatus = () => counted('select status as key, count(*)::int as n from visit group by status')
const perEntity = () => counted('select entity as key, count(*)::int as n from journal group by entity')

describe('the demo day', () => {
  test('an empty house says where its first run is', async () => {
    expect(await firstRunLines(app.kernel, 'http://x')).toEqual([
      expect.stringContaining('http://x/setup'),
      '',
    ])
    expect(await demoLines(app.kernel)).toEqual([])
  })

  test('one killed half way goes on where it stopped, a loaded one stays as it is', async () => {
    let calls = 0
    const dying = {
      ...app.kernel,
      settings: {
        ...app.kernel.settings,
        get: (...args: Parameters<typeof app.kernel.settings.get>) => {
          calls += 1
          if (calls > 60) throw new Error('killed')
          return app.kernel.settings.get(...args)
        },
      },
    }
    await expect(loadDemo(dying as typeof app.kernel, 'group', () => undefined)).rejects.toThrow('killed')
    await loadDemo(app.kernel, 'group', () => undefined)
    const [visits, entries] = [await perStatus(), await perEntity()]
    const own: string[] = []
    await loadDemo(app.kernel, 'group', (line) => own.push(line))
    expect(own).toEqual([])
    expect([await perStatus(), await perEntity()]).toEqual([visits, entries])
  })

  test('visits in every state, each asking one with exactly one open question (G1, V5)', async () => {
    expect(Object.keys(await perStatus()).sort()).toEqual(
      [
        'admitted',
        'asking',
        'cancelled',
        'declined',
        'expected',
        'left',
        'no_show',
        'refused',
        'signed_off',
        'with_host',
      ].sort(),
    )
    const unasked = await app.kernel.sql.all(
      raw(
        `select v.id from visit v left join task t on t.subject_id = v.id::text and t.status = 'open'
         and t.kind in ('visit.consent', 'visit.unanswered') where v.status = 'asking' group by v.id having count(t.id) <> 1`,
      ),
    )
    expect(unasked).toEqual([])
    const passes = await counted('select status as key, count(*)::int as n from pass group by status')
    expect(passes).toMatchObject({ missing: 1, issued: expect.any(Number), in_stock: expect.any(Number) })
    const late = await counted("select 'late' as key, count(*)::int as n from visit where late_signature")
    expect(late).toEqual({ late: 1 })
  })

  test('its accounts are told with role and password', async () => {
    const lines = (await demoLines(app.kernel)).join('\n')
    for (const word of ['receptionist', 'guard', 'host', 'system_admin', '陈晓雨'])
      expect(lines).toContain(word)
  })
})

test('a house of one’s own gets no invented people', async () => {
  const own = await testApp()
  try {
    await own.kernel.sql.run(
      raw("insert into site (id, code, name) values (gen_random_uuid(), 'mine', 'mine')"),
    )
    const said: string[] = []
    await loadDemo(own.kernel, 'group', (line) => said.push(line))
    expect(said.join()).toContain('not loaded')
    expect(await own.kernel.sql.all(raw('select id from employee'))).toEqual([])
  } finally {
    await own.close()
  }
})
