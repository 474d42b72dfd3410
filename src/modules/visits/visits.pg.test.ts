import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestApp, testActor, testApp } from '../../apps/server/testing.ts'
import type { Actor } from '../../kernel/actor.ts'
import { raw } from '../../kernel/db/sql.ts'
import { newId } from '../../kernel/ids.ts'
import { dispatchAll } from '../../kernel/tasks/dispatcher.ts'
import { announce } from './arrival/announce.ts'
import { checkIn } from './arrival/check-in.ts'
import { register } from './arrival/register.ts'
import type { VisitCard } from './card/contract.ts'
import { visits } from './contract.ts'
import { closeDays } from './daily.ts'
import { scan as scanPass } from './passes/scan.ts'
import * as passes from './passes/service.ts'
import { board, get, known, reveal } from './reading.ts'
import { answer, redirect } from './stay/answers.ts'
import { release, undo } from './stay/exit.ts'
import { checkDocument, edit, issuePass, meet, sign } from './stay/inside.ts'
import { houseFor } from './testing.ts'

let app: TestApp
const site = newId()
let desk: Actor
let host: Actor
let hostId: string
let deputyId: string

beforeAll(async () => {
  app = await testApp()
  const people = await houseFor(app, site)
  hostId = people.hostId
  deputyId = people.deputyId
  desk = testActor(site, ['receptionist'], people.deskId)
  host = testActor(site, ['host'], hostId)
})
afterAll(() => app.close())

const on = (actor: Actor, key?: string) => app.ctx(actor, site, key)

function walkIn(more: Record<string, unknown> = {}) {
  return visits.register.body.parse({
    visitorName: '王芳',
    organisation: '华信科技',
    phone: '13912345678',
    purpose: '技术交流',
    kind: 'visitor',
    hostId,
    ...more,
  })
}

async function admitted(): Promise<VisitCard> {
  return register(on(desk), {
    body: walkIn({ consent: { how: 'phone', byId: hostId }, issuePass: true }),
  })
}

const count = async (text: string, values: unknown[]) =>
  (await app.kernel.sql.one<{ n: number }>(raw(`select count(*)::int as n from ${text}`, values))).n

const openTasks = async (id: string) =>
  (
    await app.kernel.sql.all<{ kind: string }>(
      raw("select kind from task where subject_id = $1 and status = 'open' order by kind", [id]),
    )
  ).map((row) => row.kind)

describe('V1 V5 V8 a stranger at the door', () => {
  test('V5 the host is asked, answers, and the guest is looked after', async () => {
    const visit = await register(on(desk), { body: walkIn() })
    expect(visit.status).toBe('asking')
    expect(visit.askedId).toBe(hostId)
    expect(await openTasks(visit.id)).toEqual(['visit.consent'])
    const after = await answer(on(host), {
      params: { id: visit.id },
      query: undefined,
      body: { answer: 'receive' },
    })
    expect(after.status).toBe('admitted')
    expect(await openTasks(visit.id)).toEqual(['visit.overstay', 'visit.waiting'])
  })

  test('V8 V11 no handover before the pass is handed out; sign-off and release close everything', async () => {
    const visit = await register(on(desk), { body: walkIn({ consent: { how: 'phone', byId: hostId } }) })
    const params = { id: visit.id }
    await expect(meet(on(desk), { params, query: undefined, body: undefined })).rejects.toMatchObject({
      code: 'visit.requirements-missing',
      data: { missing: ['pass'] },
    })
    const withPass = await issuePass(on(desk), { params, query: undefined, body: {} })
    expect(withPass.passNumber).toMatch(/^A\d{3}$/)
    expect((await meet(on(desk), { params, query: undefined, body: undefined })).status).toBe('with_host')
    expect((await sign(on(host), { params, query: undefined, body: { note: '' } })).status).toBe('signed_off')
    const out = await release(on(desk), {
      params,
      query: undefined,
      body: { passReturned: true, slipReturned: true },
    })
    expect(out.status).toBe('left')
    expect(await openTasks(visit.id)).toEqual([])
    expect(await count("pass where number = $1 and status = 'in_stock'", [withPass.passNumber])).toBe(1)
  })

  test('V1 what the category requires is named field by field', async () => {
    const bare = walkIn({ hostId: null, purpose: '' })
    await expect(register(on(desk), { body: bare })).rejects.toMatchObject({
      code: 'input.invalid',
      fields: [{ path: 'hostId' }, { path: 'purpose' }],
    })
  })

  test('V3 the returning visitor is found by initials, pinyin, phone tail and fragment', async () => {
    await admitted()
    for (const q of ['wf', 'wangf', '5678', '华信', '王']) {
      const { items } = await known(on(desk), { params: undefined, query: { q }, body: undefined })
      expect(
        items.map((one) => one.name),
        q,
      ).toContain('王芳')
      expect(items[0]?.phoneMasked).toBe('139****5678')
    }
  })

  test('V3 G5 a known person brings the phone along; another name or another site is another person', async () => {
    const first = await register(on(desk), { body: walkIn({ visitorName: '钱学森', phone: '13800138000' }) })
    const again = await register(on(desk), {
      body: walkIn({ visitorName: '钱学森', phone: '', visitorId: first.visitorId }),
    })
    expect([again.visitorId, again.phoneMasked]).toEqual([first.visitorId, first.phoneMasked])
    const other = await register(on(desk), {
      body: walkIn({ visitorName: '钱三强', phone: '', visitorId: first.visitorId }),
    })
    expect(other.visitorId).not.toBe(first.visitorId)
    expect(other.phoneMasked).toBe('')
    await expect(register(on(desk), { body: walkIn({ visitorId: newId() }) })).rejects.toMatchObject({
      code: 'input.invalid',
      fields: [{ path: 'visitorId' }],
    })
  })
})

