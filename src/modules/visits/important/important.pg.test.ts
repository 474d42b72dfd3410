import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestApp, testActor, testApp } from '../../../apps/server/testing.ts'
import type { Actor } from '../../../kernel/actor.ts'
import { raw } from '../../../kernel/db/sql.ts'
import { newId } from '../../../kernel/ids.ts'
import { follow } from '../../../kernel/journal/followers.ts'
import { dispatchAll } from '../../../kernel/tasks/dispatcher.ts'
import { checkIn } from '../arrival/check-in.ts'
import { release, undo } from '../stay/exit.ts'
import { meet } from '../stay/inside.ts'
import { important } from './contract.ts'
import { secretariesTold } from './notices.ts'
import { list } from './reading.ts'
import * as service from './service.ts'
import { importantHouse } from './testing.ts'

let app: TestApp
const site = newId()
let desk: Actor
let guard: Actor
let boss: Actor
let secretary: Actor
let bossId: string
let secretaryId: string
let clerk: Actor

beforeAll(async () => {
  app = await testApp()
  const people = await importantHouse(app, site)
  ;({ bossId, secretaryId } = people)
  desk = testActor(site, ['receptionist'], people.deskId)
  guard = testActor(site, ['guard'], newId())
  boss = testActor(site, ['department_head'], bossId)
  secretary = testActor(site, ['host'], secretaryId)
  clerk = testActor(site, ['host'], people.hostId)
})
afterAll(() => app.close())

const on = (actor: Actor, key?: string) => app.ctx(actor, site, key)
const body = (more: Record<string, unknown> = {}) =>
  important.warn.body.parse({ plates: ['粤b·12345'], ...more })
const at = (id: string) => ({ params: { id }, query: undefined, body: undefined })
const take = (
  actor: Actor,
  id: string,
  step: 'acknowledge' | 'lead-in' | 'leaving' | 'gate-told' | 'driver-told',
) => service.stepTaken(on(actor), { params: { id }, query: undefined, body: { done: step } })
const checkInBody = { issuePass: false }

const openTasks = async (id: string) =>
  (
    await app.kernel.sql.all<{ kind: string }>(
      raw("select kind from task where subject_id = $1 and status = 'open' order by kind", [id]),
    )
  ).map((row) => row.kind)

const actionsOf = async (id: string) =>
  (
    await app.kernel.sql.all<{ action: string }>(
      raw('select action from journal where entity_id = $1 order by id', [id]),
    )
  ).map((row) => row.action)

