/** V9 areas and approvals, V13 escort, V11 doors, on real PostgreSQL. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestApp, testActor, testApp } from '../../../apps/server/testing.ts'
import type { Actor } from '../../../kernel/actor.ts'
import { raw } from '../../../kernel/db/sql.ts'
import { newId } from '../../../kernel/ids.ts'
import { follow } from '../../../kernel/journal/followers.ts'
import { register } from '../arrival/register.ts'
import { visits } from '../contract.ts'
import { scan } from '../passes/scan.ts'
import { paper } from '../passes/service.ts'
import { get } from '../reading.ts'
import { edit, meet } from '../stay/inside.ts'
import { houseFor } from '../testing.ts'
import { areas } from './contract.ts'
import { nameEscort } from './escort.ts'
import { areaQuestions, endAgreements } from './follower.ts'
import { approvalStatuses, approvalTransitions } from './rules.ts'
import * as service from './service.ts'
import * as tree from './tree.ts'

let app: TestApp
const site = newId()
let desk: Actor
let host: Actor
let head: Actor
let hostId: string
let deskId: string
let workshop: string
let lobby: string

const on = (actor: Actor) => app.ctx(actor, site)
const at = (id: string) => ({ params: { id }, query: undefined, body: undefined })
const fields = (more: Record<string, unknown>) => ({ body: areas.add.body.parse(more) })
const settle = async () => {
  while ((await follow(app.kernel, areaQuestions)) > 0);
}
const tasks = async (kind: string) =>
  (
    await app.kernel.sql.all<{ owner_id: string }>(
      raw("select owner_id from task where kind = $1 and status = 'open' order by owner_id", [kind]),
    )
  ).map(({ owner_id }) => owner_id)
const journalled = async (action: string) =>
  (
    await app.kernel.sql.one<{ n: number }>(
      raw('select count(*)::int as n from journal where action = $1', [action]),
    )
  ).n

async function visitor(names: readonly string[]) {
  const visit = await register(on(desk), {
    body: visits.register.body.parse({
      visitorName: '吴迪',
      organisation: '联达设备',
      phone: '13812345678',
      purpose: '检修',
      kind: 'visitor',
      hostId,
      consent: { how: 'phone', byId: hostId },
      issuePass: true,
    }),
  })
  await edit(on(desk), {
    ...at(visit.id),
    body: { version: visit.version, areas: [...names] },
  } as Parameters<typeof edit>[1])
  await settle()
  return visit
}

const look = (id: string) => get(on(desk), at(id) as Parameters<typeof get>[1])
const where = (id: string) => service.ofVisit(on(desk), at(id) as Parameters<typeof service.ofVisit>[1])
const through = (code: string, areaId?: string) =>
  scan(on(desk), {
    params: undefined,
    query: undefined,
    body: { code, ...(areaId === undefined ? {} : { areaId, door: '东门' }) },
  })
const yes = (actor: Actor, id: string, more = {}) =>
  service.decide(on(actor), { params: { id }, body: { answer: 'approve', note: '', ...more } })

beforeAll(async () => {
  app = await testApp()
  const people = await houseFor(app, site)
  ;({ hostId, deskId } = people)
  desk = testActor(site, ['receptionist'], deskId)
  host = testActor(site, ['host'], hostId)
  head = testActor(site, ['department_head'], people.headId)
  const [department] = await app.kernel.sql.all<{ id: string }>(
    raw('select id from department where site_id = $1', [site]),
  )
  lobby = (await tree.add(on(desk), fields({ name: { zh: '一楼', en: 'Ground floor' } }))).id
  workshop = (
    await tree.add(
      on(desk),
      fields({
        name: { zh: '生产车间', en: 'Workshop' },
        parentId: lobby,
        restricted: true,
        responsible: { kind: 'department', id: department?.id },
        way: { zh: '乘 2 号电梯', en: 'Lift 2' },
      }),
    )
  ).id
})
afterAll(() => app.close())

test('V9 V13 the head agrees before entry; the visitor is walked along; every door is on record', async () => {
  const visit = await visitor(['一楼', '生产车间'])
  expect((await look(visit.id)).outstanding).toEqual(expect.arrayContaining(['approval', 'escort']))
  await expect(meet(on(host), at(visit.id) as Parameters<typeof meet>[1])).rejects.toMatchObject({
    code: 'visit.requirements-missing',
  })
  const { items } = await where(visit.id)
  const question = items.find((one) => one.areaId === workshop)?.approval
  expect(question).toMatchObject({ status: 'asked', askedName: '技术部' })
  expect(await tasks('area.approval')).toHaveLength(1)
  expect((await service.mine(on(head))).asked.map(({ id }) => id)).toEqual([question?.id])
  expect((await service.mine(on(host))).asked).toEqual([])

  const code = (await paper(on(desk), at(visit.id) as Parameters<typeof paper>[1])).code
  expect((await through(code, workshop)).verdict).toBe('not-approved')
  await expect(yes(host, question?.id ?? '')).rejects.toMatchObject({ code: 'area.not-yours' })

  const tried = await Promise.allSettled(Array.from({ length: 20 }, () => yes(head, question?.id ?? '')))
  expect(tried.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  expect(await journalled('area.approved')).toBe(1)
  expect(await tasks('area.approval')).toEqual([])
  expect((await look(visit.id)).outstanding).toEqual(['escort'])

  await nameEscort(on(desk), { params: { id: visit.id }, body: { escortId: deskId } })
  expect(await tasks('visit.escort')).toEqual([deskId])
  await nameEscort(on(desk), { params: { id: visit.id }, body: { escortId: hostId } })
  expect(await tasks('visit.escort')).toEqual([hostId])
  expect((await look(visit.id)).outstanding).toEqual([])

  expect(await through(code, workshop)).toMatchObject({ verdict: 'valid', area: '生产车间' })
  expect((await where(visit.id)).seen?.area).toBe('生产车间')
  const lab = await tree.add(on(desk), fields({ name: { zh: '实验室', en: 'Lab' }, restricted: true }))
  expect((await through(code, lab.id)).verdict).toBe('not-on-pass')
  expect(await journalled('pass.scanned')).toBe(1)
  expect(await journalled('pass.scan-refused')).toBe(2)
  await expect(through(code, newId())).rejects.toMatchObject({ code: 'area.unknown' })
})

test('V9 declined: the area leaves the visit; undone: it is asked again', async () => {
  const visit = await visitor(['生产车间'])
  const id = (await where(visit.id)).items[0]?.approval?.id ?? ''
  await service.decide(on(head), { params: { id }, body: { answer: 'decline', note: '正在试产' } })
  const after = await where(visit.id)
  expect(after).toMatchObject({ items: [], escortDue: false })
  expect(after.declined.map(({ note }) => note)).toEqual(['正在试产'])
  expect((await look(visit.id)).outstanding).toEqual([])
  expect(await service.undo(on(head), { params: { id } })).toMatchObject({ status: 'asked' })
  expect((await look(visit.id)).outstanding).toContain('approval')
  await settle()
  expect(await tasks('area.approval')).toHaveLength(1)
  const withdrawn = await service.withdraw(on(host), { params: { id } })
  expect(withdrawn.status).toBe('withdrawn')
  expect(await tasks('area.approval')).toEqual([])
  expect(
    (await service.request(on(host), { params: { id: visit.id }, body: { areaId: workshop } })).items,
  ).toHaveLength(1)
  expect(await tasks('area.approval')).toHaveLength(1)
})

test('V9 agreed until an hour, and no longer', async () => {
  const visit = await visitor(['生产车间'])
  const id = (await where(visit.id)).items[0]?.approval?.id ?? ''
  const until = new Date(app.clock.now().getTime() + 60_000).toISOString()
  await yes(desk, id, { how: 'phone', until })
  app.clock.advance(2)
  await endAgreements(app.kernel)
  expect((await where(visit.id)).items[0]?.approval?.status).toBe('expired')
  expect((await look(visit.id)).outstanding).toContain('approval')
})

test('the database refuses what the table refuses', async () => {
  for (const from of approvalStatuses) {
    for (const to of approvalStatuses) {
      if (from === to) continue
      const allowed = Object.values(approvalTransitions[from]).some((list) => list?.includes(to))
      const { ok } = await app.kernel.sql.one<{ ok: boolean }>(
        raw(
          `select position(format('(%L, %L)', $1::text, $2::text) in prosrc) > 0 as ok from pg_proc
           where proname = 'area_approval_transition'`,
          [from, to],
        ),
      )
      expect([from, to, ok]).toEqual([from, to, allowed])
    }
  }
})
