import { describe, expect, test } from 'vitest'
import type { TestApp } from '../../../apps/server/testing.ts'
import type { Actor } from '../../../kernel/actor.ts'
import { raw } from '../../../kernel/db/sql.ts'
import { command } from '../../../kernel/work/command.ts'
import { announce } from '../arrival/announce.ts'
import { checkIn } from '../arrival/check-in.ts'
import { register } from '../arrival/register.ts'
import { visits } from '../contract.ts'
import { get } from '../reading.ts'
import { refuse, undo } from '../stay/exit.ts'
import { checkDocument, edit } from '../stay/inside.ts'
import { watchList } from './contract.ts'
import { decide } from './decide.ts'
import { watchListImporter } from './importer.ts'
import * as reading from './reading.ts'
import * as service from './service.ts'
import { watchedHouse } from './testing.ts'

let app: TestApp
let desk: Actor
let duty: Actor
let hostId: string
const { on, of, card, walkIn, listed, judge } = watchedHouse((house) => {
  ;({ app, desk, duty, hostId } = house)
})

const openTasks = async (id: string) =>
  (
    await app.kernel.sql.all<{ kind: string }>(
      raw("select kind from task where subject_id = $1 and status = 'open' order by kind", [id]),
    )
  ).map((row) => row.kind)

const hitsOf = async (id: string) => (await reading.ofVisit(on(duty), { ...of(id), body: undefined })).items

describe('V12 a hit stops the check-in and tells silently', () => {
  test('another telephone, a space in the name: held, the host not asked, the desk learns nothing', async () => {
    await listed({ organisation: '恒川科技有限公司', phones: ['13800138000'] })
    const visit = await walkIn({ visitorName: '张 伟', phone: '13700000001' })
    expect(visit.status).toBe('held')
    expect(await openTasks(visit.id)).toEqual(['visit.held', 'visit.watch-hit'])
    const seen = await get(on(desk), { ...of(visit.id), body: undefined })
    expect(JSON.stringify(seen)).not.toMatch(/watch|闹事|名单/)
    expect(seen.can.clear).toBeUndefined()
    const [hit] = await hitsOf(visit.id)
    expect(hit).toMatchObject({ level: 'block', effect: 'held', canDecide: true, entry: { reason: '闹事' } })
    expect(hit?.agreed.map((one) => one.attribute)).toEqual(['company', 'name'])
    const answer = await app.call(watchList.ofVisit, { params: { id: visit.id } })
    expect(answer.status).toBe(401)
  })

  test('the name alone tells, silently, and holds nobody', async () => {
    await listed()
    const visit = await walkIn({ organisation: '别的公司', phone: '13700000002' })
    expect(visit.status).toBe('asking')
    expect(await openTasks(visit.id)).toEqual(['visit.consent', 'visit.watch-hit'])
  })

  test('G5: the document says who it is, under another name, and stays known when none is shown', async () => {
    const number = card('44052418800101001')
    await listed({ name: '李四', document: { kind: 'id-card', number } })
    const visit = await walkIn({
      visitorName: '王五',
      phone: '13700000003',
      consent: { how: 'phone', byId: hostId },
    })
    expect(visit.status).toBe('admitted')
    // Shown as some other kind of card it is the same number.
    const after = await checkDocument(on(desk), {
      ...of(visit.id),
      body: { kind: 'other', number: ` ${number.toLowerCase()} ` },
    })
    expect(after.status).toBe('held')
    expect((await hitsOf(visit.id))[0]).toMatchObject({ score: 1, differed: ['name'] })
    const again = await walkIn({ visitorName: '王五', phone: '13700000003' })
    expect(again.status).toBe('held')
    const stored = await app.kernel.sql.one<{ n: number }>(
      raw(
        `select count(*)::int as n from journal where (before::text || after::text || data::text) like $1`,
        [`%${number.slice(0, 17)}%`],
      ),
    )
    expect(stored.n).toBe(0)
  })

  test('announced: told ahead; held on arrival', async () => {
    await listed({ phones: ['13700000004'] })
    const body = visits.announce.body.parse({
      visitorName: '张伟',
      phone: '13700000004',
      purpose: '来谈事',
      kind: 'visitor',
      hostId,
      expectedAt: new Date(app.clock.now().getTime() + 3_600_000).toISOString(),
    })
    const visit = await announce(on(desk), { body })
    expect(visit.status).toBe('expected')
    expect(await openTasks(visit.id)).toContain('visit.watch-hit')
    const arrived = await checkIn(on(desk), {
      ...of(visit.id),
      body: visits.checkIn.body.parse({ organisation: '某某公司', consent: { how: 'phone', byId: hostId } }),
    })
    expect(arrived.status).toBe('held')
    expect(arrived.admittedAt).toBeNull()
    const cleared = await judge(duty, visit.id, 'let-in')
    expect(cleared.status).toBe('admitted')
    expect(await openTasks(visit.id)).toEqual(['visit.overstay', 'visit.waiting'])
  })

  test('a corrected name is held against the list too; a companion is looked at by name', async () => {
    await listed({ name: '赵六', phones: ['13700000005'] })
    const visit = await walkIn({ visitorName: '赵某', phone: '13799999999' })
    const edited = await edit(on(desk), {
      ...of(visit.id),
      body: { version: visit.version, visitorName: '赵六', phone: '13700000005' },
    })
    expect(edited.status).toBe('held')
    const led = await walkIn({ visitorName: '孙七', phone: '13788888888', companions: ['赵 六'] })
    expect((await hitsOf(led.id))[0]?.person.name).toBe('赵 六')
  })

  test('an entry of another time, or withdrawn, holds nobody', async () => {
    const entry = await listed({ phones: ['13700000006'] })
    await service.withdraw(on(duty), { ...of(entry.id), body: { version: 1, reason: '误列' } })
    expect((await walkIn({ phone: '13700000006' })).status).toBe('asking')
    const draft = await listed({ phones: ['13700000006'], draft: true })
    expect((await walkIn({ phone: '13700000006' })).status).toBe('asking')
    await service.activate(on(duty), { ...of(draft.id), body: { version: 1, validUntil: '2026-03-10' } })
    expect((await walkIn({ phone: '13700000006' })).status).toBe('held')
    app.clock.advance(2 * 24 * 60)
    expect((await walkIn({ phone: '13700000006' })).status).toBe('asking')
    await service.expireEntries(app.kernel)
    expect((await service_get(draft.id)).status).toBe('expired')
  })
})

