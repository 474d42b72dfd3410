import readXlsxFile from 'read-excel-file/node'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestApp, testActor, testApp } from '../../../apps/server/testing.ts'
import { raw } from '../../../kernel/db/sql.ts'
import { newId } from '../../../kernel/ids.ts'
import { systemCtx } from '../../../kernel/kernel.ts'
import { command } from '../../../kernel/work/command.ts'
import { addSite } from '../../identity/public.ts'
import { callFigures, exportFigures, privateCalls } from './service.ts'

let app: TestApp
const site = newId()
const ying = newId()
const xin = newId()
const manager = testActor(site, ['duty_manager'])

beforeAll(async () => {
  app = await testApp()
  const ctx = systemCtx(app.kernel, site, manager)
  await command(ctx, async (work) => {
    addSite(work, { id: site, code: 'figures', name: '职达招聘网', zone: 'Asia/Shanghai' })
  })
  // 2 000 calls over ten days, of every kind; made by the database so that the sum below is a second opinion.
  await app.kernel.sql.run(
    raw(
      `insert into call (id, site_id, status, status_at, status_by, direction, source, started_at, answered_at, ended_at, rings,
         talk_seconds, outcome, handler_id, handler_name, private, route, created_at, created_by, updated_at)
       select gen_random_uuid(), $1, case when n % 7 = 0 then 'missed' else 'closed' end, at, 'x',
         (array['in','in','in','out','internal'])[1 + n % 5], 'hand', at, case when n % 7 <> 0 then at end, at,
         1 + n % 12, n % 400, case when n % 7 = 0 then 'missed' else 'resolved' end,
         case when n % 2 = 0 then $2::uuid else $3::uuid end, case when n % 2 = 0 then '柳莹' else '谭欣' end, n % 11 = 0,
         case when n % 3 = 0 then 'customer' end, at, 'x', at
       from (select n, timestamptz '2026-03-01 00:00+08' + n * interval '431 seconds' as at from generate_series(0, 1999) n) s`,
      [site, ying, xin],
    ),
  )
  await app.kernel.sql.run(
    raw(
      `insert into callback (id, site_id, status, status_at, status_by, kind, phone, owner_kind, owner_id, owner_name, taken_by,
         taken_by_name, due_at, promised_at, promised_by, promised_by_name, ended_at, in_time, satisfaction)
       select gen_random_uuid(), $1, case when n % 4 = 0 then 'promised' else 'kept' end, at, 'x', 'return-visit', '+8613912345678',
         'post', 'agent', '客服', case when n % 4 > 0 then $2::uuid end, case when n % 4 > 0 then '柳莹' else '' end, at, at, 'x', 'x',
         case when n % 4 > 0 then at end, case when n % 4 > 0 then n % 3 > 0 end, case when n % 4 > 0 then 1 + n % 5 end
       from (select n, timestamptz '2026-03-02 09:00+08' + n * interval '3 hours' as at from generate_series(0, 39) n) s`,
      [site, ying],
    ),
  )
})
afterAll(() => app.close())

const ctx = (actor = manager) => app.ctx(actor, site)
const span = { from: '2026-03-01', to: '2026-03-20', handlerId: undefined }

async function count(where: string): Promise<number> {
  const row = await app.kernel.sql.one(
    raw<{ n: number }>(`select count(*)::int as n from call where site_id = $1 and ${where}`, [site]),
  )
  return row.n
}

