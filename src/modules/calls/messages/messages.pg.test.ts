/** Messages on real PostgreSQL: written at once, read, dealt with, reported, chased (C10, G1, G2, G5, G6). */
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
import { type CallsHouse, callsHouse, customerNumber, deskActor } from '../testing.ts'
import { type MessageCard, messages } from './contract.ts'
import { get, list } from './reading.ts'
import { done, forward, report, reveal, see, take, undo, withdraw } from './service.ts'

let app: TestApp
let house: CallsHouse
let desk: Actor
let second: Actor
let owner: Actor
let deputy: Actor
let head: Actor
const site = newId()
const query = undefined

beforeAll(async () => {
  app = await testApp()
  house = await callsHouse(app, site)
  desk = deskActor(site, house.deskId, '前台小周')
  second = deskActor(site, house.secondDeskId, '前台小陈')
  owner = { ...testActor(site, ['host'], house.ownerId), name: '李明' }
  deputy = { ...testActor(site, ['host'], house.deputyId), name: '赵岚' }
  head = { ...testActor(site, ['department_head'], house.headId), name: '周经理' }
})
afterAll(() => app.close())
beforeEach(() => app.clock.set(testNow))

const on = (actor: Actor, key?: string) => app.ctx(actor, site, key)
const at = (id: string) => ({ params: { id }, query, body: {} })

async function left(more: Record<string, unknown> = {}, by = desk): Promise<MessageCard> {
  const body = messages.take.body.parse({
    to: { kind: 'person', id: house.ownerId },
    matter: '想谈续费,请回电',
    callerName: '王芳',
    organisation: '华信科技',
    phone: '139 1234 5678',
    ...more,
  })
  return messages.take.response.parse(await take(on(by), { params: undefined, query, body }))
}
const seen = (one: MessageCard, by = owner) => see(on(by), at(one.id))
const dealt = (one: MessageCard, by = owner, note = '已报价') =>
  done(on(by), { params: { id: one.id }, query, body: { note } })
const told = (one: MessageCard, by = desk) =>
  report(on(by), { params: { id: one.id }, query, body: { how: 'phone', note: '' } })
const hand = (one: MessageCard, kind: 'person' | 'post', id: string, by = owner) =>
  forward(on(by), { params: { id: one.id }, query, body: { to: { kind, id }, note: '请你跟进' } })
const board = (by: Actor, more: Record<string, unknown> = {}) =>
  list(on(by), { params: undefined, query: messages.list.query.parse(more), body: undefined })

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
const kinds = async (id: string) => (await openTasks(id)).map((one) => one.kind)
const actions = async (id: string) =>
  (
    await app.kernel.sql.all<{ action: string }>(
      raw("select action from journal where entity = 'message' and entity_id = $1 order by id", [id]),
    )
  ).map((row) => row.action)

async function tell(): Promise<void> {
  await app.settled()
  while ((await follow(app.kernel, notificationsFollower)) > 0);
}
const notices = (id: string) =>
  app.kernel.sql.all<{ personId: string; template: string; link: string; signed: unknown; facts: object }>(
    raw(
      `select person_id as "personId", template, link, signed, facts from notification where link like '%' || $1 || '%'
       order by id`,
      [id],
    ),
  )

