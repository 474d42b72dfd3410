import { describe, expect, test } from 'vitest'
import { newId } from '../ids.ts'
import { tasks } from './contract.ts'
import { dispatchAll } from './dispatcher.ts'
import { as, department, idOf, later, person, post, taskHouse, type Who } from './testing.ts'

const { app, openTask, listed, entries } = taskHouse()

describe('G1 G3 owners change, and there is always exactly one', () => {
  test('twenty at once take one over: one wins, nineteen learn who', async () => {
    const id = await openTask()
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        app().call(
          tasks.takeOver,
          { params: { id }, body: { from: post('desk') } },
          as(n % 2 === 0 ? 'wang' : 'li'),
        ),
      ),
    )
    const won = answers.filter((answer) => answer.status === 200)
    // The winner asking again from what they saw is a conflict, too: their picture is old.
    expect(won).toHaveLength(1)
    const owner = won[0]?.body.owner.id
    for (const answer of answers.filter((one) => one.status !== 200)) {
      expect(answer).toMatchObject({
        status: 409,
        body: { code: 'task.owner-changed', data: { owner: { kind: 'person', id: owner } } },
      })
    }
    expect((await entries(id)).map((entry) => entry.action)).toEqual(['task.taken-over'])
  })

  test('take over from a person, hand on to a person, a post, a department; both owners learn of it', async () => {
    const id = await openTask({ owner: person('host') })
    const took = await app().call(
      tasks.takeOver,
      { params: { id }, body: { from: person('host') } },
      as('wang'),
    )
    expect(took.body).toMatchObject({
      owner: { ...person('wang'), name: 'wang' },
      mine: true,
      can: { takeOver: false, settle: true },
    })
    const gave = await app().call(
      tasks.handOn,
      { params: { id }, body: { from: person('wang'), to: person('li'), note: '客户下午再来' } },
      as('wang'),
    )
    expect(gave.body).toMatchObject({
      owner: { name: 'li' },
      mine: false,
      note: { text: '客户下午再来', by: 'receptionist' },
    })
    await app().call(
      tasks.handOn,
      { params: { id }, body: { from: person('li'), to: post(`department:${department}`) } },
      as('li'),
    )
    expect((await listed('head'))[0]).toMatchObject({
      id,
      owner: { name: '销售部' },
      note: { text: '客户下午再来' },
    })
    expect((await entries(id)).map((entry) => [entry.action, entry.data.people])).toEqual([
      ['task.taken-over', [idOf('host'), idOf('wang')]],
      ['task.handed-on', [idOf('wang'), idOf('li')]],
      ['task.handed-on', [idOf('li')]],
    ])
  })

  test('never to nobody, never what one may not', async () => {
    const id = await openTask({ owner: person('host') })
    const hand = (to: { kind: 'person' | 'post'; id: string }, who: Who = 'host') =>
      app().call(tasks.handOn, { params: { id }, body: { from: person('host'), to } }, as(who))
    for (const to of [
      { kind: 'person' as const, id: newId() },
      { kind: 'person' as const, id: 'x' },
      post('nobody'),
      post(`department:${newId()}`),
    ])
      expect(await hand(to)).toMatchObject({
        status: 422,
        body: { code: 'task.owner-unknown', fields: [{ path: 'owner.id' }] },
      })
    expect((await hand(post('desk'), 'head')).status).toBe(404)
    expect((await hand(post('desk'), 'outside')).status).toBe(404)
    expect(
      (await app().call(tasks.takeOver, { params: { id }, body: { from: person('host') } }, as('key')))
        .status,
    ).toBe(422)
    expect(
      (await app().call(tasks.settle, { params: { id }, body: { outcome: 'x' } }, as('wang'))).body,
    ).toMatchObject({ code: 'task.not-yours' })
    expect(
      (
        await app().call(
          tasks.handOn,
          { params: { id }, body: { from: post('desk'), to: post('gate') } },
          as('host'),
        )
      ).body,
    ).toMatchObject({ code: 'task.owner-changed' })
  })

  test('whom to hand it to: posts first, then whoever is found', async () => {
    const { body } = await app().call(tasks.owners, { query: {} }, as('wang'))
    expect(body.items.map((one) => one.id)).toEqual([
      'desk',
      'gate',
      'duty_manager',
      'office_admin',
      'agent',
      'technician',
    ])
    expect((await app().call(tasks.owners, { query: { q: 'li' } }, as('wang'))).body.items).toMatchObject([
      { name: 'li', detail: '前台' },
    ])
  })
})

