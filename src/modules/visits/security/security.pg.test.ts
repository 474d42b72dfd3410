import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestApp, testActor, testApp } from '../../../apps/server/testing.ts'
import type { Actor } from '../../../kernel/actor.ts'
import { raw } from '../../../kernel/db/sql.ts'
import { newId } from '../../../kernel/ids.ts'
import { dispatchAll } from '../../../kernel/tasks/dispatcher.ts'
import { houseFor } from '../testing.ts'
import * as reading from './reading.ts'
import { incidentStatuses, incidentTransitions } from './rules.ts'
import * as service from './service.ts'

let app: TestApp
const site = newId()
let desk: Actor
let guard: Actor
let other: Actor

beforeAll(async () => {
  app = await testApp()
  const people = await houseFor(app, site)
  desk = testActor(site, ['receptionist'], people.deskId)
  guard = testActor(site, ['guard'], newId())
  other = testActor(site, ['receptionist'], newId())
})
afterAll(() => app.close())

const on = (actor: Actor) => app.ctx(actor, site)
const at = (id: string) => ({ params: { id }, query: undefined, body: undefined })
const raise = () => service.raise(on(desk), { body: { place: '前台', surface: 'desk' } })
const tasksOf = async (id: string) =>
  app.kernel.sql.all<{ kind: string; owner_id: string }>(
    raw("select kind, owner_id from task where subject_id = $1 and status = 'open' order by kind", [id]),
  )

describe('V16 the security call', () => {
  test('one key, acknowledged, on the spot, written down, closed', async () => {
    const call = await raise()
    expect(call).toMatchObject({ status: 'open', place: '前台' })
    expect(await tasksOf(call.id)).toEqual([{ kind: 'incident.alarm', owner_id: 'gate' }])
    expect((await reading.live(on(guard))).items.map((one) => one.id)).toContain(call.id)
    const heard = await service.acknowledge(on(guard), at(call.id))
    expect(heard.acknowledged?.byName).toBe('guard')
    expect((await tasksOf(call.id)).map((one) => one.kind)).toEqual(['incident.report'])
    const there = await service.arrive(on(guard), at(call.id))
    await expect(service.close(on(guard), at(call.id))).rejects.toMatchObject({
      code: 'incident.report-missing',
      fields: [{ path: 'course' }, { path: 'measures' }],
    })
    const written = await service.edit(on(guard), {
      ...at(call.id),
      body: { version: there.version, course: '醉酒男子吵闹', measures: '劝离', policeCalled: true },
    })
    expect(written.policeCalled).toBe(true)
    const closed = await service.close(on(guard), at(call.id))
    expect(closed.status).toBe('closed')
    expect(await tasksOf(call.id)).toEqual([])
    const whole = await reading.get(on(guard), at(call.id))
    expect(whole.timeline.map((one) => one.action)).toEqual([
      'incident.raised',
      'incident.acknowledged',
      'incident.arrived',
      'incident.edited',
      'incident.closed',
    ])
  })

  test('nobody answers: the supervisor is told, once', async () => {
    const call = await raise()
    app.clock.advance(2)
    await dispatchAll(app.kernel)
    expect(await tasksOf(call.id)).toEqual([{ kind: 'incident.alarm', owner_id: 'duty_manager' }])
    const shown = await reading.get(on(guard), at(call.id))
    expect(shown.escalatedAt).not.toBeNull()
    expect(shown.timeline.filter((one) => one.action === 'incident.escalated')).toHaveLength(1)
  })

  test('twenty guards acknowledge at once: one does, nineteen hear that it is done', async () => {
    const call = await raise()
    const tries = await Promise.allSettled(
      Array.from({ length: 20 }, () => service.acknowledge(on(guard), at(call.id))),
    )
    expect(tries.filter((one) => one.status === 'fulfilled')).toHaveLength(1)
    const codes = tries.flatMap((one) => (one.status === 'rejected' ? [one.reason.code] : []))
    expect(new Set(codes)).toEqual(new Set(['transition.refused']))
  })

  test('a false alarm by whoever raised it, with its reason, and taken back', async () => {
    const call = await raise()
    await expect(
      service.falseAlarm(on(other), { ...at(call.id), body: { reason: '误按' } }),
    ).rejects.toMatchObject({ code: 'incident.not-yours' })
    const wrong = await service.falseAlarm(on(desk), { ...at(call.id), body: { reason: '误按' } })
    expect(wrong).toMatchObject({ status: 'false_alarm', falseReason: '误按' })
    expect(await tasksOf(call.id)).toEqual([])
    const again = await service.undo(on(desk), at(call.id))
    expect(again).toMatchObject({ status: 'open', falseReason: '' })
    expect((await tasksOf(call.id)).map((one) => one.kind)).toEqual(['incident.alarm'])
  })

  test('the trigger allows what the table allows, and nothing else', async () => {
    for (const from of incidentStatuses) {
      const allowed = new Set(Object.values(incidentTransitions[from]).flat())
      for (const to of incidentStatuses.filter((one) => one !== from)) {
        const id = newId()
        const put = `insert into incident (id, site_id, status, status_at, status_by, surface, raised_at, raised_by,
            raised_by_name, acknowledged_at, closed_at, course, measures, false_reason, updated_at)
          values ($1, $2, $3, now(), 'x', 'desk', now(), 'x', 'x', now(), case when $3 = 'closed' then now() end, 'c', 'm', 'r', now())`
        await app.kernel.sql.run(raw(put, [id, site, from]))
        const moved = app.kernel.sql.run(
          raw(
            "update incident set status = $2, closed_at = case when $2 = 'closed' then now() end where id = $1",
            [id, to],
          ),
        )
        if (allowed.has(to)) await expect(moved, `${from} → ${to}`).resolves.toBe(1)
        else await expect(moved, `${from} → ${to}`).rejects.toThrow(/incident cannot go/)
      }
    }
  })

  test('the list: filters, paging, another site sees nothing', async () => {
    const first = await reading.list(on(guard), {
      params: undefined,
      body: undefined,
      query: { limit: 2, status: 'live' },
    })
    expect(first.items.length).toBe(2)
    expect(first.next).not.toBeNull()
    const second = await reading.list(on(guard), {
      params: undefined,
      body: undefined,
      query: { limit: 2, status: 'live', cursor: first.next ?? '' },
    })
    expect(second.items.some((one) => first.items.some((early) => early.id === one.id))).toBe(false)
    const found = await reading.list(on(guard), {
      params: undefined,
      body: undefined,
      query: { limit: 50, q: '醉酒' },
    })
    expect(found.items).toHaveLength(1)
    const elsewhere = app.ctx(testActor(newId(), ['guard']), newId())
    await expect(reading.get(elsewhere, at(found.items[0]?.id ?? ''))).rejects.toMatchObject({
      code: 'entity.not-found',
    })
  })
})
