/** The single window over the whole house (C5): what each kind of term finds, and what nobody finds who may not (G5). */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Actor } from '../../kernel/actor.ts'
import { raw } from '../../kernel/db/sql.ts'
import { find } from '../../kernel/find/contract.ts'
import type { Finder } from '../../kernel/find/finder.ts'
import { search } from '../../kernel/find/service.ts'
import { spellingOf } from '../../kernel/find/spelling.ts'
import { newId } from '../../kernel/ids.ts'
import type { FoyerModule } from '../../kernel/module.ts'
import { command } from '../../kernel/work/command.ts'
import { customersFinder } from '../../modules/customers/find.ts'
import { customerMatrix } from '../../modules/customers/policy.ts'
import { recognise } from '../../modules/customers/recognise/service.ts'
import { companyKey } from '../../modules/customers/rules.ts'
import { createPerson } from '../../modules/directory/public.ts'
import { register } from '../../modules/visits/arrival/register.ts'
import { visits } from '../../modules/visits/contract.ts'
import { checkDocument } from '../../modules/visits/stay/inside.ts'
import { houseFor, type TestHouse } from '../../modules/visits/testing.ts'
import { modules as house } from './modules.ts'
import { type TestApp, testActor, testApp } from './testing.ts'

const broken: Finder = {
  entities: ['nothing'],
  action: 'visit.configure',
  find: async () => {
    throw new Error('13912345678 must not come out')
  },
}
const site = newId()
const otherSite = newId()
let app: TestApp
let people: TestHouse
let desk: Actor
let host: Actor
let stranger: Actor
let tenant: Actor
let technician: Actor
let director: Actor

beforeAll(async () => {
  const customers: FoyerModule = { name: 'customers', grants: customerMatrix, finder: customersFinder }
  const known = house.some(({ name }) => name === 'customers') ? house : [...house, customers]
  app = await testApp({ modules: [...known, { name: 'broken', finder: broken }] })
  people = await houseFor(app, site)
  desk = testActor(site, ['receptionist'], people.deskId)
  host = testActor(site, ['host'], people.hostId)
  stranger = testActor(site, ['host'], people.deputyId)
  tenant = testActor(site, ['tenant_member'], newId())
  technician = testActor(site, ['technician'], newId())
  director = testActor(site, ['director'], newId())
  await fill()
})
afterAll(() => app.close())

async function fill() {
  await command(app.ctx(desk, site), async (work) => {
    createPerson(work, {
      name: '单伟',
      extension: '8130',
      mobile: '13700008765',
      number: 'E-2041',
      dialects: ['粤语'],
    })
    const company = async (name: string, more: { owner?: string; grade?: string; phone?: string } = {}) => {
      const id = newId()
      const { pinyin, initials, terms } = spellingOf(name)
      await work.run(
        raw(
          `insert into customer (id, site_id, name, name_pinyin, name_initials, terms, name_key, grade, owner_id, owner_since,
             created_at, created_by, updated_at)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, case when $9::uuid is null then null else now() end, now(), 'test', now())`,
          [
            id,
            site,
            name,
            pinyin,
            initials,
            terms,
            companyKey(name),
            more.grade ?? 'normal',
            more.owner ?? null,
          ],
        ),
      )
      if (more.phone !== undefined)
        await work.run(
          raw(
            `insert into customer_phone (id, site_id, customer_id, number, kind) values ($1, $2, $3, $4, 'landline')`,
            [newId(), site, id, more.phone],
          ),
        )
    }
    await company('深圳华信科技有限公司', { owner: people.hostId, grade: 'vip', phone: '+8675566668000' })
    await company('广州南方实业有限公司')
    const seen = (
      name: string,
      number: string | null,
      organisation: string,
      concerns: string[],
      at: string,
    ) =>
      recognise(work, {
        siteId: site,
        name,
        number,
        organisation,
        origin: 'visit',
        at: new Date(at),
        by: 'test',
        concerns,
      })
    await seen('王晓芳', '13912345678', '深圳华信科技有限公司', [people.hostId], '2026-03-08T09:00:00Z')
    await seen('王小明', '13800001111', '东莞鸿图模具厂', [], '2026-03-01T09:00:00Z')
    await seen('王芳', '13700002222', '', [], '2026-02-01T09:00:00Z')
    await seen('Deborah Horton', '+14155550123', 'Acme Ltd', [], '2026-02-02T09:00:00Z')
    await seen('买买提·阿凡提', '13600003333', '', [], '2026-02-03T09:00:00Z')
    await work.run(
      raw(
        `insert into visit_group (id, site_id, source, source_key, title, size, host_name, expected_at, created_at)
         values ($1, $2, 'test', '1', '实验小学参观团', 24, '张工', now(), now())`,
        [newId(), site],
      ),
    )
  })
  const visit = await register(app.ctx(desk, site), {
    body: visits.register.body.parse({
      visitorName: '刘新来',
      organisation: '汇川电子',
      phone: '13500004444',
      purpose: '送货',
      kind: 'visitor',
      hostId: people.hostId,
      plate: '粤B·12345',
      consent: { how: 'phone', byId: people.hostId },
      issuePass: true,
    }),
  })
  await checkDocument(app.ctx(desk, site), {
    params: { id: visit.id },
    query: undefined,
    body: { kind: 'id-card', number: '440524188001010014' },
  })
}

