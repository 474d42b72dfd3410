/**
 * G5: somebody the house knows in every way there is asks for a copy, gets all of it, and is erased: afterwards no column of
 * any table says their name, telephone, document, plate or address, but for those named in `stays`, each with its reason.
 */
import readXlsxFile from 'read-excel-file/node'
import { extractText } from 'unpdf'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestApp, testActor, testApp } from '../../../apps/server/testing.ts'
import { raw } from '../../../kernel/db/sql.ts'
import { newId } from '../../../kernel/ids.ts'
import { seal } from '../../../kernel/journal/seal.ts'
import { verify } from '../../../kernel/journal/verify.ts'
import { type MailPeer, mailPeer } from '../../../kernel/notifications/testing.ts'
import type { Ctx } from '../../../kernel/work/command.ts'
import { register } from '../arrival/register.ts'
import { visits } from '../contract.ts'
import { houseFor, type TestHouse } from '../testing.ts'
import * as service from './service.ts'
import { at, details, everyWay, followAll, none, person } from './testing.ts'

const words = [...Object.values(person), '粤B·7Q9K1', '139 8765 4321', '7Q9K1', '11010519491231']

/** Where a word may still stand, and why. */
const stays: Readonly<Record<string, string>> = {}

let app: TestApp
let mail: MailPeer
let house: TestHouse
const site = newId()
let desk: Ctx
let office: Ctx
let guard: Ctx

beforeAll(async () => {
  mail = await mailPeer()
  app = await testApp({ env: { SMTP_URL: mail.url, PUBLIC_URL: 'http://foyer.test' } })
  house = await houseFor(app, site)
  desk = app.ctx(testActor(site, ['receptionist'], house.deskId), site)
  office = app.ctx(testActor(site, ['office_admin'], house.headId), site)
  guard = app.ctx(testActor(site, ['guard'], newId()), site)
})
afterAll(async () => {
  await app.close()
  await mail.close()
})

const says = (text: string) =>
  `exists (select from unnest($1::text[]) w where position(lower(w) in lower(${text})) > 0)`

/** Every text of every table, the job queue's too, that says one of the words; columns only where a table does. */
async function placesOf(said: readonly string[]): Promise<string[]> {
  const { sql } = app.kernel
  const tables = await sql.all(
    raw<{ name: string; columns: string[] }>(
      `select format('%I.%I', table_schema, table_name) as name, array_agg(column_name::text order by 1) as columns
       from information_schema.columns join information_schema.tables using (table_schema, table_name)
       where table_schema in ('public', 'graphile_worker') and table_type = 'BASE TABLE' group by 1 order by 1`,
    ),
  )
  const found: string[] = []
  for (const { name, columns } of tables) {
    const hit = await sql.one(
      raw<{ any: boolean }>(`select exists (select from ${name} t where ${says('t::text')}) as any`, [said]),
    )
    if (!hit.any) continue
    for (const column of columns) {
      // An entry of the journal is known by what was done.
      const what = name === 'public.journal' ? "' ' || action" : "''"
      const rows = await sql.all(
        raw<{ what: string }>(
          `select distinct ${what} as what from ${name} t where ${says(`t."${column}"::text`)}`,
          [said],
        ),
      )
      found.push(...rows.map((row) => `${name.replace('public.', '')}.${column}${row.what}`))
    }
  }
  return found
}

const found = async () => (await service.people(office, { ...none, query: { q: person.name } })).items

async function copyOf(id: string, format: 'xlsx' | 'pdf' | 'json'): Promise<Buffer> {
  let body: Buffer = Buffer.alloc(0)
  const reply = {
    type: () => reply,
    header: () => reply,
    send: async (content: Buffer) => {
      body = content
    },
  }
  await service.exportPerson(
    office,
    { ...at(id), body: { reason: `${person.name}本人申请`, format, language: 'zh' } },
    { reply: reply as never },
  )
  return body
}

