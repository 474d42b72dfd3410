/** Lamps, "I am free", duty of the day on real PostgreSQL (C5, C6, C13, C15, G1). */
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type TestApp, testActor, testApp, testNow } from '../../../apps/server/testing.ts'
import { type Actor, systemActor } from '../../../kernel/actor.ts'
import { raw } from '../../../kernel/db/sql.ts'
import { newId } from '../../../kernel/ids.ts'
import { follow } from '../../../kernel/journal/followers.ts'
import { systemCtx } from '../../../kernel/kernel.ts'
import { notificationsFollower } from '../../../kernel/notifications/follower.ts'
import { peopleOfOwner } from '../../../kernel/notifications/notice.ts'
import { list as taskList, owners as taskOwners } from '../../../kernel/tasks/reading.ts'
import { command } from '../../../kernel/work/command.ts'
import { type MessageCard, messages } from '../messages/contract.ts'
import { get } from '../messages/reading.ts'
import { forward, see, take } from '../messages/service.ts'
import { rulesSetting } from '../settings.ts'
import { type CallsHouse, callsHouse, deskActor } from '../testing.ts'
import { lines } from './contract.ts'
import { deviceChanged } from './device.ts'
import { duty, setDuty } from './duty/service.ts'
import { lampsOf } from './public.ts'
import { type Device, type LineFacts, type Said, stateOf } from './rules.ts'
import { list, mine, say, sayFor } from './service.ts'
import { sweepLines } from './sweep.ts'

let app: TestApp
let house: CallsHouse
let desk: Actor
let owner: Actor
const site = newId()
const query = undefined

beforeAll(async () => {
  app = await testApp()
  house = await callsHouse(app, site, {
    [rulesSetting.key]: {
      ...rulesSetting.fallback,
      dutyPosts: [
        { key: 'sales', name: { zh: '值班业务员', en: 'Duty salesperson' }, department: '业务部' },
        { key: 'night', name: { zh: '夜班', en: 'Night duty' }, department: '' },
      ],
    },
  })
  desk = deskActor(site, house.deskId, '前台小周')
  owner = { ...testActor(site, ['host'], house.ownerId), name: '李明' }
})
afterAll(() => app.close())
beforeEach(async () => {
  app.clock.set(testNow)
  await app.kernel.sql.run(raw('delete from line'))
  await app.kernel.sql.run(raw("update message set status = 'withdrawn' where status = 'new'"))
})

const on = (actor: Actor) => app.ctx(actor, site)

async function device(changes: Readonly<Record<string, Device>>, at?: Date): Promise<void> {
  const told = Object.entries(changes).map(([extension, state]) => ({
    extension,
    state,
    at: at ?? app.clock.now(),
  }))
  await command(systemCtx(app.kernel, site, systemActor), (work) => deviceChanged(work, told))
}
const left = (more: Record<string, unknown> = {}): Promise<MessageCard> =>
  take(on(desk), {
    params: undefined,
    query,
    body: messages.take.body.parse({
      to: { kind: 'person', id: house.ownerId },
      matter: '请回电',
      callerName: '王芳',
      ...more,
    }),
  })
const shown = async (id: string) =>
  (await get(on(desk), { params: { id }, query, body: undefined })).presentedHow
const says = async (said: Said | null, until: string | null = null, by = owner) =>
  lines.say.response.parse(await say(on(by), { params: undefined, query, body: { said, until } }))
const noted = (extension: string, said: Said | null) =>
  sayFor(on(desk), { params: { extension }, query, body: { said, until: null } })
const journal = async (action: string) =>
  (
    await app.kernel.sql.all<{ entityId: string; after: unknown; data: { people?: string[] } }>(
      raw(
        `select entity_id as "entityId", after, data from journal where site_id = $1 and action = $2 and at = $3
         order by id`,
        [site, action, app.clock.now()],
      ),
    )
  ).slice()

