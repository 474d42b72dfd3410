import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestApp, testActor, testApp } from '../../../apps/server/testing.ts'
import type { Actor } from '../../../kernel/actor.ts'
import { raw } from '../../../kernel/db/sql.ts'
import { newId } from '../../../kernel/ids.ts'
import { seal } from '../../../kernel/journal/seal.ts'
import { verify } from '../../../kernel/journal/verify.ts'
import { forgetAnswers } from '../../../kernel/work/forget.ts'
import { register } from '../arrival/register.ts'
import type { VisitCard } from '../card/contract.ts'
import { visits } from '../contract.ts'
import { permits } from '../permits/contract.ts'
import * as permit from '../permits/service.ts'
import { cancel, release } from '../stay/exit.ts'
import { checkDocument } from '../stay/inside.ts'
import { houseFor } from '../testing.ts'
import { runRetention } from './run.ts'
import * as service from './service.ts'
import { retentionSetting } from './settings.ts'

let app: TestApp
const site = newId()
let desk: Actor
let office: Actor
let hostId: string
const dayMs = 86_400_000

beforeAll(async () => {
  app = await testApp()
  const people = await houseFor(app, site)
  hostId = people.hostId
  desk = testActor(site, ['receptionist'], people.deskId)
  office = testActor(site, ['office_admin'], people.headId)
})
afterAll(() => app.close())

const on = (actor: Actor) => app.ctx(actor, site)
const empty = { params: undefined, query: undefined, body: undefined }

async function visitOf(name: string, phone: string): Promise<VisitCard> {
  const visit = await register(on(desk), {
    body: visits.register.body.parse({
      visitorName: name,
      organisation: '华信科技',
      phone,
      purpose: '对账',
      kind: 'visitor',
      hostId,
      companions: ['随行某人'],
      plate: '粤B12345',
      consent: { how: 'phone', byId: hostId },
      document: { kind: 'id-card', number: '11010519491231002X' },
    }),
  })
  return visit
}

async function leave(id: string): Promise<void> {
  await release(on(desk), {
    ...empty,
    params: { id },
    body: { passReturned: true, slipReturned: true, hostConfirmed: { byName: '张工' } },
  })
}

/** Every text of every table: where a word still stands. */
async function placesOf(word: string): Promise<string[]> {
  const tables = await app.kernel.sql.all(
    raw<{ name: string }>("select tablename as name from pg_tables where schemaname = 'public' order by 1"),
  )
  const found: string[] = []
  for (const { name } of tables) {
    const { n } = await app.kernel.sql.one(
      raw<{ n: number }>(`select count(*)::int as n from "${name}" t where t::text like '%' || $1 || '%'`, [
        word,
      ]),
    )
    if (n > 0) found.push(name)
  }
  return found
}

const rowOf = (id: string) =>
  app.kernel.sql.one(
    raw<{
      visitor_name: string
      phone: string
      organisation: string
      host_name: string
      left_at: Date
      party_size: number
    }>('select visitor_name, phone, organisation, host_name, left_at, party_size from visit where id = $1', [
      id,
    ]),
  )

