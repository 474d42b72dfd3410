/** V2, V3, V4, V6, V12: from the counter to somebody's telephone, over the directory, the customers and the day. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestApp, testActor, testApp } from '../../../apps/server/testing.ts'
import type { Actor } from '../../../kernel/actor.ts'
import { raw } from '../../../kernel/db/sql.ts'
import { newId } from '../../../kernel/ids.ts'
import { storeSetting } from '../../../kernel/settings/settings.ts'
import { dispatchAll } from '../../../kernel/tasks/dispatcher.ts'
import { command } from '../../../kernel/work/command.ts'
import { announce } from '../arrival/announce.ts'
import { checkIn } from '../arrival/check-in.ts'
import { register } from '../arrival/register.ts'
import type { VisitCard } from '../card/contract.ts'
import { visits } from '../contract.ts'
import { get } from '../reading.ts'
import { type Category, categoriesSetting, kindsSetting } from '../settings.ts'
import { answer, redirect } from '../stay/answers.ts'
import { cancel, undo } from '../stay/exit.ts'
import { houseFor } from '../testing.ts'
import { visitRoutes } from './contract.ts'
import { answerHop, propose, tryTable, whom } from './service.ts'
import { visitRoutesSetting } from './settings.ts'
import { kind, table, topic } from './testing.ts'

let app: TestApp
const site = newId()
let desk: Actor
let people: Awaited<ReturnType<typeof houseFor>>

beforeAll(async () => {
  app = await testApp()
  people = await houseFor(app, site)
  desk = testActor(site, ['receptionist'], people.deskId)
  await app.kernel.sql.run(
    raw("insert into calendar_year (site_id, year, source) values ($1, 2026, 'seed')", [site]),
  )
  const general = categoriesSetting.fallback[0] as Category
  const loose = { ...general, required: ['purpose'] as Category['required'] }
  await command(app.ctx(desk, site), async (work) => {
    await storeSetting(
      work,
      categoriesSetting,
      [
        loose,
        { ...loose, key: 'other', consent: 'always', refuseByDefault: true },
        { ...loose, key: 'guest', important: true, consent: 'never' },
      ],
      0,
      null,
    )
    await storeSetting(
      work,
      kindsSetting,
      [
        kind('visitor'),
        kind('customer'),
        kind('media'),
        kind('tour'),
        kind('courier', { questions: false }),
        kind('delivery', { topics: [topic('computers'), topic('dormitory'), topic('paper')] }),
        kind('solicitor', { category: 'other' }),
        kind('leader', { category: 'guest' }),
      ],
      0,
      null,
    )
    await storeSetting(work, visitRoutesSetting, table, 0, null)
  })
  app.kernel.settings.forget(site)
})
afterAll(() => app.close())

const on = (actor: Actor = desk, key?: string) => app.ctx(actor, site, key)
let count = 0
function walkIn(more: Record<string, unknown> = {}) {
  count += 1
  return visits.register.body.parse({
    visitorName: `来客${count}`,
    organisation: `单位${count}`,
    purpose: '业务',
    kind: 'visitor',
    ...more,
  })
}
const come = (more: Record<string, unknown> = {}) => register(on(), { body: walkIn(more) })
const hopsOf = async (id: string) =>
  (await get(on(), { params: { id }, query: undefined, body: undefined })).hops.map(
    ({ n, id: who, result, how }) => ({ n, who, result, how }),
  )
const said = (visit: VisitCard, n: number, result: string, more: Record<string, unknown> = {}) =>
  answerHop(on(), {
    params: { id: visit.id },
    query: undefined,
    body: visitRoutes.hop.body.parse({ n, result, ...more }),
  })
const entries = async (id: string) =>
  (
    await app.kernel.sql.all<{ action: string }>(
      raw("select action from journal where entity = 'visit' and entity_id = $1 order by id", [id]),
    )
  ).map(({ action }) => action)
const openTasks = async (id: string) =>
  (
    await app.kernel.sql.all<{ kind: string; owner_id: string }>(
      raw("select kind, owner_id from task where subject_id = $1 and status = 'open' order by kind", [id]),
    )
  ).map(({ kind: name, owner_id }) => `${name} ${owner_id}`)

describe('V4 the three questions', () => {
  test('V4 a stranger who has not said from where and why: nobody is disturbed, nothing is written', async () => {
    const before = await app.kernel.sql.one<{ n: number }>(raw('select count(*)::int as n from visit', []))
    await expect(come({ organisation: '', purpose: '' })).rejects.toMatchObject({
      code: 'visit.questions-missing',
      fields: [
        { path: 'organisation', code: 'required' },
        { path: 'purpose', code: 'required' },
      ],
    })
    expect(await app.kernel.sql.one(raw('select count(*)::int as n from visit', []))).toEqual(before)
  })

  test('V4 answered, it is on record; who was here before is not asked again, a courier never', async () => {
    const first = await come({ visitorName: '常客', organisation: '老单位', hostId: people.hostId })
    const detail = await get(on(), { params: { id: first.id }, query: undefined, body: undefined })
    expect(detail.questionsAt).not.toBeNull()
    const again = await come({
      visitorName: '常客',
      organisation: '',
      purpose: '取件',
      visitorId: first.visitorId,
      hostId: people.hostId,
    })
    expect(again.status).toBe('asking')
    expect((await come({ kind: 'courier', organisation: '' })).status).toBe('asking')
    // V7: an important guest fills in nothing.
    expect(
      (await come({ kind: 'leader', organisation: '', hostId: people.hostId, purpose: '会议' })).status,
    ).toBe('admitted')
  })

  test('V4 another name under a known person’s id is a stranger', async () => {
    const first = await come({ visitorName: '甲君', organisation: '甲公司' })
    await expect(
      come({ visitorName: '乙君', organisation: '', visitorId: first.visitorId }),
    ).rejects.toMatchObject({ code: 'visit.questions-missing' })
  })
})

describe('V6 whom to ask', () => {
  test('V6 computers go to their extension: the colleague who sits there is asked', async () => {
    const visit = await come({ kind: 'delivery', topic: 'computers' })
    expect(visit).toMatchObject({
      status: 'asking',
      askedId: people.hostId,
      askedName: '网管 · 张工',
      askedExtension: '8171',
    })
    const detail = await get(on(), { params: { id: visit.id }, query: undefined, body: undefined })
    expect(detail).toMatchObject({ topic: 'computers', route: { key: 'computers' } })
  })

  test('V6 nobody’s line: the desk phones and writes down, busy ends in the courteous refusal', async () => {
    const visit = await come({ kind: 'delivery', topic: 'dormitory' })
    expect(visit).toMatchObject({ askedId: 'extension:8999', askedName: '宿舍', askedExtension: '8999' })
    expect(await openTasks(visit.id)).toEqual(['visit.consent desk'])
    const after = await said(visit, 1, 'busy')
    expect(after.status).toBe('declined')
    expect(await hopsOf(visit.id)).toEqual([{ n: 1, who: 'extension:8999', result: 'busy', how: 'phone' }])
    expect(await openTasks(visit.id)).toEqual(['visit.turn-away desk'])
  })

  test('V6 a topic the kind does not have is refused', async () => {
    await expect(come({ kind: 'delivery', topic: 'pigs' })).rejects.toMatchObject({
      code: 'visit.topic-unknown',
    })
  })

  test('V5 V6 no row for it: host, then those who stand in, by the clock and by hand; every hop is kept', async () => {
    const visit = await come({ hostId: people.hostId })
    expect(visit.askedId).toBe(people.hostId)
    app.clock.advance(3 * 60_000 + 1000)
    await dispatchAll(app.kernel)
    const second = (await whom(on(), { params: { id: visit.id } })).hops
    expect(second.map(({ id, result }) => [id, result])).toEqual([
      [people.hostId, 'no-answer'],
      [people.deputyId, null],
    ])
    expect(second[0]?.seconds).toBeGreaterThanOrEqual(180)
    const next = await said(visit, 2, 'busy')
    expect(next.askedId).toBe(people.headId)
    const end = await said(visit, 3, 'agreed', { how: 'phone' })
    expect(end.status).toBe('admitted')
    expect((await hopsOf(visit.id)).map(({ result }) => result)).toEqual(['no-answer', 'busy', 'agreed'])
  })

  test('V6 a customer goes to the own salesperson, who is nobody’s to the head', async () => {
    expect((await come({ kind: 'customer' })).askedId).toBe(people.headId)
    const owned = newId()
    await app.kernel.sql.run(
      raw(
        `insert into customer (id, site_id, name, name_pinyin, name_initials, name_key, terms, owner_id, owner_since, created_at, created_by, updated_at)
         values ($1, $2, '华信科技', 'huaxinkeji', 'hxkj', '华信科技', '{}', $3, now(), now(), 'test', now())`,
        [owned, site, people.deputyId],
      ),
    )
    const visit = await come({ kind: 'customer', organisation: '华信科技' })
    expect(visit.askedId).toBe(people.deputyId)
    expect((await whom(on(), { params: { id: visit.id } })).next.map(({ id }) => id)).toEqual([people.headId])
  })

  test('V3 V6 media with an appointment is let in and the host told; without one and nobody to ask, declined', async () => {
    const body = visits.announce.body.parse({
      visitorName: '记者',
      organisation: '晚报',
      kind: 'media',
      hostId: people.hostId,
      expectedAt: app.clock.now().toISOString(),
    })
    const planned = await announce(on(), { body })
    const there = await checkIn(on(), {
      params: { id: planned.id },
      query: undefined,
      body: visits.checkIn.body.parse({}),
    })
    expect(there.status).toBe('admitted')
    expect(await hopsOf(there.id)).toMatchObject([{ who: people.hostId, result: 'told' }])
    const uninvited = await come({ kind: 'media' })
    expect(uninvited.status).toBe('declined')
    expect(await entries(uninvited.id)).toEqual(['visit.registered', 'visit.declined'])
    // Whom they name is asked; a no is a no.
    const asked = await come({ kind: 'media', hostId: people.hostId })
    expect(asked.askedId).toBe(people.hostId)
    expect((await said(asked, 1, 'declined', { note: '不接受采访' })).status).toBe('declined')
  })

  test('V6 let in and told: without a host whoever the row names receives', async () => {
    const visit = await come({ kind: 'tour', organisation: '实验小学' })
    expect(visit).toMatchObject({ status: 'admitted', receiverId: people.headId })
  })

  test('V5 the guard has the word already: it is a hop of its own', async () => {
    const visit = await come({ hostId: people.hostId, consent: { how: 'phone', byId: people.hostId } })
    expect(await hopsOf(visit.id)).toEqual([{ n: 1, who: people.hostId, result: 'agreed', how: 'phone' }])
  })

  test('V5 told by link, taken back, asked again: each question keeps its own line (G4)', async () => {
    const visit = await come({ hostId: people.hostId })
    const host = testActor(site, ['host'], people.hostId)
    const params = { id: visit.id }
    await answer(on(host), { params, query: undefined, body: { answer: 'receive' } })
    await undo(on(host), { params, query: undefined, body: undefined })
    await redirect(on(), { params, query: undefined, body: { toId: people.headId } })
    await cancel(on(), { params, query: undefined, body: { reason: '走了' } })
    expect((await hopsOf(visit.id)).map(({ who, result }) => [who, result])).toEqual([
      [people.hostId, 'agreed'],
      [people.hostId, 'passed'],
      [people.headId, 'passed'],
    ])
  })

  test('V6 twenty write down an answer at once: one is kept, nineteen learn of it, one question is open', async () => {
    const visit = await come({ hostId: people.hostId })
    const results = await Promise.allSettled(Array.from({ length: 20 }, () => said(visit, 1, 'busy')))
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    for (const one of results)
      if (one.status === 'rejected') expect(one.reason).toMatchObject({ code: 'visit.hop-answered' })
    const hops = await hopsOf(visit.id)
    expect(hops.map(({ result }) => result)).toEqual(['busy', null])
    expect(await openTasks(visit.id)).toEqual([`visit.consent ${people.deputyId}`])
  })
})

describe('V12 turned away', () => {
  test('V12 refused by default: registered and refused in one step, journalled, no pass, nobody disturbed', async () => {
    const visit = await come({ kind: 'solicitor', organisation: '', issuePass: true })
    expect(visit).toMatchObject({ status: 'refused', passNumber: null })
    expect(await entries(visit.id)).toEqual(['visit.registered', 'visit.refused'])
    expect(await openTasks(visit.id)).toEqual([])
    expect(await hopsOf(visit.id)).toEqual([])
  })

  test('V12 somebody allows it: why has to be said', async () => {
    const consent = { how: 'phone', byId: people.hostId }
    await expect(come({ kind: 'solicitor', consent })).rejects.toMatchObject({
      code: 'visit.refused-by-default',
    })
    const visit = await come({ kind: 'solicitor', consent, despiteDefault: '孙总同意' })
    expect(visit.status).toBe('admitted')
  })

  test('V12 a walk-in let in by mistake is called off', async () => {
    const visit = await come({ hostId: people.hostId, consent: { how: 'phone', byId: people.hostId } })
    const off = await cancel(on(), {
      params: { id: visit.id },
      query: undefined,
      body: { reason: '登记错误' },
    })
    expect(off.status).toBe('cancelled')
    expect((await openTasks(visit.id)).length).toBe(0)
  })
})

describe('V6 try it', () => {
  const tried = (more: Record<string, unknown>) =>
    tryTable(on(), { body: visitRoutes.try.body.parse({ kind: 'visitor', ...more }) })

  test('V6 which row, why those above did not fit, whom it asks', async () => {
    const found = await tried({ kind: 'delivery', topic: 'computers' })
    expect(found).toMatchObject({
      route: { key: 'computers' },
      decision: 'ask',
      consentDue: true,
      passed: [
        { key: 'media-known', misfits: ['kind', 'appointment'] },
        { key: 'media', misfits: ['kind'] },
      ],
      targets: [
        { id: people.hostId, extension: '8171', name: { zh: '网管 · 张工', en: 'Line 8171 · 张工' } },
      ],
    })
  })

  test('V6 at another time, and with a table not stored yet', async () => {
    const sunday = await tried({ kind: 'delivery', topic: 'paper', at: '2026-03-08T20:00:00+08:00' })
    expect(sunday).toMatchObject({
      route: { key: 'night' },
      decision: 'decline',
      working: false,
      targets: [],
    })
    expect(await tried({ rows: [], hostId: people.hostId })).toMatchObject({
      route: null,
      targets: [
        { id: people.hostId, target: 'host' },
        { target: 'deputy' },
        { target: 'deputy' },
        { kind: 'post' },
      ],
    })
  })

  test('V4 V6 the form learns whether this is a stranger, and whom to ask', async () => {
    const known = await come({ visitorName: '熟人', organisation: '熟单位' })
    const asked = (more: Record<string, unknown>) =>
      propose(on(), {
        body: visitRoutes.propose.body.parse({ kind: 'delivery', topic: 'computers', ...more }),
      })
    expect(await asked({ visitorName: '生人', organisation: '生单位' })).toMatchObject({
      stranger: true,
      targets: [{ id: people.hostId }],
    })
    expect((await asked({ visitorId: known.visitorId })).stranger).toBe(false)
    expect((await asked({ visitorName: '熟人', organisation: '熟单位', phone: '1' })).stranger).toBe(false)
  })
})
