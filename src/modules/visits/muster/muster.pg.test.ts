/** V18 an evacuation on real PostgreSQL: frozen, marked by several devices at once, late, ended, reported. */
import { extractText } from 'unpdf'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestApp, testActor, testApp } from '../../../apps/server/testing.ts'
import type { Actor } from '../../../kernel/actor.ts'
import { raw } from '../../../kernel/db/sql.ts'
import { newId } from '../../../kernel/ids.ts'
import { follow } from '../../../kernel/journal/followers.ts'
import { systemCtx } from '../../../kernel/kernel.ts'
import { command } from '../../../kernel/work/command.ts'
import { createPerson } from '../../directory/public.ts'
import { register } from '../arrival/register.ts'
import { visits } from '../contract.ts'
import { sign } from '../staff-register/presence.ts'
import { release } from '../stay/exit.ts'
import { houseFor } from '../testing.ts'
import { musters } from './contract.ts'
import { musterArrivals } from './follower.ts'
import { exportReport, list, report } from './report.ts'
import * as service from './service.ts'

let app: TestApp
const site = newId()
let desk: Actor
let duty: Actor
let hostId: string
const staff = Array.from({ length: 240 }, () => newId())

const on = (actor: Actor, key?: string) => app.ctx(actor, site, key)
const input = <P, B>(params: P, body: B) => ({ params, query: undefined, body })
const people = async (id: string, after = 0) =>
  service.people(on(duty), { params: { id }, query: { after }, body: undefined })
const arrivals = async () => {
  await app.settled()
  while ((await follow(app.kernel, musterArrivals)) > 0);
}

async function guest(name: string, more: Record<string, unknown> = {}) {
  return register(on(desk), {
    body: visits.register.body.parse({
      visitorName: name,
      organisation: '华信科技',
      purpose: '交流',
      kind: 'visitor',
      hostId,
      consent: { how: 'phone', byId: hostId },
      issuePass: false,
      ...more,
    }),
  } as Parameters<typeof register>[1])
}

const startBody = (kind: 'alarm' | 'drill') =>
  ({ body: { kind, note: '' } }) as Parameters<typeof service.start>[1]

beforeAll(async () => {
  app = await testApp()
  const house = await houseFor(app, site)
  hostId = house.hostId
  desk = testActor(site, ['receptionist'], house.deskId)
  duty = testActor(site, ['duty_manager'], house.headId)
  await command(systemCtx(app.kernel, site, { ...duty, id: 'test' }), async (work) => {
    for (const [at, id] of staff.entries()) createPerson(work, { id, name: `员工${at}`, number: `E${at}` })
  })
  await app.kernel.sql.run(
    raw(
      `insert into staff_presence (site_id, employee_id, inside, zone, arrived_at, last_at, via)
       select $1, id, true, '二楼', $3, $3, 'door' from unnest($2::uuid[]) id`,
      [site, staff, app.clock.now()],
    ),
  )
})
afterAll(() => app.close())

test('V18 twenty who start at once start one; everybody inside is on its list', async () => {
  await guest('王芳', { partySize: 3, companions: ['李强'] })
  const answers = await Promise.allSettled(
    Array.from({ length: 20 }, () => service.start(on(desk), startBody('drill'))),
  )
  const started = answers.filter((one) => one.status === 'fulfilled')
  expect(started).toHaveLength(1)
  for (const one of answers)
    if (one.status === 'rejected') expect(one.reason).toMatchObject({ code: 'muster.already-running' })
  const { muster, rights } = await service.current(on(duty))
  expect(rights).toEqual({ start: true, mark: true, end: true, read: true })
  expect(muster).toMatchObject({ kind: 'drill', total: 243, safe: 0 })
  const { items } = await people(muster?.id ?? '')
  expect(
    items
      .filter((one) => one.kind === 'visitor')
      .map((one) => one.name)
      .sort(),
  ).toEqual(['李强', '王芳', '王芳 +2'])
  expect(items.find((one) => one.kind === 'staff')).toMatchObject({ zone: { zh: '二楼', en: '二楼' } })
})

