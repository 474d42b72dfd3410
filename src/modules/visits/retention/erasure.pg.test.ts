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
import { follow } from '../../../kernel/journal/followers.ts'
import { seal } from '../../../kernel/journal/seal.ts'
import { verify } from '../../../kernel/journal/verify.ts'
import { type MailPeer, mailPeer } from '../../../kernel/notifications/testing.ts'
import type { Ctx } from '../../../kernel/work/command.ts'
import { recogniseContact } from '../../customers/public.ts'
import * as agreements from '../agreements/service.ts'
import * as signing from '../agreements/sign.ts'
import { announce } from '../arrival/announce.ts'
import { checkIn } from '../arrival/check-in.ts'
import { register } from '../arrival/register.ts'
import { visits } from '../contract.ts'
import { emergencies } from '../emergency/contract.ts'
import * as emergency from '../emergency/service.ts'
import { create as createGroup } from '../groups/announce.ts'
import { groups } from '../groups/contract.ts'
import { release as releaseGroup } from '../groups/exit.ts'
import { checkIn as checkInGroup } from '../groups/service.ts'
import { permits } from '../permits/contract.ts'
import * as permit from '../permits/service.ts'
import { use } from '../permits/use.ts'
import * as incident from '../security/service.ts'
import { release } from '../stay/exit.ts'
import { edit } from '../stay/inside.ts'
import { houseFor, type TestHouse } from '../testing.ts'
import { unannounced } from '../unannounced/contract.ts'
import * as unannouncedService from '../unannounced/service.ts'
import { vehicles } from '../vehicles/contract.ts'
import * as car from '../vehicles/service.ts'
import * as service from './service.ts'

const person = {
  name: '欧阳独一二',
  phone: '13987654321',
  document: '11010519491231002X',
  plate: '粤B7Q9K1',
  email: 'ouyang.only@example.test',
  companion: '司徒随行九',
}
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

const none = { params: undefined, query: undefined, body: undefined }
const at = (id: string) => ({ ...none, params: { id } })

async function followAll(): Promise<void> {
  await app.settled()
  for (const module of app.kernel.modules.list) {
    for (const follower of module.followers ?? []) {
      while ((await follow(app.kernel, follower)) > 0);
    }
  }
}

async function leave(id: string): Promise<void> {
  await release(desk, {
    ...at(id),
    body: { passReturned: true, slipReturned: true, hostConfirmed: { byName: '张工' } },
  })
}

const details = {
  visitorName: person.name,
  organisation: '独行科技',
  phone: person.phone,
  purpose: `${person.name}来对账`,
  kind: 'visitor',
}

