import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestApp, testActor, testApp } from '../../../apps/server/testing.ts'
import { raw } from '../../../kernel/db/sql.ts'
import { newId } from '../../../kernel/ids.ts'
import { follow } from '../../../kernel/journal/followers.ts'
import { command } from '../../../kernel/work/command.ts'
import { houseFor, type TestHouse } from '../testing.ts'
import { visitFigures } from './follower.ts'
import { checkFigures, rebuildFigures } from './rebuild.ts'
import { people } from './service.ts'

let app: TestApp
let house: TestHouse
const site = newId()
const manager = testActor(site, ['duty_manager'])

/** Two months and more of 700 people, some often, from organisations some of which nobody names; the same in every run. */
const visitsAtRandom = `insert into visit (id, site_id, status, status_at, status_by, category, kind, announced, visitor_id,
    visitor_name, organisation, party_size, host_id, host_department_id, asked_ids, arrived_at, left_at, sort_at, created_at, created_by,
    created_by_name, updated_at)
  select gen_random_uuid(), $1, case when came then 'left' else 'no_show' end, at, 'x',
    (array['general', 'important', 'other'])[1 + floor(c * 3)], (array['visitor', 'tour', 'delivery'])[1 + floor(k * 3)], false,
    md5(floor(p * p * p * 700)::text)::uuid, '客', (array['', '华信', '海川', '远航', '天成', '=1+1'])[1 + floor(o * 5.05)],
    1 + floor(o * 9), h.host, (select department_id from employee where id = h.host), '[]', case when came then at end,
    case when came then at + interval '1 hour' end, at, at,
    'x', 'x', at
  from (select random() as c, random() as k, random() as p, random() as o, random() > 0.1 as came, random() as w,
      timestamptz '2026-01-25 00:00+08' + random() * interval '70 days' as at
    from (select setseed(0.31)) s, generate_series(1, 2500)) r
  cross join lateral (select case when w < 0.4 then $2::uuid when w < 0.7 then $3::uuid end as host) h`

beforeAll(async () => {
  app = await testApp()
  house = await houseFor(app, site)
  await app.kernel.sql.run(raw(visitsAtRandom, [site, house.hostId, house.deputyId]))
  await rebuildFigures(app.kernel)
})
afterAll(() => app.close())

const all = <T>(text: string, values: unknown[] = []) => app.kernel.sql.all<T>(raw(text, values))

interface Asked {
  readonly from: string
  readonly to: string
  readonly kind?: string
  readonly category?: string
  readonly departmentId?: string
  readonly hostId?: string
}

/** The register itself, asked plainly: a second opinion. */
async function plainly(asked: Asked) {
  const values = [
    site,
    ...[asked.from, asked.to, asked.kind, asked.category, asked.departmentId, asked.hostId].map(
      (value) => value ?? null,
    ),
  ]
  const came = `select v.*, row_number() over (partition by visitor_id order by sort_at, id) as place from visit v
    where site_id = $1 and arrived_at is not null`
  const within = `(sort_at at time zone 'Asia/Shanghai')::date between $2::date and $3::date
    and ($4::text is null or kind = $4) and ($5::text is null or category = $5)
    and ($6::uuid is null or host_department_id = $6) and ($7::uuid is null or host_id = $7)`
  const persons = await all<{ id: string; n: number; fresh: number }>(
    `select visitor_id as id, count(*)::int as n, (count(*) filter (where place = 1))::int as fresh
     from (${came}) v where ${within} group by visitor_id`,
    values,
  )
  const organisations = await all<{ name: string; arrived: number; people: number }>(
    `select organisation as name, count(*)::int as arrived, sum(party_size)::int as people
     from (${came}) v where ${within} and organisation <> '' group by organisation order by 1`,
    values,
  )
  return { persons, organisations }
}

async function mustBeThat(asked: Asked) {
  const { persons, organisations } = await plainly(asked)
  const found = await people(app.ctx(manager, site), { query: asked })
  const byTimes = Map.groupBy(persons, ({ n }) => Math.min(n, 5))
  expect(found.times, JSON.stringify(asked)).toEqual(
    [...byTimes].map(([times, own]) => ({ times, visitors: own.length })).sort((a, b) => a.times - b.times),
  )
  expect(found.visitors).toBe(persons.length)
  expect(found.newVisitors).toBe(persons.reduce((sum, one) => sum + one.fresh, 0))
  expect([...found.organisations].sort((a, b) => (a.name < b.name ? -1 : 1))).toEqual(
    [...organisations].sort((a, b) => (a.name < b.name ? -1 : 1)),
  )
  const often = persons.filter(({ n }) => n > 1).sort((a, b) => b.n - a.n)
  // Who stands tenth of several equals is nobody's business; how often they came is.
  expect(found.often.map(({ visits }) => visits)).toEqual(often.slice(0, 10).map(({ n }) => n))
  for (const one of found.often) expect(one.visits).toBe(persons.find(({ id }) => id === one.visitorId)?.n)
  return found
}

