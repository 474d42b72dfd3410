/** Orders to the exchange, and its setup: permissions, secrets, at most once (C3, C15, G4, G5). */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type TestApp, testActor, testApp } from '../../../apps/server/testing.ts'
import type { Actor } from '../../../kernel/actor.ts'
import { raw } from '../../../kernel/db/sql.ts'
import { newId } from '../../../kernel/ids.ts'
import { follow } from '../../../kernel/journal/followers.ts'
import { command } from '../../../kernel/work/command.ts'
import { tcpServer } from '../exchange/testing.ts'
import { deskActor } from '../testing.ts'
import { callbackCalls } from './callback-calls.ts'
import { dial, order } from './dial.ts'
import { orderHangUp, orderTransfer } from './order.ts'
import { exchangeIntake, type Intake } from './service.ts'
import { set, state, test as tryLogin } from './setup.ts'
import { connect, type FakeLink, fakeLinks, intakeHouse, leg, recorded, ringing } from './testing.ts'

let app: TestApp
const running: Intake[] = []

/** Other test files share the machine. */
const soon = <T>(look: () => T) => expect.poll(look, { timeout: 20_000 })

beforeAll(async () => {
  app = await testApp()
})
afterEach(async () => {
  for (const intake of running.splice(0)) await intake.stop()
  await app.kernel.sql.run(raw('update exchange set enabled = false'))
})
afterAll(() => app.close())

const at = (seconds: number) => new Date(Date.UTC(2026, 2, 9, 1, 0, 0) + seconds * 1000).toISOString()

async function connected() {
  const house = await intakeHouse(app)
  const { siteId, people } = house
  const fake = fakeLinks()
  const intake = exchangeIntake(app.kernel, { lookMs: 20, listedMs: 60_000, openLink: fake.openLink })
  running.push(intake)
  intake.start()
  await connect(app, siteId, 5038)
  const desk = deskActor(siteId, people['8000'] ?? '', '前台')
  const stateNow = async () => (await state(app.ctx(desk, siteId))).exchange?.state
  await soon(stateNow).toBe('up')
  const link = fake.links.at(-1) as FakeLink
  return { ...house, intake, link, desk, ctx: (who: Actor = desk) => app.ctx(who, siteId) }
}

const statusOf = (id: string) =>
  app.kernel.sql.maybe<{ status: string; result: string | null; call_id: string | null }>(
    raw('select status, result, call_id from exchange_order where id = $1', [id]),
  )

