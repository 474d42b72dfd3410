import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestApp, testActor, testApp } from '../../../apps/server/testing.ts'
import type { Actor } from '../../../kernel/actor.ts'
import { raw } from '../../../kernel/db/sql.ts'
import type { DomainError } from '../../../kernel/errors.ts'
import { newId } from '../../../kernel/ids.ts'
import type { Ctx } from '../../../kernel/work/command.ts'
import { announce } from '../arrival/announce.ts'
import { checkIn } from '../arrival/check-in.ts'
import { register } from '../arrival/register.ts'
import { visits } from '../contract.ts'
import { stay } from '../stay/contract.ts'
import { release, undo } from '../stay/exit.ts'
import { issuePass, sign } from '../stay/inside.ts'
import { houseFor } from '../testing.ts'
import { day, directory, key, lease, report, settle, takeOver } from './service.ts'

let app: TestApp
const site = newId()
let guard: Actor
let host: Actor
let hostId: string

beforeAll(async () => {
  app = await testApp()
  const people = await houseFor(app, site)
  hostId = people.hostId
  guard = testActor(site, ['guard'], people.deskId)
  host = testActor(site, ['host'], hostId)
})
afterAll(() => app.close())

const minutesAgo = (n: number) => new Date(app.clock.now().getTime() - n * 60_000)
const gate1 = 'device-gate-1'
const gate2 = 'device-gate-2'

/** As a device sends in what it did earlier. */
const late = (minutes: number, id: string = newId(), device = gate1, actor = guard): Ctx => ({
  ...app.ctx(actor, site, id),
  occurred: { at: minutesAgo(minutes), device },
})

const walkIn = (more: Record<string, unknown> = {}) =>
  visits.register.body.parse({
    id: newId(),
    visitorName: '王芳',
    organisation: '华信科技',
    phone: '13912345678',
    purpose: '技术交流',
    kind: 'visitor',
    hostId,
    consent: { how: 'phone', byId: hostId },
    ...more,
  })

const row = (id: string) =>
  app.kernel.sql.one<{
    arrived_at: Date
    left_at: Date | null
    status: string
    status_at: Date
    pass_number: string | null
  }>(raw('select arrived_at, left_at, status, status_at, pass_number from visit where id = $1', [id]))
const count = async (text: string, values: unknown[]) =>
  (await app.kernel.sql.one<{ n: number }>(raw(`select count(*)::int as n from ${text}`, values))).n
const out = stay.release.body.parse({ hostConfirmed: { byName: '张工' } })

describe('V1 time in and time out are those of the act, also when it is told late', () => {
  test('a visit of the morning, sent in at noon', async () => {
    const body = walkIn()
    await register(late(180), { body })
    await release(late(60), { params: { id: body.id ?? '' }, query: undefined, body: out })
    const visit = await row(body.id ?? '')
    expect(visit.arrived_at).toEqual(minutesAgo(180))
    expect(visit.left_at).toEqual(minutesAgo(60))
  })

  test('G4 the journal keeps both times and the device', async () => {
    const body = walkIn()
    await register(late(90), { body })
    const entry = await app.kernel.sql.one<{ at: Date; data: { occurred: { at: string; device: string } } }>(
      raw("select at, data from journal where entity_id = $1 and action = 'visit.registered'", [body.id]),
    )
    expect(entry.at).toEqual(app.clock.now())
    expect(entry.data.occurred).toEqual({ at: minutesAgo(90).toISOString(), device: gate1 })
  })

  test('G2 nobody is asked to answer before they could have known', async () => {
    const body = walkIn({ consent: undefined })
    await register(late(240), { body })
    const { due_at: due } = await app.kernel.sql.one<{ due_at: Date }>(
      raw("select due_at from task where subject_id = $1 and kind = 'visit.consent'", [body.id]),
    )
    expect(due > app.clock.now()).toBe(true)
  })

  test('the host signed on the phone before the gate could tell that the guest had gone: both are kept', async () => {
    const body = walkIn()
    const id = body.id ?? ''
    await register(late(120), { body })
    await sign(app.ctx(host, site), { params: { id }, query: undefined, body: { note: '' } })
    await release(late(30), { params: { id }, query: undefined, body: stay.release.body.parse({}) })
    const visit = await row(id)
    expect(visit).toMatchObject({ status: 'left', left_at: minutesAgo(30) })
    expect(visit.status_at).toEqual(app.clock.now())
  })

  test('a clock that runs behind cannot let somebody leave before they came', async () => {
    const body = walkIn()
    await register(late(10), { body })
    await release(late(11), { params: { id: body.id ?? '' }, query: undefined, body: out })
    const visit = await row(body.id ?? '')
    expect(visit.left_at).toEqual(visit.arrived_at)
  })

  test('taken back at the gate a minute later, all of it told at noon', async () => {
    const body = walkIn()
    const id = body.id ?? ''
    await register(late(60), { body })
    await release(late(50), { params: { id }, query: undefined, body: out })
    await undo(late(49), { params: { id }, query: undefined, body: undefined })
    expect((await row(id)).status).toBe('admitted')
  })
})