test('V18 two devices mark everybody at once: merged, the first who saw somebody counts', async () => {
  const { muster } = await service.current(on(duty))
  const id = muster?.id ?? ''
  const { items } = await people(id)
  app.clock.advance(10)
  const now = app.clock.now().getTime()
  const tap = (device: number, at: number) =>
    items.map((person) => ({
      id: newId(),
      personId: person.id,
      safe: true,
      at: new Date(now - at).toISOString(),
      point: `点${device}`,
    }))
  const sent = [tap(1, 60_000), tap(2, 120_000)]
  const batches = sent.flatMap((marks, device) =>
    Array.from({ length: 12 }, (_, n) => ({ device, marks: marks.filter((_, i) => i % 12 === n) })),
  )
  await Promise.all(
    // Every batch twice, as after a lost answer.
    [...batches, ...batches].map(({ device, marks }) =>
      service.mark(on(device === 0 ? desk : duty), input({ id }, { marks })),
    ),
  )
  const after = await people(id)
  expect(after.muster).toMatchObject({ total: 243, safe: 243 })
  expect(after.items.every((one) => one.safe && one.point === '点2')).toBe(true)
  const [{ n }] = (await app.kernel.sql.all<{ n: number }>(
    raw('select count(*)::int as n from muster_mark'),
  )) as [{ n: number }]
  expect(n).toBe(486)
  // A device asks for what changed only.
  expect((await people(id, after.revision)).items).toEqual([])
})

test('V18 a mark made without a network comes late: an earlier "missing" does not undo a "safe"', async () => {
  const { muster } = await service.current(on(duty))
  const id = muster?.id ?? ''
  const [person] = (await people(id)).items
  const personId = person?.id ?? ''
  const now = app.clock.now().getTime()
  const say = (safe: boolean, ago: number) =>
    service.mark(
      on(desk),
      input(
        { id },
        { marks: [{ id: newId(), personId, safe, at: new Date(now - ago).toISOString(), point: '' }] },
      ),
    )
  expect((await say(false, 300_000)).items[0]).toMatchObject({ safe: true })
  expect((await say(false, 0)).items[0]).toMatchObject({ safe: false, markedAt: null })
  // Seen at the very moment at which another warden missed them.
  expect((await say(true, 0)).items[0]).toMatchObject({ safe: true })
  expect((await say(false, -1)).items[0]).toMatchObject({ safe: true })
})

test('V18 who arrives is added, who leaves through the gate is safe, a stranger is written down', async () => {
  const { muster } = await service.current(on(duty))
  const id = muster?.id ?? ''
  const late = await guest('赵晚')
  await sign(on(desk), { body: { employeeId: hostId, direction: 'in', zone: '', via: 'gate' } } as Parameters<
    typeof sign
  >[1])
  await arrivals()
  let rows = (await people(id)).items
  expect(rows.find((one) => one.name === '赵晚')).toMatchObject({ addedHow: 'arrived', safe: false })
  expect(rows.find((one) => one.name === '张工')).toMatchObject({ addedHow: 'arrived', safe: false })
  await release(on(desk), {
    params: { id: late.id },
    query: undefined,
    body: visits.release.body.parse({
      slipReturned: true,
      passReturned: true,
      hostConfirmed: { byName: '张工' },
    }),
  } as Parameters<typeof release>[1])
  await arrivals()
  await arrivals()
  rows = (await people(id)).items
  expect(rows.filter((one) => one.name === '赵晚')).toMatchObject([{ safe: true, markedByName: 'Foyer' }])
  const added = await service.add(
    on(desk),
    input(
      { id },
      { name: '不认识的工人', organisation: '', zone: '', point: '南门', at: app.clock.now().toISOString() },
    ),
  )
  expect(added.items).toMatchObject([{ kind: 'other', addedHow: 'found', safe: true, point: '南门' }])
})