describe('C15: click-to-dial', () => {
  test('the number behind a contact never leaves the server; the call knows whom it was for', async () => {
    const { ctx, siteId, link, intake, contactId, people } = await connected()
    const asked = await dial(ctx(), { body: { contactId } })
    expect(JSON.stringify(asked)).not.toContain('13912345678')
    await soon(async () => (await statusOf(asked.id))?.status).toBe('done')
    expect(link.orders).toMatchObject([
      {
        kind: 'dial',
        order: { orderId: asked.id, extension: '8000', number: '13912345678', showAs: '王芳' },
      },
    ])
    link.listener.call(
      ringing(asked.id, at(0), {
        direction: 'out',
        callerNumber: '8000',
        callerExtension: '8000',
        dialled: '13912345678',
        legs: [leg('o.1', '8000', at(0), { cause: 'originate' })],
      }),
    )
    await intake.settled()
    const [call] = await app.kernel.sql.all(recorded(siteId))
    expect(call).toMatchObject({
      direction: 'out',
      contact_id: contactId,
      dialled: '+8613912345678',
      handler_id: people['8000'],
    })
    expect((await order(ctx(), { params: { id: asked.id }, query: undefined, body: undefined })).callId).toBe(
      call?.id,
    )
    const entries = await app.kernel.sql.all<{ text: string }>(
      raw(
        `select row_to_json(j)::text as text from journal j where site_id = $1 and entity in ('exchange', 'call')`,
        [siteId],
      ),
    )
    expect(entries.map(({ text }) => text).join()).not.toContain('13912345678')
  })

  test('a promise dialled is linked to the try written down for it', async () => {
    const { ctx, siteId, link, intake, people } = await connected()
    const callbackId = newId()
    await app.kernel.sql.run(
      raw(
        `insert into callback (id, site_id, status, status_at, status_by, kind, caller_name, phone, owner_kind, owner_id, owner_name,
           due_at, promised_at, promised_by, promised_by_name)
         values ($1, $2, 'promised', $4, 'x', 'missed', '王芳', '+8613912345678', 'person', $3, '前台', $4, $4, 'x', 'x')`,
        [callbackId, siteId, people['8000'], app.clock.now()],
      ),
    )
    const asked = await dial(ctx(), { body: { callbackId } })
    await soon(async () => (await statusOf(asked.id))?.status).toBe('done')
    link.listener.call(
      ringing(asked.id, at(0), {
        direction: 'out',
        callerExtension: '8000',
        dialled: '13912345678',
        legs: [],
      }),
    )
    await intake.settled()
    await app.kernel.sql.run(
      raw(
        `insert into callback_attempt (id, callback_id, site_id, at, result, by_id, by_name) values ($1, $2, $3, $4, 'busy', $5, '前台')`,
        [newId(), callbackId, siteId, app.clock.now(), people['8000']],
      ),
    )
    await command(ctx(), async (work) => {
      work.journal({ entity: 'callback', entityId: callbackId, action: 'callback.attempted' })
    })
    await app.settled()
    while ((await follow(app.kernel, callbackCalls)) > 0);
    const [tried] = await app.kernel.sql.all<{ call_id: string | null }>(
      raw('select call_id from callback_attempt where callback_id = $1', [callbackId]),
    )
    expect(tried?.call_id).toBe((await statusOf(asked.id))?.call_id)
    expect(tried?.call_id).not.toBeNull()
  })

  test.each([
    [{}, 'input.invalid'],
    [{ number: '13912345678', employeeId: newId() }, 'input.invalid'],
    [{ number: '12' }, 'call.number-invalid'],
    [{ employeeId: newId() }, 'entity.not-found'],
    [{ callId: newId() }, 'entity.not-found'],
    [{ callbackId: newId() }, 'entity.not-found'],
    [{ messageId: newId() }, 'entity.not-found'],
    [{ contactId: newId() }, 'entity.not-found'],
  ])('%o is refused: %s', async (body, code) => {
    const { ctx, link } = await connected()
    await expect(dial(ctx(), { body })).rejects.toMatchObject({ code })
    expect(link.orders).toEqual([])
  })

  test('G5: a colleague who has nothing to do with the customer cannot dial them unseen', async () => {
    const { ctx, siteId, people, contactId } = await connected()
    const host = { ...testActor(siteId, ['host'], people['8171'] ?? null) }
    await expect(dial(ctx(host), { body: { contactId } })).rejects.toMatchObject({ code: 'entity.not-found' })
  })

  test('nobody without a telephone, nothing without a link', async () => {
    const { ctx, siteId, intake } = await connected()
    const nobody = testActor(siteId, ['receptionist'])
    await expect(dial(ctx(nobody), { body: { number: '13912345678' } })).rejects.toMatchObject({
      code: 'line.no-extension',
    })
    await intake.stop()
    await expect(dial(ctx(), { body: { number: '13912345678' } })).rejects.toMatchObject({
      code: 'exchange.not-connected',
    })
  })
})

describe('C3, G4: at most once, and never late', () => {
  test('an order that waited is failed, never carried out', async () => {
    const { ctx, siteId, intake, link } = await connected()
    await intake.stop()
    running.length = 0
    await app.kernel.sql.run(raw(`update exchange set state = 'up' where site_id = $1`, [siteId]))
    const asked = await dial(ctx(), { body: { number: '13912345678' } })
    app.clock.advance(1)
    const later = exchangeIntake(app.kernel, { lookMs: 20, openLink: fakeLinks().openLink })
    running.push(later)
    later.start()
    await soon(async () => statusOf(asked.id)).toMatchObject({ status: 'failed', result: 'too-late' })
    expect(link.orders).toEqual([])
  })

  test('sent, and the node died: not known, and not sent again', async () => {
    const { ctx, link } = await connected()
    link.answer = () => new Promise(() => undefined)
    const asked = await dial(ctx(), { body: { number: '13912345678' } })
    await soon(async () => (await statusOf(asked.id))?.status).toBe('sent')
    app.clock.advance(2)
    await soon(async () => statusOf(asked.id)).toMatchObject({ status: 'failed', result: 'not-known' })
    expect(link.orders).toHaveLength(1)
    running.length = 0
  })

  test('a transfer the exchange refuses ends the hop it was for', async () => {
    const { ctx, siteId, link, intake } = await connected()
    link.answer = async () => ({ ok: false, reason: 'busy' })
    link.listener.call(
      ringing('a', at(0), {
        answeredAt: at(3),
        legs: [leg('a.1', '8000', at(0), { answeredAt: at(3), result: 'answered' })],
      }),
    )
    await intake.settled()
    const [call] = await app.kernel.sql.all(recorded(siteId))
    const hopId = newId()
    const id = await command(ctx(), async (work) => {
      work.write(
        raw(
          `insert into call_hop (id, site_id, call_id, position, target_kind, target_name, target_extension, started_at, result,
             by_id, by_name) values ($1, $2, $3, 1, 'extension', '8171', '8171', $4, 'trying', 'x', 'x')`,
          [hopId, siteId, call?.id, work.now],
        ),
      )
      return await orderTransfer(work, { callId: call?.id ?? '', hopId, to: '8171', kind: 'attended' })
    })
    await soon(async () => statusOf(id)).toMatchObject({ status: 'failed', result: 'busy' })
    expect(link.orders).toMatchObject([
      { kind: 'transfer', order: { callId: 'a', extension: '8000', to: '8171', kind: 'attended' } },
    ])
    const [after] = await app.kernel.sql.all(recorded(siteId))
    expect(after?.hops).toEqual(['8171 busy 0 s measured'])
    const ended = await command(ctx(), (work) => orderHangUp(work, call?.id ?? ''))
    await soon(async () => (await statusOf(ended))?.status).toBe('failed')
    expect(link.orders.at(-1)).toMatchObject({ kind: 'hang-up', order: { callId: 'a', extension: '8000' } })
  })
})

