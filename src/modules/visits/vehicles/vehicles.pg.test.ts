import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestApp, testActor, testApp } from '../../../apps/server/testing.ts'
import { type Actor, systemActor } from '../../../kernel/actor.ts'
import { newId } from '../../../kernel/ids.ts'
import { systemCtx } from '../../../kernel/kernel.ts'
import { storeSetting } from '../../../kernel/settings/settings.ts'
import { command } from '../../../kernel/work/command.ts'
import { announce } from '../arrival/announce.ts'
import { register } from '../arrival/register.ts'
import { visits } from '../contract.ts'
import { release, undo } from '../stay/exit.ts'
import { houseFor } from '../testing.ts'
import * as reading from './reading.ts'
import * as vehicle from './service.ts'
import { parkingSetting } from './settings.ts'

let app: TestApp
const site = newId()
let desk: Actor
let hostId: string

beforeAll(async () => {
  app = await testApp()
  const people = await houseFor(app, site)
  hostId = people.hostId
  desk = testActor(site, ['receptionist'], people.deskId)
  await command(systemCtx(app.kernel, site, systemActor), async (work) => {
    const places = Array.from({ length: 30 }, (_, n) => `P${n + 1}`)
    const lot = { key: 'yard', name: { zh: '前院', en: 'Yard' }, places, reserved: ['P1'] }
    await storeSetting(work, parkingSetting, { lots: [lot] }, 0, 'test')
  })
  app.kernel.settings.forget(site)
})
afterAll(() => app.close())

const on = (actor: Actor) => app.ctx(actor, site)
const at = (id: string) => ({ params: { id }, query: undefined, body: undefined })
let made = 10_000
async function car(plate: string, more: Record<string, unknown> = {}) {
  made += 1
  const visit = await register(on(desk), {
    body: visits.register.body.parse({
      visitorName: `司机${made}`,
      organisation: '华信',
      phone: `139000${made}`,
      purpose: '送货',
      kind: 'visitor',
      hostId,
      plate,
      consent: { how: 'phone', byId: hostId },
      ...more,
    }),
  })
  const found = await reading.list(on(desk), {
    params: undefined,
    body: undefined,
    query: { state: 'all', plate, limit: 5 },
  })
  const one = found.items.find((item) => item.visitId === visit.id)
  if (one === undefined) throw new Error('no car')
  return { visit, one }
}
const place = (id: string, wanted?: string | null) =>
  vehicle.place(on(desk), {
    params: { id },
    query: undefined,
    body: wanted === undefined ? {} : { place: wanted },
  })