describe('C10 written at once, delivered, seen, done, reported back', () => {
  test('C10 G2 one transaction: record, journal, tasks; the colleague has it in writing with a link to tap', async () => {
    const one = await left({ urgent: true })
    expect(one).toMatchObject({
      status: 'new',
      callerName: '王芳',
      phoneMasked: '139****5678',
      toName: '李明',
      presentedHow: 'at-once',
      contactId: house.contactId,
      customerId: house.customerId,
    })
    expect(one.number).toMatch(/^M-\d+$/)
    expect(await kinds(one.id)).toEqual(['message.undone', 'message.unread'])
    await tell()
    const [notice] = await notices(one.id)
    expect(notice).toMatchObject({
      personId: house.ownerId,
      template: 'message-urgent',
      link: `/host/messages/${one.id}`,
      signed: { entity: 'message', id: one.id },
      facts: { caller: '王芳 (华信科技)', phone: '139****5678', matter: '想谈续费,请回电' },
    })
  })

  test('C10 G6 seen, done, told: each settles its task; working hours of the site count', async () => {
    const one = await left()
    expect((await seen(one)).status).toBe('seen')
    expect(await kinds(one.id)).toEqual(['message.undone'])
    const after = await dealt(one)
    expect(after).toMatchObject({ status: 'done', doneNote: '已报价', doneByName: '李明' })
    const [owed, ...more] = await openTasks(one.id)
    expect(more).toEqual([])
    // 9:00 on a Monday and four working hours: the lunch of the calendar is left out by whoever keeps one.
    expect(owed).toMatchObject({ kind: 'message.report', owner: house.deskId })
    expect(owed?.dueAt.getTime()).toBeGreaterThanOrEqual(testNow.getTime() + 4 * 3_600_000)
    const last = await told(one)
    expect(last).toMatchObject({ status: 'reported', reportedHow: 'phone', reportedByName: '前台小周' })
    expect(await kinds(one.id)).toEqual([])
    const { timeline } = messages.get.response.parse(
      await get(on(desk), { params: { id: one.id }, query, body: undefined }),
    )
    expect(timeline.map((line) => line.action)).toEqual([
      'message.taken',
      'message.seen',
      'message.done',
      'message.reported',
    ])
  })

  test('C10 nobody waits for an answer: done is the end', async () => {
    const one = await left({ reportBack: false })
    const after = await dealt(one)
    expect(after).toMatchObject({ status: 'done', seenByName: '李明' })
    expect(after.can).not.toHaveProperty('report')
    expect(await kinds(one.id)).toEqual([])
    await expect(told(one)).rejects.toMatchObject({ code: 'transition.refused' })
  })

  test('C10 G6 a message of Friday evening is due on Monday, over the weekend nobody is chased for it', async () => {
    const friday = new Date('2026-03-13T17:00:00+08:00')
    app.clock.set(friday)
    const one = await left()
    const undone = (await openTasks(one.id)).find((task) => task.kind === 'message.undone')
    expect(undone?.dueAt.getTime()).toBeGreaterThan(new Date('2026-03-16T09:00:00+08:00').getTime())
    expect(undone?.dueAt.getTime()).toBeLessThan(new Date('2026-03-16T18:00:00+08:00').getTime())
  })

  test('C10 who it is from must be known somehow; an impossible number is named', async () => {
    await expect(left({ callerName: '', organisation: '', phone: '' })).rejects.toMatchObject({
      code: 'call.details-missing',
    })
    await expect(left({ phone: '1' })).rejects.toMatchObject({
      code: 'call.number-invalid',
      fields: [{ path: 'phone' }],
    })
    await expect(left({ to: { kind: 'person', id: newId() } })).rejects.toMatchObject({
      code: 'message.recipient-unknown',
    })
    await expect(left({ to: { kind: 'post', id: 'duty:nothing' } })).rejects.toMatchObject({
      code: 'message.recipient-unknown',
    })
  })
})

describe('G2 unread messages chase', () => {
  test('C10 after the minutes: the colleague, the deputy, the head, at last whoever took it', async () => {
    const one = await left()
    const owners: (string | undefined)[] = []
    for (let step = 0; step < 4; step += 1) {
      app.clock.advance(15)
      await dispatchAll(app.kernel)
      owners.push((await openTasks(one.id)).find((task) => task.kind === 'message.unread')?.owner)
    }
    expect(owners).toEqual([house.ownerId, house.deputyId, house.headId, house.deskId])
    // Whoever it was escalated to may say that it was read.
    expect((await seen(one, deputy)).seenByName).toBe('赵岚')
  })

  test('C10 an urgent one chases after five minutes', async () => {
    const one = await left({ urgent: true })
    const unread = (await openTasks(one.id)).find((task) => task.kind === 'message.unread')
    expect(unread?.dueAt).toEqual(new Date(testNow.getTime() + 5 * 60_000))
  })
})