describe('the setup', () => {
  test('the secret is sealed, never told, and stays with the exchange it was entered for', async () => {
    const { siteId } = await intakeHouse(app)
    const admin = app.ctx(testActor(siteId, ['system_admin']), siteId)
    await connect(app, siteId, 5038, { enabled: false })
    const told = await state(admin)
    expect(told.exchange?.address).toMatchObject({ host: '127.0.0.1', username: 'cti' })
    const { address } = told.exchange ?? { address: null }
    if (address === null) throw new Error('an administrator sees the address')
    const everything = await app.kernel.sql.all<{ text: string }>(
      raw(
        `select row_to_json(e)::text as text from exchange e where site_id = $1
         union all select row_to_json(j)::text from journal j where site_id = $1`,
        [siteId],
      ),
    )
    expect(everything.map(({ text }) => text).join() + JSON.stringify(told)).not.toContain('cti-secret')
    expect(
      (
        await set(admin, {
          body: { enabled: false, address: { ...address, ringCadenceSeconds: 6 }, version: 1 },
        })
      ).version,
    ).toBe(2)
    for (const elsewhere of [{ host: 'other.example' }, { port: 5039 }, { username: 'x' }]) {
      const body = { enabled: false, address: { ...address, ...elsewhere }, version: 2 }
      await expect(set(admin, { body })).rejects.toMatchObject({ code: 'exchange.secret-needed' })
      await expect(
        tryLogin(admin, { body: { address: { ...address, ...elsewhere } } }),
      ).rejects.toMatchObject({
        code: 'exchange.secret-needed',
      })
    }
    await expect(set(admin, { body: { enabled: false, address, version: 1 } })).rejects.toMatchObject({
      code: 'edit.stale',
    })
    expect((await state(app.ctx(testActor(siteId, ['host']), siteId))).exchange?.address).toBeNull()
  })

  test.each([
    ['something else greets', 'HTTP/1.1 400 Bad Request\r\n\r\n', 'not-an-exchange'],
    ['a refused login', 'Asterisk Call Manager/11.0.0\r\n', 'login-refused'],
  ])('%s is said in a word, without a byte of the other side', async (_what, greeting, reason) => {
    const { siteId } = await intakeHouse(app)
    await using server = await tcpServer((socket) => {
      socket.write(greeting)
      socket.on('data', (sent) => {
        const id = /ActionID: (\S+)/.exec(sent.toString())?.[1] ?? ''
        socket.end(`Response: Error\r\nActionID: ${id}\r\nMessage: Authentication failed\r\n\r\n`)
      })
    })
    const admin = app.ctx(testActor(siteId, ['system_admin']), siteId)
    const address = {
      host: '127.0.0.1',
      port: server.port,
      username: 'cti',
      login: 'plain' as const,
      tls: false,
      context: 'internal',
      technology: 'PJSIP',
      trunks: [],
      outsidePrefix: '',
      ringCadenceSeconds: 5,
      keepAliveSeconds: 30,
    }
    const told = await tryLogin(admin, { body: { address, secret: 'guess' } })
    expect(told).toMatchObject({ ok: false, reason })
    const [entry] = await app.kernel.sql.all<{ data: unknown }>(
      raw(`select data from journal where site_id = $1 and action = 'exchange.tested'`, [siteId]),
    )
    expect(entry?.data).toMatchObject({ host: '127.0.0.1', reason })
  })
})
