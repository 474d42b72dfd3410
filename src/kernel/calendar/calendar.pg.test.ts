import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type TestApp, testActor, testApp } from '../../apps/server/testing.ts'
import type { Actor } from '../actor.ts'
import { raw } from '../db/sql.ts'
import { newId } from '../ids.ts'
import type { FoyerModule } from '../module.ts'
import { storeSetting } from '../settings/settings.ts'
import { type Ctx, command } from '../work/command.ts'
import { calendarRoutes } from './contract.ts'
import { publishedDays } from './holidays.ts'
import { loadCalendar } from './load.ts'
import { calendarModule } from './module.ts'
import { addWorkingMinutes, closingOf, isWorkingDay } from './rules.ts'
import { confirmYear, putDay, readYear, resetDay, seedNewSite, seedYear } from './service.ts'
import { calendarHours } from './settings.ts'

let app: TestApp
let site: string
let admin: Actor
let ctx: Ctx
/** Stands in for sign-in: the role is whatever the header says, at the site of the test. */
const doorman: FoyerModule = {
  name: 'doorman',
  actors: () => async (request) => {
    const role = request.headers['x-role']
    return typeof role === 'string' ? testActor(site, [role]) : null
  },
}

beforeAll(async () => {
  app = await testApp({ modules: [calendarModule, doorman] })
})
afterAll(() => app.close())
beforeEach(async () => {
  site = newId()
  admin = testActor(site, ['office_admin'])
  ctx = app.ctx(admin, site)
  await app.kernel.sql.run(
    raw(
      "insert into site (id, code, name, zone) values ($1, 's' || substr($2, 25), 'House', 'Asia/Shanghai')",
      [site, site],
    ),
  )
})

const name = { zh: '厂庆', en: 'Anniversary' }
const year = { params: { year: 2026 } }
const calendar = () => loadCalendar(app.kernel.sql, site)
const journal = () =>
  app.kernel.sql.all<{ action: string; entity_id: string; before: unknown; after: unknown }>(
    raw('select action, entity_id, before, after from journal where site_id = $1 order by id', [site]),
  )
const unknown = (missing: number) => ({ code: 'calendar.year-unknown', data: { year: missing } })

describe('G6 years', () => {
  test('G6 a new site knows no year and says so', async () => {
    expect(await readYear(ctx, { query: { year: 2026 } })).toMatchObject({
      known: false,
      source: null,
      days: [],
    })
    const cal = await calendar()
    expect(() => addWorkingMinutes(cal, app.clock.now(), 30)).toThrow(expect.objectContaining(unknown(2026)))
  })

  test('G6 seeding makes a year known, and again changes nothing', async () => {
    const first = await seedYear(ctx, year)
    expect(first).toMatchObject({ known: true, source: 'seed', zone: 'Asia/Shanghai' })
    expect(first.days.map((d) => d.day)).toEqual((publishedDays(2026) ?? []).map((d) => d.day))
    expect(await seedYear(ctx, year)).toEqual(first)
    const cal = await calendar()
    expect(isWorkingDay(cal, '2026-10-10')).toBe(true)
    expect(isWorkingDay(cal, '2026-10-07')).toBe(false)
  })

  test('G6 a year without published data is refused and stays unknown', async () => {
    await expect(seedYear(ctx, { params: { year: 2027 } })).rejects.toMatchObject(unknown(2027))
    expect((await readYear(ctx, { query: { year: 2027 } })).known).toBe(false)
    expect(await journal()).toEqual([])
  })

  test('G6 the house may declare a year complete; a seeded one stays seeded', async () => {
    expect(await confirmYear(ctx, { params: { year: 2027 } })).toMatchObject({
      known: true,
      source: 'edited',
    })
    expect(isWorkingDay(await calendar(), '2027-03-01')).toBe(true)
    await seedYear(ctx, year)
    expect(await confirmYear(ctx, year)).toMatchObject({ source: 'seed' })
    expect((await journal()).map((e) => e.action)).toEqual([
      'calendar.year-confirmed',
      'calendar.year-seeded',
    ])
  })

  test('G6 a new site is seeded inside the transaction that makes it', async () => {
    const years = await command(ctx, async (work) => seedNewSite(work, [2026, 2027]))
    expect(years).toEqual([2026])
    expect((await readYear(ctx, { query: { year: 2026 } })).days).toHaveLength(
      publishedDays(2026)?.length ?? 0,
    )
    expect((await calendar()).knownYears).toEqual(new Set([2026]))
  })
})