describe('G1 G4 handed on, taken back, undone', () => {
  test('G1 handed on: unread again, tasks move, the way it went stays on record', async () => {
    const one = await left()
    await seen(one)
    const after = await hand(one, 'person', house.headId)
    expect(after).toMatchObject({ status: 'new', toName: '周经理', seenAt: null })
    const tasks = await openTasks(one.id)
    expect(tasks.map((task) => [task.kind, task.owner])).toEqual([
      ['message.undone', house.headId],
      ['message.unread', house.headId],
    ])
    await tell()
    expect((await notices(one.id)).map((notice) => [notice.personId, notice.template])).toContainEqual([
      house.headId,
      'message-forwarded',
    ])
    const { timeline } = await get(on(head), { params: { id: one.id }, query, body: undefined })
    expect(timeline.at(-1)?.data).toMatchObject({ fromName: '李明', toName: '周经理', note: '请你跟进' })
    expect(JSON.stringify(timeline)).not.toContain(house.ownerId)
    // To whom it is already: nothing happens to it.
    await expect(hand(after, 'person', house.headId, head)).rejects.toMatchObject({
      code: 'message.recipient-unknown',
    })
  })

  test('undo by the same person within the minutes brings state and tasks back', async () => {
    const one = await left()
    await seen(one)
    await dealt(one)
    await expect(undo(on(desk), at(one.id))).rejects.toMatchObject({ code: 'auth.forbidden' })
    const back = await undo(on(owner), at(one.id))
    expect(back).toMatchObject({ status: 'seen', doneAt: null, doneNote: '' })
    expect(await kinds(one.id)).toEqual(['message.undone'])
    await dealt(one)
    app.clock.advance(3)
    await expect(undo(on(owner), at(one.id))).rejects.toMatchObject({ code: 'call.undo-too-late' })
    await told(one)
    expect((await undo(on(desk), at(one.id))).status).toBe('done')
    expect(await kinds(one.id)).toEqual(['message.report'])
  })

  test('undo of "done" on an unread one makes it unread again', async () => {
    const one = await left()
    await dealt(one)
    expect(await undo(on(owner), at(one.id))).toMatchObject({ status: 'new', seenAt: null })
    expect(await kinds(one.id)).toEqual(['message.undone', 'message.unread'])
  })

  test('withdrawn by mistake comes back by undo', async () => {
    const one = await left()
    const gone = await withdraw(on(desk), { params: { id: one.id }, query, body: { note: '写错人' } })
    expect(gone.status).toBe('withdrawn')
    expect(await kinds(one.id)).toEqual([])
    await expect(seen(one)).rejects.toMatchObject({ code: 'transition.refused' })
    expect((await undo(on(desk), at(one.id))).status).toBe('new')
    expect(await kinds(one.id)).toEqual(['message.undone', 'message.unread'])
  })

  test('twenty say "seen" at once, twenty "done": one of each', async () => {
    const one = await left()
    for (const say of [seen, dealt]) {
      const answers = await Promise.allSettled(Array.from({ length: 20 }, () => say(one)))
      expect(answers.filter((answer) => answer.status === 'fulfilled')).toHaveLength(1)
      for (const answer of answers)
        if (answer.status === 'rejected') expect(answer.reason).toMatchObject({ code: 'transition.refused' })
    }
    expect(await actions(one.id)).toEqual(['message.taken', 'message.seen', 'message.done'])
    expect(await kinds(one.id)).toEqual(['message.report'])
  })

  test('twenty with one key: one message', async () => {
    const id = newId()
    const body = messages.take.body.parse({
      to: { kind: 'post', id: 'desk' },
      matter: '快递在门口',
      callerName: `快递员${id.slice(-6)}`,
    })
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => take(on(desk, id), { params: undefined, query, body })),
    )
    expect(new Set(answers.map((answer) => answer.id)).size).toBe(1)
  })

  test('G1 somebody leaves: their messages are the department’s, and tasks with them', async () => {
    const leaver = newId()
    await app.kernel.sql.run(
      raw(
        `insert into employee (id, site_id, name, name_pinyin, name_initials, terms, department_id, created_at)
         select $1, site_id, '离职小孙', 'lizhixiaosun', 'lzxs', '{}', department_id, created_at from employee where id = $2`,
        [leaver, house.ownerId],
      ),
    )
    const one = await left({ to: { kind: 'person', id: leaver } })
    const admin = testActor(site, ['office_admin'])
    await deactivate(on(admin), { params: { id: leaver }, body: { version: 1 } })
    await app.settled()
    while ((await follow(app.kernel, departures)) > 0);
    const after = await get(on(desk), { params: { id: one.id }, query, body: undefined })
    expect(after).toMatchObject({ status: 'new', toKind: 'post', toName: '业务部' })
    expect(new Set((await openTasks(one.id)).map((task) => task.owner))).toEqual(new Set([after.toId]))
    // A message for somebody who has left goes there at once.
    expect(await left({ to: { kind: 'person', id: leaver } })).toMatchObject({ toId: after.toId })
  })
})

