/** Return visits on real PostgreSQL: the script, and the satisfaction record they end in (C14, G4). */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestApp, testActor, testApp, testNow } from '../../../apps/server/testing.ts'
import type { Actor } from '../../../kernel/actor.ts'
import { raw } from '../../../kernel/db/sql.ts'
import { newId } from '../../../kernel/ids.ts'
import { type CallsHouse, callsHouse, deskActor } from '../testing.ts'
import { type CallbackCard, callbacks } from './contract.ts'
import { keep } from './keep.ts'
import { get } from './reading.ts'
import { promise, undo } from './service.ts'

let app: TestApp
let house: CallsHouse
let desk: Actor
let owner: Actor
const site = newId()
const query = undefined

beforeAll(async () => {
  app = await testApp()
  house = await callsHouse(app, site)
  desk = deskActor(site, house.deskId, '前台小周')
  owner = { ...testActor(site, ['host'], house.ownerId), name: '李明' }
})
afterAll(() => app.close())

const on = (actor: Actor) => app.ctx(actor, site)
const at = (id: string) => ({ params: { id }, query, body: {} })

const visit = (): Promise<CallbackCard> =>
  promise(on(desk), {
    params: undefined,
    query,
    body: callbacks.promise.body.parse({
      owner: { kind: 'person', id: house.ownerId },
      kind: 'return-visit',
      minutes: 30,
      callerName: '王芳',
      phone: '13912345678',
    }),
  })
const kept = async (one: CallbackCard, more: Record<string, unknown> = {}) =>
  callbacks.keep.response.parse(
    await keep(on(owner), { params: { id: one.id }, query, body: callbacks.keep.body.parse(more) }),
  )
const openTasks = (id: string) =>
  app.kernel.sql.all<{ kind: string; owner: string }>(
    raw("select kind, owner_id as owner from task where subject_id = $1 and status = 'open' order by kind", [
      id,
    ]),
  )

describe('C14 return visits', () => {
  test('the script is shown, the satisfaction is owed, the answers are kept with the words that were asked', async () => {
    const one = await visit()
    const read = callbacks.get.response.parse(
      await get(on(owner), { params: { id: one.id }, query, body: undefined }),
    )
    expect(read.questions.map((question) => question.key)).toEqual(['solved', 'manner', 'wish'])
    expect(read.words.map((line) => line.key)).toContain('return-visit-opening')
    await expect(kept(one)).rejects.toMatchObject({ code: 'callback.satisfaction-missing' })
    for (const answers of [
      [{ key: 'solved', answer: 'maybe' }],
      [{ key: 'manner', answer: '9' }],
      [{ key: 'weather', answer: '好' }],
    ])
      await expect(kept(one, { satisfaction: 4, answers })).rejects.toMatchObject({ code: 'input.invalid' })
    const answers = [
      { key: 'wish', answer: '快一点' },
      { key: 'solved', answer: 'yes' },
    ]
    const after = await kept(one, { satisfaction: 4, answers })
    expect(after.satisfaction).toBe(4)
    expect(after.answers).toEqual([
      { key: 'solved', question: read.questions[0]?.text, answer: 'yes' },
      { key: 'wish', question: read.questions[2]?.text, answer: '快一点' },
    ])
    expect(await openTasks(one.id)).toEqual([])
    const stored = await get(on(owner), { params: { id: one.id }, query, body: undefined })
    expect(stored.answers).toEqual(after.answers)
  })

  test('dissatisfied: the duty manager sees to it; taken back with the record', async () => {
    const one = await visit()
    await kept(one, { satisfaction: 2 })
    expect(await openTasks(one.id)).toMatchObject([{ kind: 'callback.dissatisfied', owner: 'duty_manager' }])
    await undo(on(owner), at(one.id))
    expect(await openTasks(one.id)).toMatchObject([{ kind: 'callback.due' }])
  })

  test('the database refuses a return visit without satisfaction', async () => {
    const one = await visit()
    await expect(
      app.kernel.sql.run(
        raw("update callback set status = 'kept', ended_at = $2 where id = $1", [one.id, testNow]),
      ),
    ).rejects.toThrow('callback_return_visit_has_satisfaction')
  })
})