async function ask(actor: Actor, q: string, limit = 6) {
  return await search(app.ctx(actor, site), { params: undefined, body: undefined, query: { q, limit } })
}

/** `contact:王芳` in the order in which they are shown. */
async function labels(actor: Actor, q: string): Promise<string[]> {
  const { groups } = await ask(actor, q)
  return groups.flatMap(({ entity, items }) => items.map(({ label }) => `${entity}:${label}`))
}

describe('C5 found by whatever is known of them', () => {
  test.each([
    ['王芳', ['contact:王芳']],
    ['晓芳', ['contact:王晓芳']],
    ['wangxiaofang', ['contact:王晓芳']],
    ['xiaofang', ['contact:王晓芳']],
    ["wang'xiao", ['contact:王晓芳', 'contact:王小明']],
    ['wxf', ['contact:王晓芳']],
    ['wx', ['contact:王晓芳', 'contact:王小明']],
    ['王xm', ['contact:王小明']],
    ['王xiaom', ['contact:王小明']],
    ['阿凡提', ['contact:买买提·阿凡提']],
    ['horton', ['contact:Deborah Horton']],
    ['5678', ['contact:王晓芳']],
    ['139-1234 5678', ['contact:王晓芳']],
    ['+86 139 1234 5678', ['contact:王晓芳']],
    ['１３９１２３４５６７８', ['contact:王晓芳']],
    ['+1 415 555 0123', ['contact:Deborah Horton']],
    ['鸿图', ['contact:王小明']],
    ['东莞鸿图', ['contact:王小明']],
    ['南方', ['customer:广州南方实业有限公司']],
    ['gznf', ['customer:广州南方实业有限公司']],
    ['nanfang', ['customer:广州南方实业有限公司']],
    ['0755-6666 8000', ['customer:深圳华信科技有限公司']],
    ['8130', ['employee:单伟']],
    ['shanwei', ['employee:单伟']],
    ['danwei', ['employee:单伟']],
    ['E2041', ['employee:单伟']],
    ['8765', ['employee:单伟']],
    ['粤语', ['employee:单伟']],
    ['刘新来', ['visitor:刘新来']],
    ['lxl', ['visitor:刘新来']],
    ['4444', ['visitor:刘新来']],
    ['粤B12345', ['visit:刘新来']],
    ['粤b·12', ['visit:刘新来']],
    ['12345', ['visit:刘新来']],
    ['B12345', ['visit:刘新来']],
    ['A001', ['visit:刘新来']],
    ['v000001', ['visit:刘新来']],
    ['#1', ['visit:刘新来']],
    ['440524188001010014', ['visit:刘新来']],
    ['实验小学', ['visit-group:实验小学参观团']],
    ['小学参观', ['visit-group:实验小学参观团']],
  ])('%s', async (typed, expected) => {
    const found = await labels(desk, typed)
    expect(found).toEqual(expect.arrayContaining(expected))
    // A company, record or visit may stand beside them, never above what was meant.
    expect(found[0]).toBe(expected[0])
  })

  test('a company brings its people, and says whose customer it is', async () => {
    const { groups } = await ask(desk, '华信')
    const [company] = groups.find(({ entity }) => entity === 'customer')?.items ?? []
    expect(company).toMatchObject({
      label: '深圳华信科技有限公司',
      labelLit: [[2, 4]],
      marks: ['customers.find.vip'],
      extension: '8171',
    })
    expect(company?.detail).toContain('张工')
    expect(await labels(desk, '华信')).toContain('contact:王晓芳')
  })

  test('what was typed is shown in the line, in Chinese, pinyin and digits; numbers are masked (G5)', async () => {
    const line = async (q: string) => (await ask(desk, q)).groups[0]?.items[0]
    expect(await line('wxf')).toMatchObject({ label: '王晓芳', labelLit: [[0, 3]] })
    const byPhone = await line('5678')
    expect(byPhone?.detail).toContain('139****5678')
    expect(byPhone?.detail.slice(...(byPhone.detailLit[0] ?? [0, 0]))).toBe('5678')
    expect(JSON.stringify(await ask(desk, '王'))).not.toMatch(/1391234|13800001111/)
  })

  test('whoever was here last comes first among equals', async () => {
    expect(await labels(desk, 'wang')).toEqual(['contact:王晓芳', 'contact:王小明', 'contact:王芳'])
  })

  test('what was merged into another is found once; a renamed one by its new name only', async () => {
    const id = await command(app.ctx(desk, site), (work) =>
      recognise(work, {
        siteId: site,
        name: '欧阳旧名',
        number: '13100001234',
        organisation: '',
        origin: 'call',
        at: work.now,
        by: 'test',
      }),
    )
    const rename = async (name: string) => {
      const { pinyin, initials, terms } = spellingOf(name)
      await app.kernel.sql.run(
        raw('update contact set name = $2, name_pinyin = $3, name_initials = $4, terms = $5 where id = $1', [
          id,
          name,
          pinyin,
          initials,
          terms,
        ]),
      )
    }
    expect(await labels(desk, '旧名')).toEqual(['contact:欧阳旧名'])
    await rename('欧阳崭新')
    expect(await labels(desk, '旧名')).toEqual([])
    expect(await labels(desk, '崭新')).toEqual(['contact:欧阳崭新'])
    await app.kernel.sql.run(
      raw("update contact set merged_into = (select id from contact where name = '王芳') where id = $1", [
        id,
      ]),
    )
    expect(await labels(desk, '崭新')).toEqual([])
    expect(await app.kernel.sql.all(raw('select 1 from find_word where subject_id = $1', [id]))).toEqual([])
  })

  test('nothing typed, nothing found; whatever else is typed answers', async () => {
    for (const typed of [
      '',
      '   ',
      '🙂',
      '%',
      "'; drop table contact; --",
      '\u0000',
      '\\',
      '先生',
      '公司',
      '张'.repeat(400),
    ])
      expect((await ask(desk, typed)).incomplete).toBe(false)
    expect((await ask(desk, ' ')).groups).toEqual([])
  })
})

