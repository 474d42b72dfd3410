/** Companies, contacts, whose they are: on a real database, twenty at once where it matters. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestApp, testActor, testApp } from '../../apps/server/testing.ts'
import type { Actor } from '../../kernel/actor.ts'
import { raw } from '../../kernel/db/sql.ts'
import { newId } from '../../kernel/ids.ts'
import type { Ctx } from '../../kernel/work/command.ts'
import * as companies from './companies/service.ts'
import * as people from './contacts/service.ts'
import * as owners from './ownership/service.ts'
import * as moving from './ownership/transfers.ts'
import * as said from './remarks/service.ts'
import { type SalesHouse, salesHouse } from './testing.ts'

let app: TestApp
let house: SalesHouse
const site = newId()

beforeAll(async () => {
  app = await testApp()
  house = await salesHouse(app, site)
})
afterAll(async () => {
  await app.close()
})

const as = (roles: readonly string[], employeeId: string | null = newId()): Ctx =>
  app.ctx(named(roles, employeeId), site)
function named(roles: readonly string[], employeeId: string | null): Actor {
  return { ...testActor(site, roles, employeeId), name: roles.join('+') }
}
const desk = () => as(['receptionist'], house.deskId)
const office = () => as(['office_admin'], house.officeId)
const an = () => as(['host'], house.anId)
const bo = () => as(['host'], house.boId)
const head = () => as(['department_head'], house.headId)
const leader = () => as(['host'], house.headId)

const phone = (number: string, label = '') => ({ number, label })
async function company(name: string, more: object = {}, ctx = desk()) {
  return companies.create(ctx, { params: undefined, query: undefined, body: { name, mine: false, ...more } })
}
const byId = (id: string) => ({ params: { id }, query: undefined, body: undefined })
async function openTasks(kind: string, subjectId: string) {
  return app.kernel.sql.all<{ ownerKind: string; ownerId: string; facts: Record<string, unknown> }>(
    raw(
      `select owner_kind as "ownerKind", owner_id as "ownerId", facts from task
       where kind = $1 and subject_id = $2 and status = 'open'`,
      [kind, subjectId],
    ),
  )
}
async function journalOf(entityId: string): Promise<string[]> {
  const rows = await app.kernel.sql.all<{ action: string }>(
    raw('select action from journal where entity_id = $1 order by id', [entityId]),
  )
  return rows.map((row) => row.action)
}

describe('S10 companies and contacts', () => {
  test('numbers are normalised, shown masked, revealed on record', async () => {
    const made = await company('深圳华信科技有限公司', {
      shortName: '华信',
      grade: 'key',
      tags: ['展会', '展会', '老客户'],
      phones: [phone('0755-66668000转8130', '总机'), phone('400-810-6666')],
    })
    expect(made).toMatchObject({ grade: 'key', tags: ['展会', '老客户'], version: 1, owner: null })
    expect(made.phones.map((one) => [one.number, one.extension, one.label])).toEqual([
      ['0755****8000', '8130', '总机'],
      ['4008106666', '', ''],
    ])
    const shown = await companies.reveal(desk(), {
      params: { id: made.id },
      query: undefined,
      body: { phoneId: made.phones[0]?.id ?? '' },
    })
    expect(shown.value).toBe('0755-6666 8000')
    expect(await journalOf(made.id)).toEqual(['customer.created', 'customer.revealed'])
    const journalled = JSON.stringify(
      await app.kernel.sql.all(
        raw('select before, after, data from journal where entity_id = $1', [made.id]),
      ),
    )
    expect(journalled).not.toContain('66668000')
  })

  test('an edit keeps masked numbers by their id, refuses an old version, says which line is wrong', async () => {
    const made = await company('编辑公司', { phones: [phone('13812345678', '手机')] })
    const kept = made.phones[0]?.id ?? ''
    const edited = await companies.edit(desk(), {
      params: { id: made.id },
      query: undefined,
      body: {
        version: 1,
        industry: '电子',
        phones: [{ id: kept, label: '老板' }, phone('0755-22223333')],
      },
    })
    expect(edited.phones.map((one) => [one.id === kept, one.number, one.label])).toEqual([
      [true, '138****5678', '老板'],
      [false, '0755****3333', ''],
    ])
    await expect(
      companies.edit(desk(), {
        params: { id: made.id },
        query: undefined,
        body: { version: 1, industry: 'x' },
      }),
    ).rejects.toMatchObject({ code: 'edit.stale' })
    await expect(
      companies.edit(desk(), {
        params: { id: made.id },
        query: undefined,
        body: { version: 2, phones: [phone('13812345678'), phone('+86 138 1234 5678'), phone('abc')] },
      }),
    ).rejects.toMatchObject({
      fields: [
        { path: 'phones.1.number', code: 'duplicate' },
        { path: 'phones.2.number', code: 'phone' },
      ],
    })
  })

  test('lists: text, pinyin, initials, number tail, tag, owner; pages hold together in every sort', async () => {
    const names = ['阿尔法贸易', '贝塔物流', '伽马软件', '德尔塔制造', '艾普西龙咨询']
    for (const [index, name] of names.entries())
      await company(name, { tags: ['希腊'], phones: [phone(`1390000111${index}`)] })
    const all = async (query: object) =>
      (
        await companies.list(desk(), {
          params: undefined,
          query: { limit: 50, state: 'active', sort: 'name', ...query },
          body: undefined,
        })
      ).items.map((one) => one.name)
    for (const q of ['贝塔', 'beita', 'btwl', '1390000111 1', '13900001111'])
      expect(await all({ q }), q).toEqual(['贝塔物流'])
    expect((await all({ tag: '希腊' })).toSorted()).toEqual(names.toSorted())
    for (const sort of ['name', 'updated', 'newest'] as const) {
      const seen: string[] = []
      for (let cursor: string | undefined; ; ) {
        const page = await companies.list(desk(), {
          params: undefined,
          query: {
            limit: 2,
            state: 'active',
            sort,
            tag: '希腊',
            ...(cursor === undefined ? {} : { cursor }),
          },
          body: undefined,
        })
        seen.push(...page.items.map((one) => one.name))
        if (page.next === null) break
        cursor = page.next
      }
      expect(seen).toEqual(await all({ tag: '希腊', sort }))
    }
    expect(await all({ tag: '希腊', owner: 'none' })).toHaveLength(5)
    expect(await all({ tag: '希腊', owner: 'left' })).toEqual([])
  })

  test('closed and opened again; twice changes nothing', async () => {
    const made = await company('停用公司')
    const closed = await companies.deactivate(desk(), {
      params: { id: made.id },
      query: undefined,
      body: { version: 1 },
    })
    expect(closed).toMatchObject({ active: false, version: 2 })
    const opened = await companies.activate(desk(), {
      params: { id: made.id },
      query: undefined,
      body: { version: 2 },
    })
    expect(opened.active).toBe(true)
  })

  test('a contact belongs to a company, which then speaks for the organisation told', async () => {
    const made = await company('联系人公司', { grade: 'vip' })
    const contact = await people.create(desk(), {
      params: undefined,
      query: undefined,
      body: {
        name: '王芳',
        customerId: made.id,
        organisation: '随便',
        email: 'Wang.Fang@example.com',
        phones: [phone('13700001234')],
      },
    })
    expect(contact).toMatchObject({
      customerName: '联系人公司',
      organisation: '',
      grade: 'vip',
      email: 'w***@example.com',
    })
    const email = await people.reveal(desk(), {
      params: { id: contact.id },
      query: undefined,
      body: { phoneId: null },
    })
    expect(email.value).toBe('wang.fang@example.com')
    await expect(
      people.create(desk(), {
        params: undefined,
        query: undefined,
        body: { name: 'x', customerId: newId() },
      }),
    ).rejects.toMatchObject({ code: 'customer.unknown' })
  })
})

describe('C5 whose customer', () => {
  test('twenty claim at once: one gets it, nineteen hear whose it is', async () => {
    const made = await company('抢手客户')
    const settled = await Promise.allSettled(
      Array.from({ length: 20 }, (_, index) => owners.claim(index % 2 === 0 ? an() : bo(), byId(made.id))),
    )
    expect(settled.filter((one) => one.status === 'fulfilled')).toHaveLength(1)
    const history = await app.kernel.sql.all(
      raw('select 1 from customer_ownership where customer_id = $1', [made.id]),
    )
    expect(history).toHaveLength(1)
    const now = await companies.read(desk(), byId(made.id))
    expect(now.owner).toMatchObject({ locked: true, lockedUntil: '2026-06-07' })
  })

  test('assigned with a date; given to nobody; somebody unknown is refused', async () => {
    const made = await company('指派客户')
    const given = await owners.assign(office(), {
      params: { id: made.id },
      query: undefined,
      body: { version: 1, ownerId: house.anId, lockedUntil: '2026-03-31', reason: '展会分配' },
    })
    expect(given.owner).toMatchObject({ name: '赵敏', extension: '8101', lockedUntil: '2026-03-31' })
    await expect(
      owners.assign(office(), {
        params: { id: made.id },
        query: undefined,
        body: { version: given.version, ownerId: newId(), reason: '' },
      }),
    ).rejects.toMatchObject({ code: 'customer.owner-unknown' })
    const free = await owners.assign(office(), {
      params: { id: made.id },
      query: undefined,
      body: { version: given.version, ownerId: null, reason: '' },
    })
    expect(free.owner).toBeNull()
    expect(free.ownerships.map((one) => [one.ownerName, one.until !== null])).toEqual([['赵敏', true]])
  })

  test('a transfer goes to the head of the owner’s department; approved it changes hands; taken back exactly', async () => {
    const made = await company('转移客户', { mine: true }, an())
    await expect(owners.claim(bo(), byId(made.id))).rejects.toMatchObject({ code: 'customer.owned' })
    const asked = await moving.ask(bo(), {
      params: { id: made.id },
      query: undefined,
      body: { reason: '老同学' },
    })
    expect(asked).toMatchObject({ status: 'asked', can: { approve: false, withdraw: true } })
    expect(await openTasks('customer.transfer', asked.id)).toMatchObject([
      { ownerKind: 'post', ownerId: `department:${house.departmentId}` },
    ])
    const twice = moving.ask(bo(), { params: { id: made.id }, query: undefined, body: { reason: '再来' } })
    await expect(twice).rejects.toMatchObject({ code: 'customer.transfer-open' })
    // The head has no role but leads the department.
    const decision = { params: { id: asked.id }, query: undefined, body: { answer: '同意' } }
    await expect(moving.approve(bo(), decision)).rejects.toMatchObject({ code: 'auth.forbidden' })
    const before = await companies.read(office(), byId(made.id))
    const approved = await moving.approve(leader(), decision)
    expect(approved).toMatchObject({ status: 'approved', can: { undo: true } })
    expect((await companies.read(office(), byId(made.id))).owner?.name).toBe('钱波')
    expect(await openTasks('customer.transfer', asked.id)).toEqual([])
    const undone = await moving.undo(leader(), byId(asked.id))
    expect(undone.status).toBe('asked')
    const after = await companies.read(office(), byId(made.id))
    expect(after.owner).toEqual(before.owner)
    expect(await openTasks('customer.transfer', asked.id)).toHaveLength(1)
    await moving.refuse(leader(), { params: { id: asked.id }, query: undefined, body: { answer: '不行' } })
    await expect(moving.withdraw(bo(), byId(asked.id))).rejects.toMatchObject({ code: 'transition.refused' })
  })

  test('twenty decide at once: one decision', async () => {
    const made = await company('争议客户', { mine: true }, an())
    const asked = await moving.ask(bo(), {
      params: { id: made.id },
      query: undefined,
      body: { reason: '请' },
    })
    const settled = await Promise.allSettled(
      Array.from({ length: 20 }, (_, index) =>
        index % 2 === 0
          ? moving.approve(head(), { params: { id: asked.id }, query: undefined, body: { answer: '' } })
          : moving.refuse(office(), { params: { id: asked.id }, query: undefined, body: { answer: '否' } }),
      ),
    )
    expect(settled.filter((one) => one.status === 'fulfilled')).toHaveLength(1)
  })

  test('S10 the service team is kept in order and sees the record in full', async () => {
    const made = await company('重点客户', { grade: 'key', note: '机密' })
    expect(await companies.read(bo(), byId(made.id))).toMatchObject({ concealed: true, note: '' })
    const team = await owners.setTeam(office(), {
      params: { id: made.id },
      query: undefined,
      body: { version: 1, members: [{ employeeId: house.boId, duty: '技术' }] },
    })
    expect(team.team).toMatchObject([{ name: '钱波', extension: '8102', duty: '技术' }])
    expect(await companies.read(bo(), byId(made.id))).toMatchObject({ concealed: false, note: '机密' })
  })
})

describe('G5 who sees what', () => {
  test('a host sees their own in full, others’ without what is none of their business', async () => {
    const made = await company('别家客户', { mine: true, note: '底价', address: '某路 1 号' }, an())
    const contact = await people.create(an(), {
      params: undefined,
      query: undefined,
      body: { name: '李雷', customerId: made.id, phones: [phone('13611112222')], note: '生日 3 月' },
    })
    expect(await companies.read(an(), byId(made.id))).toMatchObject({ concealed: false, note: '底价' })
    const seen = await companies.read(bo(), byId(made.id))
    expect(seen).toMatchObject({ concealed: true, note: '', address: '', promises: [], ownerships: [] })
    expect(seen.people.map((one) => one.name)).toEqual(['李**'])
    expect(await people.read(bo(), byId(contact.id))).toMatchObject({
      name: '李**',
      note: '',
      concealed: true,
    })
    const look = {
      params: { id: contact.id },
      query: undefined,
      body: { phoneId: contact.phones[0]?.id ?? '' },
    }
    await expect(people.reveal(bo(), look)).rejects.toMatchObject({ code: 'auth.forbidden' })
    await expect(
      people.edit(bo(), { params: { id: contact.id }, query: undefined, body: { version: 1, note: 'x' } }),
    ).rejects.toMatchObject({ code: 'auth.forbidden' })
    await expect(
      said.add(bo(), {
        params: undefined,
        query: undefined,
        body: { customerId: made.id, kind: 'note', text: 'x' },
      }),
    ).rejects.toMatchObject({ code: 'auth.forbidden' })
    expect((await people.reveal(an(), look)).value).toBe('136 1111 2222')
  })

  test('nothing of another site', async () => {
    const made = await company('本站客户')
    const elsewhere = newId()
    await salesHouse(app, elsewhere)
    const ctx = app.ctx(testActor(elsewhere, ['office_admin']), elsewhere)
    await expect(companies.read(ctx, byId(made.id))).rejects.toMatchObject({ code: 'entity.not-found' })
  })
})

describe('S10, G2 what customers said', () => {
  test('a suggestion is a promise of the owner; answered it is settled; taken back it stands again', async () => {
    const made = await company('建议客户', { mine: true }, an())
    const remark = await said.add(desk(), {
      params: undefined,
      query: undefined,
      body: { customerId: made.id, kind: 'suggestion', text: '希望增加停车位' },
    })
    expect(remark).toMatchObject({ status: 'open', can: { answer: true } })
    expect(await openTasks('customer.suggestion', remark.id)).toMatchObject([{ ownerId: house.anId }])
    const card = await companies.read(desk(), byId(made.id))
    expect(card.promises).toMatchObject([{ kind: 'customer.suggestion', ownerName: '赵敏' }])
    const answered = await said.answer(an(), {
      params: { id: remark.id },
      query: undefined,
      body: { answer: '下月增加两个' },
    })
    expect(answered).toMatchObject({ status: 'answered', can: { reopen: true } })
    expect(await openTasks('customer.suggestion', remark.id)).toEqual([])
    await said.reopen(an(), byId(remark.id))
    expect(await openTasks('customer.suggestion', remark.id)).toHaveLength(1)
  })

  test('without an owner the office answers; notes and research are kept', async () => {
    const made = await company('无主建议')
    const body = { customerId: made.id, text: '不错' }
    const call = (kind: 'note' | 'suggestion' | 'research') =>
      said.add(desk(), { params: undefined, query: undefined, body: { ...body, kind } })
    const suggestion = await call('suggestion')
    expect(await openTasks('customer.suggestion', suggestion.id)).toMatchObject([{ ownerId: 'office_admin' }])
    expect((await call('research')).status).toBe('kept')
    const list = await said.list(desk(), {
      params: undefined,
      query: { limit: 50, customerId: made.id },
      body: undefined,
    })
    expect(list.items.map((one) => one.kind)).toEqual(['research', 'suggestion'])
  })
})
