/** Promises to call back on real PostgreSQL: one takes it, kept in time or chased, handed over (C4, C7, C14, G1–G5). */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type TestApp, testActor, testApp, testNow } from '../../../apps/server/testing.ts'
import type { Actor } from '../../../kernel/actor.ts'
import { raw } from '../../../kernel/db/sql.ts'
import { newId } from '../../../kernel/ids.ts'
import { follow } from '../../../kernel/journal/followers.ts'
import { notificationsFollower } from '../../../kernel/notifications/follower.ts'
import { dispatchAll } from '../../../kernel/tasks/dispatcher.ts'
import { deactivate } from '../../directory/employees/service.ts'
import { departures } from '../owners/departures.ts'
import { type CallsHouse, callsHouse, deskActor } from '../testing.ts'
import { type CallbackCard, callbacks } from './contract.ts'
import { keep } from './keep.ts'
import { get, list } from './reading.ts'
import { attempt, giveUp, handOver, promise, release, reveal, take, undo, withdraw } from './service.ts'

let app: TestApp
let house: CallsHouse
let desk: Actor
let second: Actor
let owner: Actor
const site = newId()
const query = undefined

beforeAll(async () => {
  app = await testApp()
  house = await callsHouse(app, site)
  desk = deskActor(site, house.deskId, '前台小周')
  second = deskActor(site, house.secondDeskId, '前台小陈')
  owner = { ...testActor(site, ['host'], house.ownerId), name: '李明' }
})
afterAll(() => app.close())
beforeEach(() => app.clock.set(testNow))

const on = (actor: Actor, key?: string) => app.ctx(actor, site, key)
const at = (id: string) => ({ params: { id }, query, body: {} })
const noted = (id: string, note = '') => ({ params: { id }, query, body: { note } })

async function promised(more: Record<string, unknown> = {}, by = desk): Promise<CallbackCard> {
  const body = callbacks.promise.body.parse({
    owner: { kind: 'post', id: 'desk' },
    minutes: 30,
    callerName: '王芳',
    organisation: '华信科技',
    phone: '13912345678',
    ...more,
  })
  return callbacks.promise.response.parse(await promise(on(by), { params: undefined, query, body }))
}
const toOwner = (more: Record<string, unknown> = {}) =>
  promised({ owner: { kind: 'person', id: house.ownerId }, ...more })
const taken = async (one: CallbackCard, by = desk) =>
  callbacks.take.response.parse(await take(on(by), at(one.id)))
const tried = async (
  one: CallbackCard,
  result: 'busy' | 'no-answer' | 'wrong-number' | 'later',
  dueAt?: string,
  by = owner,
) =>
  callbacks.attempt.response.parse(
    await attempt(on(by), { params: { id: one.id }, query, body: { result, note: '', dueAt } }),
  )
const kept = async (one: CallbackCard, more: Record<string, unknown> = {}, by = owner) =>
  callbacks.keep.response.parse(
    await keep(on(by), { params: { id: one.id }, query, body: callbacks.keep.body.parse(more) }),
  )
const page = (by: Actor, more: Record<string, unknown> = {}) =>
  list(on(by), { params: undefined, query: callbacks.list.query.parse(more), body: undefined })

interface Task {
  kind: string
  owner: string
  dueAt: Date
}
const openTasks = (id: string) =>
  app.kernel.sql.all<Task>(
    raw(
      `select kind, owner_id as owner, due_at as "dueAt" from task where subject_id = $1 and status = 'open'
       order by kind`,
      [id],
    ),
  )
const dueOwner = async (id: string) => (await openTasks(id)).find((one) => one.kind === 'callback.due')?.owner
const actions = async (id: string) =>
  (
    await app.kernel.sql.all<{ action: string }>(
      raw("select action from journal where entity = 'callback' and entity_id = $1 order by id", [id]),
    )
  ).map((row) => row.action)