describe('V5 the cascade', () => {
  test('nobody answers: deputy, then department, then the desk; each question has one open task', async () => {
    const visit = await register(on(desk), { body: walkIn({ visitorName: '陈刚' }) })
    const asked: string[] = []
    for (let hop = 0; hop < 6; hop++) {
      app.clock.advance(4)
      await dispatchAll(app.kernel)
      const now = await get(on(desk), { params: { id: visit.id }, query: undefined, body: undefined })
      asked.push(now.askedId ?? '')
      const kinds = await openTasks(visit.id)
      expect(kinds.length, `after hop ${hop}`).toBe(1)
      if (now.askedId === 'desk') break
    }
    expect(asked[0]).toBe(deputyId)
    expect(asked.at(-1)).toBe('desk')
    expect(await openTasks(visit.id)).toEqual(['visit.unanswered'])
  })

  test('a declined visitor: the reason is seen by the desk, not by a stranger to the visit', async () => {
    const visit = await register(on(desk), { body: walkIn({ visitorName: '刘洋' }) })
    const params = { id: visit.id }
    await answer(on(host), { params, query: undefined, body: { answer: 'decline', reason: '不想见' } })
    const seen = await get(on(desk), { params, query: undefined, body: undefined })
    expect(seen.status).toBe('declined')
    expect(seen.declineReason).toBe('不想见')
    const director = testActor(site, ['director'])
    expect((await get(on(director), { params, query: undefined, body: undefined })).declineReason).toBe('')
    const stranger = testActor(site, ['host'])
    await expect(get(on(stranger), { params, query: undefined, body: undefined })).rejects.toMatchObject({
      code: 'entity.not-found',
    })
  })

  test('only the asked one or the desk may answer', async () => {
    const visit = await register(on(desk), { body: walkIn({ visitorName: '赵一' }) })
    const other = testActor(site, ['host'])
    await expect(
      answer(on(other), { params: { id: visit.id }, query: undefined, body: { answer: 'receive' } }),
    ).rejects.toMatchObject({ code: 'entity.not-found' })
    const passedOn = await redirect(on(desk), { params: { id: visit.id }, query: undefined, body: {} })
    expect(passedOn.askedId).toBe(deputyId)
  })
})