describe('G5 who sees what', () => {
  test('a host sees their own only; everybody’s needs the right to read', async () => {
    const mine = await left()
    const others = await left({ to: { kind: 'person', id: house.dutyId } })
    const page = await board(owner)
    expect(page.items.map((one) => one.id)).toContain(mine.id)
    expect(page.items.map((one) => one.id)).not.toContain(others.id)
    expect(page.unread).toBeGreaterThan(0)
    await expect(board(owner, { whose: 'all' })).rejects.toMatchObject({ code: 'auth.forbidden' })
    await expect(get(on(owner), { params: { id: others.id }, query, body: undefined })).rejects.toMatchObject(
      {
        code: 'entity.not-found',
      },
    )
    await expect(seen(others)).rejects.toMatchObject({ code: 'entity.not-found' })
    const tenant = testActor(site, ['tenant_member'])
    expect((await board(tenant)).items).toEqual([])
    const elsewhere = { ...testActor(newId(), ['receptionist']), employeeId: house.ownerId }
    await expect(
      get(app.ctx(elsewhere, newId()), { params: { id: mine.id }, query, body: undefined }),
    ).rejects.toMatchObject({ code: 'entity.not-found' })
  })

  test('the board: pages, filters by text, tail of the number, record number, recipient', async () => {
    const one = await left({ callerName: '欧阳晓梅', organisation: '晨光电子', phone: '13700001122' })
    for (const text of ['晓梅', '晨光', '1122', one.number, 'ouyangxiaomei', 'oyxm'])
      expect(
        (await board(desk, { whose: 'all', text })).items.map((found) => found.id),
        text,
      ).toContain(one.id)
    expect((await board(desk, { whose: 'all', text: '!!' })).items).toEqual([])
    const seenOnes = new Set<string>()
    let cursor: string | undefined
    do {
      const page = await board(desk, { whose: 'all', status: 'any', limit: 3, cursor })
      for (const item of page.items) {
        expect(seenOnes.has(item.id)).toBe(false)
        seenOnes.add(item.id)
      }
      cursor = page.next ?? undefined
    } while (cursor !== undefined)
    const total = (await board(desk, { whose: 'all', status: 'any' })).total
    expect(seenOnes.size).toBe(total)
    const mine = await board(desk, { whose: 'taken-by-me', toId: house.ownerId })
    expect(mine.items.every((item) => item.toId === house.ownerId)).toBe(true)
    await expect(board(desk, { cursor: 'nonsense' })).rejects.toMatchObject({ code: 'input.invalid' })
  })

  test('the full number: recipient and desk, each look on record; who only reads the board does not', async () => {
    const one = await left()
    expect(await reveal(on(owner), at(one.id))).toEqual({ phone: '139 1234 5678' })
    const director = testActor(site, ['director'])
    expect((await get(on(director), { params: { id: one.id }, query, body: undefined })).can).toEqual({})
    await expect(reveal(on(director), at(one.id))).rejects.toMatchObject({ code: 'auth.forbidden' })
    expect(await actions(one.id)).toEqual(['message.taken', 'message.revealed'])
    const stored = await app.kernel.sql.all<{ text: string }>(
      raw('select journal::text as text from journal where entity_id = $1', [one.id]),
    )
    expect(stored.map((row) => row.text).join()).not.toContain(customerNumber)
  })

  test('a signed link: this message, this person, seen and done; nothing else', async () => {
    const one = await left()
    const other = await left()
    const link: Actor = {
      kind: 'link',
      id: house.ownerId,
      name: '李明',
      employeeId: house.ownerId,
      roles: new Map([[site, ['link']]]),
      link: { entity: 'message', id: one.id },
    }
    expect((await board(link)).items.map((item) => item.id)).toEqual([one.id])
    expect((await seen(one, link)).can).toMatchObject({ done: true, forward: true, reveal: true })
    expect((await dealt(one, link)).status).toBe('done')
    await expect(seen(other, link)).rejects.toMatchObject({ code: 'entity.not-found' })
    const visitLink = { ...link, link: { entity: 'visit', id: one.id } }
    await expect(told(one, visitLink)).rejects.toMatchObject({ code: 'entity.not-found' })
  })

  test('the desk says "done" for a colleague on the telephone, but not that they have read it', async () => {
    const one = await left()
    await expect(seen(one, second)).rejects.toMatchObject({ code: 'auth.forbidden' })
    expect((await dealt(one, second)).doneByName).toBe('前台小陈')
    const stranger = testActor(site, ['guard'])
    await expect(dealt(await left(), stranger)).rejects.toMatchObject({ code: 'entity.not-found' })
  })
})
