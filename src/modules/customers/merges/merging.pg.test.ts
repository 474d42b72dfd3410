/** C5: one person is one record — recognised, merged, taken back, imported; visitors follow. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestApp, testActor, testApp } from '../../../apps/server/testing.ts'
import { systemActor } from '../../../kernel/actor.ts'
import { raw } from '../../../kernel/db/sql.ts'
import { newId } from '../../../kernel/ids.ts'
import { follow } from '../../../kernel/journal/followers.ts'
import { systemCtx } from '../../../kernel/kernel.ts'
import { type Ctx, command } from '../../../kernel/work/command.ts'
import * as companies from '../companies/service.ts'
import * as people from '../contacts/service.ts'
import { customersImporter } from '../import/importer.ts'
import { ownershipJobs, ownersLeft } from '../ownership/duty.ts'
import { recogniseContact } from '../public.ts'
import * as said from '../remarks/service.ts'
import { type SalesHouse, salesHouse } from '../testing.ts'
import * as merging from './service.ts'

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

const as = (roles: readonly string[], employeeId: string): Ctx =>
  app.ctx({ ...testActor(site, roles, employeeId), name: roles.join('+') }, site)
const office = () => as(['office_admin'], house.officeId)
const none = { params: undefined, query: undefined }
const byId = (id: string) => ({ params: { id }, query: undefined, body: undefined })
const company = (name: string, more: object = {}) =>
  companies.create(office(), { ...none, body: { name, mine: false, ...more } })
const contact = (name: string, more: object = {}) =>
  people.create(office(), { ...none, body: { name, ...more } })

const seen = (name: string, number: string | null, organisation = '', more: object = {}) =>
  command(systemCtx(app.kernel, site, systemActor), (work) =>
    recogniseContact(work, {
      siteId: site,
      name,
      number,
      organisation,
      origin: 'call',
      at: new Date('2026-03-09T02:00:00Z'),
      by: house.deskId,
      ...more,
    }),
  )

describe('C5 recognised from visits and calls', () => {
  test('twenty at once about one person: one contact', async () => {
    const ids = await Promise.all(Array.from({ length: 20 }, () => seen('高远', '13500000001', '远大公司')))
    expect(new Set(ids).size).toBe(1)
    const nameless = await Promise.all(Array.from({ length: 20 }, () => seen('何静', null, '静心公司')))
    expect(new Set(nameless).size).toBe(1)
  })

  test('the same number: namesake, form of address, a real name learned, another person', async () => {
    const first = await seen('王先生', '0138 0000 0002')
    expect(await seen('', '+86 138 0000 0002')).toBe(first)
    expect(await seen('王建国', '13800000002')).toBe(first)
    expect((await people.read(office(), byId(first))).name).toBe('王建国')
    const other = await seen('李芳', '13800000002')
    expect(other).not.toBe(first)
    expect(await seen('李女士', '13800000002')).toBe(other)
  })

  test('a company of that name stands behind them; who received them sees them in full', async () => {
    const made = await company('联想网络有限公司', { shortName: '联网' })
    const id = await seen('周杰', '13800000003', '联想网络', { concerns: [house.boId] })
    const card = await people.read(as(['host'], house.boId), byId(id))
    expect(card).toMatchObject({ customerId: made.id, concealed: false, name: '周杰' })
    expect((await people.read(as(['host'], house.anId), byId(id))).name).toBe('周**')
  })

  test('known without a number, told one later', async () => {
    const id = await seen('唐宁', null, '唐宁书店')
    expect(await seen('唐宁', '13800000004', '唐宁书店')).toBe(id)
    expect(await seen('', '13800000004')).toBe(id)
  })
})

const tables = [
  'customer',
  'contact',
  'customer_phone',
  'customer_remark',
  'customer_team',
  'contact_concern',
]
/** Everything of these tables but bookkeeping. */
async function snapshot(): Promise<string> {
  const parts = await Promise.all(
    tables.map((table) =>
      app.kernel.sql.all(
        raw(
          `select to_jsonb(t) - 'version' - 'updated_at' as row from ${table} t where site_id = $1 order by to_jsonb(t)::text`,
          [site],
        ),
      ),
    ),
  )
  return JSON.stringify(parts)
}