describe('twenty devices send in the same entries', () => {
  test('one person’s entries: one visit, one release, one answer', async () => {
    const body = walkIn()
    const id = body.id ?? ''
    const [first, second] = [newId(), newId()]
    const registered = await Promise.all(
      Array.from({ length: 20 }, (_, n) => register(late(60, first, `device-same-${n}`), { body })),
    )
    expect(new Set(registered.map((card) => card.number)).size).toBe(1)
    const released = await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        release(late(20, second, `device-same-${n}`), { params: { id }, query: undefined, body: out }),
      ),
    )
    expect(new Set(released.map((card) => card.leftAt))).toEqual(new Set([minutesAgo(20).toISOString()]))
    expect(await count('visit where id = $1', [id])).toBe(1)
    expect(await count("journal where entity_id = $1 and action like 'visit.%'", [id])).toBe(2)
  })

  test('twenty people’s entries of one visit: one success, nineteen clear refusals', async () => {
    const body = walkIn()
    const answers = await Promise.allSettled(
      Array.from({ length: 20 }, (_, n) =>
        register(late(60, newId(), `device-other-${n}`, testActor(site, ['guard'])), { body }),
      ),
    )
    expect(answers.filter((one) => one.status === 'fulfilled')).toHaveLength(1)
    const codes = answers.flatMap((one) =>
      one.status === 'rejected' ? [(one.reason as DomainError).code] : [],
    )
    expect(new Set(codes)).toEqual(new Set(['entity.exists']))
  })

  test('two gates let the same announced guest in: the second is told what stands', async () => {
    const { id } = await announce(app.ctx(guard, site), {
      body: visits.announce.body.parse({
        visitorName: '李雷',
        organisation: '远方',
        kind: 'visitor',
        purpose: '送样',
        hostId,
        expectedAt: app.clock.now().toISOString(),
      }),
    })
    const body = visits.checkIn.body.parse({})
    await checkIn(late(30), { params: { id }, query: undefined, body })
    await expect(
      checkIn(late(25, newId(), gate2), { params: { id }, query: undefined, body }),
    ).rejects.toMatchObject({
      code: 'transition.refused',
    })
    expect((await row(id)).arrived_at).toEqual(minutesAgo(30))
  })
})

