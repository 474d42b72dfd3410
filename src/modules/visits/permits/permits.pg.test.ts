import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type TestApp, testActor, testApp, testNow } from '../../../apps/server/testing.ts'
import type { Actor } from '../../../kernel/actor.ts'
import { raw } from '../../../kernel/db/sql.ts'
import { newId } from '../../../kernel/ids.ts'
import { command, type Work } from '../../../kernel/work/command.ts'
import { passSigner } from '../passes/code.ts'
import { houseFor, signedElsewhere } from '../testing.ts'
import { type PermitCard, permits } from './contract.ts'
import { permitsImporter } from './importer.ts'
import * as reading from './reading.ts'
import { remindOfPermits } from './reminders.ts'
import { permitStatuses, permitTransitions } from './rules.ts'
import * as service from './service.ts'
import { use } from './use.ts'

let app: TestApp
const site = newId()
let desk: Actor
let host: Actor
let hostId: string

beforeAll(async () => {
  app = await testApp()
  const people = await houseFor(app, site)
  hostId = people.hostId
  desk = testActor(site, ['receptionist'], people.deskId)
  host = testActor(site, ['host'], hostId)
})
afterAll(() => app.close())
beforeEach(() => app.clock.set(testNow))

const on = (actor: Actor) => app.ctx(actor, site)
const at = (id: string) => ({ params: { id }, query: undefined })
let count = 0

async function drafted(more: Record<string, unknown> = {}): Promise<PermitCard> {
  const body = permits.create.body.parse({
    holderName: `陈师傅${String.fromCharCode(0x4e00 + count++)}`,
    organisation: '安捷电梯维保',
    kind: 'visitor',
    purpose: '电梯维保',
    hostId,
    validFrom: '2026-03-01',
    validTo: '2026-12-31',
    fromMinute: 480,
    toMinute: 1080,
    papers: [{ kind: '特种作业证', number: 'T6', expiresOn: '2026-06-30' }],
    ...more,
  })
  return await service.create(on(desk), { params: undefined, query: undefined, body })
}

const orders = { activate: service.activate, suspend: service.suspend, end: service.end }
const order = (name: 'activate' | 'suspend' | 'end', id: string, reason = '') =>
  orders[name](on(desk), { ...at(id), body: { reason } } as Parameters<typeof service.activate>[1])
async function active(more: Record<string, unknown> = {}): Promise<PermitCard> {
  return await order('activate', (await drafted(more)).id)
}
const comes = (code: string) =>
  use(on(desk), { params: undefined, query: undefined, body: permits.use.body.parse({ code }) })
const seen = (id: string) => reading.get(on(desk), { ...at(id), body: undefined })
const change = (permit: PermitCard, body: Record<string, unknown>) =>
  service.edit(on(desk), {
    ...at(permit.id),
    body: permits.edit.body.parse({ version: permit.version, ...body }),
  })
const tasksOf = (id: string) =>
  app.kernel.sql.all<{ kind: string; status: string; owner_id: string; due_at: Date }>(
    raw('select kind, status, owner_id, due_at from task where subject_id = $1 order by created_at, kind', [
      id,
    ]),
  )
const openKinds = async (id: string) =>
  (await tasksOf(id)).filter((one) => one.status === 'open').map((one) => one.kind)