describe('C5 merging duplicates', () => {
  test('companies: suggested, merged, old ids lead to the one kept, taken back exactly', async () => {
    const a = await company('深圳天马贸易有限公司', {
      phones: [{ number: '0755-11112222', label: '' }],
      tags: ['甲'],
    })
    const b = await company('深圳天马贸易', {
      phones: [
        { number: '0755-11112222', label: '' },
        { number: '0755-33334444', label: '' },
      ],
      industry: '贸易',
      tags: ['乙'],
    })
    const worker = await contact('马云飞', { customerId: b.id })
    await said.add(office(), { ...none, body: { customerId: b.id, kind: 'note', text: '老客户' } })
    const found = await merging.suggestions(office(), {
      params: undefined,
      body: undefined,
      query: { entity: 'customer', id: a.id, limit: 10 },
    })
    expect(found.items).toMatchObject([{ reasons: ['name', 'number'] }])
    const before = await snapshot()
    const body = { entity: 'customer' as const, keptId: a.id, mergedId: b.id, fields: {} }
    const versions = { keptVersion: a.version, mergedVersion: b.version }
    const outcomes = await Promise.allSettled(
      Array.from({ length: 20 }, () => merging.merge(office(), { ...none, body: { ...body, ...versions } })),
    )
    const done = outcomes.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
    expect(done).toHaveLength(1)
    const card = await companies.read(office(), byId(b.id))
    expect(card).toMatchObject({ id: a.id, industry: '贸易', tags: ['甲', '乙'] })
    expect(card.phones).toHaveLength(2)
    expect(card.people.map((one) => one.id)).toEqual([worker.id])
    expect(card.merges).toMatchObject([{ name: '深圳天马贸易', can: { undo: true } }])
    await merging.undo(office(), byId(done[0]?.id ?? ''))
    expect(await snapshot()).toBe(before)
    await expect(merging.undo(office(), byId(done[0]?.id ?? ''))).rejects.toMatchObject({
      code: 'customer.merge-undone',
    })
  })

  test('contacts: visitors go along and come back; an edit since the merge stays', async () => {
    const a = await contact('林一', { phones: [{ number: '13800000011', label: '' }] })
    const b = await contact('林一', { phones: [{ number: '13800000011', label: '' }], title: '总监' })
    const visitor = newId()
    await app.kernel.sql.run(
      raw(
        `insert into visitor (id, site_id, name, name_pinyin, name_initials, organisation, phone, grams, last_visit_at,
           created_at, contact_id) values ($1, $2, '林一', 'linyi', 'ly', '', '', '{}', now(), now(), $3)`,
        [visitor, site, b.id],
      ),
    )
    const ofVisitor = async () =>
      (
        await app.kernel.sql.one<{ contact_id: string }>(
          raw('select contact_id from visitor where id = $1', [visitor]),
        )
      ).contact_id
    const merged = await merging.merge(office(), {
      ...none,
      body: { entity: 'contact', keptId: a.id, mergedId: b.id, keptVersion: 1, mergedVersion: 1, fields: {} },
    })
    const follower = app.kernel.modules.list
      .flatMap((one) => one.followers ?? [])
      .find((one) => one.name === 'visits-contacts')
    if (follower === undefined) throw new Error('no follower')
    const catchUp = async () => {
      await app.settled()
      while ((await follow(app.kernel, follower)) > 0);
    }
    await expect
      .poll(async () => {
        await catchUp()
        return await ofVisitor()
      })
      .toBe(a.id)
    const kept = await people.read(office(), byId(b.id))
    expect(kept).toMatchObject({ id: a.id, title: '总监' })
    await people.edit(office(), {
      params: { id: a.id },
      query: undefined,
      body: { version: kept.version, title: '董事' },
    })
    await merging.undo(office(), byId(merged.id))
    expect((await people.read(office(), byId(a.id))).title).toBe('董事')
    expect((await people.read(office(), byId(b.id))).title).toBe('总监')
    await expect
      .poll(async () => {
        await catchUp()
        return await ofVisitor()
      })
      .toBe(b.id)
  })
})

