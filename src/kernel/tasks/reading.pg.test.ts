import { describe, expect, test } from 'vitest'
import { tasks } from './contract.ts'
import { as, department, later, person, post, taskHouse } from './testing.ts'

const { app, openTask, listed } = taskHouse()

describe('G1 G2 the to-do list', () => {
  test('shows my own and those of the posts I staff, by due time; nobody else’s', async () => {
    const gate = await openTask({ owner: post('gate'), dueAt: later(1) })
    const desk = await openTask({ dueAt: later(20) })
    const mine = await openTask({ owner: person('wang'), dueAt: later(10) })
    const lis = await openTask({ owner: person('li'), dueAt: later(5) })
    const sales = await openTask({ owner: post(`department:${department}`), dueAt: later(3) })
    expect((await listed('wang')).map((task) => task.id)).toEqual([mine, desk])
    expect((await listed('li')).map((task) => task.id)).toEqual([lis, desk])
    expect((await listed('head')).map((task) => [task.id, task.owner.name])).toEqual([[sales, '销售部']])
    expect(await listed('host')).toEqual([])
    expect(await listed('key')).toHaveLength(1)
    expect(await listed('outside')).toEqual([])
    expect((await listed('wang', { whose: 'all' })).map((task) => task.id)).toEqual([
      gate,
      sales,
      lis,
      mine,
      desk,
    ])
    expect((await app().call(tasks.list, { query: { whose: 'all' } }, as('host'))).status).toBe(403)
  })

  test('an answer carries what the interface needs', async () => {
    const id = await openTask({ facts: { name: '王芳' }, remindAt: later(20) })
    const [task] = await listed('wang')
    expect(task).toMatchObject({
      ...{ id, kind: 'demo.call', facts: { name: '王芳' }, link: '/calls/c1', status: 'open', mine: true },
      ...{ owner: { kind: 'post', id: 'desk', name: null }, dueAt: later(30).toISOString(), note: null },
      can: { settle: true, takeOver: true, handOn: true, postpone: true, reopen: false },
    })
  })

  test('filters and pages without gaps or repeats, open and settled', async () => {
    const ids: string[] = []
    for (let n = 0; n < 25; n += 1)
      ids.push(
        await openTask({ dueAt: later(60 + Math.floor(n / 3)), subject: { entity: 'call', id: `c${n}` } }),
      )
    await openTask({ kind: 'demo.signature', dueAt: later(5), subject: { entity: 'visit', id: 'v' } })
    const walk = async (status: 'open' | 'settled') => {
      const seen: string[] = []
      let cursor: string | undefined
      do {
        const { body } = await app().call(
          tasks.list,
          { query: { kind: 'demo.call', status, limit: 7, ...(cursor === undefined ? {} : { cursor }) } },
          as('wang'),
        )
        seen.push(...body.items.map((task) => task.id))
        cursor = body.next ?? undefined
      } while (cursor !== undefined)
      return seen
    }
    expect(await walk('open')).toEqual(ids)
    expect((await listed('wang', { entity: 'visit', subject: 'v' })).map((task) => task.kind)).toEqual([
      'demo.signature',
    ])
    for (const id of ids.slice(0, 10))
      expect(
        (await app().call(tasks.settle, { params: { id }, body: { outcome: '已回电' } }, as('wang'))).status,
      ).toBe(200)
    expect((await walk('settled')).sort()).toEqual(ids.slice(0, 10).sort())
    for (const cursor of ['x', `${later(0).getTime()}`, `1.${'0'.repeat(36)}`])
      expect((await app().call(tasks.list, { query: { cursor } }, as('wang'))).status).toBe(400)
  })

  test('summary: open, overdue, due soon', async () => {
    for (const minutes of [-5, 0, 10, 15, 16]) await openTask({ dueAt: later(minutes) })
    await openTask({ dueAt: later(-5), owner: post('gate') })
    expect((await app().call(tasks.summary, { query: {} }, as('wang'))).body).toEqual({
      open: 5,
      overdue: 2,
      dueSoon: 2,
    })
    expect((await app().call(tasks.summary, { query: { whose: 'all' } }, as('wang'))).body).toEqual({
      open: 6,
      overdue: 3,
      dueSoon: 2,
    })
  })
})