describe('G4 twenty at once', () => {
  async function twenty(run: (n: number) => Promise<unknown>): Promise<{ won: number; codes: Set<unknown> }> {
    const settled = await Promise.allSettled(Array.from({ length: 20 }, (_, n) => run(n)))
    const codes = settled.flatMap((one) => (one.status === 'rejected' ? [one.reason?.code] : []))
    return { won: settled.filter((one) => one.status === 'fulfilled').length, codes: new Set(codes) }
  }

  test('V3 twenty check-ins of one visit: one succeeds, nineteen get a clear conflict', async () => {
    const body = visits.announce.body.parse({
      ...walkIn(),
      expectedAt: new Date(app.clock.now().getTime() + 3_600_000).toISOString(),
    })
    const visit = await announce(on(host), { body })
    const { won, codes } = await twenty(() =>
      checkIn(on(desk), { params: { id: visit.id }, query: undefined, body: { issuePass: true } }),
    )
    expect(won).toBe(1)
    expect([...codes]).toEqual(['transition.refused'])
    expect(await count("journal where entity_id = $1 and action = 'visit.checked-in'", [visit.id])).toBe(1)
    expect(await count("pass where visit_id = $1 and status = 'issued'", [visit.id])).toBe(1)
  })

  test('V11 twenty walk-ins take twenty different passes', async () => {
    const made = await Promise.all(Array.from({ length: 20 }, () => admitted()))
    expect(new Set(made.map((one) => one.passNumber)).size).toBe(20)
    await Promise.all(
      made.map((one) =>
        release(on(desk), {
          params: { id: one.id },
          query: undefined,
          body: { passReturned: true, slipReturned: true, hostConfirmed: { byName: '张工' } },
        }),
      ),
    )
  })

  test('V10 twenty releases: one late signature, one task', async () => {
    const visit = await admitted()
    const { won } = await twenty(() =>
      release(on(desk), {
        params: { id: visit.id },
        query: undefined,
        body: { passReturned: true, slipReturned: true, hostConfirmed: { byName: '张工' } },
      }),
    )
    expect(won).toBe(1)
    expect(await openTasks(visit.id)).toEqual(['visit.late-signature'])
  })
})

describe('V10 V11 the exit', () => {
  test('unsigned: the host must confirm; then the signature is owed and given later', async () => {
    const visit = await admitted()
    const params = { id: visit.id }
    const body = { passReturned: true, slipReturned: true }
    await expect(release(on(desk), { params, query: undefined, body })).rejects.toMatchObject({
      code: 'visit.host-must-confirm',
    })
    const out = await release(on(desk), {
      params,
      query: undefined,
      body: { ...body, hostConfirmed: { byName: '张工' } },
    })
    expect(out.lateSignature).toBe(true)
    const signed = await sign(on(host), { params, query: undefined, body: { note: '补签' } })
    expect(signed.lateSignature).toBe(false)
    expect(await openTasks(visit.id)).toEqual([])
    await expect(sign(on(host), { params, query: undefined, body: { note: '' } })).rejects.toMatchObject({
      code: 'transition.refused',
    })
  })

  test('a missing pass is a task and its number void until found', async () => {
    const visit = await admitted()
    await sign(on(host), { params: { id: visit.id }, query: undefined, body: { note: '' } })
    await release(on(desk), {
      params: { id: visit.id },
      query: undefined,
      body: { passReturned: false, slipReturned: true },
    })
    expect(await openTasks(visit.id)).toEqual(['visit.pass-missing'])
    const number = visit.passNumber ?? ''
    await expect(
      issuePass(on(desk), { params: { id: (await admitted()).id }, query: undefined, body: { number } }),
    ).rejects.toMatchObject({
      code: 'pass.not-free',
    })
    await passes.found(on(desk), { params: { number }, query: undefined, body: undefined })
    expect(await openTasks(visit.id)).toEqual([])
  })

  test('G4 undo takes the last step back with its promises; later or by another it is refused', async () => {
    const visit = await admitted()
    const params = { id: visit.id }
    await sign(on(host), { params, query: undefined, body: { note: '' } })
    await release(on(desk), { params, query: undefined, body: { passReturned: true, slipReturned: true } })
    await expect(undo(on(host), { params, query: undefined, body: undefined })).rejects.toMatchObject({
      code: 'visit.host-not-asked',
    })
    const back = await undo(on(desk), { params, query: undefined, body: undefined })
    expect(back.status).toBe('signed_off')
    expect(await count("pass where visit_id = $1 and status = 'issued'", [visit.id])).toBe(1)
    app.clock.advance(3)
    await expect(undo(on(desk), { params, query: undefined, body: undefined })).rejects.toMatchObject({
      code: 'visit.undo-too-late',
    })
  })
})

