/** Whose call it is, who sees what, and twenty at once, on real PostgreSQL. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readPreset, readPresetSettings } from '../../apps/server/preset-files.ts'
import { type TestApp, testActor, testApp } from '../../apps/server/testing.ts'
import type { Actor } from '../../kernel/actor.ts'
import { raw } from '../../kernel/db/sql.ts'
import { newId } from '../../kernel/ids.ts'
import { calls } from './contract.ts'
import { close } from './ending.ts'
import { markPrivate, reveal } from './privacy.ts'
import { detailOf } from './reading.ts'
import { start } from './record.ts'
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
const { ring, change, route, attempt, result, end, take, hang, back } = testConsole((by = desk) => on(by))
const query = undefined

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

describe('G1 G4 G5 C12 whose call it is', () => {
  test('G1 who answered has it; another sees who, and takes over expressly', async () => {
    let call = await take(await ring({ answered: false }))
    await expect(take(call, false, second)).rejects.toMatchObject({
      code: 'call.taken',
      data: { name: '前台小周' },
    })
    await expect(end(call, { outcome: 'wrong-number' }, second)).rejects.toMatchObject({ code: 'call.taken' })
    expect((await detailOf(on(second), call.id)).can).toMatchObject({ takeOver: true })
    expect((await detailOf(on(second), call.id)).can.close).toBeUndefined()
    call = await take(call, true, second)
    expect(call.handlerName).toBe('前台小陈')
    expect(await actions(call.id)).toContain('call.taken-over')
    const owed = await app.kernel.sql.one(
      raw("select owner_id from task where subject_id = $1 and status = 'open'", [call.id]),
    )
    expect(owed).toEqual({ owner_id: house.secondDeskId })
    // Pressing once more changes nothing.
    expect((await take(call, true, second)).version).toBe(call.version)
  })

  test('G4 two edit one record: the second is told, unless they changed different fields', async () => {
    const call = await ring({ number: '' })
    await change(call, { reason: '甲' })
    await expect(change(call, { reason: '乙' }, second)).rejects.toMatchObject({ code: 'edit.stale' })
    expect(await change(call, { organisation: '丙公司' }, second)).toMatchObject({
      reason: '甲',
      organisation: '丙公司',
    })
  })

  test('G5 numbers are masked, a look is on record, a stranger sees nothing', async () => {
    const call = await ring()
    expect(call.callerMasked).toBe('139****5678')
    expect(JSON.stringify(call)).not.toContain('13912345678')
    const full = await reveal(on(desk), { params: { id: call.id }, query, body: {} })
    expect(full.caller).toBe(customerNumber)
    expect(await actions(call.id)).toContain('call.revealed')
    const stranger = testActor(site, ['host'], newId())
    await expect(detailOf(on(stranger), call.id)).rejects.toMatchObject({ code: 'entity.not-found' })
    const journal = await app.kernel.sql.all(
      raw('select before, after, data from journal where entity_id = $1', [call.id]),
    )
    expect(JSON.stringify(journal)).not.toContain('13912345678')
  })

  test('G5 who was tried sees the call; it is theirs too', async () => {
    const owner = testActor(site, ['host'], house.ownerId)
    const call = await attempt(await route(await ring(), 'customer'), { step: 0 })
    expect((await detailOf(on(owner), call.id)).can).toMatchObject({ reveal: true })
  })

  test('C12 a private call: its party is the colleague’s, others see that it was and how long', async () => {
    const owner = testActor(site, ['host'], house.ownerId)
    let call = await change(await ring(), { wantedId: house.ownerId, reason: '家里有事' })
    call = await hang(call)
    const card = await markPrivate(on(owner), { params: { id: call.id }, query, body: { private: true } })
    expect(card).toMatchObject({ private: true, status: 'closed', outcome: 'private', reason: '家里有事' })
    expect(await openTasks(call.id)).toEqual([])
    const seen = await detailOf(on(second), call.id)
    expect(seen).toMatchObject({ private: true, callerMasked: '', contactName: '', reason: '', caller: null })
    await expect(reveal(on(second), { params: { id: call.id }, query, body: {} })).rejects.toMatchObject({
      code: 'auth.forbidden',
    })
    await expect(
      markPrivate(on(second), { params: { id: call.id }, query, body: { private: false } }),
    ).rejects.toMatchObject({ code: 'auth.forbidden' })
  })
})

describe('design §1.5 twenty at once', () => {
  const twenty = <T>(use: (n: number) => Promise<T>) =>
    Promise.allSettled(Array.from({ length: 20 }, (_, n) => use(n)))
  const codes = (settled: readonly PromiseSettledResult<unknown>[]) =>
    settled.flatMap((one) => (one.status === 'rejected' ? [(one.reason as { code?: string }).code] : []))
  const agents = Array.from({ length: 20 }, (_, n) => deskActor(site, newId(), `前台${n}`))
  const agent = (n: number) => agents[n] ?? desk

  test('G1 answer: one has it, nineteen are told who', async () => {
    const call = await ring({ answered: false })
    const settled = await twenty((n) => take(call, false, agent(n)))
    expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(codes(settled)).toEqual(Array(19).fill('call.taken'))
    const { handlerName } = await detailOf(on(desk), call.id)
    const told = settled.flatMap((one) => (one.status === 'rejected' ? [one.reason.data.name] : []))
    expect(new Set(told)).toEqual(new Set([handlerName]))
  })

  test('C3 try, result, hang-up, close, undo: one each', async () => {
    let call = await route(await ring(), 'customer')
    const tries = await twenty(() => attempt(call, { step: 0 }))
    expect(codes(tries)).toEqual(Array(19).fill('call.hop-open'))
    call = await detailOf(on(desk), call.id)
    expect(call.hops).toHaveLength(1)
    const results = await twenty(() => result(call, 'busy'))
    expect(codes(results)).toEqual(Array(19).fill('call.hop-not-open'))
    const hung = await twenty(() => hang(call))
    expect(codes(hung)).toEqual(Array(19).fill('transition.refused'))
    const callback = { owner: { kind: 'person', id: house.ownerId }, minutes: 30 }
    const closed = await twenty(() => end(call, { outcome: 'callback', callback }))
    expect(codes(closed)).toEqual(Array(19).fill('transition.refused'))
    const undone = await twenty(() => back(call))
    expect(codes(undone)).toEqual(Array(19).fill('transition.refused'))
    call = await detailOf(on(desk), call.id)
    expect(call.callbacks).toMatchObject([{ status: 'withdrawn' }])
    expect(await openTasks(call.id)).toEqual(['call.outcome'])
  })

  test('G4 twenty edits of one field from one version: one stands', async () => {
    const call = await ring({ number: '' })
    const settled = await twenty((n) => change(call, { reason: `第${n}` }, agent(n)))
    expect(codes(settled)).toEqual(Array(19).fill('edit.stale'))
  })

  test('design §1.5 the same request sent twice is one call, one hop, one promise', async () => {
    const body = calls.start.body.parse({ id: newId(), number: '13900007777' })
    const [a, b] = await Promise.all([
      start(on(desk, 'start-1'), { body }),
      start(on(desk, 'start-1'), { body }),
    ])
    expect(a.id).toBe(b.id)
    await expect(start(on(desk), { body })).rejects.toMatchObject({ code: 'entity.exists' })
    const closing = calls.close.body.parse({
      outcome: 'callback',
      callback: { id: newId(), owner: { kind: 'post', id: 'receptionist' }, minutes: 20 },
    })
    const call = await change(a, { contactName: '孙先生' })
    const both = await twenty(() =>
      close(on(desk, 'close-1'), { params: { id: call.id }, query, body: closing }),
    )
    expect(codes(both)).toEqual([])
    const after = await detailOf(on(desk), call.id)
    expect(after.callbacks).toMatchObject([{ ownerName: '前台' }])
  })
})
