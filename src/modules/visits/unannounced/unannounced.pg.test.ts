import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestApp, testActor, testApp } from '../../../apps/server/testing.ts'
import { type Actor, systemActor } from '../../../kernel/actor.ts'
import { raw } from '../../../kernel/db/sql.ts'
import { newId } from '../../../kernel/ids.ts'
import { systemCtx } from '../../../kernel/kernel.ts'
import { storeSetting } from '../../../kernel/settings/settings.ts'
import { command } from '../../../kernel/work/command.ts'
import * as emergency from '../emergency/service.ts'
import { importantHouse } from '../important/testing.ts'
import { visitRoutesSetting } from '../routes/settings.ts'
import { release } from '../stay/exit.ts'
import * as unannounced from './service.ts'

let app: TestApp
const site = newId()
let desk: Actor
let guard: Actor
let bossId: string
let secretaryId: string

beforeAll(async () => {
  app = await testApp()
  const people = await importantHouse(app, site)
  ;({ bossId, secretaryId } = people)
  desk = testActor(site, ['receptionist'], people.deskId)
  guard = testActor(site, ['guard'], newId())
})
afterAll(() => app.close())

const on = (actor: Actor) => app.ctx(actor, site)

const openTasks = async (id: string) =>
  (
    await app.kernel.sql.all<{ kind: string }>(
      raw("select kind from task where subject_id = $1 and status = 'open' order by kind", [id]),
    )
  ).map((row) => row.kind)

describe('V14 an emergency', () => {
  test('in at once, counted inside, registration due half an hour after departure, then done', async () => {
    const came = app.kernel.clock.now()
    const visit = await emergency.letIn(on(guard), {
      body: { kind: 'ambulance', place: '三号车间', partySize: 3, plate: '' },
    })
    const { id } = visit.visit
    expect(visit.dueAt).toBe(new Date(came.getTime() + 120 * 60_000).toISOString())
    expect(await openTasks(id)).toEqual(['visit.emergency-registration'])
    const inside = await app.kernel.sql.one<{ n: number }>(
      raw(
        "select count(*)::int as n from visit where id = $1 and status in ('admitted','with_host') and emergency",
        [id],
      ),
    )
    expect(inside.n).toBe(1)
    app.clock.advance(20)
    await release(on(guard), {
      params: { id },
      query: undefined,
      body: { passReturned: true, slipReturned: true },
    })
    const due = await app.kernel.sql.all<{ due_at: Date }>(
      raw("select due_at from task where subject_id = $1 and status = 'open'", [id]),
    )
    expect(due).toEqual([{ due_at: new Date(came.getTime() + 50 * 60_000) }])
    const form = {
      visitorName: '刘医生',
      organisation: '市急救中心',
      phone: '13912345678',
      partySize: 3,
      purpose: '员工晕倒,送医',
      plate: '粤B1234警',
      foreign: false,
      hostId: null,
      note: '',
    }
    const done = await emergency.register(on(guard), { params: { id }, query: undefined, body: form })
    expect(done.registeredAt).not.toBeNull()
    expect(done.visit).toMatchObject({ visitorName: '刘医生', organisation: '市急救中心', partySize: 3 })
    expect(await openTasks(id)).toEqual([])
    await expect(
      emergency.register(on(guard), { params: { id }, query: undefined, body: form }),
    ).rejects.toMatchObject({ code: 'emergency.registered' })
  })
})