describe('G5 a person known in every way', () => {
  test('is on record in all of these places before', { timeout: 120_000 }, async () => {
    for (const go of Object.values(everyWay({ app, house, site, desk, office, guard }))) {
      app.clock.advance(10)
      await go()
    }
    await followAll(app)
    const tables = new Set((await placesOf(words)).map((place) => place.split('.')[0]))
    for (const table of [
      ...['visit', 'visitor', 'visit_vehicle', 'visit_group', 'visit_unannounced', 'permit', 'incident'],
      ...[
        'invitation',
        'agreement_signature',
        'document_check',
        'journal',
        'task',
        'notification',
        'idempotency',
      ],
      ...['contact', 'customer_phone', 'customer_remark', 'call', 'message', 'callback', 'find_word'],
    ])
      expect(tables, table).toContain(table)
  })

  test('gets all of it as workbook, PDF and JSON', { timeout: 120_000 }, async () => {
    const id = (await found()).find(({ phoneMasked }) => phoneMasked !== '')?.id ?? ''
    const workbook = await readXlsxFile(await copyOf(id, 'xlsx'))
    const sheets = new Map(
      workbook.map(({ sheet, data }) => [sheet, data.slice(1).map((row) => row.join(' '))]),
    )
    for (const [sheet, word] of [
      ['本人资料', person.name],
      ['来访记录', person.companion],
      ['证件查验', '002X'],
      ['车辆', '7Q9K1'],
      ['长期出入许可', '特种作业证'],
      ['签署的文件', '安全须知'],
      ['邀请邮件', person.email],
      ['其他记载', '安保事件'],
      ['联系人卡片', person.name],
      ['建议与备注', '增加座椅'],
      ['电话与留言', '问价'],
    ] as const)
      expect(sheets.get(sheet)?.join('\n'), sheet).toContain(word)
    const json = JSON.parse((await copyOf(id, 'json')).toString('utf8'))
    const table = (name: string) => json.tables.find((part: { table: string }) => part.table === name).records
    expect(table('Visits').length).toBeGreaterThanOrEqual(6)
    expect(table('Visits')[0]).toMatchObject({ Name: person.name, Organisation: '独行科技' })
    expect(table('Calls and messages').map((row: { Kind: string }) => row.Kind)).toEqual(
      expect.arrayContaining(['Call', 'Message', 'Promised call']),
    )
    const { text } = await extractText(new Uint8Array(await copyOf(id, 'pdf')))
    const printed = text.join('').replace(/\s/g, '')
    for (const word of [person.name, '个人数据副本', '增加座椅', '安保事件']) expect(printed).toContain(word)
  })

  test('is erased everywhere, and the journal still verifies', { timeout: 120_000 }, async () => {
    await seal(app.kernel)
    const before = await app.kernel.sql.all(
      raw<{ id: string }>('select id from visitor where site_id = $1 and name = $2', [site, person.name]),
    )
    // One erasure takes along every row that is the same contact.
    for (let [one] = await found(); one !== undefined; [one] = await found())
      await service.erase(office, { ...at(one.id), body: { reason: `${one.name}申请`, name: one.name } })
    await followAll(app)
    expect((await placesOf(words)).filter((place) => stays[place] === undefined)).toEqual([])
    // G5: an id made of name and telephone would let anybody try names on it.
    const ids = before.map(({ id }) => id)
    expect(await placesOf(ids)).toEqual([])
    await seal(app.kernel)
    expect(await verify(app.kernel.sql)).toMatchObject({ ok: true, problems: [] })
  })

  test('comes back as somebody new', async () => {
    const visit = await register(desk, {
      body: visits.register.body.parse({
        ...details,
        hostId: house.hostId,
        consent: { how: 'phone', byId: house.hostId },
      }),
    })
    const row = await app.kernel.sql.one(
      raw<{ name: string; visits: number }>(
        'select p.name, p.visits from visitor p join visit v on v.visitor_id = p.id where v.id = $1',
        [visit.id],
      ),
    )
    expect(row).toEqual({ name: person.name, visits: 1 })
    await followAll(app)
    const contacts = await app.kernel.sql.all(
      raw<{ name: string; n: number }>(
        'select name, count(*)::int as n from contact where site_id = $1 and active group by name',
        [site],
      ),
    )
    expect(contacts).toEqual([{ name: person.name, n: 1 }])
  })
})