describe('V11 two devices without a server never hand out the same pass', () => {
  const ask = (device: string, want: number, actor = guard) =>
    lease(app.ctx(actor, site), { body: { device, want } })

  test('leases do not overlap, half of the stock stays with the server', async () => {
    const given = await Promise.all(
      Array.from({ length: 8 }, (_, n) => ask(`device-lease-${n}`, 20, testActor(site, ['guard']))),
    )
    const numbers = given.flatMap((one) => one.numbers)
    expect(new Set(numbers).size).toBe(numbers.length)
    const free = await count("pass where site_id = $1 and status = 'in_stock'", [site])
    expect(numbers.length).toBe(Math.floor(free / 2))
    for (let n = 0; n < 8; n += 1) await ask(`device-lease-${n}`, 0)
    expect(await count('pass_lease where site_id = $1', [site])).toBe(0)
  })

  test('a leased number is nobody else’s, whether named or the lowest free one', async () => {
    const other = testActor(site, ['guard'])
    const { numbers } = await ask(gate1, 3)
    const mine = numbers[0] ?? ''
    const visit = await register(app.ctx(other, site), { body: walkIn() })
    const named = issuePass(app.ctx(other, site), {
      params: { id: visit.id },
      query: undefined,
      body: { number: mine },
    })
    await expect(named).rejects.toMatchObject({ code: 'pass.not-free' })
    const given = await issuePass(app.ctx(other, site), {
      params: { id: visit.id },
      query: undefined,
      body: {},
    })
    expect(numbers).not.toContain(given.passNumber)
    // The device itself, sending in what it handed out; later by whoever took its entries over.
    const body = walkIn({ issuePass: true, passNumber: mine })
    await register(late(15, newId(), gate1, other), { body })
    expect((await row(body.id ?? '')).pass_number).toBe(mine)
    expect((await ask(gate1, 3)).numbers).not.toContain(mine)
    await ask(gate1, 0)
  })

  test('what is not asked for again is free after three days; another person starts anew', async () => {
    const before = await ask(gate2, 2)
    const next = await ask(gate2, 2, testActor(site, ['guard']))
    expect(next.numbers).toHaveLength(2)
    expect(before.numbers).toHaveLength(2)
    app.clock.advance(3 * 24 * 60 + 1)
    const all = await ask('device-later', 100)
    expect(await count('pass_lease where site_id = $1', [site])).toBe(all.numbers.length)
    await ask('device-later', 0)
  })
})

describe('what a device keeps, and under which key (G5)', () => {
  test('V18 everyone inside and expected, phones masked', async () => {
    const visit = await register(app.ctx(guard, site), { body: walkIn() })
    const kept = (await day(app.ctx(guard, site))).items.find((card) => card.id === visit.id)
    expect(kept).toMatchObject({ visitorName: '王芳', phoneMasked: expect.stringContaining('*') })
    const { items } = await directory(app.ctx(guard, site))
    expect(items).toContainEqual(
      expect.objectContaining({ name: '张工', extension: '8171', departmentName: '技术部', initials: 'zg' }),
    )
    expect(JSON.stringify(items)).not.toMatch(/mobile|email/)
  })

  test('the key is the person’s, the site’s and the device’s; a takeover is on record', async () => {
    const other = testActor(site, ['duty_manager'])
    const secret = async (actor: Actor, device: string) =>
      (await key(app.ctx(actor, site), { body: { device } })).secret
    expect(await secret(guard, gate1)).toBe(await secret(guard, gate1))
    expect(
      new Set([await secret(guard, gate1), await secret(guard, gate2), await secret(other, gate1)]).size,
    ).toBe(3)
    const taken = await takeOver(app.ctx(other, site), { body: { device: gate1, userId: guard.id } })
    expect(taken.secret).toBe(await secret(guard, gate1))
    expect(await count("journal where action = 'offline.taken-over' and entity_id = $1", [gate1])).toBe(1)
    expect(await count('idempotency where answer::text like $1', [`%${taken.secret}%`])).toBe(0)
  })
})

describe('V12 an entry the server refuses is a task until somebody has decided', () => {
  const entry = (id: string) => ({
    id,
    device: gate1,
    route: 'visits.checkIn',
    visitId: null,
    label: '赵六',
    occurredAt: minutesAgo(40).toISOString(),
    code: 'transition.refused',
  })

  test.each(['theirs', 'mended', 'dropped'] as const)('%s', async (decision) => {
    const id = newId()
    await report(app.ctx(guard, site, `${id}-report`), { body: entry(id) })
    await report(app.ctx(guard, site, `${id}-report`), { body: entry(id) })
    const tasks = (status: string) =>
      count("task where subject_id = $1 and kind = 'visit.offline-conflict' and status = $2", [id, status])
    expect(await tasks('open')).toBe(1)
    await settle(app.ctx(guard, site), {
      params: { id },
      body: { ...entry(id), decision, reason: '重复登记', what: { visitorName: '赵六' } },
    })
    expect(await tasks('open')).toBe(0)
    const action = decision === 'dropped' ? 'offline.dropped' : 'offline.settled'
    const { data } = await app.kernel.sql.one<{ data: Record<string, unknown> }>(
      raw('select data from journal where entity_id = $1 and action = $2', [id, action]),
    )
    expect(data).toMatchObject({ decision, reason: '重复登记', what: { visitorName: '赵六' }, device: gate1 })
  })
})