describe('G6 days', () => {
  test('G6 an edit counts at once, survives seeding, and goes back', async () => {
    await seedYear(ctx, year)
    expect(isWorkingDay(await calendar(), '2026-10-08')).toBe(true)
    await putDay(ctx, { params: { day: '2026-10-08' }, body: { kind: 'restday', name } })
    const own = [{ from: '10:00', to: '12:00' }]
    await putDay(ctx, { params: { day: '2026-10-10' }, body: { kind: 'makeup', name, hours: own } })
    const edited = await calendar()
    expect(isWorkingDay(edited, '2026-10-08')).toBe(false)
    expect(closingOf(edited, '2026-10-10')).toEqual(new Date('2026-10-10T12:00:00+08:00'))

    const seeded = await seedYear(ctx, year)
    expect(seeded.days.find((d) => d.day === '2026-10-10')).toMatchObject({ hours: own, source: 'edited' })

    expect(await resetDay(ctx, { params: { day: '2026-10-08' } })).toEqual({ day: null })
    const back = await resetDay(ctx, { params: { day: '2026-10-10' } })
    expect(back.day).toEqual({
      day: '2026-10-10',
      kind: 'makeup',
      name: { zh: '国庆节', en: 'National Day' },
      source: 'seed',
    })
    expect(isWorkingDay(await calendar(), '2026-10-08')).toBe(true)
    expect(await resetDay(ctx, { params: { day: '2026-10-10' } })).toEqual(back)
  })

  test('G6 a site abroad that confirmed its year gets no Chinese holiday back', async () => {
    await confirmYear(ctx, year)
    await putDay(ctx, { params: { day: '2026-10-01' }, body: { kind: 'restday', name } })
    expect(await resetDay(ctx, { params: { day: '2026-10-01' } })).toEqual({ day: null })
  })

  test('G4 G6 edits stand in the journal with before and after', async () => {
    const day = '2026-10-10'
    await putDay(ctx, { params: { day }, body: { kind: 'restday', name } })
    await putDay(ctx, { params: { day }, body: { kind: 'workday', name } })
    await resetDay(ctx, { params: { day } })
    const rest = { day, kind: 'restday', name, source: 'edited' }
    const work = { ...rest, kind: 'workday' }
    expect(await journal()).toEqual([
      { action: 'calendar.day-set', entity_id: day, before: null, after: rest },
      { action: 'calendar.day-set', entity_id: day, before: rest, after: work },
      { action: 'calendar.day-reset', entity_id: day, before: work, after: null },
    ])
  })

  test('G4 G6 the same key sent again changes nothing a second time', async () => {
    const keyed = app.ctx(admin, site, newId())
    const edit = { params: { day: '2026-10-10' }, body: { kind: 'restday', name } } as const
    expect(await putDay(keyed, edit)).toEqual(await putDay(keyed, edit))
    expect(await journal()).toHaveLength(1)
  })

  test('G6 twenty edits of one day at once leave an unbroken chain in the journal', async () => {
    const edits = Array.from({ length: 20 }, (_, i) => ({
      params: { day: '2026-10-10' },
      body: { kind: 'restday' as const, name: { zh: `第${i}`, en: `no ${i}` } },
    }))
    await Promise.all(edits.map((edit) => putDay(ctx, edit)))
    const entries = await journal()
    expect(entries).toHaveLength(20)
    const befores = new Set(entries.map((e) => JSON.stringify(e.before)))
    const afters = new Set(entries.map((e) => JSON.stringify(e.after)))
    expect(befores.size).toBe(20)
    expect([...befores].filter((b) => !afters.has(b))).toEqual(['null'])
  })
})