test('V18 one says of oneself only; a host who is no warden neither starts nor ends', async () => {
  const { muster } = await service.current(on(duty))
  const id = muster?.id ?? ''
  const host = testActor(site, ['host'], hostId)
  const { me, rights } = await service.current(on(host))
  expect(rights).toEqual({ start: false, mark: false, end: false, read: false })
  expect(me).toMatchObject({ safe: false })
  const at = app.clock.now().toISOString()
  const mark = (personId: string) =>
    service.mark(on(host), input({ id }, { marks: [{ id: newId(), personId, safe: true, at, point: '' }] }))
  expect((await mark(me?.personId ?? '')).items).toMatchObject([{ safe: true, name: '张工' }])
  const other = (await people(id)).items.find((one) => one.name === '王芳')
  await expect(mark(other?.id ?? '')).rejects.toMatchObject({ code: 'muster.not-allowed' })
  await expect(service.end(on(host), input({ id }, { note: '' }))).rejects.toMatchObject({
    code: 'muster.not-allowed',
  })
  await expect(service.start(on(host), startBody('alarm'))).rejects.toMatchObject({
    code: 'muster.not-allowed',
  })
  await expect(
    service.people(on(host), { params: { id }, query: { after: 0 }, body: undefined }),
  ).rejects.toMatchObject({ code: 'muster.not-allowed' })
})

test('V18 the report: missing ones and what became of them, minutes, drills apart', async () => {
  const { muster } = await service.current(on(duty))
  const id = muster?.id ?? ''
  const lost = (await people(id)).items.find((one) => one.name === '员工7')
  const personId = lost?.id ?? ''
  await service.mark(
    on(desk),
    input(
      { id },
      {
        marks: [{ id: newId(), personId, safe: false, at: app.clock.now().toISOString(), point: '' }],
      },
    ),
  )
  const outcomeOf = () =>
    service.outcome(
      on(duty),
      input({ id, person: personId }, { outcome: 'found-safe' as const, note: '在三楼' }),
    )
  await expect(outcomeOf()).rejects.toMatchObject({ code: 'muster.still-running' })
  const ends = await Promise.allSettled(
    Array.from({ length: 5 }, () => service.end(on(duty), input({ id }, { note: '演练结束' }))),
  )
  expect(ends.filter((one) => one.status === 'fulfilled')).toHaveLength(1)
  await outcomeOf()
  const whole = await report(on(duty), { params: { id }, query: undefined, body: undefined })
  expect(whole).toMatchObject({ status: 'ended', total: 246, safe: 245, missingAtEnd: 1 })
  expect(whole.minutes).toMatchObject({ half: 8, most: 8, all: null })
  expect(whole.people.find((one) => one.id === personId)).toMatchObject({
    outcome: 'found-safe',
    outcomeNote: '在三楼',
  })
  // A warden's tablet that was in the basement: still merged, and the report says it came after the end.
  app.clock.advance(1)
  await service.mark(
    on(desk),
    input(
      { id },
      {
        marks: [{ id: newId(), personId, safe: true, at: app.clock.now().toISOString(), point: '' }],
      },
    ),
  )
  const late = await report(on(duty), { params: { id }, query: undefined, body: undefined })
  expect(late).toMatchObject({ safe: 246, missingAtEnd: 1 })
  const drills = (
    await list(on(duty), { params: undefined, query: { kind: 'drill', limit: 50 }, body: undefined })
  ).items
  const alarms = (
    await list(on(duty), { params: undefined, query: { kind: 'alarm', limit: 50 }, body: undefined })
  ).items
  expect([drills.length, alarms.length]).toEqual([1, 0])
  app.clock.advance(25 * 60)
  await expect(
    service.mark(
      on(desk),
      input(
        { id },
        {
          marks: [{ id: newId(), personId, safe: true, at: app.clock.now().toISOString(), point: '' }],
        },
      ),
    ),
  ).rejects.toMatchObject({ code: 'muster.over' })
  expect(musters.export.action).toBe('muster.read')
  const sent: Buffer[] = []
  const reply = { type: () => reply, header: () => reply, send: (content: Buffer) => sent.push(content) }
  await exportReport(on(duty), { params: { id }, query: { language: 'zh', form: 'pdf' }, body: undefined }, {
    reply,
  } as never)
  const { text } = await extractText(new Uint8Array(sent[0] ?? Buffer.alloc(0)))
  const words = text.join(' ').replace(/\s/g, '')
  expect(words).toContain('疏散演练报告')
  expect(words).toContain('平安找到')
})