describe('G1 G2 a promise has one owner, who is told, reminded, chased', () => {
  test('C4 written with its task; the owner is told', async () => {
    const one = await toOwner()
    expect(one).toMatchObject({
      status: 'promised',
      ownerName: '李明',
      phoneMasked: '139****5678',
      contactId: house.contactId,
      inTime: null,
    })
    expect(one.number).toMatch(/^B-\d+$/)
    expect(await openTasks(one.id)).toEqual([
      { kind: 'callback.due', owner: house.ownerId, dueAt: new Date(one.dueAt) },
    ])
    await app.settled()
    while ((await follow(app.kernel, notificationsFollower)) > 0);
    const told = await app.kernel.sql.all(
      raw("select template from notification where person_id = $1 and link = '/callbacks?callback=' || $2", [
        house.ownerId,
        one.id,
      ]),
    )
    expect(told).toEqual([{ template: 'task.opened' }])
  })

  test('reminded before, overdue, then deputy, head, duty manager', async () => {
    const one = await toOwner()
    const owners: (string | undefined)[] = []
    const events: string[] = []
    for (const minutes of [20, 10, 10, 10, 10]) {
      app.clock.advance(minutes)
      await dispatchAll(app.kernel)
      owners.push(await dueOwner(one.id))
    }
    const fired = await app.kernel.sql.all<{ action: string }>(
      raw("select action from journal where entity = 'task' and data->'subject'->>'id' = $1 order by id", [
        one.id,
      ]),
    )
    events.push(...fired.map((row) => row.action))
    expect(owners).toEqual([house.ownerId, house.ownerId, house.deputyId, house.headId, 'duty_manager'])
    expect(events).toEqual([
      'task.reminded',
      'task.overdue',
      'task.escalated',
      'task.escalated',
      'task.escalated',
    ])
    // Whoever it was escalated to can make the call.
    const head = testActor(site, ['department_head'], house.headId)
    expect((await kept(one, {}, head)).inTime).toBe(false)
  })

  test('C7 nobody can be called back without a number; an unknown owner is named', async () => {
    await expect(promised({ phone: '' })).rejects.toMatchObject({ code: 'call.details-missing' })
    await expect(promised({ phone: '1' })).rejects.toMatchObject({ code: 'call.number-invalid' })
    await expect(promised({ callerName: '', organisation: '' })).rejects.toMatchObject({
      code: 'call.details-missing',
    })
    await expect(promised({ owner: { kind: 'post', id: 'nobody' } })).rejects.toMatchObject({
      code: 'callback.owner-unknown',
      fields: [{ path: 'owner.id' }],
    })
    // Routes name the role; customer service is a post of its own.
    expect(await promised({ owner: { kind: 'post', id: 'receptionist' } })).toMatchObject({ ownerId: 'desk' })
    expect(await promised({ owner: { kind: 'post', id: 'agent' } })).toMatchObject({ ownerName: '客服' })
  })

  test('G1 somebody leaves: what they owed is the department’s, what they had taken goes back to its post', async () => {
    const leaver = newId()
    await app.kernel.sql.run(
      raw(
        `insert into employee (id, site_id, name, name_pinyin, name_initials, terms, department_id, created_at)
         select $1, site_id, '离职小孙', 'lizhixiaosun', 'lzxs', '{}', department_id, created_at from employee where id = $2`,
        [leaver, house.ownerId],
      ),
    )
    const owed = await promised({ owner: { kind: 'person', id: leaver } })
    const post = await promised()
    await taken(post, deskActor(site, leaver, '离职小孙'))
    await deactivate(on(testActor(site, ['office_admin'])), { params: { id: leaver }, body: { version: 1 } })
    await app.settled()
    while ((await follow(app.kernel, departures)) > 0);
    const read = async (id: string) => get(on(desk), { params: { id }, query, body: undefined })
    expect(await read(owed.id)).toMatchObject({ status: 'promised', ownerKind: 'post', ownerName: '业务部' })
    expect(await dueOwner(owed.id)).toBe((await read(owed.id)).ownerId)
    expect(await read(post.id)).toMatchObject({ status: 'promised', takenBy: null, ownerId: 'desk' })
    expect(await dueOwner(post.id)).toBe('desk')
  })
})