describe('G5 erased when retention ends', () => {
  test('nothing before its time; then the person goes from every table and the journal still verifies', async () => {
    const visit = await visitOf('独一无二的曹雪芹', '13711112222')
    await leave(visit.id)
    await seal(app.kernel)
    const days = retentionSetting.fallback.days
    app.clock.set(new Date(app.clock.now().getTime() + (days - 1) * dayMs))
    await runRetention(app.kernel)
    expect((await rowOf(visit.id)).visitor_name).toBe('独一无二的曹雪芹')
    app.clock.set(new Date(app.clock.now().getTime() + 2 * dayMs))
    await runRetention(app.kernel)
    const row = await rowOf(visit.id)
    expect(row).toMatchObject({ visitor_name: '***', phone: '', organisation: '华信科技', host_name: '张工' })
    expect(row.left_at).not.toBeNull()
    expect(row.party_size).toBe(2)
    await forgetAnswers(app.kernel)
    for (const word of ['独一无二的曹雪芹', '随行某人', '13711112222'])
      expect(await placesOf(word), word).toEqual([])
    await seal(app.kernel)
    expect(await verify(app.kernel.sql)).toMatchObject({ ok: true, problems: [] })
    const runs = (await service.overview(on(office))).runs
    expect(runs.find(({ category }) => category === 'general')).toMatchObject({ visits: 1 })
  })

  test('running again erases nothing again, twenty at once neither', async () => {
    const journal = "select count(*)::int as n from journal where action = 'visit.erased'"
    const visit = await visitOf('司马二十', '13711113333')
    await leave(visit.id)
    app.clock.set(new Date(app.clock.now().getTime() + (retentionSetting.fallback.days + 1) * dayMs))
    const { n } = await app.kernel.sql.one(raw<{ n: number }>(journal))
    await Promise.all(Array.from({ length: 20 }, () => runRetention(app.kernel)))
    expect((await app.kernel.sql.one(raw<{ n: number }>(journal))).n).toBe(n + 1)
  })

  test('whoever only had a permit goes when it has been over for as long', async () => {
    const body = permits.create.body.parse({
      ...{ holderName: '只有许可证的人', phone: '13711118888', kind: 'visitor', purpose: '维保', hostId },
      ...{ validFrom: '2026-03-01', validTo: '2036-12-31', fromMinute: 0, toMinute: 1440 },
    })
    const made = await permit.create(on(desk), { params: undefined, query: undefined, body })
    await permit.end(on(desk), { ...empty, params: { id: made.id }, body: { reason: '' } })
    app.clock.set(new Date(app.clock.now().getTime() + (retentionSetting.fallback.days - 1) * dayMs))
    await runRetention(app.kernel)
    expect(await placesOf('只有许可证的人')).toContain('permit')
    app.clock.set(new Date(app.clock.now().getTime() + 2 * dayMs))
    await runRetention(app.kernel)
    await forgetAnswers(app.kernel)
    expect(await placesOf('只有许可证的人')).toEqual([])
  })

  test('who is still inside is never erased, however long', async () => {
    const visit = await visitOf('久留先生', '13711114444')
    app.clock.set(new Date(app.clock.now().getTime() + 3000 * dayMs))
    await runRetention(app.kernel)
    expect((await rowOf(visit.id)).visitor_name).toBe('久留先生')
    await leave(visit.id)
  })

  test('numbers of documents go earlier than the person', async () => {
    const visit = await visitOf('欧阳证件', '13711115555')
    await leave(visit.id)
    app.clock.set(new Date(app.clock.now().getTime() + (retentionSetting.fallback.documentDays + 1) * dayMs))
    await runRetention(app.kernel)
    const row = await app.kernel.sql.one(
      raw<{ document_sealed: string | null; visitor_name: string }>(
        'select document_sealed, visitor_name from visit where id = $1',
        [visit.id],
      ),
    )
    expect(row).toEqual({ document_sealed: null, visitor_name: '欧阳证件' })
    const known = await app.kernel.sql.one(
      raw<{ document_index: string | null }>('select document_index from visitor where name = $1', [
        '欧阳证件',
      ]),
    )
    expect(known.document_index).toBeNull()
  })

  test('G5 V12 looks at documents have a term of their own; the visit and what it says stay', async () => {
    const visit = await visitOf('看证件的人', '13711116666')
    await checkDocument(on(desk), {
      params: { id: visit.id },
      query: undefined,
      body: { kind: 'passport', number: 'E12345678', nameOnDocument: 'KAN ZHENGJIAN', suspicion: '照片不像' },
    })
    await leave(visit.id)
    const looks = async () =>
      (
        await app.kernel.sql.one(
          raw<{ n: number }>('select count(*)::int as n from document_check where visit_id = $1', [visit.id]),
        )
      ).n
    const said = async () =>
      (
        await app.kernel.sql.one(
          raw<{ n: number }>(
            "select count(*)::int as n from journal where entity_id = $1 and data->>'suspicion' = '照片不像'",
            [visit.id],
          ),
        )
      ).n
    const { lookDays } = retentionSetting.fallback
    app.clock.set(new Date(app.clock.now().getTime() + (lookDays - 1) * dayMs))
    await runRetention(app.kernel)
    expect([(await looks()) > 0, await said()]).toEqual([true, 1])
    app.clock.set(new Date(app.clock.now().getTime() + 2 * dayMs))
    await runRetention(app.kernel)
    expect([await looks(), await said()]).toEqual([0, 0])
    expect((await rowOf(visit.id)).visitor_name).toBe('看证件的人')
    expect(
      retentionSetting.schema.parse({ ...retentionSetting.fallback, lookDays: undefined }),
    ).toMatchObject({
      lookDays: 365,
    })
  })
})