describe('V7 an important guest', () => {
  test('the whole way: word, acknowledged, arrived, led in, leaving, gate, driver, out', async () => {
    const warned = await service.warn(on(boss), { body: body({ parkingWish: '门口' }) })
    const { id } = warned.visit
    expect(warned.visit).toMatchObject({
      status: 'expected',
      important: true,
      visitorName: '周总的客人',
      plate: '粤B12345',
    })
    expect(await openTasks(id)).toEqual(['visit.warning'])
    await take(guard, id, 'acknowledge')
    expect(await openTasks(id)).toEqual([])
    const arrived = await checkIn(on(guard), { params: { id }, query: undefined, body: checkInBody })
    expect(arrived.status).toBe('admitted')
    expect(await openTasks(id)).toEqual([
      'visit.guest-here',
      'visit.guest-office',
      'visit.lead-in',
      'visit.overstay',
      'visit.waiting',
    ])
    const [entry] = await app.kernel.sql.all<{ id: number }>(
      raw("select id from journal where entity_id = $1 and action = 'visit.checked-in'", [id]),
    )
    expect(entry).toBeDefined()
    const told = await secretariesTold(
      app.kernel.sql,
      { siteId: site, entityId: id, actorId: null } as never,
      app.kernel,
    )
    expect(told.map((one) => one.personId)).toEqual([secretaryId])
    const led = await take(desk, id, 'lead-in')
    expect(led.vehicles).toMatchObject([{ plate: '粤B·12345', place: 'A1' }])
    expect(led.steps).toEqual(['leaving'])
    await meet(on(desk), at(id))
    expect(await openTasks(id)).toEqual(['visit.overstay'])
    await take(desk, id, 'leaving')
    expect(await openTasks(id)).toEqual(['visit.gate-told', 'visit.overstay'])
    await take(guard, id, 'gate-told')
    expect(await openTasks(id)).toEqual(['visit.driver-told', 'visit.overstay'])
    await take(guard, id, 'driver-told')
    expect(await openTasks(id)).toEqual(['visit.car-out', 'visit.overstay'])
    const out = await release(on(guard), {
      params: { id },
      query: undefined,
      body: { passReturned: true, slipReturned: true },
    })
    expect(out.status).toBe('left')
    expect(await openTasks(id)).toEqual([])
    const [car] = await app.kernel.sql.all<{ out_at: Date | null; holds_place: boolean }>(
      raw('select out_at, holds_place from visit_vehicle where visit_id = $1', [id]),
    )
    expect(car).toMatchObject({ holds_place: false })
    expect(car?.out_at).not.toBeNull()
    expect(await actionsOf(id)).toEqual([
      'visit.announced',
      'visit.warned',
      'visit.warning-acknowledged',
      'visit.checked-in',
      'visit.led-in',
      'visit.met',
      'visit.leaving',
      'visit.gate-told',
      'visit.driver-told',
      'visit.released',
    ])
  })

  test('no step is lost: the exit taken back, what was owed is owed again', async () => {
    const { visit } = await service.warn(on(secretary), {
      body: body({ hostId: bossId, plates: ['粤B54321'] }),
    })
    await checkIn(on(guard), { params: { id: visit.id }, query: undefined, body: checkInBody })
    await take(desk, visit.id, 'leaving')
    await release(on(guard), {
      params: { id: visit.id },
      query: undefined,
      body: { passReturned: true, slipReturned: true },
    })
    await undo(on(guard), at(visit.id))
    expect(await openTasks(visit.id)).toContain('visit.gate-told')
  })

  test('of twenty who press the same step one does it', async () => {
    const { visit } = await service.warn(on(desk), { body: body({ hostId: bossId, plates: [] }) })
    const tries = await Promise.allSettled(
      Array.from({ length: 20 }, () => take(guard, visit.id, 'acknowledge')),
    )
    expect(tries.filter((one) => one.status === 'fulfilled')).toHaveLength(1)
    const codes = tries.flatMap((one) => (one.status === 'rejected' ? [one.reason.code] : []))
    expect(new Set(codes)).toEqual(new Set(['visit.step-order']))
  })

  test('the driver before the gate is refused, here and in the database', async () => {
    const { visit } = await service.warn(on(boss), { body: body({ plates: ['粤B00001'] }) })
    await checkIn(on(guard), { params: { id: visit.id }, query: undefined, body: checkInBody })
    await expect(take(guard, visit.id, 'driver-told')).rejects.toMatchObject({ code: 'visit.step-order' })
    await expect(
      app.kernel.sql.run(raw('update visit set driver_told_at = now() where id = $1', [visit.id])),
    ).rejects.toThrow(/visit_departure_order/)
  })

  test('a step goes back while it is fresh, by whoever made it', async () => {
    const { visit } = await service.warn(on(boss), { body: body({ plates: [] }) })
    await checkIn(on(guard), { params: { id: visit.id }, query: undefined, body: checkInBody })
    await take(desk, visit.id, 'leaving')
    await expect(service.takeBack(on(guard), at(visit.id))).rejects.toMatchObject({
      code: 'visit.step-too-late',
    })
    const back = await service.takeBack(on(desk), at(visit.id))
    expect(back.leaving).toBeNull()
    expect(await openTasks(visit.id)).toContain('visit.lead-in')
    expect(await openTasks(visit.id)).not.toContain('visit.gate-told')
  })

  test('not just anybody warns the gate; a bad plate names its field', async () => {
    await expect(service.warn(on(clerk), { body: body() })).rejects.toMatchObject({
      code: 'visit.not-executive',
    })
    await expect(
      service.warn(on(boss), { body: body({ plates: ['粤B12345', '12'] }) }),
    ).rejects.toMatchObject({
      code: 'input.invalid',
      fields: [{ path: 'plates.1', code: 'plate' }],
    })
    const listed = await list(on(desk))
    expect(listed.items.length).toBeGreaterThan(0)
  })

  test('V7 unacknowledged: the desk is told, then the duty manager', async () => {
    const { visit } = await service.warn(on(boss), { body: body({ plates: [] }) })
    const owner = async () =>
      (
        await app.kernel.sql.one<{ owner_id: string }>(
          raw("select owner_id from task where subject_id = $1 and kind = 'visit.warning'", [visit.id]),
        )
      ).owner_id
    expect(await owner()).toBe('gate')
    app.clock.advance(7)
    await dispatchAll(app.kernel)
    expect(await owner()).toBe('desk')
    app.clock.advance(3)
    await dispatchAll(app.kernel)
    expect(await owner()).toBe('duty_manager')
  })
})

describe('V7 one notice for one happening', () => {
  test('the host hears that the guest is here, and nothing else at that moment', async () => {
    const { visit } = await service.warn(on(secretary), { body: body({ hostId: bossId, plates: [] }) })
    const ctx = on(desk)
    await checkIn(ctx, { params: { id: visit.id }, query: undefined, body: checkInBody } as never)
    await app.settled()
    for (const module of app.kernel.modules.list)
      for (const follower of module.followers ?? []) while ((await follow(app.kernel, follower)) > 0);
    const told = await app.kernel.sql.all<{ person_id: string; template: string }>(
      raw('select person_id, template from notification where site_id = $1 and link like $2', [
        site,
        `%${visit.id}%`,
      ]),
    )
    const of = (id: string) => told.filter((one) => one.person_id === id).map((one) => one.template)
    expect(of(bossId)).toEqual(['visit-arrived'])
    expect(of(secretaryId)).toEqual(['important-arrived'])
  })
})
