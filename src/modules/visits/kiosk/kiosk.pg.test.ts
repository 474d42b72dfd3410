/** The kiosk on real PostgreSQL (V1, V3, V5, V8, V11, V13, V21, G5). */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type TestApp, testActor, testApp } from '../../../apps/server/testing.ts'
import { raw } from '../../../kernel/db/sql.ts'
import { newId } from '../../../kernel/ids.ts'
import type { Ctx } from '../../../kernel/work/command.ts'
import type { Agreement } from '../agreements/contract.ts'
import * as agreements from '../agreements/service.ts'
import { announce } from '../arrival/announce.ts'
import { answer } from '../stay/answers.ts'
import { houseFor, type TestHouse } from '../testing.ts'
import * as admin from './admin.ts'
import { kiosks } from './contract.ts'

let app: TestApp
let site: string
let house: TestHouse
let desk: Ctx
let host: Ctx
let office: Ctx

beforeAll(async () => {
  app = await testApp()
})
afterAll(async () => {
  await app.close()
})
beforeEach(async () => {
  site = crypto.randomUUID()
  house = await houseFor(app, site)
  desk = app.ctx(testActor(site, ['receptionist'], house.deskId), site)
  host = app.ctx(testActor(site, ['host'], house.hostId), site)
  office = app.ctx(testActor(site, ['office_admin']), site)
})

const words = { zh: '请佩戴出入证。\n\n不要进入未许可的区域。', en: 'Please wear your pass.' }

async function published(
  over: Partial<Parameters<typeof agreements.create>[1]['body']> = {},
): Promise<Agreement> {
  const made = await agreements.create(office, {
    params: undefined,
    query: undefined,
    body: {
      ...{ purpose: 'safety', title: { zh: '安全须知', en: 'Safety notes' }, body: words, kinds: [] },
      ...{ categories: [], validDays: 0, needsSignature: true },
      ...over,
    },
  })
  return agreements.publish(office, {
    params: { id: made.id },
    query: undefined,
    body: { version: made.version },
  })
}

const hours = (n: number) => new Date(app.clock.now().getTime() + n * 3_600_000).toISOString()

async function announced(name: string, more: { email?: string; phone?: string } = {}) {
  return announce(desk, {
    body: {
      ...{ visitorName: name, organisation: '华信', phone: '13900005678', partySize: 1, companions: [] },
      ...{
        purpose: '交流',
        topic: '',
        kind: 'visitor',
        hostId: house.hostId,
        hostName: '',
        plate: '',
        note: '',
      },
      ...{ expectedAt: hours(1), validUntil: hours(3), language: 'zh' as const },
      ...more,
    },
  })
}

const given = (agreement: Agreement) => ({
  versionId: agreement.current?.id ?? '',
  signerName: '王芳',
  language: 'zh' as const,
  picture: null,
  read: true as const,
})

async function paired(): Promise<{ cookie: string; id: string; pin: string }> {
  const made = await admin.create(office, {
    params: undefined,
    query: undefined,
    body: { name: '大厅', place: '一楼' },
  })
  const answered = await app.call(kiosks.pair, { body: { code: made.code } })
  expect(answered.status).toBe(200)
  return { cookie: cookieOf(answered.headers), id: made.kiosk.id, pin: made.pin }
}

const cookieOf = (headers: Record<string, unknown>) => String(headers['set-cookie']).split(';')[0] ?? ''