describe('V15 unannounced and important, they say', () => {
  const begin = () =>
    unannounced.start(on(desk), {
      body: {
        visitorName: '陌生人',
        organisation: '远大集团',
        claim: '周总的老客户',
        partySize: 1,
        chargeId: bossId,
      },
    })
  const instruct = (id: string, more: Record<string, unknown>) =>
    unannounced.instruct(on(desk), {
      params: { id },
      query: undefined,
      body: { instruction: 'receive', byName: '', how: 'phone', words: '', ...more } as never,
    })

  test('stands still until somebody says so; contact, instruction and course are on record', async () => {
    const { visit } = await begin()
    expect(visit.status).toBe('held')
    expect(await openTasks(visit.id)).toEqual(['visit.instruction'])
    await unannounced.contact(on(desk), {
      params: { id: visit.id },
      query: undefined,
      body: { result: 'no-answer', nextId: secretaryId },
    })
    const waiting = await instruct(visit.id, { instruction: 'wait', minutes: 10, byId: secretaryId })
    expect(waiting.visit.status).toBe('held')
    expect(await openTasks(visit.id)).toEqual(['visit.instruction'])
    await expect(instruct(visit.id, { instruction: 'other' })).rejects.toMatchObject({
      code: 'input.invalid',
    })
    const after = await instruct(visit.id, { byId: bossId, words: '带到贵宾室' })
    expect(after).toMatchObject({ instruction: 'receive', instructedByName: '周总', words: '带到贵宾室' })
    expect(after.contacts).toMatchObject([{ name: '周总', result: 'no-answer' }])
    expect(after.visit.status).toBe('admitted')
    expect(await openTasks(visit.id)).not.toContain('visit.instruction')
  })

  test('nobody goes in without: the database refuses, too', async () => {
    const { visit } = await begin()
    await expect(
      app.kernel.sql.run(
        raw("update visit set status = 'admitted', hold_reason = '' where id = $1", [visit.id]),
      ),
    ).rejects.toThrow(/nobody has said/)
    const declined = await instruct(visit.id, { instruction: 'decline', byId: bossId })
    expect(declined.visit.status).toBe('refused')
  })
})

describe('V15 V6 the table says who is in charge of somebody unannounced', () => {
  const start = (more: Record<string, unknown> = {}) =>
    unannounced.start(on(desk), {
      body: {
        visitorName: '陌生客户',
        organisation: '',
        claim: '要见老总',
        partySize: 1,
        chargeId: null,
        ...more,
      },
    })
  const route = {
    key: 'important-walk-in',
    name: { zh: '未预约的重要客户', en: 'Important walk-in' },
    when: {
      ...{ kinds: [], topics: [], words: [] },
      ...{ appointment: 'without' as const, person: 'any' as const, hours: 'any' as const },
    },
    decision: 'ask' as const,
    targets: [
      { kind: 'extension' as const, extension: '8128', name: { zh: '总经办', en: 'Office' } },
      { kind: 'department-head' as const, department: '技术部' },
    ],
    last: 'desk' as const,
    say: { zh: '', en: '' },
    note: { zh: '', en: '' },
  }

  test('in its order, the duty manager last; every hop and the instruction are kept', async () => {
    const ctx = systemCtx(app.kernel, site, systemActor)
    await command(ctx, async (work) => storeSetting(work, visitRoutesSetting, [route], 0, 'test'))
    app.kernel.settings.forget(site)
    const made = await start()
    const { id } = made.visit
    expect(made).toMatchObject({
      charge: { name: '总经办', extension: '8128' },
      next: { name: '孙总' },
    })
    const contact = (result: 'busy' | 'no-answer' | 'reached') =>
      unannounced.contact(on(desk), { params: { id }, query: undefined, body: { result } })
    expect(await contact('busy')).toMatchObject({ charge: { name: '孙总' }, next: { name: '' } })
    expect(await contact('no-answer')).toMatchObject({
      charge: { kind: 'post', id: 'duty_manager' },
      next: null,
    })
    const done = await unannounced.instruct(on(desk), {
      params: { id },
      query: undefined,
      body: { instruction: 'receive', byName: '', byId: bossId, how: 'phone', words: '请到三楼' },
    })
    expect(done.visit.status).toBe('admitted')
    const hops = await app.kernel.sql.all<{ name: string; result: string }>(
      raw('select name, result from visit_hop where visit_id = $1 order by n', [id]),
    )
    expect(hops.map(({ name, result }) => [name, result])).toEqual([
      ['总经办', 'busy'],
      ['孙总', 'no-answer'],
      ['', 'passed'],
      ['周总', 'agreed'],
    ])
  })

  test('whoever is named comes before the table', async () => {
    expect(await start({ chargeId: bossId })).toMatchObject({ charge: { name: '周总' } })
  })
})