describe('V19 vehicles', () => {
  test('in with the visit, out with it, and back in when the exit is taken back', async () => {
    const { visit, one } = await car('粤B23456')
    expect(one).toMatchObject({ plate: '粤B·23456', kind: 'ordinary', outAt: null })
    expect(one.inAt).not.toBeNull()
    await place(one.id)
    await release(on(desk), {
      params: { id: visit.id },
      query: undefined,
      body: { passReturned: true, slipReturned: true, hostConfirmed: { byName: '张工' } },
    })
    const query = { state: 'inside' as const, plate: '粤B23456', limit: 5 }
    expect((await reading.list(on(desk), { params: undefined, body: undefined, query })).items).toEqual([])
    await undo(on(desk), at(visit.id))
    expect((await reading.list(on(desk), { params: undefined, body: undefined, query })).items).toHaveLength(
      1,
    )
  })

  test('found by any piece of the plate; nobody else’s', async () => {
    await car('京AF02360')
    const by = async (plate: string) =>
      (
        await reading.list(on(desk), {
          params: undefined,
          body: undefined,
          query: { state: 'all', plate, limit: 5 },
        })
      ).items
    expect(await by('0236')).toHaveLength(1)
    expect(await by('京a f0')).toHaveLength(1)
    expect(await by('9999')).toEqual([])
  })

  test('twenty cars for one place: one gets it, nineteen hear that it is taken', async () => {
    const cars = []
    for (let n = 0; n < 20; n++) cars.push((await car(`粤C${30_000 + n}`)).one)
    const tries = await Promise.allSettled(cars.map((one) => place(one.id, 'P7')))
    expect(tries.filter((one) => one.status === 'fulfilled')).toHaveLength(1)
    const codes = tries.flatMap((one) => (one.status === 'rejected' ? [one.reason.code] : []))
    expect(new Set(codes)).toEqual(new Set(['parking.taken']))
    const next = await Promise.all(cars.map((one) => place(one.id)))
    expect(new Set(next.map((one) => one.place)).size).toBe(20)
    expect(next.some((one) => one.place === 'P1')).toBe(false)
  })

  test('a place that is not there; a place given back', async () => {
    const { one } = await car('粤D40000')
    await expect(place(one.id, 'Z9')).rejects.toMatchObject({ code: 'parking.unknown' })
    await place(one.id, 'P29')
    const freed = await place(one.id, null)
    expect(freed.place).toBe('')
  })

  test('several cars of one visit; out by itself; the same twice is refused', async () => {
    const { visit } = await car('粤E50000')
    const add = (plate: string, foreign = false) =>
      vehicle.add(on(desk), {
        params: { id: visit.id },
        query: undefined,
        body: { plate, foreign, driverName: '老王', driverPhone: '13912345678' },
      })
    const second = await add('粤E50001')
    await expect(add('粤E·50001')).rejects.toMatchObject({ code: 'vehicle.exists' })
    await expect(add('MAB1234')).rejects.toMatchObject({
      code: 'input.invalid',
      fields: [{ path: 'plate', code: 'plate' }],
    })
    expect(await add('M-AB 1234', true)).toMatchObject({ kind: null })
    expect((await vehicle.carOut(on(desk), at(second.id))).outAt).not.toBeNull()
    await expect(vehicle.carOut(on(desk), at(second.id))).rejects.toMatchObject({
      code: 'vehicle.not-inside',
    })
    expect((await vehicle.carIn(on(desk), at(second.id))).outAt).toBeNull()
  })

  test('the car at the barrier: expected today, or whoever came with it last', async () => {
    await announce(on(desk), {
      body: visits.announce.body.parse({
        visitorName: '何总',
        kind: 'visitor',
        hostId,
        plate: '粤F60000',
        expectedAt: app.kernel.clock.now().toISOString(),
      }),
    })
    const look = (plate: string) =>
      reading.known(on(desk), { params: undefined, body: undefined, query: { plate } })
    expect((await look('粤f·60000')).items).toMatchObject([{ visitorName: '何总', visitStatus: 'expected' }])
    const { visit } = await car('粤G70000')
    await release(on(desk), {
      params: { id: visit.id },
      query: undefined,
      body: { passReturned: true, slipReturned: true, hostConfirmed: { byName: '张工' } },
    })
    expect((await look('粤G70000')).visitor?.name).toBe(visit.visitorName)
    expect(await look('粤G7')).toMatchObject({ valid: false, items: [], visitor: null })
  })
})

describe('V19 V7 several cars of one visit', () => {
  test('each in, with a place, its driver told, and out; found by how the plate ends', async () => {
    const { visit, one: first } = await car('粤B70001')
    const second = await vehicle.add(on(desk), {
      params: { id: visit.id },
      query: undefined,
      body: { plate: '粤B70002', foreign: false, driverName: '刘师傅', driverPhone: '13700001111' },
    })
    expect(second).toMatchObject({ driverName: '刘师傅', outAt: null, can: { tell: true, out: true } })
    expect(second.inAt).not.toBeNull()
    const listed = async (query: Record<string, unknown>) =>
      (
        await reading.list(on(desk), {
          params: undefined,
          body: undefined,
          query: { state: 'inside', limit: 50, ...query },
        })
      ).items
        .map(({ plate }) => plate)
        .sort()
    expect(await listed({ visitId: visit.id })).toEqual(['粤B·70001', '粤B·70002'])
    expect(await listed({ tail: '70002' })).toEqual(['粤B·70002'])
    expect(await listed({ tail: '7000' })).toEqual([])
    const told = await vehicle.told(on(desk), at(second.id))
    expect(told.driverToldAt).not.toBeNull()
    expect(told.can.tell).toBe(false)
    const out = await vehicle.carOut(on(desk), at(second.id))
    expect(out.outAt).not.toBeNull()
    await expect(vehicle.told(on(desk), at(second.id))).rejects.toMatchObject({ code: 'vehicle.not-inside' })
    expect(await listed({ visitId: visit.id })).toEqual([first.plate])
  })
})
