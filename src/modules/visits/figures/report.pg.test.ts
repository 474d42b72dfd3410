import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestApp, testActor, testApp } from '../../../apps/server/testing.ts'
import type { Actor } from '../../../kernel/actor.ts'
import { raw } from '../../../kernel/db/sql.ts'
import { newId } from '../../../kernel/ids.ts'
import { houseFor, type TestHouse } from '../testing.ts'
import { rebuildFigures } from './rebuild.ts'
import { grains, type Slice, slices } from './rules.ts'
import { exportFigures, people, report, rows, sites } from './service.ts'

let app: TestApp
let house: TestHouse
const site = newId()
const span = { from: '2026-03-02', to: '2026-03-15' }
const manager = testActor(site, ['duty_manager'])
const on = (actor: Actor = manager) => app.ctx(actor, site)

beforeAll(async () => {
  app = await testApp()
  house = await houseFor(app, site)
  // 1 200 visits over twenty days, made by the database, so that the counts below are a second opinion.
  await app.kernel.sql.run(
    raw(
      `insert into visit (id, site_id, status, status_at, status_by, category, kind, announced, visitor_id, visitor_name,
         organisation, party_size, host_id, host_department_id, asked_ids, consent_at, expected_at, arrived_at, admitted_at, met_at,
         signed_at, left_at, late_signature, pass_number, pass_returned, sort_at, created_at, created_by, created_by_name, updated_at)
       select gen_random_uuid(), $1, status, at, 'x', 'general', (array['visitor', 'tour'])[1 + n % 2], n % 3 = 0,
         md5((n % 300)::text)::uuid, '客' || n % 300, (array['华信', '海川', ''])[1 + n % 3], 1 + n % 4,
         case when n % 5 = 0 then $3::uuid else $2::uuid end,
         (select department_id from employee where id = case when n % 5 = 0 then $3::uuid else $2::uuid end),
         case when n % 4 = 0 then '["a", "b"]'::jsonb when n % 4 = 1 then '["a"]'::jsonb else '[]'::jsonb end, at, at,
         came, came + make_interval(mins => n % 7), came + make_interval(mins => n % 7 + n % 30),
         case when n % 6 > 0 then came + interval '40 min' end, case when status = 'left' then came + interval '1 hour' end,
         status = 'left' and n % 6 = 0, case when status = 'left' then 'A' || n end, case when status = 'left' then n % 8 > 0 end,
         at, at, 'x', 'x', at
       from (select *, case when status = 'left' then at end as came from (
         select n, timestamptz '2026-02-27 00:30+08' + n * interval '23 minutes' as at,
           case when n % 20 = 3 then 'no_show' when n % 20 = 4 then 'declined' when n % 20 = 5 then 'refused'
             when n % 20 = 6 then 'cancelled' else 'left' end as status from generate_series(0, 1199) n) a) b`,
      [site, house.hostId, house.deputyId],
    ),
  )
  await rebuildFigures(app.kernel)
})
afterAll(() => app.close())

const inside = `site_id = $1 and (sort_at at time zone 'Asia/Shanghai')::date between '${span.from}' and '${span.to}'`
async function count(where: string): Promise<number> {
  const row = await app.kernel.sql.one<{ n: number }>(
    raw(`select count(*)::int as n from visit where ${inside} and ${where}`, [site]),
  )
  return row.n
}
const asked = (more: object = {}) => ({ query: { ...span, grain: 'day' as const, ...more } })

