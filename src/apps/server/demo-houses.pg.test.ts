/** Design §1.4: every preset's demo house opens whole, whatever the day and the hour. */
import { expect, test } from 'vitest'
import { raw } from '../../kernel/db/sql.ts'
import { newId } from '../../kernel/ids.ts'
import { rebuildFigures } from '../../modules/visits/figures/rebuild.ts'
import { report, rows as rowsBehind } from '../../modules/visits/figures/service.ts'
import { get } from '../../modules/visits/reading.ts'
import { list } from '../../modules/visits/register/service.ts'
import { loadDemo } from './demo.ts'
import { type TestApp, testActor, testApp } from './testing.ts'

/** At the site (Shanghai): a working day's morning, a Sunday's afternoon, a Saturday's night, a holiday. */
const moments = [
  '2026-03-09T09:00:00+08:00',
  '2026-03-15T15:00:00+08:00',
  '2026-03-14T22:00:00+08:00',
  '2026-10-01T15:00:00+08:00',
]

async function counted(app: TestApp, table: string, where = 'true'): Promise<number> {
  const [row] = await app.kernel.sql.all(
    raw<{ n: number }>(`select count(*)::int as n from ${table} where ${where}`),
  )
  return row?.n ?? 0
}

async function opened(preset: string, at: string, look: (app: TestApp) => Promise<void>): Promise<void> {
  const app = await testApp({ now: new Date(at) })
  try {
    await loadDemo(app.kernel, preset, () => undefined)
    await look(app)
  } finally {
    await app.close()
  }
}

const presets = ['corporate', 'property', 'coworking', 'switchboard', 'group']

test.each(presets.map((preset, index) => [preset, moments[index % moments.length] ?? ''] as const))(
  'V7 V9 V11 V12 V16 V19 V20 V22 %s opens whole at %s',
  async (preset, at) => {
    await opened(preset, at, async (app) => {
      expect(await counted(app, 'visit')).toBeGreaterThan(5)
      expect(await counted(app, 'agreement', "status = 'published'")).toBeGreaterThan(1)
      expect(await counted(app, 'permit', "status = 'active'")).toBeGreaterThan(0)
      expect(await counted(app, 'watch_entry', "status = 'active'")).toBeGreaterThan(0)
      expect(await counted(app, 'incident', "status = 'closed'")).toBeGreaterThan(0)
      expect(await counted(app, 'area')).toBeGreaterThan(3)
      expect(await counted(app, 'visit', "category = 'important'")).toBeGreaterThan(0)
      if (preset === 'group') return
      // The group's day is played by most journeys; its list, staff and groups are theirs.
      expect(await counted(app, 'visit', "status = 'held'")).toBe(1)
      expect(await counted(app, 'visit_group')).toBe(1)
      expect(await counted(app, 'outing', "status = 'out'")).toBeGreaterThan(0)
    })
  },
  120_000,
)

test('E1 E3 V23 a tenant company and what hangs below: its administrator sees its visitors and nobody else’s', async () => {
  await opened('coworking', moments[0] ?? '', async (app) => {
    const one = async <T extends object>(text: string, values: readonly unknown[] = []) => {
      const [row] = await app.kernel.sql.all(raw<T>(text, [...values]))
      if (row === undefined) throw new Error(`nothing for ${text}`)
      return row
    }
    const tenant = await one<{ site: string; person: string; company: string }>(
      `select e.site_id as site, e.id as person, e.department_id as company
         from auth_user u join employee e on e.id = u.employee_id where u.username = 'tenant'`,
    )
    const part = newId()
    await app.kernel.sql.run(
      raw(
        "insert into department (id, site_id, name, parent_id, created_at) values ($1, $2, '测试组', $3, now())",
        [part, tenant.site, tenant.company],
      ),
    )
    const ofCompany = 'select id from visit where host_department_id = $1 limit 1'
    const own = await one<{ id: string }>(ofCompany, [tenant.company])
    await app.kernel.sql.run(raw('update visit set host_department_id = $1 where id = $2', [part, own.id]))
    const other = await one<{ id: string }>(
      "select v.id from visit v join department d on d.id = v.host_department_id where d.name = '星野设计' limit 1",
    )
    await rebuildFigures(app.kernel)
    const admin = app.ctx(testActor(tenant.site, ['tenant_admin'], tenant.person), tenant.site)
    const see = (id: string) => get(admin, { params: { id }, query: undefined, body: undefined })
    expect(await see(own.id)).toMatchObject({ id: own.id })
    await expect(see(other.id)).rejects.toMatchObject({ code: 'entity.not-found' })
    const span = { from: '2026-03-01', to: '2026-03-31' }
    const figures = await report(admin, { query: { ...span, grain: 'day' } })
    expect(figures.scope).toBe('departments')
    const behind = await rowsBehind(admin, { query: { ...span, limit: 100 } })
    const ids = behind.items.map(({ id }) => id)
    expect(ids).toContain(own.id)
    expect(ids).not.toContain(other.id)
    // A member without the office sees no figures but their own; a house's own people none of a company.
    const nobody = app.ctx(testActor(tenant.site, ['tenant_admin'], newId()), tenant.site)
    expect((await report(nobody, { query: { ...span, grain: 'day' } })).scope).toBe('own')
    // E3: the house filters its register by the company, with what hangs below.
    const desk = app.ctx(testActor(tenant.site, ['receptionist'], null), tenant.site)
    const register = await list(desk, {
      params: undefined,
      body: undefined,
      query: { departmentId: tenant.company, order: 'newest', limit: 100 },
    })
    const listed = register.items.map(({ id }) => id)
    expect(listed).toContain(own.id)
    expect(listed).not.toContain(other.id)
  })
}, 120_000)