describe('the report of calls', () => {
  test('G8, C1 equals a plain count of the rows', async () => {
    const figures = await callFigures(ctx(), { query: span })
    expect(figures.total).toEqual({
      in: await count("direction = 'in'"),
      out: await count("direction = 'out'"),
      internal: await count("direction = 'internal'"),
      answered: await count("direction = 'in' and answered_at is not null"),
      missed: await count("direction = 'in' and outcome = 'missed'"),
    })
    expect(figures.threeRings).toEqual({
      kept: await count("direction = 'in' and outcome <> 'missed' and rings <= 3"),
      of: await count("direction = 'in'"),
    })
    expect(figures.privateLong).toBe(await count('private and talk_seconds > 180'))
    expect(figures.people.find(({ id }) => id === ying)?.calls).toBe(await count(`handler_id = '${ying}'`))
  })

  test('G8, C4, C14 an open promise past its time counts as not kept; satisfaction is by score', async () => {
    app.clock.set(new Date('2026-03-20T09:00:00+08:00'))
    const { callbacksKept, satisfaction } = await callFigures(ctx(), { query: span })
    const row = await app.kernel.sql.one(
      raw<{ kept: number; of: number }>(
        'select count(*) filter (where in_time)::int as kept, count(*)::int as of from callback where site_id = $1',
        [site],
      ),
    )
    expect(callbacksKept).toEqual(row)
    expect(satisfaction.map(({ score }) => score)).toEqual([1, 2, 3, 4, 5])
    expect(satisfaction.reduce((all, { count: n }) => all + n, 0)).toBe(30)
  })

  test('G6 an hour is the site’s hour, a day the site’s day', async () => {
    const { days } = await callFigures(ctx(), { query: { ...span, to: '2026-03-01' } })
    expect(days.map(({ day }) => day)).toEqual(['2026-03-01'])
    const first = await callFigures(ctx(), { query: { ...span, to: '2026-03-01' } })
    expect(first.hours.every(({ weekday }) => weekday === 7)).toBe(true)
  })

  test('C5 for one colleague alone', async () => {
    const { people } = await callFigures(ctx(), { query: { ...span, handlerId: xin } })
    expect(people.map(({ id }) => id)).toEqual([xin])
  })

  test('C12 one sees one’s own private calls over three minutes; all of them who reads the quality report', async () => {
    const own = testActor(site, ['receptionist'], ying)
    const mine = await privateCalls(ctx(own), { query: { ...span, whose: 'mine' } })
    expect(mine.minutes).toBe(3)
    expect(mine.items.length).toBe(await count(`private and talk_seconds > 180 and handler_id = '${ying}'`))
    await expect(privateCalls(ctx(own), { query: { ...span, whose: 'all' } })).rejects.toMatchObject({
      code: 'auth.forbidden',
    })
    const all = await privateCalls(ctx(testActor(site, ['quality'])), { query: { ...span, whose: 'all' } })
    expect(all.items.length).toBe(await count('private and talk_seconds > 180'))
  })

  test('G8 G4 the same numbers as a workbook in either language; the export is on record', async () => {
    const report = await callFigures(ctx(), { query: span })
    const book = async (language: 'zh' | 'en') => {
      const sent: Buffer[] = []
      const reply = { type: () => reply, header: () => reply, send: (content: Buffer) => sent.push(content) }
      await exportFigures(ctx(), { query: { ...span, language } }, { reply: reply as never })
      const sheets = await readXlsxFile(sent[0] ?? Buffer.alloc(0))
      return new Map(sheets.map(({ sheet, data }) => [sheet, data]))
    }
    const zh = await book('zh')
    expect(zh.get('规则遵守')?.slice(1, 2)).toEqual([
      ['三声内接听', report.threeRings.kept, report.threeRings.of],
    ])
    expect(zh.get('每天')).toHaveLength(report.days.length + 1)
    const en = await book('en')
    expect([...en.keys()]).toEqual([
      'Rules',
      'Days',
      'Hours',
      'Rings',
      'Outcomes',
      'Cascade',
      'Matters',
      'People',
      'Satisfaction',
    ])
    expect(
      en
        .get('People')
        ?.slice(1)
        .map(([name, calls]) => [name, calls]),
    ).toEqual(report.people.map(({ name, calls }) => [name, calls]))
    expect(en.get('Outcomes')?.map(([name]) => name)).toEqual(['Name', 'Resolved', 'Missed'])
    const entries = await app.kernel.sql.all(
      raw<{ id: string }>("select entity_id as id from journal where action = 'call-figures.exported'"),
    )
    expect(entries.map(({ id }) => id)).toEqual(Array(2).fill('2026-03-01–2026-03-20'))
  })

  test('a span the wrong way round, or longer than the report, names the field', async () => {
    await expect(callFigures(ctx(), { query: { ...span, to: '2026-02-01' } })).rejects.toMatchObject({
      fields: [{ path: 'to' }],
    })
    await expect(callFigures(ctx(), { query: { ...span, from: '2020-01-01' } })).rejects.toMatchObject({
      fields: [{ path: 'from' }],
    })
  })
})