/** Every way a person comes to be on record; whoever adds one, adds it here. */
const ways: Record<string, () => Promise<void>> = {
  'walk-in with everything': async () => {
    const visit = await register(app.ctx(desk.actor, site, 'first-key'), {
      body: visits.register.body.parse({
        ...details,
        hostId: house.hostId,
        companions: [person.companion],
        plate: person.plate,
        note: `${person.name},电话 ${person.phone}`,
        consent: { how: 'phone', byId: house.hostId },
        document: { kind: 'id-card', number: person.document, nameOnDocument: person.name },
        issuePass: true,
      }),
    })
    await car.add(desk, {
      ...at(visit.id),
      body: vehicles.add.body.parse({
        plate: '粤A7Q9K1',
        driverName: person.companion,
        driverPhone: person.phone,
      }),
    })
    await edit(desk, {
      ...at(visit.id),
      body: visits.edit.body.parse({ version: await versionOf(visit.id), note: `${person.name}改` }),
    })
    const alarm = await incident.raise(desk, {
      body: { place: '前台', surface: 'desk', visitId: visit.id },
    })
    await incident.acknowledge(guard, at(alarm.id))
    const there = await incident.arrive(guard, at(alarm.id))
    await incident.edit(guard, {
      ...at(alarm.id),
      body: {
        version: there.version,
        persons: `${person.name} ${person.phone}`,
        course: `${person.name}大声喧哗`,
        measures: '劝离',
      },
    })
    await incident.close(guard, at(alarm.id))
    await leave(visit.id)
  },
  'announced, invited by e-mail, signs': async () => {
    const made = await agreements.create(office, {
      ...none,
      body: {
        ...{ purpose: 'safety', title: { zh: '安全须知', en: 'Safety' }, body: { zh: '须知', en: 'Notes' } },
        ...{ kinds: [], categories: [], validDays: 0, needsSignature: true },
      },
    })
    const agreement = await agreements.publish(office, { ...at(made.id), body: { version: made.version } })
    const expectedAt = new Date(app.clock.now().getTime() + 3_600_000).toISOString()
    const visit = await announce(desk, {
      body: visits.announce.body.parse({
        ...details,
        hostId: house.hostId,
        expectedAt,
        validUntil: new Date(app.clock.now().getTime() + 3 * 3_600_000).toISOString(),
        email: person.email,
        language: 'zh',
      }),
    })
    await followAll()
    await signing.sign(
      desk,
      visit.id,
      {
        ...{ versionId: agreement.current?.id ?? '', signerName: person.name, language: 'zh' as const },
        ...{ picture: null, read: true as const },
      },
      'kiosk',
    )
    await checkIn(desk, {
      ...at(visit.id),
      body: visits.checkIn.body.parse({
        consent: { how: 'phone', byId: house.hostId },
        document: { kind: 'id-card', number: person.document, nameOnDocument: person.name },
      }),
    })
    await leave(visit.id)
  },
  'asks for the host, who is told': async () => {
    const visit = await register(desk, {
      body: visits.register.body.parse({ ...details, hostId: house.hostId }),
    })
    await followAll()
    await app.kernel.sql.run(
      raw("update visit set status = 'admitted', admitted_at = now() where id = $1", [visit.id]),
    )
    await leave(visit.id)
  },
  'member and leader of a group': async () => {
    const group = await createGroup(desk, {
      ...none,
      body: groups.create.body.parse({
        ...{ title: `${person.name}参观团`, kind: 'visitor', hostId: house.hostId, organiser: '独行科技' },
        ...{ expectedAt: app.clock.now().toISOString(), leaderName: person.name, leaderPhone: person.phone },
        members: [{ visitorName: person.name, phone: person.phone, organisation: '独行科技' }],
      }),
    })
    await checkInGroup(desk, { ...at(group.id), body: groups.checkIn.body.parse({}) })
    await releaseGroup(desk, {
      ...at(group.id),
      body: groups.release.body.parse({ hostConfirmed: { byName: '张工' } }),
    })
  },
  'standing permit, used and ended': async () => {
    const drafted = await permit.create(desk, {
      ...none,
      body: permits.create.body.parse({
        ...{ holderName: person.name, phone: person.phone, organisation: '独行科技', kind: 'visitor' },
        ...{ purpose: `${person.name}维保`, hostId: house.hostId, plate: person.plate },
        ...{ validFrom: '2026-03-01', validTo: '2026-12-31', fromMinute: 0, toMinute: 1440 },
        document: { kind: 'id-card', number: person.document },
        papers: [{ kind: '特种作业证', number: person.document, expiresOn: '2026-06-30' }],
      }),
    })
    await permit.activate(desk, { ...at(drafted.id), body: { reason: '' } } as Parameters<
      typeof permit.activate
    >[1])
    const { visit } = await use(desk, { ...none, body: permits.use.body.parse({ code: drafted.number }) })
    await leave(visit.id)
    await permit.end(desk, { ...at(drafted.id), body: { reason: `${person.name}不再来` } })
  },
  'let in first, registered afterwards': async () => {
    const { items } = await emergency.kinds(desk)
    const made = await emergency.letIn(desk, {
      body: emergencies.letIn.body.parse({ kind: items[0]?.key, place: '大门', plate: person.plate }),
    })
    await emergency.register(desk, {
      ...at(made.visit.id),
      body: emergencies.register.body.parse({ ...details, plate: person.plate, hostId: house.hostId }),
    })
    await leave(made.visit.id)
  },
  'unannounced, instructed': async () => {
    const made = await unannouncedService.start(desk, {
      body: unannounced.begin.body.parse({
        ...{ visitorName: person.name, organisation: '独行科技', chargeId: house.headId },
        claim: `${person.name}说认识孙总`,
      }),
    })
    const { id } = made.visit
    await unannouncedService.contact(desk, { ...at(id), body: { result: 'no-answer' } })
    await unannouncedService.instruct(desk, {
      ...at(id),
      body: unannounced.instruct.body.parse({
        instruction: 'receive',
        words: `请${person.name}进来`,
        byId: house.headId,
      }),
    })
    await leave(id)
  },
  'known to the telephone': async () => {
    const { siteId } = desk
    const contactId = await recogniseContact(app.kernel.sql, {
      ...{ siteId, name: person.name, number: `+86${person.phone}`, organisation: '独行科技' },
      ...{ origin: 'call' as const, at: app.clock.now(), by: 'test', concerns: [house.hostId] },
    })
    const id = newId()
    await app.kernel.sql.run(
      raw(
        `insert into call (id, site_id, status, status_at, status_by, direction, source, caller_number, caller_shown, contact_id,
           contact_name, organisation, contact_phone, reason, outcome, outcome_note, terms, started_at, ended_at, created_at,
           created_by, updated_at)
         values ($1, $2, 'closed', $3, 'test', 'in', 'hand', $4, $4, $5, $6, '独行科技', $4, $7, 'message', $7, array[$6], $3, $3,
           $3, 'test', $3)`,
        [id, siteId, app.clock.now(), `+86${person.phone}`, contactId, person.name, `${person.name}问价`],
      ),
    )
    await app.kernel.sql.run(
      raw(
        `insert into message (id, site_id, status, status_at, status_by, call_id, caller_name, phone, matter, to_kind, to_id,
           to_name, taken_at, taken_by, taken_by_name, terms)
         values ($1, $2, 'new', $3, 'test', $4, $5, $6, $7, 'person', $8, '张工', $3, 'test', 'test', array[$5])`,
        [
          newId(),
          siteId,
          app.clock.now(),
          id,
          person.name,
          `+86${person.phone}`,
          `请回电${person.name}`,
          house.hostId,
        ],
      ),
    )
    await app.kernel.sql.run(
      raw(
        `insert into callback (id, site_id, status, status_at, status_by, kind, call_id, contact_id, caller_name, phone, matter,
           owner_kind, owner_id, owner_name, due_at, promised_at, promised_by, promised_by_name, terms)
         values ($1, $2, 'promised', $3, 'test', 'other', $4, $5, $6, $7, $8, 'person', $9, '张工', $3, $3, 'test', 'test',
           array[$6])`,
        [
          newId(),
          siteId,
          app.clock.now(),
          id,
          contactId,
          person.name,
          `+86${person.phone}`,
          `${person.name}报价`,
          house.hostId,
        ],
      ),
    )
    await app.kernel.sql.run(
      raw(
        `insert into customer_remark (id, site_id, contact_id, kind, text, status, at, by_id, by_name)
         values ($1, $2, $3, 'suggestion', $4, 'kept', $5, 'test', 'test')`,
        [newId(), siteId, contactId, `${person.name}建议增加座椅`, app.clock.now()],
      ),
    )
  },
}

const versionOf = async (id: string) =>
  (await app.kernel.sql.one(raw<{ version: number }>('select version from visit where id = $1', [id])))
    .version

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
    for (const go of Object.values(ways)) {
      app.clock.advance(10)
      await go()
    }
    await followAll()
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
    await followAll()
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
    await followAll()
    const contacts = await app.kernel.sql.all(
      raw<{ name: string; n: number }>(
        'select name, count(*)::int as n from contact where site_id = $1 and active group by name',
        [site],
      ),
    )
    expect(contacts).toEqual([{ name: person.name, n: 1 }])
  })
})