describe('S10 customer lists', () => {
  const row = (line: number, cells: Record<string, string>) => ({ line, cells })

  async function run(rows: readonly ReturnType<typeof row>[]) {
    return command(office(), async (work) => {
      const checked = await customersImporter.check(work, rows)
      const good = checked.flatMap((one) => (one.ok ? [{ line: one.line, value: one.value }] : []))
      const applied = await customersImporter.apply(work, good)
      return { checked, applied }
    })
  }

  test('read in, read again unchanged, bad lines named, taken back', async () => {
    const rows = [
      row(2, {
        company: '海星科技有限公司',
        grade: '重点',
        owner: '赵敏',
        contact: '白露',
        phone: '13900000021',
      }),
      row(3, {
        company: '海星科技',
        contact: '谷雨',
        phone: '办公 0755-55556666转12、13900000022',
        sex: '女',
      }),
      row(4, { company: '坏行', grade: '超级', phone: 'abc', contact: '坏', email: 'x' }),
      row(5, { company: '海星科技有限公司', contact: '白露', phone: '139 0000 0021' }),
    ]
    const first = await run(rows)
    expect(first.applied.map((one) => one.result)).toEqual(['created', 'created'])
    expect(
      first.checked.flatMap((one) => (one.ok ? [] : [one.problems.map((bad) => `${bad.field} ${bad.code}`)])),
    ).toEqual([['grade unknown', 'email email', 'phone phone'], [' duplicate']])
    const list = await companies.list(office(), {
      params: undefined,
      body: undefined,
      query: { q: '海星', limit: 10, state: 'active', sort: 'name' },
    })
    expect(list.items).toMatchObject([
      { name: '海星科技有限公司', grade: 'key', owner: { name: '赵敏' }, contacts: 2 },
    ])
    const again = await run(rows.slice(0, 2))
    expect(again.applied.map((one) => one.result)).toEqual(['unchanged', 'unchanged'])
    const undone = await command(office(), (work) =>
      customersImporter.undo(
        work,
        first.applied
          .map((one) => ({ entityId: one.entityId, before: one.before, result: 'created' as const }))
          .toReversed(),
      ),
    )
    expect(undone.kept).toEqual([])
    expect((await companies.read(office(), byId(list.items[0]?.id ?? ''))).active).toBe(false)
    const third = await run(rows.slice(0, 2))
    expect(third.applied.map((one) => one.result)).toEqual(['updated', 'updated'])
  })
})

describe('G1 customers of somebody who has left', () => {
  test('one task for the head, however often it is told', async () => {
    const made = await company('孤儿客户')
    const ctx = as(['director'], house.headId)
    const { assign } = await import('../ownership/service.ts')
    await assign(ctx, {
      params: { id: made.id },
      query: undefined,
      body: { version: 1, ownerId: house.boId, reason: '' },
    })
    await app.kernel.sql.run(raw('update employee set active = false where id = $1', [house.boId]))
    const jobs = await ownersLeft.handle(
      app.kernel.sql,
      [{ siteId: site, entityId: house.boId } as never],
      app.kernel,
    )
    const job = ownershipJobs[jobs[0]?.task ?? '']
    for (let n = 0; n < 2; n++) await job?.(app.kernel, jobs[0]?.payload, { attempt: 1, lastAttempt: false })
    const open = () =>
      app.kernel.sql.all<{ owner_id: string; facts: unknown }>(
        raw(`select owner_id, facts from task where kind = 'customer.orphaned' and status = 'open'`),
      )
    expect(await open()).toMatchObject([
      { owner_id: `department:${house.departmentId}`, facts: { name: '钱波', count: 1 } },
    ])
    const card = await companies.read(ctx, byId(made.id))
    expect(card.owner?.active).toBe(false)
    await assign(ctx, {
      params: { id: made.id },
      query: undefined,
      body: { version: card.version, ownerId: house.anId, reason: '' },
    })
    expect(await open()).toEqual([])
  })
})