describe('G6 hours and cache', () => {
  test('G6 the same calendar is handed out until something changes', async () => {
    await seedYear(ctx, year)
    const first = await calendar()
    expect(await calendar()).toBe(first)
    await putDay(ctx, { params: { day: '2026-11-20' }, body: { kind: 'restday', name } })
    const second = await calendar()
    expect(second).not.toBe(first)
    await app.kernel.sql.run(raw("update site set zone = 'Europe/Berlin' where id = $1", [site]))
    expect((await calendar()).zone).toBe('Europe/Berlin')
  })

  test('G6 weekly and make-up hours are a setting and count at once', async () => {
    await seedYear(ctx, year)
    const week = { ...calendarHours.fallback.week, '5': [{ from: '08:00', to: '16:00' }] }
    const makeup = [{ from: '09:00', to: '15:00' }]
    await command(ctx, (work) => storeSetting(work, calendarHours, { week, makeup }, 0, null))
    const cal = await calendar()
    expect(closingOf(cal, '2026-11-20')).toEqual(new Date('2026-11-20T16:00:00+08:00'))
    expect(closingOf(cal, '2026-10-10')).toEqual(new Date('2026-10-10T15:00:00+08:00'))
    const bad = { week: { ...week, '5': [{ from: '08:00', to: '07:00' }] }, makeup }
    await expect(
      command(ctx, (work) => storeSetting(work, calendarHours, bad, 1, null)),
    ).rejects.toMatchObject({
      code: 'input.invalid',
      fields: [{ path: 'value.week.5.0.to', data: { message: 'calendar.period-empty' } }],
    })
  })

  test('G6 a site that is not there is no calendar', async () => {
    await expect(loadCalendar(app.kernel.sql, newId())).rejects.toMatchObject({ code: 'site.unknown' })
  })
})

describe('G5 G6 over HTTP', () => {
  const as = (role: string) => ({ 'x-role': role })

  test('G6 all five routes answer', async () => {
    const office = as('office_admin')
    expect(await app.call(calendarRoutes.seedYear, year, office)).toMatchObject({
      status: 200,
      body: { known: true },
    })
    const body = { kind: 'workday' as const, name, hours: [{ from: '22:00', to: '24:00' }] }
    const put = await app.call(calendarRoutes.putDay, { params: { day: '2026-11-21' }, body }, office)
    expect(put).toMatchObject({ status: 200, body: { day: '2026-11-21', source: 'edited' } })
    const read = await app.call(calendarRoutes.read, { query: { year: 2026 } }, as('guard'))
    expect(read.body.days.find((d) => d.day === '2026-11-21')).toEqual({
      ...body,
      day: '2026-11-21',
      source: 'edited',
    })
    const reset = await app.call(calendarRoutes.resetDay, { params: { day: '2026-11-21' } }, office)
    expect(reset).toMatchObject({ status: 200, body: { day: null } })
    const confirmed = await app.call(calendarRoutes.confirmYear, { params: { year: 2028 } }, office)
    expect(confirmed).toMatchObject({ status: 200, body: { known: true, source: 'edited' } })
  })

  test('G6 an unpublished year is 422 and names it', async () => {
    const answer = await app.call(calendarRoutes.seedYear, { params: { year: 2027 } }, as('system_admin'))
    expect(answer).toMatchObject({ status: 422, body: unknown(2027) })
  })

  test('G5 reading needs a role, editing an administrator', async () => {
    const edit = { params: { day: '2026-11-21' }, body: { kind: 'restday', name } } as const
    expect((await app.call(calendarRoutes.read, { query: { year: 2026 } })).status).toBe(401)
    expect((await app.call(calendarRoutes.read, { query: { year: 2026 } }, as('tenant_member'))).status).toBe(
      403,
    )
    expect((await app.call(calendarRoutes.putDay, edit, as('receptionist'))).status).toBe(403)
    expect((await app.call(calendarRoutes.resetDay, { params: edit.params }, as('guard'))).status).toBe(403)
    expect((await app.call(calendarRoutes.seedYear, year, as('director'))).status).toBe(403)
    expect((await app.call(calendarRoutes.confirmYear, year, as('host'))).status).toBe(403)
  })

  test.each([
    ['2026-02-30', { kind: 'restday', name }, 'day'],
    ['2026-11-21', { kind: 'party', name }, 'kind'],
    ['2026-11-21', { kind: 'holiday', name, hours: [{ from: '09:00', to: '10:00' }] }, 'hours'],
    ['2026-11-21', { kind: 'workday', name, hours: [{ from: '22:00', to: '06:00' }] }, 'hours.0.to'],
    ['2026-11-21', { kind: 'workday', name: { zh: '' } }, 'name.en'],
  ])('G6 bad input %s %j is 400 and names %s', async (day, body, field) => {
    const answer = await app.http.inject({
      method: 'PUT',
      url: `/api/v1/calendar/days/${day}`,
      headers: as('office_admin'),
      payload: body,
    })
    expect(answer.statusCode).toBe(400)
    expect(answer.json().fields.map((f: { path: string }) => f.path)).toEqual([field])
  })
})
