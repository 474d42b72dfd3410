import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestApp, testActor, testApp } from '../../../apps/server/testing.ts'
import { raw } from '../../../kernel/db/sql.ts'
import { newId } from '../../../kernel/ids.ts'
import { runImport } from '../../../kernel/imports/import-file.ts'
import { readRows } from '../../../kernel/imports/read.ts'
import type { Form } from '../register/forms.ts'
import { exportRegister } from '../register/service.ts'
import { houseFor } from '../testing.ts'

let app: TestApp
let folder: string
const [here, there, third] = [newId(), newId(), newId()]

beforeAll(async () => {
  app = await testApp()
  folder = await mkdtemp(join(tmpdir(), 'foyer-round-trip-'))
  const { hostId } = await houseFor(app, here)
  await houseFor(app, there)
  await houseFor(app, third)
  // A month of visits: two of one person on one day, names of every spelling, a formula, an overlong purpose, no-shows.
  await app.kernel.sql.run(
    raw(
      `insert into visit (id, site_id, status, status_at, status_by, category, kind, announced, visitor_id, visitor_name, phone,
         organisation, purpose, note, companions, plate, party_size, host_id, host_name, host_department, asked_ids, expected_at,
         arrived_at, admitted_at, left_at, sort_at, created_at, created_by, created_by_name, updated_at)
       select gen_random_uuid(), $1, case when n % 9 = 4 then 'no_show' else 'left' end, at, 'x', 'general', 'visitor', true, gen_random_uuid(),
         (array['王芳', '喆㛃𠮷', 'Ann O''Brien', '克里斯蒂娜·亚历山德拉', 'Zoë van der Berg'])[1 + n / 2 % 5], '+86139' || (10000000 + n / 2),
         (array['华信科技有限公司', '=1+1', '', '海川物流'])[1 + n % 4], repeat('验收', 1 + n % 60), (array['', '第二次'])[1 + n % 2],
         case when n % 3 = 0 then '["李雷","韩梅"]'::jsonb else '[]'::jsonb end, case when n % 7 = 0 then '粤B12345' else '' end, case when n % 3 = 0 then 3 + n % 2 else 1 + n % 4 end,
         $2, '张工', '技术部', '[]', at, came, came, came + interval '50 min', at, at, 'x', 'x', at
       from (select n, at, case when n % 9 <> 4 then at end as came from (
         select n, timestamptz '2026-02-01 08:00+08' + n / 4 * interval '1 day' + n % 4 * interval '95 min' as at
         from generate_series(0, 99) n) a) b`,
      [here, hostId],
    ),
  )
})
afterAll(async () => {
  await rm(folder, { recursive: true, force: true })
  await app.close()
})

const desk = (site: string) => app.ctx(testActor(site, ['receptionist', 'office_admin']), site)

async function saved(site: string, form: Form, language: 'zh' | 'en'): Promise<string> {
  const sent: Buffer[] = []
  const reply = { type: () => reply, header: () => reply, send: (content: Buffer) => sent.push(content) }
  const query = { form, language }
  await exportRegister(desk(site), { params: undefined, body: undefined, query }, { reply: reply as never })
  const file = join(folder, `${site}-${form}-${language}.xlsx`)
  await writeFile(file, sent[0] ?? Buffer.alloc(0))
  return file
}

/** What the new house gives itself, and what a sheet cannot prove: number, signature, who wrote it down, the pass in hand. */
const own = new Set([
  // The sheet has the day of who did not come, not the hour: they may stand elsewhere in the day.
  '序号',
  'No.',
  '登记编号',
  'Number',
  '被访人签字',
  'Signed by host',
  '经办人',
  'Recorded by',
  '出入证号',
  'Pass',
])

async function table(file: string): Promise<readonly (readonly string[])[]> {
  const { rows } = await readRows(await readFile(file))
  const [head, ...body] = rows.map((row) => row.cells)
  const keep = (head ?? []).flatMap((name, at) => (own.has(name) ? [] : [at]))
  const kept = [head ?? [], ...body].map((cells) => keep.map((at) => cells[at] ?? ''))
  return [kept[0] ?? [], ...kept.slice(1).sort((a, b) => a.join('|').localeCompare(b.join('|')))]
}

describe('V1 E2 the register goes out as Excel and comes in again', () => {
  test.each([
    ['registration', 'zh'],
    ['registration', 'en'],
    ['in-out', 'zh'],
  ] as const)(
    '%s in %s: exported, imported into an empty house, exported: the same rows',
    async (form, language) => {
      await app.kernel.sql.run(raw('delete from visit where site_id = $1', [there]))
      const first = await saved(here, form, language)
      const summary = await runImport(desk(there), 'visits', first, { onBad: 'stop' })
      expect(summary).toMatchObject({ total: 100, created: 100, bad: 0 })
      const before = await table(first)
      expect(before).toHaveLength(101)
      expect(await table(await saved(there, form, language))).toEqual(before)
      expect(await runImport(desk(there), 'visits', first)).toMatchObject({
        created: 0,
        unchanged: 100,
        bad: 0,
      })
    },
  )

  test('V1 bad lines are each named; good ones are kept only when the user says so', async () => {
    const file = join(folder, 'bad.csv')
    await writeFile(
      file,
      '来访人姓名,联系电话,日期,进入时间,离开时间,人数\n王芳,,2026-02-03,2026-02-03 09:00,2026-02-03 10:00,1\n,,2026-02-03,,,1\n李雷,,2026-13-40,,,1\n韩梅,,2026-02-03,2026-02-03 11:00,2026-02-03 10:00,0\n',
    )
    const refused = await runImport(desk(third), 'visits', file, { onBad: 'stop' }).catch(() => null)
    const stored = async () =>
      (await app.kernel.sql.all(raw('select 1 from visit where site_id = $1', [third]))).length
    expect(await stored(), 'nothing is kept').toBe(0)
    expect(refused?.created ?? 0).toBe(0)
    const kept = await runImport(desk(third), 'visits', file, { onBad: 'skip' })
    expect(kept).toMatchObject({ total: 4, created: 1, bad: 3 })
    expect(kept.problems.map(({ line }) => line)).toEqual([3, 4, 5])
    expect(kept.problems.flatMap((one) => one.problems.map(({ field }) => field))).toEqual(
      expect.arrayContaining(['visitorName', 'startAt', 'leftAt', 'groupSize']),
    )
    expect(await stored()).toBe(1)
  })
})