describe('V22 check-in by permit', () => {
  test('drafted, activated, in: a visit with the permit, no question to anybody', async () => {
    const permit = await drafted({ areas: ['三号厂房'] })
    expect(permit).toMatchObject({ status: 'draft', standing: { ok: false, reason: 'draft' } })
    await expect(comes(permit.number)).rejects.toMatchObject({
      code: 'permit.refused',
      data: { reason: 'draft' },
    })
    expect((await order('activate', permit.id)).standing.ok).toBe(true)
    const { visit, permit: after } = await comes(permit.number)
    expect(visit).toMatchObject({
      status: 'admitted',
      visitorName: permit.holderName,
      hostId,
      validUntil: '2026-03-09T10:00:00.000Z',
    })
    expect(visit.passNumber).not.toBeNull()
    expect(after.insideVisitId).toBe(visit.id)
    const row = await app.kernel.sql.one<{ permit_id: string; asked_ids: string[]; areas: string[] }>(
      raw('select permit_id, asked_ids, areas from visit where id = $1', [visit.id]),
    )
    expect(row).toEqual({ permit_id: permit.id, asked_ids: [], areas: ['三号厂房'] })
    const asked = await app.kernel.sql.all<{ kind: string }>(
      raw("select kind from task where subject_id = $1 and kind = 'visit.consent'", [visit.id]),
    )
    expect(asked).toEqual([])
    await expect(comes(permit.number)).rejects.toMatchObject({
      code: 'permit.already-inside',
      data: { visitId: visit.id },
    })
  })

  test.each([
    ['wrong-day', {}, '2026-03-14T10:00:00+08:00'],
    ['outside-hours', {}, '2026-03-09T18:00:00+08:00'],
    ['not-yet', { validFrom: '2026-04-01' }, '2026-03-09T10:00:00+08:00'],
    ['over', { validTo: '2026-03-06' }, '2026-03-09T10:00:00+08:00'],
    ['paper-expired', { papers: [{ kind: '保险', expiresOn: '2026-03-08' }] }, '2026-03-09T10:00:00+08:00'],
  ])('V12 refused and on record: %s', async (reason, more, moment) => {
    const permit = await active(more)
    app.clock.set(new Date(moment))
    const paper = reason === 'paper-expired' ? '保险' : ''
    await expect(comes(permit.number)).rejects.toMatchObject({
      code: 'permit.refused',
      data: { reason, paper, number: permit.number, name: permit.holderName },
    })
    const [last] = (await seen(permit.id)).history
    expect(last).toMatchObject({ action: 'permit.refused', reason, paper, actorName: desk.name })
    expect((await seen(permit.id)).insideVisitId).toBeNull()
  })

  test('suspended: refused; back again: in', async () => {
    const permit = await active()
    await order('suspend', permit.id, '违规动火')
    await expect(comes(permit.number)).rejects.toMatchObject({ data: { reason: 'suspended' } })
    await order('activate', permit.id)
    expect((await comes(permit.number)).visit.status).toBe('admitted')
  })

  test('an expired paper that only warns lets in and says so', async () => {
    const permit = await active({ papers: [{ kind: '体检', expiresOn: '2026-03-01', blocks: false }] })
    const { visit, permit: after } = await comes(permit.number)
    expect(visit.status).toBe('admitted')
    expect(after.standing).toMatchObject({ ok: true, warnings: ['体检'] })
  })

  test('by printed code, plate, document and name; two of one name: which?', async () => {
    const permit = await active({ plate: '沪A12345', document: { kind: 'other', number: 'w998877' } })
    const inside = async (code: string) => {
      const { visit } = await comes(code)
      await app.kernel.sql
        .run(raw("update visit set status = 'cancelled' where id = $1", [visit.id]))
        .catch(() =>
          // The life of a visit knows no such step; the row is out of the way all the same.
          app.kernel.sql.run(raw('update visit set permit_id = null where id = $1', [visit.id])),
        )
      return visit.visitorName
    }
    const code = await passSigner(app.kernel).sign({ s: site, p: permit.id, n: permit.number })
    for (const one of [code, '沪a12345', ' W998877', permit.holderName, permit.number.toLowerCase()])
      expect(await inside(one)).toBe(permit.holderName)
    await active({ holderName: permit.holderName })
    await expect(comes(permit.holderName)).rejects.toMatchObject({ code: 'permit.ambiguous' })
    await expect(comes('没有这个人')).rejects.toMatchObject({ code: 'permit.unknown' })
  })

  test('V9 V13 a forged code, one of another site and one of another house are refused, told apart and journalled', async () => {
    const permit = await active()
    const code = await passSigner(app.kernel).sign({ s: site, p: permit.id, n: permit.number })
    const foreign = await passSigner(app.kernel).sign({ s: newId(), p: permit.id, n: permit.number })
    const said = [
      [`${code.slice(0, -6)}AAAAAA`, 'forged'],
      [foreign, 'other-site'],
      [await signedElsewhere({ s: newId(), p: permit.id, n: permit.number }), 'other-site'],
      [await signedElsewhere({ s: site, p: permit.id, n: permit.number }), 'forged'],
    ] as const
    for (const [one, reason] of said)
      await expect(comes(one)).rejects.toMatchObject({ code: 'permit.refused', data: { reason, name: '' } })
    const kept = await app.kernel.sql.all<{ reason: string }>(
      raw(
        "select data->>'reason' as reason from journal where entity = 'permit' and entity_id = 'unknown' order by id",
      ),
    )
    expect(kept.map((one) => one.reason)).toEqual(said.map(([, reason]) => reason))
  })

  test('twenty at once: one visit', async () => {
    const permit = await active()
    const all = await Promise.allSettled(Array.from({ length: 20 }, () => comes(permit.number)))
    expect(all.filter((one) => one.status === 'fulfilled')).toHaveLength(1)
    const codes = all.flatMap((one) => (one.status === 'rejected' ? [one.reason.code] : []))
    expect([...new Set(codes)]).toEqual(['permit.already-inside'])
    const { n } = await app.kernel.sql.one<{ n: number }>(
      raw('select count(*)::int as n from visit where permit_id = $1', [permit.id]),
    )
    expect(n).toBe(1)
  })
})