describe('two agents take one callback at once', () => {
  test('G1 one has it, the other is told who; again with twenty', async () => {
    for (const many of [2, 20]) {
      const one = await promised()
      const people = await Promise.all(
        Array.from({ length: many }, async (_, n) => {
          const id = newId()
          await app.kernel.sql.run(
            raw(
              `insert into employee (id, site_id, name, name_pinyin, name_initials, terms, created_at)
               values ($1, $2, $3, 'x', 'x', '{}', $4)`,
              [id, site, `前台${n}`, testNow],
            ),
          )
          return deskActor(site, id, `前台${n}`)
        }),
      )
      const answers = await Promise.allSettled(people.map((by) => take(on(by), at(one.id))))
      const winners = answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : []))
      expect(winners).toHaveLength(1)
      for (const answer of answers)
        if (answer.status === 'rejected')
          expect(answer.reason).toMatchObject({
            code: 'callback.taken',
            data: { name: winners[0]?.takenByName },
          })
      expect(await dueOwner(one.id)).toBe(winners[0]?.takenBy)
      expect((await actions(one.id)).filter((action) => action === 'callback.taken')).toHaveLength(1)
    }
  })

  test('taken, put back, taken by another: the task follows; only whoever has it makes the call', async () => {
    const one = await promised()
    expect((await taken(one)).can).toMatchObject({ release: true, keep: true, attempt: true })
    // Tapped twice.
    expect((await taken(one)).takenByName).toBe('前台小周')
    expect(await dueOwner(one.id)).toBe(house.deskId)
    for (const act of [
      () => kept(one, {}, second),
      () => tried(one, 'busy', undefined, second),
      () => release(on(second), noted(one.id)),
      () => giveUp(on(second), noted(one.id, '打不通')),
    ])
      await expect(act()).rejects.toMatchObject({ code: 'callback.not-yours', data: { name: '前台小周' } })
    expect(await release(on(desk), noted(one.id, '去开会'))).toMatchObject({
      status: 'promised',
      takenBy: null,
    })
    expect(await dueOwner(one.id)).toBe('desk')
    expect((await taken(one, second)).takenByName).toBe('前台小陈')
    expect(await dueOwner(one.id)).toBe(house.secondDeskId)
  })

  test('G1 handed over formally: owner, task and telling start anew', async () => {
    const one = await promised()
    await taken(one)
    const after = await handOver(on(desk), {
      params: { id: one.id },
      query,
      body: { owner: { kind: 'person', id: house.ownerId }, note: '客户要找你' },
    })
    expect(after).toMatchObject({ status: 'promised', takenBy: null, ownerName: '李明', dueAt: one.dueAt })
    expect(await openTasks(one.id)).toMatchObject([{ kind: 'callback.due', owner: house.ownerId }])
    const { timeline } = await get(on(owner), { params: { id: one.id }, query, body: undefined })
    expect(timeline.at(-1)).toMatchObject({
      action: 'callback.handed-over',
      data: { fromName: '前台小周', toName: '李明', note: '客户要找你' },
    })
  })
})

describe('C4 C7 kept, tried, given up', () => {
  test('G8 kept in time or not is decided when it ends', async () => {
    const early = await toOwner()
    expect(await kept(early, { note: '已谈妥' })).toMatchObject({
      status: 'kept',
      inTime: true,
      attempts: 1,
      resultNote: '已谈妥',
      tries: [{ result: 'reached' }],
    })
    const late = await toOwner()
    app.clock.advance(31)
    expect((await kept(late)).inTime).toBe(false)
    expect(await openTasks(late.id)).toEqual([])
  })

  test('not reached: when to try again is proposed and told; the promise stays due', async () => {
    const one = await toOwner()
    const busy = await tried(one, 'busy')
    expect(busy).toMatchObject({ attempts: 1, status: 'promised', dueAt: one.dueAt })
    expect(busy.retryAt).toBe(new Date(testNow.getTime() + 5 * 60_000).toISOString())
    expect((await openTasks(one.id)).map((task) => task.kind)).toEqual(['callback.due', 'callback.retry'])
    app.clock.advance(5)
    await tried(one, 'no-answer')
    const retries = (await openTasks(one.id)).filter((task) => task.kind === 'callback.retry')
    expect(retries).toMatchObject([{ dueAt: new Date(testNow.getTime() + 20 * 60_000) }])
    expect((await tried(one, 'wrong-number')).retryAt).toBeNull()
  })

  test('the caller asks for another time: the promise moves with its task, a past time is refused', async () => {
    const one = await toOwner()
    await expect(tried(one, 'later', testNow.toISOString())).rejects.toMatchObject({ code: 'input.invalid' })
    const dueAt = new Date(testNow.getTime() + 5 * 3_600_000).toISOString()
    expect((await tried(one, 'later', dueAt)).dueAt).toBe(dueAt)
    expect(await openTasks(one.id)).toEqual([
      { kind: 'callback.due', owner: house.ownerId, dueAt: new Date(dueAt) },
    ])
    app.clock.advance(120)
    expect((await kept(one)).inTime).toBe(true)
  })

  test('given up only after honest tries, with the reason', async () => {
    const one = await toOwner()
    await expect(giveUp(on(owner), noted(one.id, '打不通'))).rejects.toMatchObject({
      code: 'callback.not-tried',
    })
    await tried(one, 'no-answer')
    app.clock.advance(60)
    expect(await giveUp(on(owner), noted(one.id, '三次无人接听'))).toMatchObject({
      status: 'unreachable',
      inTime: true,
      resultNote: '三次无人接听',
    })
    expect(await openTasks(one.id)).toEqual([])
  })

  test('undo by the same person within the minutes: owed again', async () => {
    const one = await toOwner()
    await kept(one, { note: '打错了' })
    await expect(undo(on(desk), at(one.id))).rejects.toMatchObject({ code: 'auth.forbidden' })
    expect(await undo(on(owner), at(one.id))).toMatchObject({
      status: 'promised',
      inTime: null,
      resultNote: '',
    })
    const read = await get(on(owner), { params: { id: one.id }, query, body: undefined })
    expect(read.tries).toEqual([])
    expect(read.timeline.map((line) => line.action)).toEqual([
      'callback.promised',
      'callback.kept',
      'callback.undone',
    ])
    expect(await dueOwner(one.id)).toBe(house.ownerId)
    await withdraw(on(desk), noted(one.id, '客户已来访'))
    app.clock.advance(3)
    await expect(undo(on(desk), at(one.id))).rejects.toMatchObject({ code: 'call.undo-too-late' })
  })

  test('undo of what was taken is taken again by the same', async () => {
    const one = await promised()
    await taken(one)
    await kept(one, {}, desk)
    expect(await undo(on(desk), at(one.id))).toMatchObject({ status: 'taken', takenByName: '前台小周' })
    expect(await dueOwner(one.id)).toBe(house.deskId)
  })
})