describe('C6 the moment the colleague is free', () => {
  test('by the telephone: written at once, put before them when it is hung up; urgent first, then the oldest', async () => {
    await device({ 8101: 'in-use' })
    const first = await left()
    app.clock.advance(1)
    const secondOne = await left()
    const urgent = await left({ urgent: true })
    expect(first).toMatchObject({ presentedAt: null, presentedHow: null, status: 'new' })
    expect((await mine(on(owner))).lamp).toMatchObject({ state: 'busy', waitingMessages: 3 })
    app.clock.advance(1)
    await device({ 8101: 'idle' })
    expect(await shown(first.id)).toBe('device-free')
    const told = await journal('message.presented')
    expect(told.map((entry) => entry.entityId)).toEqual([urgent.id, first.id, secondOne.id])
    expect(told.every((entry) => entry.data.people?.includes(house.ownerId))).toBe(true)
    expect((await mine(on(owner))).lamp).toMatchObject({ state: 'free', waitingMessages: 0 })
    await app.settled()
    while ((await follow(app.kernel, notificationsFollower)) > 0);
    const notices = await app.kernel.sql.all<{ link: string }>(
      raw(
        "select link from notification where person_id = $1 and template = 'message-presented' order by id",
        [house.ownerId],
      ),
    )
    expect(notices.map((notice) => notice.link)).toEqual(
      [urgent, first, secondOne].map((one) => `/host/messages/${one.id}`),
    )
  })

  test('ringing counts as busy; a telephone that is taken from the wall is not', async () => {
    await device({ 8101: 'ringing' })
    const one = await left()
    expect(one.presentedAt).toBeNull()
    app.clock.advance(1)
    await device({ 8101: 'in-use' })
    expect(await shown(one.id)).toBeNull()
    app.clock.advance(1)
    await device({ 8101: 'unavailable' })
    expect(await shown(one.id)).toBe('device-free')
  })

  test('by their own word, and by the desk’s', async () => {
    await says('busy')
    const one = await left()
    expect(one.presentedAt).toBeNull()
    expect((await says('free')).presented).toBe(1)
    expect(await shown(one.id)).toBe('said-free')
    await noted('8101', 'busy')
    const two = await left()
    expect(two.presentedAt).toBeNull()
    expect(lines.sayFor.response.parse(await noted('8101', null)).presented).toBe(1)
  })

  test('nothing says that they are busy: at once', async () => {
    expect((await left()).presentedHow).toBe('at-once')
    await device({ 8101: 'idle' })
    expect((await left()).presentedHow).toBe('at-once')
    await says('away')
    expect((await left()).presentedHow).toBe('at-once')
    expect((await left({ to: { kind: 'post', id: 'desk' } })).presentedHow).toBe('at-once')
  })

  test('handed on to somebody who is busy it waits for them; read meanwhile it waits no more', async () => {
    await device({ 8102: 'in-use' })
    const one = await left()
    const after = await forward(on(owner), {
      params: { id: one.id },
      query,
      body: { to: { kind: 'person', id: house.deputyId }, note: '' },
    })
    expect(after.presentedAt).toBeNull()
    const deputy = testActor(site, ['host'], house.deputyId)
    expect(await see(on(deputy), { params: { id: one.id }, query, body: {} })).toMatchObject({
      presentedHow: 'at-once',
    })
    app.clock.advance(1)
    await device({ 8102: 'idle' })
    expect(await journal('message.presented')).toEqual([])
  })

  test('said busy until three: the minute after it is put before them', async () => {
    await says('busy', new Date(testNow.getTime() + 30 * 60_000).toISOString())
    const one = await left()
    await sweepLines(app.kernel)
    expect(await shown(one.id)).toBeNull()
    app.clock.advance(30)
    expect((await mine(on(owner))).lamp).toMatchObject({ state: 'unknown', said: null })
    await sweepLines(app.kernel)
    expect(await shown(one.id)).toBe('said-free')
    expect(await journal('line.changed')).toMatchObject([{ after: { lamps: { 8101: 'unknown' } } }])
    await expect(says('away', testNow.toISOString())).rejects.toMatchObject({ code: 'input.invalid' })
  })

  test('overlooked: the line is free, the message a minute old', async () => {
    await device({ 8101: 'in-use' })
    const one = await left()
    // As if the change of the line had been lost between two nodes.
    await app.kernel.sql.run(raw("update line set device = 'idle' where extension = '8101'"))
    await sweepLines(app.kernel)
    expect(await shown(one.id)).toBeNull()
    app.clock.advance(2)
    await sweepLines(app.kernel)
    expect(await shown(one.id)).toBe('device-free')
  })

  test('message and hang-up at the same moment, a hundred times: none is left waiting', async () => {
    const ids: string[] = []
    for (let round = 0; round < 100; round += 1) {
      app.clock.advance(1)
      await device({ 8101: 'in-use' })
      app.clock.advance(1)
      const [one] = await Promise.all([left(), device({ 8101: 'idle' })])
      ids.push(one.id)
    }
    const waiting = await app.kernel.sql.all(
      raw('select id from message where id = any($1::uuid[]) and presented_at is null', [ids]),
    )
    expect(waiting).toEqual([])
  }, 60_000)
})