describe('V22 changed, suspended, ended', () => {
  test('a change keeps the original; an old picture is refused; the same papers are no change', async () => {
    const permit = await active()
    const edited = await change(permit, { note: '只走货梯', papers: [{ kind: '保险', number: 'B1' }] })
    expect(edited).toMatchObject({ note: '只走货梯', papers: [{ kind: '保险', expiresOn: null }] })
    await expect(change(permit, { note: '旧' })).rejects.toMatchObject({ code: 'edit.stale' })
    const before = (await seen(permit.id)).papers[0]?.id
    await change(edited, { papers: [{ kind: '保险', number: 'B1' }] })
    expect((await seen(permit.id)).papers[0]?.id).toBe(before)
    const { before: old } = await app.kernel.sql.one<{ before: Record<string, unknown> }>(
      raw(
        "select before from journal where entity_id = $1 and action = 'permit.edited' order by id limit 1",
        [permit.id],
      ),
    )
    expect(old).toMatchObject({ note: '', papers: [{ kind: '特种作业证', expiresOn: '2026-06-30' }] })
    await expect(change(await seen(permit.id), { validTo: '2026-02-01' })).rejects.toMatchObject({
      fields: [{ path: 'validTo', code: 'before-start' }],
    })
  })

  test('ended is for good; its course can be read', async () => {
    const permit = await active()
    await order('end', permit.id, '合同到期')
    for (const name of ['activate', 'suspend', 'end'] as const)
      await expect(order(name, permit.id)).rejects.toMatchObject({ code: 'transition.refused' })
    const { history, can } = await seen(permit.id)
    expect(can).toEqual({ edit: false, activate: false, suspend: false, end: false, use: false })
    expect(history.map((one) => [one.action, one.reason])).toEqual([
      ['permit.ended', '合同到期'],
      ['permit.activated', ''],
      ['permit.drafted', ''],
    ])
  })

  test('the trigger allows exactly what the table allows', async () => {
    const id = (await drafted()).id
    for (const from of permitStatuses) {
      for (const target of permitStatuses) {
        if (from === target) continue
        // A row of its own per pair: no state leads back.
        const copy = newId()
        await app.kernel.sql.run(
          raw(
            `insert into permit (id, site_id, status, status_at, visitor_id, holder_name, holder_pinyin, holder_initials, kind,
               category, valid_from, valid_to, created_at, created_by, created_by_name, updated_at)
             select $2, site_id, $3, status_at, visitor_id, holder_name, holder_pinyin, holder_initials, kind, category,
               valid_from, valid_to, created_at, created_by, created_by_name, updated_at from permit where id = $1`,
            [id, copy, from],
          ),
        )
        const moved = app.kernel.sql.run(raw('update permit set status = $2 where id = $1', [copy, target]))
        const allowed = Object.values(permitTransitions[from]).some((to) => to.includes(target))
        if (allowed) await expect(moved, `${from} → ${target}`).resolves.toBe(1)
        else
          await expect(moved, `${from} → ${target}`).rejects.toMatchObject({
            constraint: 'permit_transition',
          })
        await app.kernel.sql.run(raw('delete from permit where id = $1', [copy]))
      }
    }
  })
})

