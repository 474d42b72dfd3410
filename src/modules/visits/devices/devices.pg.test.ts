/** V11 V18 G4: doors and controllers on real PostgreSQL. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestApp, testActor, testApp } from '../../../apps/server/testing.ts'
import type { Actor } from '../../../kernel/actor.ts'
import type { RouteAnswer } from '../../../kernel/contract.ts'
import { raw } from '../../../kernel/db/sql.ts'
import { newId } from '../../../kernel/ids.ts'
import { storeSetting } from '../../../kernel/settings/settings.ts'
import { command } from '../../../kernel/work/command.ts'
import { register } from '../arrival/register.ts'
import type { VisitCard } from '../card/contract.ts'
import { visits } from '../contract.ts'
import * as passes from '../passes/service.ts'
import { giveCard } from '../staff-register/presence.ts'
import { release, undo } from '../stay/exit.ts'
import { edit, issuePass, sign } from '../stay/inside.ts'
import { houseFor } from '../testing.ts'
import { type AccessPass, access } from './contract.ts'
import * as feed from './feed.ts'
import { applyEvent } from './rules.ts'
import { scans, verify } from './scans.ts'
import * as service from './service.ts'
import { accessSetting } from './settings.ts'

let app: TestApp
const site = newId()
let desk: Actor
let office: Actor
let controller: Actor
let hostId: string

const on = (actor: Actor, key?: string) => app.ctx(actor, site, key)
const none = { params: undefined, query: undefined }
const to = <B>(id: string, body: B) => ({ params: { id }, query: undefined, body })

beforeAll(async () => {
  app = await testApp()
  const house = await houseFor(app, site)
  hostId = house.hostId
  desk = testActor(site, ['receptionist'], house.deskId)
  office = testActor(site, ['office_admin'])
  controller = { ...testActor(site, ['guard'], null), kind: 'apikey' }
  const door = (externalId: string, direction: 'in' | 'out' | 'both', area = '') =>
    service.create(on(office), {
      ...none,
      body: { name: externalId, area, direction, externalId, controller: 'C1' },
    })
  await door('north', 'both')
  await door('exit', 'out')
  await door('lab', 'in', '实验室')
})
afterAll(() => app.close())

async function guest(): Promise<VisitCard> {
  const body = visits.register.body.parse({
    visitorName: '王芳',
    organisation: '华信科技',
    phone: '13912345678',
    purpose: '技术交流',
    kind: 'visitor',
    hostId,
    consent: { how: 'phone', byId: hostId },
    issuePass: true,
  })
  return register(on(desk), { ...none, body })
}

async function change(id: string, more: Record<string, unknown>) {
  const { version } = await app.kernel.sql.one<{ version: number }>(
    raw('select version from visit where id = $1', [id]),
  )
  await edit(on(desk), to(id, { version, ...more }))
}

const scanOf = (passNumber: string, more: Record<string, unknown> = {}) => ({
  id: newId(),
  at: app.clock.now().toISOString(),
  doorExternalId: 'north',
  passNumber,
  direction: 'in',
  result: 'granted',
  ...more,
})
const send = (list: Record<string, unknown>[]) => scans(on(controller), { ...none, body: { scans: list } })
const count = async (text: string, values: unknown[] = []) =>
  (await app.kernel.sql.one<{ n: number }>(raw(`select count(*)::int as n from ${text}`, values))).n
const openTasks = (visitId: string) =>
  count("task where subject_id = $1 and kind = 'visit.out-by-door' and status = 'open'", [visitId])

let stored = 0
async function autoRelease(yes: boolean) {
  const version = stored++
  await command(on(office), async (work) => {
    await storeSetting(work, accessSetting, { autoRelease: yes }, version, 'test')
  })
  app.kernel.settings.forget(site)
}

async function told(after = '0.0') {
  await app.settled()
  const items: RouteAnswer<typeof access.events>['items'] = []
  for (let next = after; ; ) {
    const page = await feed.events(on(controller), {
      ...none,
      body: undefined,
      query: { after: next, limit: 3 },
    })
    items.push(...page.items)
    next = page.next
    if (!page.more) return { items, next }
  }
}
const out = async () => feed.passes(on(controller), { ...none, body: undefined, query: {} })

test('V11 G4 issued, exchanged, longer, other areas, lost, found, back, undone: nothing is missed, each says who', async () => {
  const { next } = await told()
  const visit = await guest()
  const first = visit.passNumber ?? ''
  const second = (await issuePass(on(desk), to(visit.id, {}))).passNumber ?? ''
  const longer = new Date(app.clock.now().getTime() + 9 * 3_600_000).toISOString()
  await change(visit.id, { areas: ['三楼', '实验室'], validUntil: longer })
  await release(
    on(desk),
    to(visit.id, { passReturned: false, slipReturned: true, hostConfirmed: { byName: '张工' } }),
  )
  await undo(on(desk), to(visit.id, undefined))
  await release(
    on(desk),
    to(visit.id, { passReturned: true, slipReturned: true, hostConfirmed: { byName: '张工' } }),
  )
  const { items } = await told(next)
  const of = (number: string) => items.filter(({ pass }) => pass.number === number).map(({ type }) => type)
  expect(of(first)).toEqual(['pass.issued', 'pass.returned'])
  expect(of(second)).toEqual([
    'pass.issued',
    'pass.areas-changed',
    'pass.extended',
    'pass.voided',
    'pass.issued',
    'pass.returned',
  ])
  expect(items.find(({ type }) => type === 'pass.extended')?.pass).toMatchObject({
    visitId: visit.id,
    areas: ['三楼', '实验室'],
    validUntil: longer,
    active: true,
  })
  expect(JSON.stringify(items)).not.toContain('王芳')
  expect(await count("journal where entity = 'pass' and data ? 'facts' and actor_id = $1", [desk.id])).toBe(8)
})

test('V11 the list of what is out is what the events add up to, whatever order and however often they came', async () => {
  const visits = await Promise.all(Array.from({ length: 6 }, () => guest()))
  await Promise.all(
    visits.slice(0, 4).map(async (visit, n) => {
      await issuePass(on(desk), to(visit.id, {}))
      if (n % 2 === 0)
        await release(
          on(desk),
          to(visit.id, { passReturned: n === 0, slipReturned: true, hostConfirmed: { byName: '张工' } }),
        )
    }),
  )
  const { items } = await told()
  const orders = [items, [...items].reverse(), [...items, ...items].sort(() => Math.random() - 0.5)]
  const snapshot = await out()
  for (const order of orders) {
    const known = new Map<string, AccessPass>()
    for (const { pass } of order) applyEvent(known, pass)
    const active = [...known.values()].filter((pass) => pass.active)
    expect(active.sort((a, b) => (a.number < b.number ? -1 : 1))).toEqual(snapshot.items)
  }
  expect((await told(snapshot.cursor)).items).toEqual([])
  const same = await feed.passes(on(controller), {
    ...none,
    body: undefined,
    query: { version: snapshot.version },
  })
  expect(same).toMatchObject({ unchanged: true, items: [] })
})

test('V11 G4 one event is kept once: twenty at once, doubled in a batch, out of order, late; bad ones are named', async () => {
  const visit = await guest()
  const number = visit.passNumber ?? ''
  const scan = scanOf(number)
  const answers = await Promise.all(Array.from({ length: 20 }, () => send([scan, scan])))
  const kept = answers.flatMap(({ items }) => items).filter((item) => item.kept)
  expect(kept).toHaveLength(40)
  expect(kept.every((item) => item.kept && item.verdict === 'valid' && item.opens)).toBe(true)
  expect(kept.filter((item) => item.kept && !item.repeated)).toHaveLength(1)
  expect(await count("journal where action = 'pass.scanned' and data->>'scanId' = $1", [scan.id])).toBe(1)
  const ago = (days: number) => new Date(app.clock.now().getTime() - days * 86_400_000).toISOString()
  const { items } = await send([
    scanOf(number, { doorExternalId: 'nowhere' }),
    scanOf(number, { at: ago(8) }),
    scanOf('Z999', { at: ago(6) }),
    { id: 'x', at: 'yesterday' },
    scanOf(number, { direction: undefined }),
    scanOf(number, { doorExternalId: 'lab' }),
  ])
  expect(items).toMatchObject([
    { kept: false, faults: [{ path: 'doorExternalId', code: 'unknown' }] },
    { kept: false, faults: [{ path: 'at', code: 'too-old' }] },
    { kept: true, verdict: 'unknown', opens: false },
    { kept: false, id: 'x' },
    { kept: false, faults: [{ path: 'direction', code: 'required' }] },
    { kept: true, verdict: 'not-on-pass', opens: false },
  ])
  const [north] = (
    await service.list(on(office), { ...none, body: undefined, query: { archived: 'false' } })
  ).items.filter(({ externalId }) => externalId === 'north')
  expect(north?.lastSeenAt).toBe(app.clock.now().toISOString())
  const page = await service.events(on(office), {
    params: { id: north?.id ?? '' },
    body: undefined,
    query: { limit: 1 },
  })
  expect(page).toMatchObject({ items: [{ passNumber: number, verdict: 'valid' }] })
  expect(page.next).not.toBeNull()
})

test('V18 out by a door is one task of the gate; with the setting it is the release', async () => {
  const visit = await guest()
  const number = visit.passNumber ?? ''
  const leave = () => scanOf(number, { doorExternalId: 'exit', direction: 'out' })
  await send([leave(), leave()])
  await send([leave()])
  expect(await openTasks(visit.id)).toBe(1)
  await send([scanOf(number)])
  expect(await openTasks(visit.id)).toBe(0)
  await sign(on(testActor(site, ['host'], hostId)), to(visit.id, { note: '' }))
  await autoRelease(true)
  const last = leave()
  await Promise.all(Array.from({ length: 5 }, () => send([last])))
  expect(await count("visit where id = $1 and status = 'left'", [visit.id])).toBe(1)
  expect(await count("journal where entity_id = $1 and action = 'visit.released'", [visit.id])).toBe(1)
  await autoRelease(false)
  expect((await send([scanOf(number)])).items).toMatchObject([{ verdict: 'returned', opens: false }])
})

test('V18 a staff card moves the presence of staff, in the order of its times', async () => {
  await giveCard(on(desk), { ...none, body: { code: 'CARD-77', employeeId: hostId } })
  const at = (minutes: number) => new Date(app.clock.now().getTime() - minutes * 60_000).toISOString()
  const card = (minutes: number, direction: string) =>
    scanOf('', { passNumber: undefined, card: 'CARD-77', at: at(minutes), direction })
  expect((await send([card(5, 'in')])).items).toMatchObject([{ verdict: 'staff', opens: true }])
  await send([card(9, 'out')])
  expect(await count('staff_presence where employee_id = $1 and inside', [hostId])).toBe(1)
})

test('V11 one check for a controller that is connected; a door tried by hand; what may be done by whom', async () => {
  const visit = await guest()
  await change(visit.id, { areas: ['实验室'] })
  const ask = (body: Record<string, unknown>) =>
    verify(on(controller), { ...none, body: access.verify.body.parse(body) })
  const passNumber = visit.passNumber ?? ''
  expect(await ask({ doorExternalId: 'lab', passNumber })).toMatchObject({
    opens: true,
    verdict: 'valid',
    visitId: visit.id,
  })
  expect(await ask({ doorExternalId: 'lab', code: 'a.b.c' })).toMatchObject({
    opens: false,
    verdict: 'forged',
  })
  await expect(ask({ doorExternalId: 'nowhere', passNumber })).rejects.toMatchObject({
    code: 'input.invalid',
  })
  await passes.voidPass(on(desk), { ...none, params: { number: 'A060' }, body: { reason: '破损' } })
  expect(await ask({ doorExternalId: 'north', direction: 'in', passNumber: 'A060' })).toMatchObject({
    opens: false,
    verdict: 'void',
  })
  const list = await service.list(on(office), { ...none, body: undefined, query: { archived: 'false' } })
  const lab = list.items.find(({ externalId }) => externalId === 'lab')
  if (lab === undefined) throw new Error('no door')
  expect(await service.test(on(office), to(lab.id, { passNumber, direction: 'in' as const }))).toEqual({
    opens: true,
    verdict: 'valid',
  })
  const again = { name: '又一', area: '', direction: 'in' as const, externalId: 'lab', controller: '' }
  await expect(service.create(on(office), { ...none, body: again })).rejects.toMatchObject({
    code: 'door.external-taken',
  })
  await expect(service.archive(on(office), to(lab.id, { version: 9, archived: true }))).rejects.toMatchObject(
    {
      code: 'edit.stale',
    },
  )
  await service.archive(on(office), to(lab.id, { version: lab.version, archived: true }))
  await expect(ask({ doorExternalId: 'lab', passNumber })).rejects.toMatchObject({ code: 'input.invalid' })
  await service.create(on(office), { ...none, body: again })
  const { grants } = app.kernel.modules
  expect(
    ['door.manage', 'access.read', 'access.scan'].map((action) => grants.get(action)?.has('host')),
  ).toEqual([false, false, false])
})
