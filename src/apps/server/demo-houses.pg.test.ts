/** Design §1.4: every preset's demo house opens whole, whatever the day and the hour. */
import { expect, test } from 'vitest'
import { raw } from '../../kernel/db/sql.ts'
import { loadDemo } from './demo.ts'
import { type TestApp, testApp } from './testing.ts'

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
)