describe('G5 who sees what', () => {
  test('a host sees what they owe, have or promised; the posts’ list is of those they staff', async () => {
    const mine = await toOwner()
    const desks = await promised()
    expect((await page(owner)).items.map((one) => one.id)).toContain(mine.id)
    expect((await page(owner)).items.map((one) => one.id)).not.toContain(desks.id)
    expect((await page(owner, { whose: 'posts' })).items).toEqual([])
    expect((await page(second, { whose: 'posts' })).items.map((one) => one.id)).toContain(desks.id)
    await taken(desks)
    // What somebody has is theirs, not the post's any more.
    expect((await page(second, { whose: 'posts' })).items.map((one) => one.id)).not.toContain(desks.id)
    expect((await page(desk)).items.map((one) => one.id)).toContain(desks.id)
    await expect(page(owner, { whose: 'all' })).rejects.toMatchObject({ code: 'auth.forbidden' })
    for (const act of [take, get])
      await expect(
        act(on(owner), { params: { id: desks.id }, query, body: {} } as never),
      ).rejects.toMatchObject({ code: 'entity.not-found' })
  })

  test('open ones by due time, pages without gaps, late ones counted; filters', async () => {
    for (const minutes of [50, 10, 40, 20]) await toOwner({ minutes, callerName: '钱小多' })
    app.clock.advance(15)
    const found: CallbackCard[] = []
    let cursor: string | undefined
    do {
      const part = await page(desk, { whose: 'all', text: '小多', limit: 2, cursor })
      found.push(...part.items)
      cursor = part.next ?? undefined
    } while (cursor !== undefined)
    expect(found).toHaveLength(4)
    const times = found.map((one) => one.dueAt)
    expect(times).toEqual([...times].sort())
    expect((await page(desk, { whose: 'all', text: '小多', late: 'true' })).items).toHaveLength(1)
    expect((await page(desk, { whose: 'all', text: '小多', late: 'false' })).items).toHaveLength(3)
    expect((await page(owner)).overdue).toBeGreaterThan(0)
    const [first] = found
    expect(
      first === undefined ? [] : (await page(desk, { whose: 'all', text: first.number })).items,
    ).toHaveLength(1)
    expect(
      (await page(desk, { whose: 'all', kind: 'return-visit', status: 'any' })).items.every(
        (one) => one.kind === 'return-visit',
      ),
    ).toBe(true)
  })

  test('the full number is on record; who only reads the list does not get it', async () => {
    const one = await toOwner()
    expect(await reveal(on(owner), at(one.id))).toEqual({ phone: '139 1234 5678' })
    await expect(reveal(on(testActor(site, ['director'])), at(one.id))).rejects.toMatchObject({
      code: 'auth.forbidden',
    })
    expect(await actions(one.id)).toEqual(['callback.promised', 'callback.revealed'])
  })
})
