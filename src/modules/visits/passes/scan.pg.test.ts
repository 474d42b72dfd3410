/** V13: valid, expired, void, foreign and forged are told apart at gate and door, and on record with the right reason. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type TestApp, testActor, testApp, testNow } from '../../../apps/server/testing.ts'
import type { Actor } from '../../../kernel/actor.ts'
import { raw } from '../../../kernel/db/sql.ts'
import { newId } from '../../../kernel/ids.ts'
import { announce } from '../arrival/announce.ts'
import { checkIn } from '../arrival/check-in.ts'
import { visits } from '../contract.ts'
import { access } from '../devices/contract.ts'
import { verify } from '../devices/scans.ts'
import * as doors from '../devices/service.ts'
import { create } from '../groups/announce.ts'
import { groups } from '../groups/contract.ts'
import { checkIn as checkInGroup } from '../groups/service.ts'
import { invitationSigner, signedCode } from '../invitations/code.ts'
import { permits } from '../permits/contract.ts'
import * as permit from '../permits/service.ts'
import { use } from '../permits/use.ts'
import { cancel, release } from '../stay/exit.ts'
import { houseFor, signedElsewhere } from '../testing.ts'
import { passSigner } from './code.ts'
import { scan, scanByHand } from './scan.ts'
import { keys, paper } from './service.ts'

let app: TestApp
const site = newId()
let desk: Actor
let office: Actor
let hostId: string
let controller: Actor

beforeAll(async () => {
  app = await testApp()
  const people = await houseFor(app, site)
  hostId = people.hostId
  desk = testActor(site, ['receptionist'], people.deskId)
  office = testActor(site, ['office_admin'])
  controller = { ...testActor(site, ['guard'], null), kind: 'apikey' }
  for (const [externalId, area] of [
    ['north', ''],
    ['lab', '实验室'],
  ] as const)
    await doors.create(on(office), {
      ...none,
      body: { name: externalId, area, direction: 'both', externalId, controller: 'C1' },
    })
})
afterAll(() => app.close())
beforeEach(() => app.clock.set(testNow))

const none = { params: undefined, query: undefined }
const on = (actor: Actor) => app.ctx(actor, site)
const to = (id: string) => ({ params: { id }, query: undefined })
const minutes = (n: number) => new Date(app.clock.now().getTime() + n * 60_000)

async function expected() {
  const body = visits.announce.body.parse({
    visitorName: '林一舟',
    organisation: '远图科技',
    purpose: '验收',
    kind: 'visitor',
    hostId,
    expectedAt: minutes(30).toISOString(),
    email: 'lin@example.com',
  })
  const visit = await announce(on(desk), { body })
  const { code } = await app.kernel.sql.one<{ code: string }>(
    raw('select code from invitation where visit_id = $1', [visit.id]),
  )
  return { visit, code, signed: await signedCode(app.kernel, site, code, new Date(visit.validUntil ?? 0)) }
}

const atGate = (code: string) => scanByHand(on(desk), { ...none, body: { code } })
const atDoor = (code: string, direction: 'in' | 'out' = 'in', doorExternalId = 'north') =>
  verify(on(controller), { ...none, body: access.verify.body.parse({ doorExternalId, code, direction }) })

const lastRefusal = () =>
  app.kernel.sql.one<{ verdict: string; token: string | null }>(
    raw(`select data->>'verdict' as verdict, data->>'token' as token from journal
         where action = 'pass.scan-refused' order by id desc limit 1`),
  )

async function refused(code: string, verdict: string, token: string | null) {
  expect(await atGate(code)).toMatchObject({ verdict, token: token ?? 'pass' })
  expect(await lastRefusal()).toEqual({ verdict, token })
}

describe('V13 an invitation at the gate', () => {
  test('in time it stands for its visit; past its end it is expired, not forged', async () => {
    const { visit, signed, code } = await expected()
    expect(await atGate(signed)).toMatchObject({
      verdict: 'valid',
      token: 'invitation',
      visit: { id: visit.id },
    })
    app.clock.set(new Date(new Date(visit.validUntil ?? 0).getTime() + 60_000))
    await refused(signed, 'expired', 'invitation')
    await refused(code, 'expired', 'invitation')
  })

  test('of a visit put off it goes on being good: the visit says until when', async () => {
    const { visit, code } = await expected()
    const old = await signedCode(app.kernel, site, code, minutes(-60))
    expect(await atGate(old)).toMatchObject({ verdict: 'valid', visit: { id: visit.id } })
  })

  test('of a visit called off it is void, also when nobody knows the code any more', async () => {
    const { visit, signed } = await expected()
    await cancel(on(desk), { ...to(visit.id), body: { reason: '' } })
    await refused(signed, 'void', 'invitation')
    await refused(await signedCode(app.kernel, site, 'ZZZZ9999', minutes(60)), 'void', 'invitation')
    await refused(await signedCode(app.kernel, site, 'ZZZZ9999', minutes(-60)), 'expired', 'invitation')
  })

  test('of another site, of another house, and forged', async () => {
    const { signed, code } = await expected()
    const content = { k: code, exp: minutes(60).getTime() / 1000 }
    await refused(
      await invitationSigner(app.kernel).sign({ ...content, s: newId() }),
      'other-site',
      'invitation',
    )
    await refused(await signedElsewhere({ ...content, s: newId() }), 'other-site', null)
    await refused(await signedElsewhere({ ...content, s: site }), 'forged', null)
    await refused(`${signed.slice(0, -6)}AAAAAA`, 'forged', null)
  })

  test('V11 it opens no door, and a door tells it from a forged one', async () => {
    const { visit, signed } = await expected()
    expect(await atDoor(signed)).toMatchObject({ opens: false, verdict: 'not-admitted' })
    app.clock.set(new Date(new Date(visit.validUntil ?? 0).getTime() + 60_000))
    expect(await atDoor(signed)).toMatchObject({ opens: false, verdict: 'expired' })
    expect(await atDoor(signed, 'out')).toMatchObject({ opens: false, verdict: 'not-admitted' })
  })

  test('a gate checks it by the public key alone', async () => {
    const { signed } = await expected()
    const kid = JSON.parse(Buffer.from(signed.split('.')[0] ?? '', 'base64url').toString()).kid
    const { keys: known } = await keys(on(desk))
    expect(known.find((key) => key.kid === kid)).toMatchObject({ purpose: 'invitation' })
    expect(known.some((key) => 'd' in key)).toBe(false)
  })
})

describe('V13 a pass', () => {
  const passOf = async (more: Record<string, unknown> = {}) => {
    const { visit } = await expected()
    await checkIn(on(desk), {
      ...to(visit.id),
      body: { issuePass: true, consent: { how: 'phone', byId: hostId } },
    })
    const { code } = await paper(on(desk), { ...to(visit.id), body: undefined })
    return { visit, code, ...more }
  }

  test('valid, expired, void, foreign, forged', async () => {
    const { visit, code } = await passOf()
    expect(await atGate(code)).toMatchObject({ verdict: 'valid', token: 'pass' })
    expect(await atDoor(code)).toMatchObject({ opens: true, verdict: 'valid' })
    await refused(`${code.slice(0, -6)}AAAAAA`, 'forged', null)
    const said = { v: visit.id, n: '', a: [], nbf: 0, exp: minutes(60).getTime() / 1000 }
    await refused(await passSigner(app.kernel).sign({ ...said, s: newId() }), 'other-site', null)
    expect(await atDoor(await signedElsewhere({ ...said, s: newId() }))).toMatchObject({
      verdict: 'other-site',
    })
    app.clock.set(minutes(24 * 60))
    await refused(code, 'expired', null)
    await app.kernel.sql.run(
      raw("update pass set status = 'void', visit_id = null, issued_at = null where visit_id = $1", [
        visit.id,
      ]),
    )
    await refused(code, 'void', null)
  })

  test('without a number it opens only the areas of its visit', async () => {
    const { visit } = await passOf()
    await app.kernel.sql.run(
      raw("update pass set status = 'in_stock', visit_id = null where visit_id = $1", [visit.id]),
    )
    await app.kernel.sql.run(
      raw("update visit set pass_number = null, areas = '[]' where id = $1", [visit.id]),
    )
    const { code } = await paper(on(desk), { ...to(visit.id), body: undefined })
    expect(await atDoor(code, 'in', 'lab')).toMatchObject({ opens: false, verdict: 'not-on-pass' })
    await app.kernel.sql.run(raw(`update visit set areas = '["实验室"]' where id = $1`, [visit.id]))
    expect(await atDoor(code, 'in', 'lab')).toMatchObject({ opens: true, verdict: 'valid' })
  })

  test('V22 of a group goes from hand to hand', async () => {
    const body = groups.create.body.parse({
      title: '参观团',
      kind: 'visitor',
      hostId,
      organiser: '第一中学',
      expectedAt: app.clock.now().toISOString(),
      passMode: 'group',
      members: [{ visitorName: '甲' }, { visitorName: '乙' }],
    })
    const made = await create(on(desk), { ...none, body })
    await checkInGroup(on(desk), { ...to(made.id), body: groups.checkIn.body.parse({}) })
    const held = () =>
      app.kernel.sql.one<{ id: string }>(
        raw('select v.id from pass p join visit v on v.id = p.visit_id where v.group_id = $1', [made.id]),
      )
    const first = await held()
    const { code } = await paper(on(desk), { ...to(first.id), body: undefined })
    expect(await atGate(code)).toMatchObject({ verdict: 'valid' })
    await release(on(desk), {
      ...to(first.id),
      body: { passReturned: false, slipReturned: false, hostConfirmed: { byName: '张工' } },
    })
    expect((await held()).id).not.toBe(first.id)
    expect(await atGate(code)).toMatchObject({ verdict: 'valid' })
    // Not inside any more, and no longer a member's: an old paper.
    const { code: other } = await passOf()
    expect((await atGate(other)).verdict).toBe('valid')
  })
})

describe('V13 V22 the card of a permit at a door', () => {
  test('stands for the visit its holder is on; else void, early, expired, not let in', async () => {
    const body = permits.create.body.parse({
      holderName: '陈师傅',
      kind: 'visitor',
      purpose: '电梯维保',
      hostId,
      validFrom: '2026-03-01',
      validTo: '2026-12-31',
    })
    const { id } = await permit.create(on(desk), { ...none, body })
    const code = await passSigner(app.kernel).sign({ s: site, p: id, n: 'P00001' })
    const verdict = async (given = code) => (await atDoor(given)).verdict
    expect(await verdict()).toBe('void')
    await permit.activate(on(desk), { ...to(id), body: { reason: '' } })
    expect(await verdict()).toBe('not-admitted')
    expect(await lastRefusal()).toEqual({ verdict: 'not-admitted', token: 'permit' })
    const { visit } = await use(on(desk), { ...none, body: permits.use.body.parse({ code }) })
    expect(await atDoor(code)).toMatchObject({ opens: true, verdict: 'valid', visitId: visit.id })
    app.clock.set(new Date('2027-01-01T10:00:00+08:00'))
    expect(await verdict()).toBe('expired')
    app.clock.set(new Date('2026-02-01T10:00:00+08:00'))
    expect(await verdict()).toBe('early')
    app.clock.set(testNow)
    expect(await verdict(await passSigner(app.kernel).sign({ s: newId(), p: id }))).toBe('other-site')
  })

  test('a number of a permit nobody has given is on record', async () => {
    await expect(
      use(on(desk), { ...none, body: permits.use.body.parse({ code: 'p99999' }) }),
    ).rejects.toMatchObject({
      code: 'permit.unknown',
    })
    const { data } = await app.kernel.sql.one<{ data: unknown }>(
      raw("select data from journal where action = 'permit.refused' order by id desc limit 1"),
    )
    expect(data).toMatchObject({ reason: 'unknown', number: 'P99999' })
  })
})

test('V13 a typed code of an invitation is nothing to a door', async () => {
  const { code } = await expected()
  expect((await scan(on(desk), { ...none, body: { code } })).verdict).toBe('unknown')
})