const spans = [
  ['2026-01-01', '2026-12-31'],
  ['2026-02-01', '2026-02-28'],
  ['2026-01-27', '2026-03-03'],
  ['2026-02-10', '2026-02-16'],
  ['2026-03-05', '2026-03-05'],
  ['2027-01-01', '2027-01-31'],
] as const

async function everywhere(asked: readonly (readonly [from: string, to: string])[] = spans) {
  const [department] = await all<{ id: string }>('select department_id as id from employee where id = $1', [
    house.hostId,
  ])
  const narrowings: readonly Omit<Asked, 'from' | 'to'>[] = [
    {},
    { kind: 'tour' },
    { category: 'important' },
    { kind: 'delivery', category: 'general' },
    { departmentId: department?.id ?? '' },
    { hostId: house.deputyId },
    { hostId: house.hostId, kind: 'visitor' },
    { kind: 'unknown' },
  ]
  for (const [from, to] of asked)
    for (const narrowing of narrowings) await mustBeThat({ from, to, ...narrowing })
}

const caughtUp = async () => {
  await app.settled()
  while ((await follow(app.kernel, visitFigures)) > 0);
}

describe('V23 who comes again, and from where', () => {
  test('V23 of any span and narrowing what the register says, asked plainly', async () => {
    await everywhere()
    const { visitors, times } = await mustBeThat({ from: '2026-01-01', to: '2026-12-31' })
    expect(visitors).toBeGreaterThan(100)
    expect(times, 'all five kinds of returning').toHaveLength(5)
  })

  test('V23 and after visits moved to another day, person, organisation, host, or were taken back', async () => {
    const changes = [
      "set sort_at = sort_at + interval '31 days', arrived_at = arrived_at + interval '31 days'",
      "set visitor_id = md5('7')::uuid",
      "set organisation = '新来'",
      "set kind = 'tour', category = 'other'",
      'set host_id = null, host_department_id = null',
    ]
    for (const [at, change] of changes.entries())
      await command(app.ctx(manager, site), async (work) => {
        const changed = await work.all(
          raw<{ id: string }>(
            `update visit ${change} where id in (select id from visit where site_id = $1 order by md5(id::text || $2) limit 90)
             and site_id = $1 returning id`,
            [site, String(at)],
          ),
        )
        for (const { id } of changed)
          work.journal({ entity: 'visit', entityId: id, action: 'visit.edited', after: {} })
      })
    await command(app.ctx(manager, site), async (work) => {
      const gone = await work.all(
        raw<{ id: string }>(
          `delete from visit where id in (select id from visit where site_id = $1 order by md5(id::text) limit 90) returning id`,
          [site],
        ),
      )
      for (const { id } of gone)
        work.journal({ entity: 'visit', entityId: id, action: 'visit.import-undone' })
    })
    await caughtUp()
    await everywhere(spans.slice(0, 3))
    expect(await checkFigures(app.kernel)).toEqual({ visits: [], days: [], more: false })
  })

  test('V23 a wrong row of people is found by its day, and a rebuild mends it', async () => {
    await app.kernel.sql.run(
      raw(`update visit_tally_people set visitors = visitors || int4send(1) where day = (
        select min(day) from visit_tally_people)`),
    )
    const [first] = await all<{ day: string }>('select min(day)::text as day from visit_tally_people')
    expect((await checkFigures(app.kernel)).days).toEqual([{ tally: 'visit_tally_people', day: first?.day }])
    await app.kernel.sql.run(raw("delete from visit_organisation where name = '华信'"))
    expect((await checkFigures(app.kernel)).days.length).toBeGreaterThan(10)
    await rebuildFigures(app.kernel)
    expect(await checkFigures(app.kernel)).toEqual({ visits: [], days: [], more: false })
    await mustBeThat({ from: '2026-01-01', to: '2026-12-31' })
  })

  test('G5 an organisation and a person no visit names any more are not kept beside the figures', async () => {
    const said = () => all("select from visit_organisation where name = '=1+1'")
    const [one] = await all<{ id: string }>(
      `select visitor_id as id from visit where site_id = $1 and arrived_at is not null group by 1 order by count(*), 1 limit 1`,
      [site],
    )
    const known = () => all('select from visit_person where visitor_id = $1', [one?.id])
    expect([(await said()).length, (await known()).length]).toEqual([1, 1])
    await command(app.ctx(manager, site), async (work) => {
      const changed = await work.all(
        raw<{ id: string }>(
          `update visit set organisation = '', visitor_id = case when visitor_id = $2 then gen_random_uuid() else visitor_id end
           where site_id = $1 and (visitor_id = $2 or organisation = '=1+1') returning id`,
          [site, one?.id],
        ),
      )
      for (const { id } of changed)
        work.journal({ entity: 'visit', entityId: id, action: 'visit.erased', after: {} })
    })
    await caughtUp()
    expect([await said(), await known()]).toEqual([[], []])
    expect(await checkFigures(app.kernel)).toEqual({ visits: [], days: [], more: false })
  })
})