const service_get = (id: string) => reading.get(on(duty), { ...of(id), body: undefined })

describe('V12 a second person decides', () => {
  test('not who registered; the pair once judged is not told again; something new is', async () => {
    await listed({ organisation: '恒川科技' })
    const mine = await register(on(duty), {
      body: visits.register.body.parse({
        visitorName: '张伟',
        organisation: '恒川科技',
        phone: '13711110001',
        purpose: '面谈',
        kind: 'visitor',
        hostId,
      }),
    })
    expect(mine.status).toBe('held')
    expect(mine.can.clear).toBeUndefined()
    await expect(judge(duty, mine.id, 'let-in')).rejects.toMatchObject({ code: 'watch-list.second-person' })
    await expect(judge(desk, mine.id, 'let-in')).rejects.toMatchObject({ code: 'visit.host-not-asked' })

    const visit = await walkIn({ phone: '13711110001' })
    expect(visit.status).toBe('held')
    const cleared = await judge(duty, visit.id, 'not-same-person')
    expect(cleared.status).toBe('asking')
    expect(await openTasks(visit.id)).toEqual(['visit.consent'])
    const again = await walkIn({ phone: '13711110001' })
    expect(again.status).toBe('asking')
    expect(await hitsOf(again.id)).toEqual([])
    await listed({ phones: ['13711110001'] })
    expect((await walkIn({ phone: '13711110001' })).status).toBe('held')
  })

  test('twenty at once: one decision', async () => {
    await listed({ phones: ['13711110002'] })
    const visit = await walkIn({ phone: '13711110002' })
    const all = await Promise.allSettled(
      Array.from({ length: 20 }, () => judge(duty, visit.id, 'not-same-person')),
    )
    expect(all.filter((one) => one.status === 'fulfilled')).toHaveLength(1)
    const journal = await app.kernel.sql.one<{ n: number }>(
      raw("select count(*)::int as n from journal where entity_id = $1 and action = 'visit.cleared'", [
        visit.id,
      ]),
    )
    expect(journal.n).toBe(1)
  })

  test('confirmed refuses, on record, the post told; taken back it is held again', async () => {
    await listed({ phones: ['13711110003'] })
    const visit = await walkIn({ phone: '13711110003' })
    const refused = await judge(duty, visit.id, 'confirmed')
    expect(refused.status).toBe('refused')
    expect(await openTasks(visit.id)).toEqual(['visit.suspicious'])
    const listing = await reading.listRefusals(on(duty), {
      params: undefined,
      query: { limit: 50, suspicious: 'yes', q: refused.number },
      body: undefined,
    })
    expect(listing.items).toMatchObject([{ reason: '已核对证件', suspicious: true, told: ['duty_manager'] }])
    const back = await undo(on(duty), { ...of(visit.id), body: undefined })
    expect(back.status).toBe('held')
    expect((await hitsOf(visit.id))[0]?.decision).toBeNull()
  })

  test('a silent alert is judged once', async () => {
    await listed({ level: 'alert', phones: ['13711110004'] })
    const visit = await walkIn({ phone: '13711110004' })
    expect(visit.status).toBe('asking')
    const [hit] = await hitsOf(visit.id)
    const say = () =>
      decide(on(duty), { ...of(hit?.id ?? ''), body: { decision: 'not-same-person', note: '不是' } })
    await say()
    await expect(say()).rejects.toMatchObject({ code: 'watch-list.decided' })
    expect(await openTasks(visit.id)).toEqual(['visit.consent'])
    expect(await hitsOf((await walkIn({ phone: '13711110004' })).id)).toEqual([])
  })
})