describe('C15 lamps of the extension list', () => {
  test('all numbers with names and departments, the exchange’s own besides', async () => {
    await device({ 8101: 'in-use', 7001: 'idle' })
    const page = lines.list.response.parse(await list(on(owner)))
    expect(page.exchange).toBeNull()
    const lamp = (extension: string) => page.items.find((one) => one.extension === extension)
    expect(lamp('8101')).toMatchObject({ name: '李明', departmentName: '业务部', state: 'busy' })
    expect(lamp('8100')).toMatchObject({ employeeId: null, name: '业务部', state: 'unknown' })
    expect(lamp('7001')).toMatchObject({ employeeId: null, name: '', state: 'free' })
  })

  test('two hundred words in one batch: one entry in the journal, none when nothing looks different', async () => {
    app.clock.advance(600)
    const many = Object.fromEntries(
      Array.from({ length: 200 }, (_, n) => [`6${String(n).padStart(3, '0')}`, 'idle']),
    )
    await device(many as Record<string, Device>)
    expect(await journal('line.changed')).toHaveLength(1)
    app.clock.advance(1)
    await device(many as Record<string, Device>)
    await device({ 6000: 'idle' })
    expect(await journal('line.changed')).toEqual([])
    // On hold looks as in use does.
    await device({ 6001: 'in-use' })
    app.clock.advance(1)
    await device({ 6001: 'on-hold' })
    expect(await journal('line.changed')).toEqual([])
  })

  test('an older word that comes late changes nothing', async () => {
    await device({ 8101: 'idle' }, new Date(testNow.getTime() + 1000))
    await device({ 8101: 'in-use' }, testNow)
    expect((await mine(on(owner))).lamp?.state).toBe('free')
  })

  test('crosswise batches of two nodes do not hurt each other', async () => {
    const extensions = Array.from({ length: 20 }, (_, n) => `65${String(n).padStart(2, '0')}`)
    const batch = (order: readonly string[], state: Device) =>
      device(Object.fromEntries(order.map((extension) => [extension, state])))
    await batch(extensions, 'idle')
    for (let round = 1; round <= 5; round += 1) {
      app.clock.advance(1)
      await Promise.all([batch(extensions, 'in-use'), batch([...extensions].reverse(), 'ringing')])
    }
    const rows = await app.kernel.sql.all<{ n: number }>(
      raw("select count(*)::int as n from line where extension like '65%' and device <> 'idle'"),
    )
    expect(rows[0]?.n).toBe(20)
  })

  test('who has no telephone has no line; nobody knows this number', async () => {
    const stranger = testActor(site, ['host'])
    expect(await mine(on(stranger))).toEqual({ lamp: null })
    await expect(says('free', null, stranger)).rejects.toMatchObject({ code: 'line.no-extension' })
    await expect(noted('9999', 'busy')).rejects.toMatchObject({ code: 'line.unknown' })
  })

  test('the lamp in SQL is the lamp of rules.ts', async () => {
    const minute = fc.option(fc.integer({ min: -1500, max: 1500 }))
    const facts = fc.record({
      device: fc.constantFrom<Device>('idle', 'ringing', 'in-use', 'on-hold', 'unavailable', 'unknown'),
      deviceAt: minute,
      said: fc.option(fc.constantFrom<Said>('free', 'busy', 'away')),
      saidUntil: minute,
      saidAt: fc.integer({ min: -1500, max: 0 }),
    })
    const cases = fc.sample(facts, 300)
    const when = (n: number | null) => (n === null ? null : new Date(testNow.getTime() + n * 60_000))
    for (const [n, one] of cases.entries())
      await app.kernel.sql.run(
        raw(
          `insert into line (site_id, extension, device, device_at, said, said_until, said_at)
           values ($1, $2, $3, $4, $5, $6, $7)`,
          [site, `5${n}`, one.device, when(one.deviceAt), one.said, when(one.saidUntil), when(one.saidAt)],
        ),
      )
    const rows = await app.kernel.sql.all(
      lampsOf(
        site,
        cases.map((_, n) => `5${n}`),
        testNow,
      ),
    )
    const told = new Map(rows.map((row) => [row.extension, row.state]))
    for (const [n, one] of cases.entries()) {
      const line: LineFacts = {
        device: one.device,
        said: one.said,
        deviceAt: when(one.deviceAt),
        saidUntil: when(one.saidUntil),
        saidAt: when(one.saidAt),
      }
      expect(told.get(`5${n}`), JSON.stringify(one)).toBe(stateOf(line, testNow))
    }
  })
})