describe('kiosk: the device', () => {
  test('of twenty browsers with one code one becomes the kiosk, and the code serves once', async () => {
    const made = await admin.create(office, {
      params: undefined,
      query: undefined,
      body: { name: '大厅', place: '' },
    })
    const all = await Promise.all(
      Array.from({ length: 20 }, () => app.call(kiosks.pair, { body: { code: made.code } })),
    )
    expect(all.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(all.filter(({ status }) => status === 401)).toHaveLength(19)
    expect((await app.call(kiosks.pair, { body: { code: made.code } })).status).toBe(401)
  })

  test('an old code is no code', async () => {
    const made = await admin.create(office, {
      params: undefined,
      query: undefined,
      body: { name: '大厅', place: '' },
    })
    await app.clock.advance(16 * 60_000)
    expect((await app.call(kiosks.pair, { body: { code: made.code } })).status).toBe(401)
  })

  test('G5 a kiosk calls its own routes and no other, and is out the moment it is revoked', async () => {
    const { cookie, id } = await paired()
    const wrong: string[] = []
    for (const { spec } of app.routes) {
      if (spec.action === 'public' || spec.raw === 'stream') continue
      const url = `/api/v1${spec.path.replace(/:\w+/g, newId())}`
      const got = await app.http.inject({ method: spec.method, url, headers: { cookie }, payload: {} })
      const forbidden = got.statusCode === 403 && got.json().code === 'auth.forbidden'
      if (forbidden === (spec.action === 'kiosk.use')) wrong.push(`${spec.id} ${got.statusCode}`)
    }
    expect(wrong).toEqual([])
    await admin.revoke(office, { params: { id }, query: undefined, body: undefined })
    expect((await app.call(kiosks.self, {}, { cookie })).status).toBe(401)
  })

  test('the PIN takes the browser back; wrong ones are counted until the kiosk is closed for ten minutes', async () => {
    const { cookie, pin } = await paired()
    const wrong = pin === '000000' ? '000001' : '000000'
    for (let i = 0; i < 10; i += 1)
      expect((await app.call(kiosks.exit, { body: { pin: wrong } }, { cookie })).status).toBe(403)
    expect((await app.call(kiosks.exit, { body: { pin } }, { cookie })).status).toBe(429)
    await app.clock.advance(11 * 60_000)
    expect((await app.call(kiosks.exit, { body: { pin } }, { cookie })).status).toBe(200)
    expect((await app.call(kiosks.self, {}, { cookie })).status).toBe(401)
  })
})

describe('kiosk: a visitor', () => {
  test('V3 V5 V11 V21 by the code of the invitation: signs, is led on, gets the pass', async () => {
    const safety = await published()
    const visit = await announced('吴约', { email: 'wu@example.com' })
    const { cookie } = await paired()
    const { code } = await app.kernel.sql.one<{ code: string }>(
      raw('select code from invitation where visit_id = $1', [visit.id]),
    )
    const found = await app.call(kiosks.find, { body: { code } }, { cookie })
    expect([found.status, found.body.visitorName, found.body.state]).toEqual([200, '吴约', 'expected'])
    expect(found.body.due).toHaveLength(1)
    const { ticket } = found.body
    const pass = () => app.call(kiosks.pass, { body: { ticket } }, { cookie })
    expect((await pass()).status).toBe(409)
    const signed = await app.call(kiosks.sign, { body: { ...given(safety), ticket } }, { cookie })
    expect([signed.status, signed.body.left]).toEqual([200, 0])
    const here = await app.call(kiosks.arrive, { body: { ticket } }, { cookie })
    expect([here.status, here.body.state]).toEqual([200, 'welcome'])
    expect(here.body.where?.waiting.zh).not.toBe('')
    const printed = await pass()
    expect([printed.status, printed.body.passNumber]).toEqual([200, 'A001'])
    expect((await pass()).body.passNumber).toBe('A001')
    const row = await app.kernel.sql.one<{ via: string }>(
      raw("select actor_kind as via from journal where entity_id = $1 and action = 'visit.checked-in'", [
        visit.id,
      ]),
    )
    expect(row.via).toBe('device')
  })

  test('V3 by name and end of the phone: one’s own appointment, never a list, not after ten wrong tries', async () => {
    await announced('郑约', { phone: '13900001234' })
    await announced('郑约', { phone: '13900009876' })
    await announced('双名', { phone: '13900005555' })
    await announced('双名', { phone: '13800005555' })
    const { cookie } = await paired()
    const find = (name: string, phoneTail: string) =>
      app.call(kiosks.find, { body: { name, phoneTail } }, { cookie })
    expect((await find('郑约', '1234')).status).toBe(200)
    expect((await find('双名', '5555')).status).toBe(404)
    for (let i = 0; i < 9; i += 1) await find('郑约', String(1000 + i))
    expect((await find('郑约', '1234')).status).toBe(429)
  })

  test('G5 a ticket of one kiosk or one visit opens no other', async () => {
    await announced('冯约', { phone: '13900001111' })
    const [one, two] = [await paired(), await paired()]
    const found = await app.call(
      kiosks.find,
      { body: { name: '冯约', phoneTail: '1111' } },
      { cookie: one.cookie },
    )
    const { ticket } = found.body
    expect((await app.call(kiosks.visit, { body: { ticket } }, { cookie: one.cookie })).status).toBe(200)
    expect((await app.call(kiosks.visit, { body: { ticket } }, { cookie: two.cookie })).status).toBe(403)
    await app.clock.advance(31 * 60_000)
    expect((await app.call(kiosks.visit, { body: { ticket } }, { cookie: one.cookie })).status).toBe(403)
  })

  test('V1 V5 V8 without appointment: the host is asked, and the answer is seen', async () => {
    const { cookie } = await paired()
    const hosts = await app.call(kiosks.hosts, { query: { q: '张工' } }, { cookie })
    expect(hosts.body.items.map(({ id }) => id)).toEqual([house.hostId])
    expect(
      (await app.call(kiosks.hosts, { query: { q: 'zhang' } }, { cookie })).body.items.length,
    ).toBeLessThan(4)
    const id = newId()
    const begun = await app.call(
      kiosks.register,
      {
        body: {
          ...{ id, visitorName: '陈来', organisation: '宏达', phone: '13700001111', kind: 'visitor' },
          ...{ purpose: '送样', hostId: house.hostId },
        },
      },
      { cookie },
    )
    expect([begun.status, begun.body.state, begun.body.where]).toEqual([200, 'asking', null])
    await answer(host, { params: { id }, query: undefined, body: { answer: 'decline', reason: '不认识' } })
    const seen = await app.call(kiosks.visit, { body: { ticket: begun.body.ticket } }, { cookie })
    expect(seen.body.state).toBe('declined')
    expect(JSON.stringify(seen.body)).not.toContain('不认识')
    const { via } = await app.kernel.sql.one<{ via: string }>(
      raw('select via from visit where id = $1', [id]),
    )
    expect(via).toBe('kiosk')
  })

  test('V1 registered without the server, told later: with its own time, once; what is refused goes to the desk', async () => {
    const { cookie } = await paired()
    const id = newId()
    const at = new Date(app.clock.now().getTime() - 2 * 3_600_000)
    const late = {
      cookie,
      'foyer-occurred-at': at.toISOString(),
      'foyer-device': newId(),
      'idempotency-key': `${id}-register`,
    }
    const body = {
      ...{ id, visitorName: '离线客', organisation: '宏达', phone: '13700001111', kind: 'visitor' },
      ...{ purpose: '送样', hostId: null, hostName: '张工' },
    }
    const answers = [
      await app.call(kiosks.register, { body }, late),
      await app.call(kiosks.register, { body }, late),
    ]
    expect(answers.map(({ status }) => status)).toEqual([200, 200])
    const rows = await app.kernel.sql.all<{ arrived_at: Date; via: string }>(
      raw("select arrived_at, via from visit where visitor_name = '离线客'"),
    )
    expect(rows).toEqual([{ arrived_at: at, via: 'kiosk' }])
    const refused = {
      ...{ visitorName: '无门类', organisation: '宏达', purpose: '', hostName: '张工' },
      ...{ code: 'visit.kind-unknown', occurredAt: at.toISOString() },
    }
    const key = { cookie, 'idempotency-key': `${id}-unsent` }
    expect((await app.call(kiosks.unsent, { body: refused }, key)).status).toBe(200)
    expect((await app.call(kiosks.unsent, { body: refused }, key)).status).toBe(200)
    const tasks = await app.kernel.sql.all<{ facts: { visitorName: string } }>(
      raw("select facts from task where kind = 'kiosk.unsent' and site_id = $1", [site]),
    )
    expect(tasks.map(({ facts }) => facts.visitorName)).toEqual(['无门类'])
  })
})
