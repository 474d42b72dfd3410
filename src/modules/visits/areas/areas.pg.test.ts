/** V9 areas and approvals, V13 escort, V11 doors, on real PostgreSQL. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestApp, testActor, testApp } from '../../../apps/server/testing.ts'
import type { Actor } from '../../../kernel/actor.ts'
import { raw } from '../../../kernel/db/sql.ts'
import { newId } from '../../../kernel/ids.ts'
import { follow } from '../../../kernel/journal/followers.ts'
import { storeSetting } from '../../../kernel/settings/settings.ts'
import { command } from '../../../kernel/work/command.ts'
import { announce } from '../arrival/announce.ts'
import { register } from '../arrival/register.ts'
import { visits } from '../contract.ts'
import { scan } from '../passes/scan.ts'
import { paper } from '../passes/service.ts'
import { get } from '../reading.ts'
import * as privacy from '../retention/service.ts'
import { release } from '../stay/exit.ts'
import { edit, meet } from '../stay/inside.ts'
import { houseFor } from '../testing.ts'
import { areas } from './contract.ts'
import { nameEscort } from './escort.ts'
import { areaQuestions, endAgreements } from './follower.ts'
import { approvalStatuses, approvalTransitions } from './rules.ts'
import * as service from './service.ts'
import { escortSetting } from './settings.ts'
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
  await app.settled()
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

async function visitor(names: readonly string[], visitorName = '吴迪') {
  const visit = await register(on(desk), {
    body: visits.register.body.parse({
      visitorName,
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

test('V9 chosen when announced, added and taken away later: the course begins and ends with it', async () => {
  const before = (await tasks('area.approval')).length
  const announced = await announce(on(host), {
    body: visits.announce.body.parse({
      visitorName: '沈若楠',
      organisation: '联达设备',
      purpose: '检修',
      kind: 'visitor',
      hostId,
      expectedAt: new Date(app.clock.now().getTime() + 3_600_000).toISOString(),
      areaIds: [workshop],
    }),
  })
  expect(announced.areas).toContain('生产车间')
  await settle()
  const asked = async () => (await where(announced.id)).items.map((one) => one.approval?.status ?? 'free')
  expect(await asked()).toEqual(['asked'])
  const change = async (body: Record<string, unknown>) => {
    const { version } = await look(announced.id)
    const after = await edit(on(desk), {
      ...at(announced.id),
      body: { version, ...body },
    } as Parameters<typeof edit>[1])
    await settle()
    return after.areas
  }
  expect(await change({ areaIds: [lobby], areas: ['三号帐篷'] })).toEqual(['三号帐篷', '一楼'])
  expect(await tasks('area.approval')).toHaveLength(before)
  // Plain places stay when only the tree's areas are chosen anew; a yes is gone with its area.
  expect(await change({ areaIds: [workshop] })).toEqual(['三号帐篷', '生产车间'])
  await yes(head, (await where(announced.id)).items[1]?.approval?.id ?? '')
  expect(await change({ areaIds: [] })).toEqual(['三号帐篷'])
  expect(await change({ areaIds: [workshop] })).toEqual(['三号帐篷', '生产车间'])
  expect(await asked()).toEqual(['free', 'asked'])
  await expect(change({ areaIds: [newId()] })).rejects.toMatchObject({
    code: 'area.unknown',
    fields: [{ path: 'areaIds.0', code: 'unknown' }],
  })
  await change({ areaIds: [] })
})

test('V9 a new name does not end a restriction: visits still going on follow it', async () => {
  const visit = await visitor(['实验室'])
  const { items } = await tree.list(on(desk), { query: {} } as Parameters<typeof tree.list>[1])
  const lab = items.find(({ name }) => name.zh === '实验室')
  const renamed = await tree.edit(on(desk), {
    params: { id: lab?.id ?? '' },
    body: { version: lab?.version ?? 0, name: { zh: '检测实验室', en: 'Test lab' } },
  })
  expect(renamed.name.zh).toBe('检测实验室')
  expect((await look(visit.id)).areas).toEqual(['检测实验室'])
  expect((await look(visit.id)).outstanding).toContain('approval')
})

test('V9 a post answers, a deputy answers for an absent colleague; an unknown post answers nothing', async () => {
  const post = await tree.add(
    on(desk),
    fields({ name: { zh: '配电房', en: '' }, restricted: true, responsible: { kind: 'post', id: 'gate' } }),
  )
  await expect(
    tree.add(on(desk), fields({ name: { zh: '天台', en: '' }, responsible: { kind: 'post', id: 'nobody' } })),
  ).rejects.toMatchObject({ code: 'area.responsible-unknown' })
  const visit = await visitor(['配电房'])
  const question = (await where(visit.id)).items.find((one) => one.areaId === post.id)?.approval
  expect(question).toMatchObject({ askedId: 'gate', askedName: '' })
  const guard = testActor(site, ['guard'], newId())
  expect((await yes(guard, question?.id ?? '')).status).toBe('approved')

  const own = await tree.add(
    on(desk),
    fields({ name: { zh: '档案室', en: '' }, restricted: true, responsible: { kind: 'person', id: hostId } }),
  )
  const second = await visitor(['档案室'])
  const asked = (await where(second.id)).items.find((one) => one.areaId === own.id)?.approval
  // Head of the host's department: stands in for them.
  expect((await service.mine(on(head))).asked.map(({ id }) => id)).toContain(asked?.id)
  expect((await yes(head, asked?.id ?? '')).status).toBe('approved')
})

test('V13 at the exit the escort is asked for; a house may hold the release until they stand there', async () => {
  const leave = async (escortPresent?: boolean) => {
    const visit = await visitor(['生产车间'])
    const id = (await where(visit.id)).items[0]?.approval?.id ?? ''
    await yes(head, id)
    await nameEscort(on(desk), { params: { id: visit.id }, body: { escortId: deskId } })
    return release(on(desk), {
      params: { id: visit.id },
      query: undefined,
      body: {
        ...{ passReturned: true, slipReturned: true, hostConfirmed: { byName: '被访人' } },
        ...(escortPresent === undefined ? {} : { escortPresent }),
      },
    })
  }
  expect((await leave(false)).status).toBe('left')
  const last = await app.kernel.sql.all<{ present: string }>(
    raw(
      "select data->>'escortPresent' as present from journal where action = 'visit.released' order by id desc limit 1",
    ),
  )
  expect(last).toEqual([{ present: 'false' }])
  await command(on(desk), async (work) => {
    await storeSetting(work, escortSetting, { atExit: 'refuse' }, 0, 'test')
  })
  app.kernel.settings.forget(site)
  await expect(leave(false)).rejects.toMatchObject({ code: 'visit.escort-missing' })
  await expect(leave()).rejects.toMatchObject({ code: 'visit.escort-missing' })
  expect((await leave(true)).status).toBe('left')
})

test('G5 what a head wrote about a visitor is erased with the visitor', async () => {
  const visit = await visitor(['生产车间'], '鲁达海')
  const id = (await where(visit.id)).items[0]?.approval?.id ?? ''
  await service.decide(on(head), { params: { id }, body: { answer: 'decline', note: '鲁达海上次擅自拍照' } })
  const confirmed = { passReturned: true, slipReturned: true, hostConfirmed: { byName: '被访人' } }
  await release(on(desk), {
    params: { id: visit.id },
    query: undefined,
    body: { ...confirmed, escortPresent: true },
  })
  const office = testActor(site, ['office_admin'], newId())
  await privacy.erase(on(office), {
    params: { id: visit.visitorId },
    query: undefined,
    body: { reason: '本人申请', name: '鲁达海' },
  })
  const notes = await app.kernel.sql.all<{ note: string }>(
    raw('select note from area_approval where visit_id = $1', [visit.id]),
  )
  // A refusal keeps that it had a reason.
  expect(notes).toEqual([{ note: '***' }])
  const told = await app.kernel.sql.one<{ n: number }>(
    raw("select count(*)::int as n from journal where entity_id = $1 and data::text like '%拍照%'", [
      visit.id,
    ]),
  )
  expect(told.n).toBe(0)
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