describe('V12 refusals and documents', () => {
  test('suspicious: refused, the post told, on record; without suspicion nobody is troubled', async () => {
    const visit = await walkIn({ phone: '13722220001' })
    await refuse(on(desk), { ...of(visit.id), body: { reason: '冒用证件', suspicious: true } })
    expect(await openTasks(visit.id)).toEqual(['visit.suspicious'])
    const other = await walkIn({ phone: '13722220002' })
    await refuse(on(desk), { ...of(other.id), body: { reason: '不愿登记' } })
    expect(await openTasks(other.id)).toEqual([])
  })

  test('an expired document is refused with what is wrong; a look stays with name and validity', async () => {
    const visit = await walkIn({ phone: '13722220003' })
    const show = (expiresOn: string) =>
      checkDocument(on(desk), {
        ...of(visit.id),
        body: { kind: 'passport', number: 'E12345678', nameOnDocument: 'ZHANG WEI', expiresOn },
      })
    await expect(show('2020-01-01')).rejects.toMatchObject({
      code: 'visit.document-invalid',
      fields: [{ path: 'expiresOn', code: 'document-expired' }],
    })
    await show('2030-01-01')
    const look = await app.kernel.sql.one(
      raw('select name_agrees, expires_on::text, tail from document_check where visit_id = $1', [visit.id]),
    )
    expect(look).toEqual({ name_agrees: 'close', expires_on: '2030-01-01', tail: '5678' })
  })
})

describe('V12 the list is read in from a file', () => {
  test('bad lines are named, read twice it doubles nothing, undo takes it out', async () => {
    const lines = [
      {
        name: '钱一',
        phones: '13733330001，+86 137 3333 0002',
        reason: '欠款',
        document: card('11010119900307123'),
      },
      { name: '钱二', reason: '' },
      {
        name: '钱三',
        reason: '闹事',
        document: '110101199003071231',
        level: '也许',
        validUntil: '2001-01-01',
      },
      { reason: '无名' },
    ]
    const rows = lines.map((cells, i) => ({ line: i + 2, cells: cells as Record<string, string> }))
    const run = <T>(use: Parameters<typeof command<T>>[1]) => command(on(duty), use)
    const checked = await run((work) => watchListImporter.check(work, rows))
    expect(checked.map((one) => (one.ok ? 'ok' : one.problems.map(({ code }) => code)))).toEqual([
      'ok',
      ['required'],
      ['watch-document', 'watch-level', 'watch-until'],
      ['watch-nobody'],
    ])
    const values = checked.flatMap((one) => (one.ok ? [{ line: one.line, value: one.value }] : []))
    const [first] = await run((work) => watchListImporter.apply(work, values))
    expect(first?.result).toBe('created')
    expect((await run((work) => watchListImporter.apply(work, values)))[0]?.result).toBe('unchanged')
    expect((await walkIn({ visitorName: '无关', phone: '13733330002' })).status).toBe('asking')
    expect((await walkIn({ visitorName: '钱一', phone: '13733330002' })).status).toBe('held')
    const kept = await run((work) =>
      watchListImporter.undo(work, [{ entityId: first?.entityId ?? '', before: null, result: 'created' }]),
    )
    expect(kept.kept).toEqual([first?.entityId])
  })

  test('G5: found by name, telephone and document, shown masked, each full look on record', async () => {
    const number = card('11010119900307123')
    const entry = await listed({
      name: '周八',
      phones: ['13744440001'],
      document: { kind: 'id-card', number },
    })
    const search = (q: string) =>
      reading.list(on(duty), { params: undefined, query: { q, limit: 50 }, body: undefined })
    for (const q of ['周八', 'zhouba', '13744440001', number])
      expect((await search(q)).items.map((one) => one.id)).toContain(entry.id)
    expect(JSON.stringify(entry)).not.toContain('13744440001')
    const full = await service.reveal(on(duty), { ...of(entry.id), body: { field: 'document' } })
    expect(full.value).toBe(number)
    const seen = await service_get(entry.id)
    expect(seen.history.map((one) => one.action)).toEqual(['watch-list.added', 'watch-list.revealed'])
  })
})