describe('G2 reminders', () => {
  test('V22 before a paper’s last day the host, once; renewed: settled, and asked for anew when that runs out', async () => {
    const permit = await active({ papers: [{ kind: '保险', expiresOn: '2026-03-20' }] })
    await remindOfPermits(app.kernel)
    await remindOfPermits(app.kernel)
    const [task, ...more] = await tasksOf(permit.id)
    expect(more).toEqual([])
    expect(task).toMatchObject({ kind: 'permit.expiring', status: 'open', owner_id: hostId })
    expect(task?.due_at.toISOString()).toBe('2026-03-20T16:00:00.000Z')
    const current = await seen(permit.id)
    await change(current, { papers: [{ kind: '保险', expiresOn: '2026-03-22' }] })
    expect(await openKinds(permit.id)).toEqual([])
    await remindOfPermits(app.kernel)
    expect(await openKinds(permit.id)).toEqual(['permit.expiring'])
  })

  test('V22 before its own last day, once; past it the permit ends by itself and the tasks with it', async () => {
    const permit = await active({ validTo: '2026-03-13', papers: [] })
    await remindOfPermits(app.kernel)
    await remindOfPermits(app.kernel)
    expect(await openKinds(permit.id)).toEqual(['permit.ending'])
    app.clock.set(new Date('2026-03-13T23:00:00+08:00'))
    await remindOfPermits(app.kernel)
    expect((await seen(permit.id)).status).toBe('active')
    app.clock.set(new Date('2026-03-14T00:10:00+08:00'))
    await remindOfPermits(app.kernel)
    expect(await seen(permit.id)).toMatchObject({ status: 'ended', statusReason: 'over' })
    expect(await openKinds(permit.id)).toEqual([])
    expect((await tasksOf(permit.id)).map((one) => one.kind)).toEqual(['permit.ending'])
  })

  test('prolonged: settled', async () => {
    const permit = await active({ validTo: '2026-03-13', papers: [] })
    await remindOfPermits(app.kernel)
    await change(await seen(permit.id), { validTo: '2026-09-30' })
    expect(await openKinds(permit.id)).toEqual([])
  })
})

describe('V22 the list', () => {
  test('what runs out first on top, ended ones last, page by page; a host sees their own', async () => {
    const all: PermitCard[] = []
    let cursor: string | undefined
    do {
      const query = permits.list.query.parse({ limit: 4, ...(cursor === undefined ? {} : { cursor }) })
      const page = await reading.list(on(desk), { params: undefined, body: undefined, query })
      all.push(...page.items)
      cursor = page.next ?? undefined
    } while (cursor !== undefined)
    const runsOut = (one: PermitCard) =>
      [one.validTo, ...one.papers.flatMap((paper) => paper.expiresOn ?? [])].sort()[0] ?? ''
    const keys = all.map((one) => `${one.status === 'ended' ? 1 : 0}${runsOut(one)}`)
    expect(keys).toEqual([...keys].sort())
    const { n } = await app.kernel.sql.one<{ n: number }>(raw('select count(*)::int as n from permit'))
    expect(new Set(all.map((one) => one.id)).size).toBe(n)
    const other = await active({ hostId: null })
    const list = (actor: Actor, query: Record<string, unknown>) =>
      reading.list(on(actor), { params: undefined, body: undefined, query: permits.list.query.parse(query) })
    expect((await list(desk, { q: other.number })).items.map((one) => one.id)).toEqual([other.id])
    expect((await list(host, { q: other.number })).items).toEqual([])
    await expect(reading.get(on(host), { ...at(other.id), body: undefined })).rejects.toMatchObject({
      code: 'entity.not-found',
    })
    await expect(list(desk, { cursor: 'x' })).rejects.toMatchObject({ code: 'input.invalid' })
    const soon = await list(desk, { status: 'expiring' })
    expect(soon.items.every((one) => runsOut(one) <= '2026-04-08' && one.status !== 'ended')).toBe(true)
  })
})

test('V22 E2 a sheet becomes drafts, once; bad lines are named; undone while still drafts', async () => {
  const cells = {
    holderName: '导入甲',
    organisation: '外包',
    validTo: '2026/12/31',
    host: '张工',
    paper: '保险',
  }
  const bad = { ...cells, phone: '不是号码', host: '没有此人', validTo: '2020-01-01' }
  const rows = [
    { line: 2, cells },
    { line: 3, cells },
    { line: 4, cells: bad },
  ]
  const run = <T>(act: (work: Work) => Promise<T>) => command(on(desk), act)
  const checked = await run((work) => permitsImporter.check(work, rows))
  expect(checked.map((one) => (one.ok ? one.expect : one.problems.map(({ code }) => code)))).toEqual([
    'created',
    ['duplicate'],
    ['permit-over', 'permit-phone', 'permit-host'],
  ])
  const values = checked.flatMap((one) => (one.ok ? [{ line: one.line, value: one.value }] : []))
  const [first] = await run((work) => permitsImporter.apply(work, values))
  expect((await run((work) => permitsImporter.apply(work, values)))[0]?.result).toBe('unchanged')
  const id = first?.entityId ?? ''
  expect(await seen(id)).toMatchObject({ status: 'draft', hostId, papers: [{ kind: '保险' }] })
  const undo = () =>
    run((work) => permitsImporter.undo(work, [{ entityId: id, before: null, result: 'created' }]))
  expect(await undo()).toEqual({ undone: [id], kept: [] })
})