describe('C5 C13 G1 the duty of the day', () => {
  const manager = () => testActor(site, ['duty_manager'])
  const plan = (items: { day: string; post: string; employeeId: string | null }[]) =>
    setDuty(on(manager()), { params: undefined, query, body: { items } })
  const staff = () => peopleOfOwner(app.kernel, app.kernel.sql, site, { kind: 'post', id: 'duty:sales' })
  const today = '2026-03-09'

  test('several days at once; what is as it was changes nothing; an unknown colleague is named', async () => {
    const items = [
      { day: today, post: 'sales', employeeId: house.dutyId },
      { day: '2026-03-10', post: 'sales', employeeId: house.deputyId },
      { day: '2026-03-10', post: 'night', employeeId: house.deskId },
    ]
    expect(await plan(items)).toEqual({ changed: 2 })
    expect(await plan(items)).toEqual({ changed: 0 })
    const page = lines.duty.response.parse(
      await duty(on(owner), { params: undefined, query: { from: today, to: '2026-03-15' }, body: undefined }),
    )
    expect(page.items).toHaveLength(3)
    expect(page.items[0]).toMatchObject({ day: today, employeeName: '值班小王', extension: '8103' })
    expect(page.can.set).toBe(false)
    await expect(plan([{ day: today, post: 'sales', employeeId: newId() }])).rejects.toMatchObject({
      code: 'duty.employee-unknown',
      fields: [{ path: 'items.0.employeeId' }],
    })
    await expect(plan([{ day: today, post: 'cook', employeeId: null }])).rejects.toMatchObject({
      code: 'input.invalid',
    })
  })

  test('a message for the post: today’s colleague; nobody set: the department’s head; without one, the desk', async () => {
    const wang = testActor(site, ['host'], house.dutyId)
    const one = await left({ to: { kind: 'post', id: 'duty:sales' } })
    expect(one.toName).toBe('值班业务员')
    expect(await staff()).toEqual([house.dutyId])
    expect(await see(on(wang), { params: { id: one.id }, query, body: {} })).toMatchObject({ status: 'seen' })
    const tasks = await taskList(on(wang), {
      query: { whose: 'mine', status: 'open', limit: 50, subject: one.id },
    } as Parameters<typeof taskList>[1])
    expect(tasks.items.map((task) => [task.kind, task.mine, task.owner.name])).toEqual([
      ['message.undone', true, '值班业务员'],
    ])
    await plan([{ day: today, post: 'sales', employeeId: null }])
    expect(await staff()).toEqual([house.headId])
    await app.kernel.sql.run(raw('update department set head_id = null where site_id = $1', [site]))
    const receptionist = testActor(site, ['receptionist'])
    expect((await get(on(receptionist), { params: { id: one.id }, query, body: undefined })).can.done).toBe(
      true,
    )
    await app.kernel.sql.run(
      raw('update department set head_id = $2 where site_id = $1', [site, house.headId]),
    )
    await plan([{ day: today, post: 'sales', employeeId: house.dutyId }])
  })

  test('tomorrow somebody else answers', async () => {
    app.clock.set(new Date('2026-03-10T00:30:00+08:00'))
    expect(await staff()).toEqual([house.deputyId])
  })

  test('the post is offered where a task is handed on', async () => {
    const { items } = await taskOwners(on(desk), { query: { q: '值班' } })
    expect(items).toContainEqual({
      kind: 'post',
      id: 'duty:sales',
      name: '值班业务员',
      detail: '值班小王',
    })
  })
})