test('G5 bad lines of an import of any kind go at their term, the reasons stay; on record', async () => {
  const run = newId()
  await app.kernel.sql.run(
    raw(
      `insert into import_run (id, site_id, kind, file_name, sha256, mapping, status, total, created, updated, unchanged,
         bad, at, finished_at, actor_id, actor_name, headings)
       values ($1, $2, 'people', 'a.xlsx', 'x', '{}', 'done', 1, 0, 0, 0, 1, $3, $3, 'a', 'a', '[]')`,
      [run, site, app.clock.now()],
    ),
  )
  await app.kernel.sql.run(
    raw(
      `insert into import_line (run_id, line, result, problems, cells) select $1, n, 'bad',
         '[{"field": "phone", "code": "phone", "value": "1390000"}]', '["皇甫错行"]' from generate_series(1, 450) n`,
      [run],
    ),
  )
  const left = () =>
    app.kernel.sql.all<{ cells: unknown; problems: unknown; n: number }>(
      raw(
        'select cells, problems, count(*)::int as n from import_line where run_id = $1 group by cells, problems',
        [run],
      ),
    )
  const { importDays } = retentionSetting.fallback
  app.clock.set(new Date(app.clock.now().getTime() + (importDays - 1) * dayMs))
  await runRetention(app.kernel)
  expect(await left()).toMatchObject([{ cells: ['皇甫错行'], n: 450 }])
  app.clock.set(new Date(app.clock.now().getTime() + 2 * dayMs))
  await runRetention(app.kernel)
  await runRetention(app.kernel)
  expect(await left()).toEqual([{ cells: null, problems: [{ field: 'phone', code: 'phone' }], n: 450 }])
  const told = await app.kernel.sql.all<{ n: number }>(
    raw(
      `select ("after"->>'importLines')::int as n from journal
       where action = 'retention.ran' and site_id = $1 and "after" ? 'importLines' order by id`,
      [site],
    ),
  )
  expect(told.map(({ n }) => n)).toEqual([200, 200, 50])
})

describe('G5 on request of the person', () => {
  async function personOf(name: string) {
    const { items } = await service.people(on(office), { ...empty, query: { q: name } })
    const [found] = items
    if (found === undefined) throw new Error(`${name} is not known`)
    return found
  }

  test('refused while inside, done afterwards, only with the name typed, on record without it', async () => {
    const visit = await visitOf('诸葛请求', '13711116666')
    const { id } = await personOf('诸葛请求')
    const body = { reason: '本人书面申请', name: '诸葛请求' }
    await expect(service.erase(on(office), { ...empty, params: { id }, body })).rejects.toThrow(
      'privacy.still-needed',
    )
    await leave(visit.id)
    const wrong = { ...body, name: '诸葛' }
    await expect(service.erase(on(office), { ...empty, params: { id }, body: wrong })).rejects.toThrow(
      'input.invalid',
    )
    const answers = await Promise.allSettled(
      Array.from({ length: 20 }, () => service.erase(on(office), { ...empty, params: { id }, body })),
    )
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect((await rowOf(visit.id)).organisation).toBe('')
    expect(await placesOf('诸葛请求')).toEqual([])
    const { items } = await service.requests(on(office), { ...empty, query: { limit: 10 } })
    expect(items[0]).toMatchObject({ kind: 'erase', reason: '本人书面申请', visits: 1 })
  })

  test('an announced visit must be called off first', async () => {
    const visit = await visitOf('端木取消', '13711117777')
    const { id } = await personOf('端木取消')
    const stored = await service.person(on(office), { ...empty, params: { id } })
    expect(stored).toMatchObject({ visits: 1, documents: 1, hindrances: ['inside'] })
    await cancel(on(desk), { ...empty, params: { id: visit.id }, body: { reason: '' } })
    expect((await service.person(on(office), { ...empty, params: { id } })).hindrances).toEqual([])
  })
})

describe('G4 the journal lets nothing but redaction happen', () => {
  const refused = (text: string) => expect(app.kernel.sql.run(raw(text))).rejects.toThrow('append-only')

  test.each([
    ['changing a value', `update journal set after = '{"status": "left"}' where action = 'visit.registered'`],
    [
      'redacting without its digest',
      `update journal set after = null, redacted_at = now(), digest = '\\x00' where id > 0`,
    ],
    [
      'putting another value in while redacting',
      `update journal set after = '{"status": "x"}', redacted_at = now(), digest = coalesce(digest, journal_digest(journal.*))`,
    ],
    [
      'another actor',
      `update journal set actor_id = 'x', redacted_at = now(), digest = coalesce(digest, journal_digest(journal.*))`,
    ],
    ['deleting', 'delete from journal'],
    ['emptying', 'truncate journal'],
  ])('%s', async (_name, text) => {
    await refused(text)
  })

  test('an entry redacted twice keeps the digest it was sealed with', async () => {
    await app.kernel.sql.run(
      raw(
        `update journal set before = null, data = null, redacted_at = now(), digest = coalesce(digest, journal_digest(journal.*))
         where redacted_at is not null`,
      ),
    )
    expect(await verify(app.kernel.sql)).toMatchObject({ ok: true, problems: [] })
  })
})