describe('the report of visits', () => {
  test('V23 G8 equals a plain count of the rows', async () => {
    const { total, hours, kinds, series, hosts, otherHosts, admit } = await report(on(), asked())
    expect(total).toMatchObject({
      visits: await count('true'),
      arrived: await count('arrived_at is not null'),
      announced: await count('arrived_at is not null and announced'),
      noShow: await count("status = 'no_show'"),
      declined: await count("status = 'declined'"),
      refused: await count("status = 'refused'"),
      cancelled: await count("status = 'cancelled'"),
    })
    const left = "status = 'left' and"
    expect(total.rules.passes).toEqual({
      kept: await count(`${left} pass_returned`),
      of: await count(`${left} true`),
    })
    expect(total.rules.signed).toMatchObject({
      kept: await count(`${left} signed_at is not null`),
      of: await count(`${left} (signed_at is not null or late_signature)`),
    })
    expect(total.rules.answered).toEqual({
      kept: await count('jsonb_array_length(asked_ids) = 1'),
      of: await count('jsonb_array_length(asked_ids) > 0'),
    })
    const sum = (list: readonly { arrived: number }[]) => list.reduce((all, one) => all + one.arrived, 0)
    for (const part of [hours, kinds, series, hosts]) expect(sum(part)).toBe(total.arrived)
    expect(otherHosts).toBeNull()
    expect(admit.visits).toBe(total.arrived)
  })

  test.each(grains)('V23 whole months and the days around them add up, by %s', async (grain) => {
    for (const [from, to] of [
      ['2026-02-01', '2026-03-31'],
      ['2026-02-28', '2026-04-02'],
      ['2026-02-28', '2026-03-01'],
      ['2025-04-01', '2026-03-10'],
    ] as const) {
      const days = `site_id = $1 and (sort_at at time zone 'Asia/Shanghai')::date between '${from}' and '${to}'`
      const plain = await app.kernel.sql.one<Record<string, number>>(
        raw(
          `select count(*)::int as visits, count(arrived_at)::int as arrived, (count(*) filter (where kind = 'tour'))::int as tours,
             (count(*) filter (where arrived_at is not null and extract(isodow from sort_at at time zone 'Asia/Shanghai') = 1
               and extract(hour from sort_at at time zone 'Asia/Shanghai') = 9))::int as monday,
             (count(*) filter (where host_id = $2))::int as deputy, (count(met_at) filter (where met_at - admitted_at < interval '6 min'))::int as soon
           from visit where ${days}`,
          [site, house.deputyId],
        ),
      )
      const { total, series, kinds, hours, hosts, meet } = await report(on(), { query: { from, to, grain } })
      const sum = (list: readonly { visits: number }[]) => list.reduce((all, one) => all + one.visits, 0)
      expect({
        visits: total.visits,
        arrived: total.arrived,
        tours: kinds.find(({ key }) => key === 'tour')?.visits,
        monday: hours.find(({ weekday, hour }) => weekday === 1 && hour === 9)?.arrived ?? 0,
        deputy: hosts.find(({ id }) => id === house.deputyId)?.visits,
        soon: sum(meet.minutes.filter(({ minutes }) => minutes < 6)),
      }).toEqual(plain)
      for (const part of [series, kinds, hosts]) expect(sum(part)).toBe(total.visits)
    }
  })

  test('V23 a span without a visit is empty, not wrong', async () => {
    const { total, previous, series } = await report(on(), asked({ from: '2024-01-01', to: '2024-02-15' }))
    expect([total.visits, previous.visits, total.rules.met.of]).toEqual([0, 0, 0])
    expect(series).toHaveLength(46)
  })

  test('V23 hour and weekday are the site’s', async () => {
    const { hours } = await report(on(), asked())
    const monday = hours.find((one) => one.weekday === 1 && one.hour === 9)
    expect(monday?.arrived).toBe(
      await count(`arrived_at is not null and extract(isodow from arrived_at at time zone 'Asia/Shanghai') = 1
        and extract(hour from arrived_at at time zone 'Asia/Shanghai') = 9`),
    )
  })

  test('V23 the week before stands beside it; kind, host and department narrow everything', async () => {
    const { previous, before } = await report(on(), asked({ from: '2026-03-09', to: '2026-03-15' }))
    const earlier = await report(on(), asked(before))
    expect(previous).toEqual(earlier.total)
    const all = (await report(on(), asked())).total.arrived
    const tours = await report(on(), asked({ kind: 'tour' }))
    expect(tours.total.arrived).toBe(await count("arrived_at is not null and kind = 'tour'"))
    const one = await report(on(), asked({ hostId: house.deputyId }))
    expect(one.total.arrived).toBe(await count(`arrived_at is not null and host_id = '${house.deputyId}'`))
    expect(one.hours.reduce((sum, slot) => sum + slot.arrived, 0)).toBe(one.total.arrived)
    expect(one.meet.visits).toBeLessThan(all)
  })

  test('V23 organisations, new and returning visitors', async () => {
    const who = await people(on(), { query: span })
    expect(who.organisations.map((one) => one.name).sort()).toEqual(['华信', '海川'].sort())
    const distinct = await app.kernel.sql.one<{ n: number; fresh: number }>(
      raw(
        `select count(distinct visitor_id)::int as n, (count(distinct visitor_id) filter (where not exists (
           select 1 from visit w where w.visitor_id = v.visitor_id and w.arrived_at < v.arrived_at)))::int as fresh
         from visit v where arrived_at is not null and ${inside}`,
        [site],
      ),
    )
    expect({ n: who.visitors, fresh: who.newVisitors }).toEqual(distinct)
    expect(who.times.reduce((sum, one) => sum + one.visitors, 0)).toBe(who.visitors)
  })

  test('G8 every figure opens exactly the visits it counts', async () => {
    const { total } = await report(on(), asked())
    const { signed, answered, passes, met } = total.rules
    const wanted: Record<Slice, number> = {
      arrived: total.arrived,
      announced: total.announced,
      walkIn: total.walkIn,
      first: total.first,
      again: total.again,
      noShow: total.noShow,
      declined: total.declined,
      refused: total.refused,
      cancelled: total.cancelled,
      answered: answered.of,
      answerMissed: answered.of - answered.kept,
      signed: signed.of,
      unsigned: signed.of - signed.kept,
      signedLate: signed.late,
      signatureOverdue: signed.overdue,
      passes: passes.of,
      passMissing: passes.of - passes.kept,
      met: met.of,
      waitedLong: met.of - met.prompt,
      notReminded: met.of - met.kept,
    }
    for (const slice of slices) {
      const page = await rows(on(), { query: { ...span, slice, limit: 1 } })
      expect(page.total, slice).toBe(wanted[slice])
    }
    const slow = await rows(on(), {
      query: { ...span, waited: 'meet', waitedFrom: 11, waitedTo: 240, limit: 1 },
    })
    const { meet } = await report(on(), asked())
    expect(slow.total).toBe(
      meet.minutes.filter((one) => one.minutes > 10).reduce((sum, one) => sum + one.visits, 0),
    )
  })

  test('G8 a host sees their own, a head the department, nobody another’s', async () => {
    const own = await report(on(testActor(site, ['host'], house.deputyId)), asked())
    expect(own.scope).toBe('own')
    expect(own.total.arrived).toBe(await count(`arrived_at is not null and host_id = '${house.deputyId}'`))
    const page = await rows(on(testActor(site, ['host'], house.deputyId)), {
      query: { ...span, slice: 'arrived', ofHost: house.hostId, limit: 5 },
    })
    expect(page.total).toBe(0)
    const head = await report(on(testActor(site, ['department_head'], house.headId)), asked())
    expect(head.scope).toBe('departments')
    expect(head.total.arrived).toBe(await count('arrived_at is not null and host_department_id is not null'))
    const stranger = await report(on(testActor(site, ['host'], null)), asked())
    expect(stranger.total.visits).toBe(0)
    const beside = await sites(on(), { query: span })
    expect(beside.items.map((one) => one.id)).toEqual([site])
  })

  test('V23 E3 a department is itself and what hangs below: figures, people, rows and Excel alike', async () => {
    const { id: top } = await app.kernel.sql.one<{ id: string }>(
      raw('select department_id as id from employee where id = $1', [house.hostId]),
    )
    const below = newId()
    await app.kernel.sql.run(
      raw(
        "insert into department (id, site_id, parent_id, name, created_at) values ($1, $2, $3, '下设科室', now())",
        [below, site, top],
      ),
    )
    await app.kernel.sql.run(
      raw(
        `update visit set host_department_id = $1 where site_id = $2 and host_department_id = $3 and party_size = 2`,
        [below, site, top],
      ),
    )
    await rebuildFigures(app.kernel)
    const both = `arrived_at is not null and host_department_id in ('${top}', '${below}')`
    const alone = `arrived_at is not null and host_department_id = '${top}'`
    const all = await report(on(), asked({ departmentId: top }))
    expect(all.total.arrived).toBe(await count(both))
    expect(all.total.arrived).toBeGreaterThan(await count(alone))
    const who = await people(on(), { query: { ...span, departmentId: top } })
    const { n } = await app.kernel.sql.one<{ n: number }>(
      raw(`select count(distinct visitor_id)::int as n from visit where ${inside} and ${both}`, [site]),
    )
    expect(who.visitors).toBe(n)
    const page = (more: object) => rows(on(), { query: { ...span, slice: 'arrived', limit: 1, ...more } })
    expect((await page({ departmentId: top })).total).toBe(all.total.arrived)
    // The bar of one department counts that one alone, and opens just these.
    const bar = all.departments.find(({ id }) => id === top)
    expect(bar?.arrived).toBe(await count(alone))
    expect((await page({ departmentId: top, ofDepartment: top })).total).toBe(bar?.arrived)
    expect((await report(on(), asked({ departmentId: below }))).total.arrived).toBe(
      await count(`arrived_at is not null and host_department_id = '${below}'`),
    )
  })

  test('V23 a span the wrong way round is refused; the export is on record', async () => {
    await expect(report(on(), asked({ from: '2026-03-15', to: '2026-03-02' }))).rejects.toMatchObject({
      code: 'input.invalid',
    })
    const sent: unknown[] = []
    const reply = { type: () => reply, header: () => reply, send: (content: unknown) => sent.push(content) }
    await exportFigures(
      on(),
      { query: { ...span, grain: 'week', language: 'zh' } },
      { reply: reply as never },
    )
    expect(Buffer.isBuffer(sent[0]) && sent[0].subarray(0, 2).toString()).toBe('PK')
    const entry = await app.kernel.sql.maybe(
      raw("select 1 from journal where action = 'visit-figures.exported'"),
    )
    expect(entry).toBeDefined()
  })
})