describe('G2 G4 settle, take up again, postpone', () => {
  test('settled with its outcome in words, once; taken up again within ten minutes', async () => {
    const id = await openTask({ remindAt: later(20) })
    const settle = (outcome: string) =>
      app().call(tasks.settle, { params: { id }, body: { outcome } }, as('wang'))
    expect(await settle('  ')).toMatchObject({ status: 400, body: { fields: [{ path: 'outcome' }] } })
    expect((await settle('已回电')).body).toMatchObject({
      status: 'done',
      outcome: '已回电',
      settledBy: 'receptionist',
      can: { settle: false, reopen: true },
    })
    expect(await settle('又一次')).toMatchObject({ status: 409, body: { code: 'transition.refused' } })
    app().clock.advance(9)
    const again = await app().call(tasks.reopen, { params: { id } }, as('wang'))
    expect(again.body).toMatchObject({ status: 'open', outcome: null, settledAt: null })
    app().clock.set(later(25))
    expect(await dispatchAll(app().kernel)).toBe(1)
    await settle('已回电')
    app().clock.advance(11)
    expect(await app().call(tasks.reopen, { params: { id } }, as('wang'))).toMatchObject({
      status: 409,
      body: { code: 'task.reopen-late' },
    })
    expect((await entries(id)).map((entry) => entry.action)).toEqual([
      'task.settled',
      'task.reopened',
      'task.reminded',
      'task.settled',
    ])
  })

  test('what its subject settles nobody ticks off', async () => {
    const id = await openTask({ kind: 'demo.signature' })
    expect((await listed('wang'))[0]?.can).toEqual({
      settle: false,
      takeOver: true,
      handOn: true,
      postpone: false,
      reopen: false,
    })
    expect(
      (await app().call(tasks.settle, { params: { id }, body: { outcome: 'x' } }, as('wang'))).body,
    ).toMatchObject({ code: 'task.settled-by-subject' })
    expect(
      (
        await app().call(
          tasks.postpone,
          { params: { id }, body: { dueAt: later(90).toISOString(), reason: 'x' } },
          as('wang'),
        )
      ).body,
    ).toMatchObject({ code: 'task.settled-by-subject' })
  })

  test('postponed with the reason: reminder and ladder count from the new time', async () => {
    const id = await openTask({
      remindAt: later(20),
      ladder: [{ afterMinutes: 5, owner: post('duty_manager') }],
    })
    app().clock.set(later(36))
    await dispatchAll(app().kernel)
    const postpone = (minutes: number, who: Who) =>
      app().call(
        tasks.postpone,
        { params: { id }, body: { dueAt: later(minutes).toISOString(), reason: '客户在路上' } },
        as(who),
      )
    expect((await postpone(90, 'wang')).body).toMatchObject({ code: 'task.not-yours' })
    expect(await postpone(36, 'manager')).toMatchObject({
      status: 422,
      body: { code: 'task.due-past', fields: [{ path: 'dueAt' }] },
    })
    expect((await postpone(90, 'manager')).body).toMatchObject({
      dueAt: later(90).toISOString(),
      remindAt: later(80).toISOString(),
      escalations: 0,
      note: { text: '客户在路上' },
    })
    const fired: string[] = []
    for (const minute of [79, 80, 89, 90, 95]) {
      app().clock.set(later(minute))
      if ((await dispatchAll(app().kernel)) > 0) fired.push(`${minute} ${(await entries(id)).at(-1)?.action}`)
    }
    expect(fired).toEqual(['80 task.reminded', '90 task.overdue', '95 task.escalated'])
  })

  test('a free promise: reminded before, escalated to the duty manager after', async () => {
    const body = { id: newId(), title: '给南方科技回电', note: '138 号合同', dueAt: later(60).toISOString() }
    const made = await app().call(tasks.open, { body }, { ...as('host'), 'idempotency-key': 'promise-1' })
    expect(made.body).toMatchObject({
      id: body.id,
      kind: 'task.free',
      facts: { title: body.title, note: body.note },
      owner: { name: 'host' },
      mine: true,
      remindAt: later(50).toISOString(),
    })
    const again = await app().call(tasks.open, { body }, { ...as('host'), 'idempotency-key': 'promise-1' })
    expect(again.body).toEqual(made.body)
    expect(await app().call(tasks.open, { body }, as('host'))).toMatchObject({
      status: 409,
      body: { code: 'entity.exists' },
    })
    expect((await app().call(tasks.read, { params: { id: body.id } }, as('host'))).body).toEqual(made.body)
    expect(
      await app().call(tasks.open, { body: { title: 'x', dueAt: later(-1).toISOString() } }, as('host')),
    ).toMatchObject({ status: 422, body: { code: 'task.due-past' } })
    expect(
      await app().call(
        tasks.open,
        { body: { title: 'x', dueAt: later(9).toISOString(), owner: post('nobody') } },
        as('host'),
      ),
    ).toMatchObject({ status: 422 })
    expect(
      (
        await app().call(
          tasks.open,
          { body: { title: '给他人', dueAt: later(9).toISOString(), owner: person('li') } },
          as('host'),
        )
      ).body,
    ).toMatchObject({ mine: false, owner: { name: 'li' } })
    app().clock.set(later(121))
    await dispatchAll(app().kernel)
    expect((await listed('manager')).map((task) => task.facts.title)).toEqual(['给他人', body.title])
  })
})
