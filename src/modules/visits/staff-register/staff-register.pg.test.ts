/** V20 staff out and in on real PostgreSQL; V18 staff on site. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestApp, testActor, testApp } from '../../../apps/server/testing.ts'
import type { Actor } from '../../../kernel/actor.ts'
import { raw } from '../../../kernel/db/sql.ts'
import { newId } from '../../../kernel/ids.ts'
import { dispatchAll } from '../../../kernel/tasks/dispatcher.ts'
import { houseFor } from '../testing.ts'
import { list } from './book.ts'
import { outings } from './contract.ts'
import * as presence from './presence.ts'
import { outingStatuses, outingTransitions } from './rules.ts'
import * as service from './service.ts'

let app: TestApp
const site = newId()
let gate: Actor
let worker: Actor
let head: Actor
let hostId: string
let headId: string

const on = (actor: Actor, key?: string) => app.ctx(actor, site, key)
const to = (id: string) => ({ params: { id }, query: undefined, body: undefined })
const ask = (more: Record<string, unknown> = {}) =>
  ({ body: outings.request.body.parse({ reason: 'private', ...more }) }) as Parameters<
    typeof service.request
  >[1]
const inMinutes = (n: number) => new Date(app.clock.now().getTime() + n * 60_000).toISOString()
const tasksOf = async (id: string) =>
  (
    await app.kernel.sql.all<{ kind: string; owner_id: string }>(
      raw("select kind, owner_id from task where subject_id = $1 and status = 'open'", [id]),
    )
  ).map((row) => `${row.kind} ${row.owner_id}`)

beforeAll(async () => {
  app = await testApp()
  const house = await houseFor(app, site)
  ;({ hostId, headId } = house)
  gate = testActor(site, ['guard'], house.deskId)
  worker = testActor(site, ['host'], hostId)
  head = testActor(site, ['department_head'], headId)
  await app.kernel.sql.run(raw("update employee set number = 'E100' where id = $1", [hostId]))
})
afterAll(() => app.close())

test('V20 asked on the phone, agreed by the head, out at the gate, back; twenty taps are one', async () => {
  const asked = await service.request(on(worker), ask({ returnBy: inMinutes(60) }))
  expect(asked).toMatchObject({
    status: 'requested',
    employeeName: '张工',
    department: '技术部',
    approval: true,
  })
  expect(await tasksOf(asked.id)).toEqual([`outing.approval ${headId}`])
  await expect(service.leave(on(gate), to(asked.id))).rejects.toMatchObject({ code: 'transition.refused' })
  const approve = (actor: Actor) =>
    service.decide(on(actor), { params: { id: asked.id }, query: undefined, body: { answer: 'approve' } })
  await expect(approve(worker)).rejects.toMatchObject({ code: 'outing.not-yours' })
  expect((await service.mine(on(head))).toDecide.map(({ id }) => id)).toEqual([asked.id])
  expect(await approve(head)).toMatchObject({ status: 'approved', decidedByName: 'department_head' })
  expect(await tasksOf(asked.id)).toEqual([])
  const taps = await Promise.allSettled(
    Array.from({ length: 20 }, () => service.leave(on(gate), to(asked.id))),
  )
  expect(taps.filter((one) => one.status === 'fulfilled')).toHaveLength(1)
  expect(await tasksOf(asked.id)).toEqual([`outing.late ${headId}`])
  const back = await service.comeBack(on(gate), to(asked.id))
  expect(back).toMatchObject({ status: 'back', late: false })
  expect(await tasksOf(asked.id)).toEqual([])
  const again = await service.undo(on(gate), to(asked.id))
  expect(again).toMatchObject({ status: 'out', backAt: null })
  expect(await tasksOf(asked.id)).toEqual([`outing.late ${headId}`])
  await service.comeBack(on(gate), to(asked.id))
})

test('V20 declined with a reason; undone by whoever declined', async () => {
  const asked = await service.request(on(worker), ask())
  const declined = await service.decide(on(head), {
    params: { id: asked.id },
    query: undefined,
    body: { answer: 'decline', reason: '下午有会' },
  })
  expect(declined).toMatchObject({ status: 'declined', declineReason: '下午有会' })
  expect(await service.undo(on(head), to(asked.id))).toMatchObject({ status: 'requested', declineReason: '' })
  expect(await tasksOf(asked.id)).toEqual([`outing.approval ${headId}`])
  expect(await service.cancel(on(worker), to(asked.id))).toMatchObject({ status: 'cancelled' })
  expect(await tasksOf(asked.id)).toEqual([])
})

test('V20 at the gate without a request: who agreed on the telephone; nobody is out twice', async () => {
  const now = (more: Record<string, unknown> = {}) =>
    service.leaveNow(on(gate), {
      body: outings.leaveNow.body.parse({ employeeId: hostId, reason: 'private', ...more }),
    } as Parameters<typeof service.leaveNow>[1])
  await expect(now()).rejects.toMatchObject({ code: 'outing.not-approved' })
  await expect(now({ approvedById: hostId })).rejects.toMatchObject({ code: 'outing.not-approved' })
  await expect(now({ reason: 'business', approvedById: headId })).rejects.toMatchObject({
    code: 'outing.destination-missing',
  })
  const all = await Promise.allSettled(
    Array.from({ length: 20 }, () => now({ approvedById: headId, returnBy: inMinutes(30) })),
  )
  const [out] = all.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
  expect(all.filter((one) => one.status === 'fulfilled')).toHaveLength(1)
  for (const one of all)
    if (one.status === 'rejected') expect(one.reason).toMatchObject({ code: 'outing.already-out' })
  expect(out).toMatchObject({ status: 'out', decidedByName: '孙总' })
  // Not back in time: the head is told, and the register shows it.
  app.clock.advance(41)
  await dispatchAll(app.kernel)
  const fired = await app.kernel.sql.all<{ action: string }>(
    raw(
      "select action from journal where action in ('task.overdue', 'task.escalated') and data::text like '%outing.late%'",
    ),
  )
  expect(fired.length).toBeGreaterThan(0)
  const late = await list(on(gate), {
    params: undefined,
    query: { status: 'late', order: 'newest', limit: 50 },
    body: undefined,
  })
  expect(late.items.map(({ id }) => id)).toContain(out?.id)
  expect(late.items[0]).toMatchObject({ late: true })
  await service.comeBack(on(gate), to(out?.id ?? ''))
})

test('V20 a meal needs no approval; undone at once, it never happened', async () => {
  const out = await service.leaveNow(on(gate), {
    body: outings.leaveNow.body.parse({ employeeId: hostId, reason: 'meal' }),
  } as Parameters<typeof service.leaveNow>[1])
  expect(await service.undo(on(gate), to(out.id))).toMatchObject({ status: 'cancelled', outAt: null })
})

test('V20 pages of the register hold every row once', async () => {
  const seen = new Set<string>()
  let cursor: string | undefined
  do {
    const page = await list(on(gate), {
      params: undefined,
      query: { order: 'oldest', limit: 2, ...(cursor === undefined ? {} : { cursor }) },
      body: undefined,
    })
    for (const { id } of page.items) {
      expect(seen.has(id)).toBe(false)
      seen.add(id)
    }
    cursor = page.next ?? undefined
  } while (cursor !== undefined)
  const { n } = await app.kernel.sql.one<{ n: number }>(raw('select count(*)::int as n from outing'))
  expect(seen.size).toBe(n)
})

test('V20 the trigger allows exactly what the table allows', async () => {
  const id = newId()
  for (const from of outingStatuses) {
    for (const target of outingStatuses) {
      if (from === target) continue
      await app.kernel.sql.run(raw('delete from outing where id = $1', [id]))
      await app.kernel.sql.run(
        raw(
          `insert into outing (id, site_id, status, status_at, status_by, employee_id, employee_name, reason, leave_at,
             approval, decline_reason, out_at, back_at, created_at, created_by, created_by_name, updated_at)
           values ($1, $2, $3, now(), 'x', $4, '某人', 'meal', now(), false, '否', now(), now(), now(), 'x', 'x', now())`,
          [id, newId(), from, newId()],
        ),
      )
      const moved = app.kernel.sql.run(raw('update outing set status = $2 where id = $1', [id, target]))
      const allowed = Object.values(outingTransitions[from]).some((targets) => targets.includes(target))
      if (allowed) await expect(moved, `${from} → ${target}`).resolves.toBe(1)
      else
        await expect(moved, `${from} → ${target}`).rejects.toMatchObject({ constraint: 'outing_transition' })
    }
  }
})

test('V18 staff sign in by tap, card and door; events late and twice change nothing', async () => {
  const at = (minute: number) =>
    new Date(app.clock.now().getTime() - 3_600_000 + minute * 60_000).toISOString()
  const report = (
    events: { number?: string; card?: string; direction: 'in' | 'out'; zone: string; at: string }[],
  ) => presence.report(on(gate), { body: { via: 'door', events } } as Parameters<typeof presence.report>[1])
  const event = { number: 'E100', direction: 'in' as const, zone: '一楼', at: at(1) }
  expect(await report([event, { ...event, number: 'E999' }])).toEqual({ applied: 1, old: 0, unknown: [1] })
  expect(await report([event, { ...event, direction: 'out', at: at(0) }])).toMatchObject({
    applied: 0,
    old: 2,
  })
  await expect(report([{ ...event, number: 'E999' }])).rejects.toMatchObject({
    code: 'presence.nobody-known',
  })
  const find = (q: string) => presence.find(on(gate), { params: undefined, query: { q }, body: undefined })
  expect((await find('zg')).items).toMatchObject([{ name: '张工', inside: true, zone: '一楼' }])
  expect(await find('E100')).toMatchObject({ byCard: true, items: [{ name: '张工' }] })
  await presence.giveCard(on(gate), { body: { code: '04A2B3C4', employeeId: hostId } } as Parameters<
    typeof presence.giveCard
  >[1])
  expect(await find('04A2B3C4')).toMatchObject({ byCard: true, items: [{ name: '张工' }] })
  expect(await presence.list(on(gate))).toMatchObject({ inside: 1, out: 0 })
  const left = await presence.sign(on(gate), {
    body: { employeeId: hostId, direction: 'out', zone: '', via: 'gate' },
  } as Parameters<typeof presence.sign>[1])
  expect(left).toMatchObject({ inside: false })
  expect(await presence.list(on(gate))).toMatchObject({ inside: 0 })
})
