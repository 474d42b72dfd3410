/** The cases of source B on real PostgreSQL: what the console does, step by step. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readPreset, readPresetSettings } from '../../apps/server/preset-files.ts'
import { type TestApp, testApp } from '../../apps/server/testing.ts'
import type { Actor } from '../../kernel/actor.ts'
import { raw } from '../../kernel/db/sql.ts'
import { newId } from '../../kernel/ids.ts'
import { detailOf, now } from './reading.ts'
import { testConsole } from './test-console.ts'
import { type CallsHouse, callsHouse, customerNumber, deskActor } from './testing.ts'

let app: TestApp
let house: CallsHouse
let desk: Actor
let second: Actor
const site = newId()

beforeAll(async () => {
  app = await testApp()
  house = await callsHouse(app, site, readPresetSettings(readPreset('switchboard')))
  desk = deskActor(site, house.deskId, '前台小周')
  second = deskActor(site, house.secondDeskId, '前台小陈')
})
afterAll(() => app.close())

const on = (actor: Actor, key?: string) => app.ctx(actor, site, key)
const { ring, change, route, tried, attempt, end, take, hang, back, say } = testConsole((by = desk) => on(by))

const openTasks = async (id: string) =>
  (
    await app.kernel.sql.all<{ kind: string }>(
      raw("select kind from task where subject_id = $1 and status = 'open' order by kind", [id]),
    )
  ).map((row) => row.kind)
const actions = async (id: string) =>
  (
    await app.kernel.sql.all<{ action: string }>(
      raw("select action from journal where entity = 'call' and entity_id = $1 order by id", [id]),
    )
  ).map((row) => row.action)

describe('C4 C5 the situation of source B', () => {
  test('C5 owner busy, manager no answer, duty busy, their manager out of office: a promise with company and phone', async () => {
    let call = await ring()
    expect(call.caller).toMatchObject({
      contactName: '王芳',
      customerName: '华信科技',
      ownerName: '李明',
      ownerExtension: '8101',
    })
    expect(call).toMatchObject({ contactName: '王芳', organisation: '华信科技', status: 'open' })
    call = await change(call, { reason: '想谈续费' })
    expect(call.suggested).toBe('customer')
    call = await route(call, 'customer')
    expect(call.targets.map(({ kind, extension }) => [kind, extension])).toEqual([
      ['owner', '8101'],
      ['owner-head', '8200'],
      ['duty', '8103'],
    ])
    expect(call.next).toMatchObject({ act: 'try', target: { name: '李明', extension: '8101' } })
    expect(call.next.words?.zh).toContain('李明')
    call = await tried(call, 'busy')
    expect(call.next).toMatchObject({ act: 'try', target: { name: '周经理' } })
    expect(call.next.words).toMatchObject({ key: 'busy-next' })
    expect(call.next.words?.zh).toContain('李明')
    call = await tried(call, 'no-answer')
    call = await tried(call, 'busy')
    expect(call.next).toMatchObject({
      act: 'end',
      first: 'callback',
      minutes: 30,
      owner: { kind: 'person', id: house.ownerId, name: '李明' },
    })
    expect(call.next.words?.zh).toContain('30')
    call = await end(call, {
      outcome: 'callback',
      callback: { owner: { kind: 'person', id: house.ownerId }, minutes: 30 },
    })
    expect(call).toMatchObject({ status: 'closed', outcome: 'callback', outcomeByName: '前台小周' })
    expect(call.hops.map(({ name, result: what }) => [name, what])).toEqual([
      ['李明', 'busy'],
      ['周经理', 'no-answer'],
      ['值班小王', 'busy'],
    ])
    expect(call.callbacks).toMatchObject([{ status: 'promised', ownerName: '李明' }])
    const promised = await app.kernel.sql.one<{
      phone: string
      organisation: string
      kind: string
      due_at: Date
    }>(raw('select phone, organisation, kind, due_at from callback where call_id = $1', [call.id]))
    expect(promised).toMatchObject({ phone: customerNumber, organisation: '华信科技', kind: 'cascade' })
    expect(promised.due_at.getTime() - app.clock.now().getTime()).toBe(30 * 60_000)
    expect(await openTasks(call.id)).toEqual([])
    expect(await actions(call.id)).toEqual([
      'call.answered',
      'call.edited',
      'call.routed',
      ...Array(3).fill(['call.tried', 'call.hop-ended']).flat(),
      'call.closed',
    ])
  })

  test('C4 somebody answers: put through; the hop that was open ends with the outcome', async () => {
    let call = await route(await change(await ring(), { reason: '报价' }), 'customer')
    call = await attempt(call, { step: 0 })
    expect(call.next).toMatchObject({ act: 'wait', words: { key: 'connecting' } })
    await expect(attempt(call, { step: 1 })).rejects.toMatchObject({ code: 'call.hop-open' })
    call = await end(call, { outcome: 'put-through' })
    expect(call.hops).toMatchObject([{ result: 'answered', name: '李明', toldCaller: true }])
  })

  test('C5 the owner said they are away: their deputy is proposed, in their name', async () => {
    await app.kernel.sql.run(
      raw(
        `insert into line (site_id, extension, said, said_at) values ($1, '8101', 'away', $2)
         on conflict (site_id, extension) do update set said = 'away', said_at = excluded.said_at`,
        [site, app.clock.now()],
      ),
    )
    const call = await route(await ring(), 'customer')
    expect(call.targets[0]).toMatchObject({ name: '赵岚', extension: '8102', instead: '李明' })
    await app.kernel.sql.run(raw('delete from line where site_id = $1', [site]))
    expect((await detailOf(on(desk), call.id)).targets[0]).toMatchObject({ name: '李明', instead: '' })
  })

  test('C4 an owner who says "I call back" owes it', async () => {
    let call = await route(await ring(), 'customer')
    call = await tried(call, 'callback')
    expect(call.next).toMatchObject({
      act: 'end',
      first: 'callback',
      owner: { id: house.ownerId },
    })
  })
})

describe('C7 C8 C9 C10 complaint, solicitor, asked for', () => {
  test('C7 complaint overflow: 8000 busy, 8300 busy, customer service calls back within 15 minutes', async () => {
    let call = await ring({ number: '075566668000' })
    call = await change(call, { reason: '投诉你们服务态度' })
    expect(call.suggested).toBe('complaint')
    call = await route(call, 'complaint')
    expect(call.next).toMatchObject({ act: 'try', target: { extension: '8000', name: '客服热线' } })
    call = await tried(call, 'busy')
    expect(call.next.target?.extension).toBe('8300')
    call = await tried(call, 'busy')
    expect(call.next).toMatchObject({
      act: 'end',
      first: 'callback',
      missing: ['organisation'],
      minutes: 15,
      owner: { kind: 'post', id: 'agent' },
      words: { key: 'hotline-busy' },
    })
    const promise = { outcome: 'callback', callback: { owner: { kind: 'post', id: 'agent' }, minutes: 60 } }
    await expect(end(call, promise)).rejects.toMatchObject({
      code: 'call.details-missing',
      data: { missing: ['name'] },
      fields: [{ path: 'contactName', code: 'required' }],
    })
    call = await change(call, { organisation: '南方贸易' })
    call = await end(call, promise)
    const kept = await app.kernel.sql.one<{ kind: string; due_at: Date }>(
      raw('select kind, due_at from callback where call_id = $1', [call.id]),
    )
    expect(kept.kind).toBe('complaint')
    expect(kept.due_at.getTime() - app.clock.now().getTime()).toBe(15 * 60_000)
  })

  test('C8 a solicitor is declined by default; asked anyway only after the three questions', async () => {
    let call = await route(await ring({ number: '02088886666' }), 'sales-supplies')
    expect(call.next).toMatchObject({ act: 'end', first: 'declined', words: { key: 'declined' } })
    await expect(attempt(call, { step: 0 })).rejects.toMatchObject({ code: 'call.refused-by-default' })
    await expect(attempt(call, { step: null, employeeId: house.ownerId })).rejects.toMatchObject({
      code: 'call.refused-by-default',
    })
    call = await route(call, 'sales-supplies', true)
    expect(call.next).toMatchObject({ act: 'ask', missing: ['organisation', 'name', 'reason'] })
    await expect(attempt(call, { step: 0 })).rejects.toMatchObject({
      code: 'call.details-missing',
      data: { missing: ['organisation', 'name', 'reason'] },
    })
    call = await change(call, { organisation: '得力', contactName: '陈先生', reason: '硒鼓' })
    expect(call.next).toMatchObject({ act: 'try', target: { extension: '8133' } })
    call = await tried(call, 'refused')
    expect(call.next).toMatchObject({ act: 'end', first: 'declined' })
    expect((await end(call, { outcome: 'declined' })).outcome).toBe('declined')
  })

  test('C9 C10 not in: a message is written in the same transaction, and nothing without its matter', async () => {
    let call = await ring({ number: '' })
    call = await change(call, {
      contactName: '刘总',
      organisation: '远大',
      reason: '合同',
      wantedId: house.headId,
      contactPhone: '138 0000 1111',
    })
    expect(call.wantedName).toBe('周经理')
    call = await tried(await route(call, 'colleague'), 'not-in')
    expect(call.next).toMatchObject({ act: 'end', first: 'message', words: { key: 'not-in' } })
    await expect(end(call, { outcome: 'message' })).rejects.toMatchObject({ data: { missing: ['message'] } })
    call = await end(call, {
      outcome: 'message',
      message: { to: { kind: 'person', id: house.headId }, matter: '请回电谈合同' },
    })
    expect(call.messages).toMatchObject([{ status: 'new', toName: '周经理', matter: '请回电谈合同' }])
    app.clock.advance(1)
    // C5: the next call from that number knows who it is.
    const next = await ring({ number: '13800001111' })
    expect(next).toMatchObject({ contactName: '刘总', callsBefore: 1, promisesOpen: 1 })
  })

  test('C10 an unknown recipient undoes the closing as a whole', async () => {
    const call = await change(await ring(), { reason: '事' })
    const message = { to: { kind: 'person', id: newId() }, matter: '事' }
    await expect(end(call, { outcome: 'message', message })).rejects.toMatchObject({
      code: 'message.recipient-unknown',
    })
    expect((await detailOf(on(desk), call.id)).status).toBe('open')
  })
})

describe('C1 measured by the stopwatch', () => {
  test('C1 seconds and rings come from the two moments; late begins after the site’s rings', async () => {
    const ringingAt = app.clock.now().toISOString()
    const ringing = await ring({ ringingAt, answered: false })
    expect(ringing).toMatchObject({ status: 'ringing', late: false, handlerId: null })
    expect(ringing.words[0]?.key).toBe('greeting')
    app.clock.advance(12_500 / 60_000)
    const inTime = await take(ringing)
    expect(inTime).toMatchObject({ ringSeconds: 12.5, rings: 3, late: false, handlerName: '前台小周' })
    const slow = await ring({ ringingAt: app.clock.now().toISOString(), answered: false })
    app.clock.advance(16 / 60)
    expect((await detailOf(on(desk), slow.id)).words[0]?.key).toBe('greeting-late')
    expect(await take(slow)).toMatchObject({ ringSeconds: 16, rings: 4, late: true })
  })

  test('C1 a form that lay about tells no answer time; never heard ringing is no time at all', async () => {
    const long = new Date(app.clock.now().getTime() - 3_600_000).toISOString()
    await expect(ring({ ringingAt: long })).rejects.toMatchObject({ fields: [{ path: 'ringingAt' }] })
    expect(await ring()).toMatchObject({ ringSeconds: null, rings: null, late: false })
  })

  test('C2 a number that is none is refused; a colleague’s extension makes an internal call', async () => {
    await expect(ring({ number: '12' })).rejects.toMatchObject({ code: 'call.number-invalid' })
    expect(await ring({ number: '8102' })).toMatchObject({
      direction: 'internal',
      callerExtension: '8102',
      contactName: '赵岚',
    })
  })
})

describe('C4 G2 nothing ends without an outcome', () => {
  test('C4 hung up: the outcome is owed by whoever answered, settled by the closing', async () => {
    let call = await hang(await ring())
    expect(call).toMatchObject({ status: 'after', next: { act: 'end' } })
    expect(await openTasks(call.id)).toEqual(['call.outcome'])
    const owner = await app.kernel.sql.one(
      raw("select owner_id from task where subject_id = $1 and kind = 'call.outcome' and status = 'open'", [
        call.id,
      ]),
    )
    expect(owner).toMatchObject({ owner_id: house.deskId })
    call = await end(call, { outcome: 'resolved', note: '已答复' })
    expect(await openTasks(call.id)).toEqual([])
    expect(call.next).toMatchObject({ act: 'end', offer: [] })
  })

  test('C4 a caller who gave up is called back once, however often they tried', async () => {
    const number = '13711112222'
    const first = await hang(await ring({ number, answered: false }))
    expect(first).toMatchObject({ status: 'missed', outcome: 'missed', callbacks: [{ status: 'promised' }] })
    const again = await hang(await ring({ number, answered: false }))
    expect(again.callbacks).toEqual([])
    // Got through by themselves: nobody needs to call back any more.
    const through = await ring({ number })
    expect(through.promisesOpen).toBe(1)
    await end(through, { outcome: 'resolved', note: '已答复' })
    expect((await detailOf(on(desk), first.id)).callbacks).toMatchObject([{ status: 'withdrawn' }])
    const unknown = await hang(await ring({ number: '', answered: false }))
    expect(await openTasks(unknown.id)).toEqual(['call.missed'])
    expect((await now(on(desk))).missed).toBeGreaterThanOrEqual(2)
  })

  test('G2 a call by hand that was forgotten comes up again', async () => {
    expect(await openTasks((await ring()).id)).toEqual(['call.outcome'])
  })

  test('C4 undo within the minutes takes back outcome, message and promise; later is too late', async () => {
    let call = await change(await ring(), { reason: '事', contactName: '王芳' })
    call = await end(call, {
      outcome: 'callback',
      callback: { owner: { kind: 'person', id: house.ownerId }, minutes: 30 },
      message: { to: { kind: 'person', id: house.ownerId }, matter: '请回电' },
    })
    await expect(back(call, second)).rejects.toMatchObject({ code: 'auth.forbidden' })
    call = await back(call)
    expect(call).toMatchObject({ status: 'open', outcome: null, endedAt: null })
    expect(call.messages).toMatchObject([{ status: 'withdrawn' }])
    expect(call.callbacks).toMatchObject([{ status: 'withdrawn' }])
    expect(await openTasks(call.id)).toEqual(['call.outcome'])
    call = await end(call, { outcome: 'resolved' })
    app.clock.advance(3)
    await expect(back(call)).rejects.toMatchObject({ code: 'call.undo-too-late' })
  })

  test('C4 a miss by mistake rings again', async () => {
    const call = await back(await hang(await ring({ number: '13600001234', answered: false })))
    expect(call).toMatchObject({ status: 'ringing', outcome: null, callbacks: [{ status: 'withdrawn' }] })
    expect((await take(call)).status).toBe('open')
  })
})

describe('C11 special situations', () => {
  test('C11 line fault: the technician repairs, the customer is called on another way', async () => {
    const { call } = await say(await ring(), { situation: 'line-fault', note: '杂音' })
    expect(await openTasks(call.id)).toContain('call.line-fault')
    expect(call.next).toMatchObject({ act: 'end', first: 'callback', words: { key: 'line-fault' } })
    const done = await end(call, {
      outcome: 'callback',
      callback: { owner: { kind: 'person', id: house.deskId }, minutes: 10, phone: '13900008888' },
    })
    const kept = await app.kernel.sql.one(
      raw('select kind, phone from callback where call_id = $1', [done.id]),
    )
    expect(kept).toEqual({ kind: 'line-fault', phone: '+8613900008888' })
  })

  test('C11 angry: complaint route proposed, the duty manager told at once', async () => {
    const { call } = await say(await ring(), { situation: 'angry' })
    expect(call.suggested).toBe('complaint')
    expect(await openTasks(call.id)).toContain('call.angry')
    expect(call.words.map(({ key }) => key)).toContain('angry')
  })

  test('C11 dialect: colleagues who speak it; beyond knowledge: a question to be answered', async () => {
    await app.kernel.sql.run(
      raw("update employee set dialects = '{粤语,客家话}' where id = $1", [house.deputyId]),
    )
    const { colleagues } = await say(await ring(), { situation: 'dialect', dialect: '粤语' })
    expect(colleagues).toMatchObject([{ name: '赵岚', extension: '8102', line: 'unknown' }])
    const { call } = await say(await ring(), { situation: 'beyond-knowledge' })
    const done = await end(call, {
      outcome: 'callback',
      callback: { owner: { kind: 'person', id: house.headId }, minutes: 30, matter: '社保怎么缴' },
    })
    const kept = await app.kernel.sql.one(raw('select kind from callback where call_id = $1', [done.id]))
    expect(kept).toEqual({ kind: 'question' })
  })
})