describe('G4 G5 the record', () => {
  test('an edit on an older version is refused, the original stays in the journal', async () => {
    const visit = await admitted()
    const params = { id: visit.id }
    await edit(on(desk), { params, query: undefined, body: { version: visit.version, purpose: '验收' } })
    await expect(
      edit(on(desk), { params, query: undefined, body: { version: visit.version, purpose: '别的' } }),
    ).rejects.toMatchObject({ code: 'edit.stale' })
    const entry = await app.kernel.sql.one<{ before: { purpose: string } }>(
      raw("select before from journal where entity_id = $1 and action = 'visit.edited'", [visit.id]),
    )
    expect(entry.before.purpose).toBe('技术交流')
  })

  test('the document number is sealed, masked, revealed with a trace', async () => {
    const visit = await admitted()
    const params = { id: visit.id }
    await expect(
      checkDocument(on(desk), {
        params,
        query: undefined,
        body: { kind: 'id-card', number: '440524188001010015' },
      }),
    ).rejects.toMatchObject({ code: 'visit.document-invalid', fields: [{ path: 'number' }] })
    await checkDocument(on(desk), {
      params,
      query: undefined,
      body: { kind: 'id-card', number: '440524188001010014' },
    })
    const seen = await get(on(desk), { params, query: undefined, body: undefined })
    expect(seen.documentMasked).toBe('************0014')
    expect(
      await count('journal where entity_id = $1 and (before::text || after::text || data::text) like $2', [
        visit.id,
        '%440524%',
      ]),
    ).toBe(0)
    const { value } = await reveal(on(desk), { params, query: undefined, body: { field: 'document' } })
    expect(value).toBe('440524188001010014')
    expect(await count("journal where entity_id = $1 and action = 'visit.revealed'", [visit.id])).toBe(1)
  })

  test('the database refuses an impossible step whatever the program tries', async () => {
    const visit = await admitted()
    await expect(
      app.kernel.sql.run(raw("update visit set status = 'expected_never' where id = $1", [visit.id])),
    ).rejects.toThrow()
    await expect(
      app.kernel.sql.run(raw("update visit set status = 'declined' where id = $1", [visit.id])),
    ).rejects.toThrow('cannot go from admitted to declined')
  })
})

describe('V3 V18 the day', () => {
  test('the board shows who is inside whatever the day; the end of day is done once', async () => {
    const before = await board(on(desk))
    expect(
      before.items.every((one) =>
        ['asking', 'admitted', 'with_host', 'signed_off', 'expected', 'left'].includes(one.status),
      ),
    ).toBe(true)
    const body = visits.announce.body.parse({ ...walkIn(), expectedAt: app.clock.now().toISOString() })
    const missed = await announce(on(host), { body })
    app.clock.set(new Date('2026-03-09T21:00:00+08:00'))
    await Promise.all([closeDays(app.kernel), closeDays(app.kernel)])
    const after = await get(on(desk), { params: { id: missed.id }, query: undefined, body: undefined })
    expect(after.status).toBe('no_show')
    expect(await count("journal where action = 'visit-day.closed' and site_id = $1", [site])).toBe(1)
    expect(
      await count("task where kind = 'visit.still-inside' and status = 'open' and site_id = $1", [site]),
    ).toBe(1)
    const late = await checkIn(on(desk), {
      params: { id: missed.id },
      query: undefined,
      body: { issuePass: false },
    })
    expect(late.status).toBe('admitted')
  })
})

describe('V11 the code on a pass', () => {
  test('good, forged, handed back, unknown', async () => {
    const visit = await admitted()
    const { code } = await passes.paper(on(desk), {
      params: { id: visit.id },
      query: undefined,
      body: undefined,
    })
    const scan = (text: string) =>
      scanPass(on(desk), { params: undefined, query: undefined, body: { code: text } })
    expect((await scan(code)).verdict).toBe('valid')
    expect((await scan(visit.passNumber ?? '')).verdict).toBe('valid')
    expect((await scan(`${code.slice(0, -6)}AAAAAA`)).verdict).toBe('forged')
    expect((await scan('Z999')).verdict).toBe('unknown')
    await sign(on(host), { params: { id: visit.id }, query: undefined, body: { note: '' } })
    await release(on(desk), {
      params: { id: visit.id },
      query: undefined,
      body: { passReturned: true, slipReturned: true },
    })
    expect((await scan(code)).verdict).toBe('returned')
    expect(await count("journal where action = 'pass.scan-refused'", [])).toBe(3)
  })
})