describe('G5 only what one may see', () => {
  test('a host finds their own visitors and callers, nobody else’s', async () => {
    expect(await labels(host, 'wxf')).toEqual(['contact:王晓芳'])
    expect(await labels(host, '5678')).toEqual(['contact:王晓芳'])
    expect(await labels(host, '王芳')).toEqual([])
    expect(await labels(host, '2222')).toEqual([])
    expect(await labels(stranger, 'wang')).toEqual([])
    expect(await labels(stranger, '13912345678')).toEqual([])
    // Whose customer it is may be asked by any colleague, its numbers not.
    expect(await labels(stranger, '华信')).toEqual(['customer:深圳华信科技有限公司'])
    expect(await labels(stranger, '66668000')).toEqual([])
  })

  test('a host finds their own visits; numbers of others do not answer', async () => {
    expect(await labels(host, '刘新来')).toEqual(['visit:刘新来'])
    expect(await labels(stranger, '刘新来')).toEqual([])
    expect(await labels(stranger, 'V000001')).toEqual([])
    expect(await labels(stranger, '粤B12345')).toEqual([])
    const { groups } = await ask(host, '刘新来')
    expect(groups[0]?.items[0]?.link).toMatch(/^\/host\?visit=/)
  })

  test('a tenant sees colleagues of the house and no customers', async () => {
    expect(await labels(tenant, 'wang')).toEqual([])
    expect(await labels(tenant, '华信')).toEqual([])
    expect(await labels(tenant, '单伟')).toEqual(['employee:单伟'])
  })

  test('hidden digits cannot be tried out: more than the mask shows is for those who may reveal', async () => {
    expect(await labels(technician, '8765')).toEqual(['employee:单伟'])
    expect(await labels(technician, '08765')).toEqual([])
    expect(await labels(technician, '13700008765')).toEqual([])
    expect(await labels(desk, '13700008765')).toEqual(['employee:单伟'])
    expect(await labels(director, '13500004444')).toEqual([])
    expect(await labels(director, '4444')).toEqual(['visitor:刘新来'])
  })

  test('another site is another house', async () => {
    const elsewhere = testActor(otherSite, ['receptionist'], newId())
    const { groups } = await search(app.ctx(elsewhere, otherSite), {
      params: undefined,
      body: undefined,
      query: { q: '王', limit: 6 },
    })
    expect(groups).toEqual([])
  })

  test('the number of a document is for the desk, whole, and each look is written down', async () => {
    const looks = async () =>
      await app.kernel.sql.all<{ actor_id: string; data: { tail: string; found: number } }>(
        raw("select actor_id, data from journal where action = 'visit.document-searched' order by id"),
      )
    const before = (await looks()).length
    expect(await labels(host, '440524188001010014')).toEqual([])
    expect(await labels(director, '440524188001010014')).toEqual([])
    expect(await labels(desk, '44052418800101001')).toEqual([])
    // A wrong check digit is a slip of the finger.
    expect(await labels(desk, '440524188001010015')).toEqual([])
    expect(await looks()).toHaveLength(before)
    expect(await labels(desk, '440524188001010014')).toEqual(['visit:刘新来'])
    expect(await labels(desk, 'E12345678')).toEqual([])
    const after = await looks()
    expect(after.slice(before).map(({ data }) => data)).toEqual([
      { tail: '0014', found: 1 },
      { tail: '5678', found: 0 },
    ])
    expect(JSON.stringify(after)).not.toContain('440524')
  })

  test('a guest’s link has no window; nor has anybody without a role', async () => {
    const answer = await app.call(find.search, { query: { q: '王' } })
    expect(answer.status).toBe(401)
  })
})

test('a part that fails does not hide the others, and says so', async () => {
  const admin = testActor(site, ['office_admin'], newId())
  const answer = await ask(admin, '王芳')
  expect(answer.incomplete).toBe(true)
  expect(answer.groups[0]?.items[0]?.label).toBe('王芳')
  expect((await ask(desk, '王芳')).incomplete).toBe(false)
})

test('at most so many of a kind', async () => {
  const { groups } = await ask(desk, 'w', 2)
  for (const { items } of groups) expect(items.length).toBeLessThanOrEqual(2)
})
