import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestApp, testActor, testApp } from '../../apps/server/testing.ts'
import type { Actor } from '../../kernel/actor.ts'
import { raw } from '../../kernel/db/sql.ts'
import { newId } from '../../kernel/ids.ts'
import { command } from '../../kernel/work/command.ts'
import * as departments from './departments/service.ts'
import * as employees from './employees/service.ts'
import * as extensionList from './extension-list/service.ts'
import { directoryModule } from './module.ts'
import { consentChain, createPerson, employeesNamed, findEmployee } from './public.ts'

let app: TestApp
const site = newId()
const office = testActor(site, ['office_admin'])
const host = testActor(site, ['host'])
const desk = testActor(site, ['receptionist'])
const as = (actor: Actor) => app.ctx(actor, site)

beforeAll(async () => {
  app = await testApp({ modules: [directoryModule] })
  await app.kernel.sql.run(raw("insert into site (id, code, name) values ($1, 'hq', '总部')", [site]))
})
afterAll(() => app.close())

const addDepartment = async (name: string, parentId: string | null = null) =>
  (
    await departments.create(as(office), {
      body: { name, parentId, headId: null, deputyId: null, extension: null },
    })
  ).id
const add = (name: string, more: Partial<Parameters<typeof employees.create>[1]['body']> = {}) =>
  employees.create(as(office), { body: { name, ...more } })
const find = async (q: string) =>
  (await employees.find(as(host), { query: { q, limit: 8 } })).items.map((one) => one.name)
const entries = (entityId: string) =>
  app.kernel.sql.all<{ action: string; before: unknown; after: unknown }>(
    raw('select action, before, after from journal where entity_id = $1 order by id', [entityId]),
  )
const refusal = (code: string) => expect.objectContaining({ code })

describe('departments', () => {
  test('a tree without circles, also when two moves meet', async () => {
    const [a, b] = [await addDepartment('A'), await addDepartment('B')]
    const into = (id: string, parentId: string) =>
      departments.move(as(office), { params: { id }, body: { version: 1, parentId } })
    const outcome = await Promise.allSettled([into(a, b), into(b, a)])
    expect(outcome.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(outcome.find((one) => one.status === 'rejected')).toMatchObject({
      reason: { code: 'department.cycle' },
    })
    await expect(into(a, a)).rejects.toEqual(
      expect.objectContaining({ code: expect.stringMatching(/cycle|stale/) }),
    )
  })

  test('one name once under a parent; only an empty one can be removed', async () => {
    const parent = await addDepartment('总部')
    const child = await addDepartment('销售部', parent)
    await expect(addDepartment('销售部', parent)).rejects.toEqual(refusal('department.name-taken'))
    const remove = (id: string) => departments.remove(as(office), { params: { id }, body: { version: 1 } })
    await expect(remove(parent)).rejects.toEqual(refusal('department.not-empty'))
    const one = await add('临时工', { departmentId: child })
    await expect(remove(child)).rejects.toEqual(refusal('department.not-empty'))
    await employees.edit(as(office), { params: { id: one.id }, body: { version: 1, departmentId: null } })
    await remove(child)
    expect((await entries(child)).map((entry) => entry.action)).toEqual([
      'department.created',
      'department.removed',
    ])
  })

  test('G4 an edit on an older version is refused; head and deputy must be of this site', async () => {
    const id = await addDepartment('财务部')
    const edit = (body: { version: number; headId?: string; name?: string }) =>
      departments.edit(as(office), { params: { id }, body })
    await expect(edit({ version: 1, headId: newId() })).rejects.toEqual(refusal('employee.unknown'))
    await edit({ version: 1, name: '财务中心' })
    await expect(edit({ version: 1, name: '财务室' })).rejects.toEqual(refusal('edit.stale'))
    expect((await entries(id)).at(-1)).toMatchObject({
      before: { name: '财务部' },
      after: { name: '财务中心' },
    })
  })
})

describe('search as you type', () => {
  beforeAll(async () => {
    const people = [
      ['单伟民', '8101', '13812345678'],
      ['曾单', '8102', '13900001111'],
      ['王小明', '8103', '13700002222'],
      ['Deborah Horton', '8188', '+1 202 456 1414'],
    ] as const
    for (const [name, extension, mobile] of people)
      await add(name, { extension, mobile, number: `N-${extension}` })
  })

  test.each([
    ['单', ['单伟民', '曾单']],
    ['伟民', ['单伟民']],
    ['单民', []],
    ['shan', ['单伟民']],
    ['danwei', ['单伟民']],
    ['SWM', ['单伟民']],
    ['xiaoming', ['王小明']],
    ['wxm', ['王小明']],
    ['horton', ['Deborah Horton']],
    ['dh', ['Deborah Horton']],
    ['8103', ['王小明']],
    ['5678', ['单伟民']],
    ['138 1234 5678', ['单伟民']],
    ['n-8188', ['Deborah Horton']],
    ['%', []],
    ["'; drop table employee", []],
  ])('%s → %j', async (q, names) => {
    expect(await find(q)).toEqual(names)
  })

  test('the whole before the beginning before the middle', async () => {
    for (const name of ['李娜', '李娜英', '张李娜']) await add(name)
    expect(await find('李娜')).toEqual(['李娜', '李娜英', '张李娜'])
    expect((await find('lina'))[0]).toBe('李娜')
  })

  test('somebody who left is not found, and is again after undo', async () => {
    const one = await add('钱离岗')
    await employees.deactivate(as(office), { params: { id: one.id }, body: { version: 1 } })
    expect(await find('钱离岗')).toEqual([])
    await employees.reactivate(as(office), { params: { id: one.id }, body: { version: 2 } })
    expect(await find('钱离岗')).toEqual(['钱离岗'])
  })
})

describe('employees', () => {
  test('numbers in any spelling are stored one way, wrong ones are named by field', async () => {
    const one = await add('赵敏', { mobile: '138-0000 1234', extension: '8001' })
    expect(one).toMatchObject({ mobile: '13800001234', extension: '8001', pinyin: 'zhaomin' })
    await expect(add('错号', { mobile: '1380000' })).rejects.toMatchObject({
      fields: [{ path: 'mobile', code: 'phone' }],
    })
    await expect(add('错号', { extension: 'abc' })).rejects.toMatchObject({
      fields: [{ path: 'extension', code: 'extension' }],
    })
  })

  test('a staff number belongs to one person', async () => {
    await add('甲', { number: 'X1' })
    await expect(add('乙', { number: 'X1' })).rejects.toEqual(refusal('employee.number-taken'))
  })

  test('G5 mobile numbers are masked outside the desk; each look is journalled, and the journal holds no number', async () => {
    const { id } = await add('孙保密', { mobile: '13612345678' })
    expect((await employees.read(as(host), { params: { id } })).mobile).toBe('136****5678')
    expect((await employees.read(as(desk), { params: { id } })).mobile).toBe('13612345678')
    expect((await employees.read(as({ ...host, employeeId: id }), { params: { id } })).masked).toBe(false)
    expect(await employees.reveal(as(desk), { params: { id } })).toEqual({ mobile: '13612345678' })
    const written = await entries(id)
    expect(written.at(-1)?.action).toBe('employee.revealed')
    expect(JSON.stringify(written)).not.toContain('12345678')
  })

  test('lists page by pinyin without losing or repeating anybody', async () => {
    const names = new Set<string>()
    let cursor: string | undefined
    do {
      const page = await employees.list(as(host), { query: { state: 'all', limit: 3, cursor } })
      for (const one of page.items) {
        expect(names.has(one.id)).toBe(false)
        names.add(one.id)
      }
      cursor = page.next ?? undefined
    } while (cursor !== undefined)
    const { n } = await app.kernel.sql.one<{ n: number }>(
      raw('select count(*)::int as n from employee where site_id = $1', [site]),
    )
    expect(names.size).toBe(n)
  })

  test('a department is listed with what hangs below it, and people of another site are nobody', async () => {
    const top = await addDepartment('制造')
    const line = await addDepartment('一车间', top)
    const one = await add('周工', { departmentId: line, lineWorker: true, dialects: ['四川话'] })
    const query = {
      departmentId: top,
      lineWorker: true,
      dialect: '四川话',
      state: 'active' as const,
      limit: 10,
    }
    expect((await employees.list(as(host), { query })).items.map((row) => row.name)).toEqual(['周工'])
    const elsewhere = app.ctx(testActor(newId(), ['office_admin']), newId())
    await expect(employees.read(elsewhere, { params: { id: one.id } })).rejects.toEqual(
      refusal('entity.not-found'),
    )
  })

  test('an employee made inside another transaction is there after its commit (createPerson)', async () => {
    const id = await command(as(office), async (work) => createPerson(work, { name: '新账号' }))
    expect(await findEmployee(app.kernel.sql, site, id)).toMatchObject({ name: '新账号', active: true })
    expect(await employeesNamed(app.kernel.sql, site, ['新账号'])).toHaveLength(1)
  })
})

describe('V5 who is asked when the host does not answer', () => {
  test('deputy, department deputy, department head, the department; nobody twice, nobody who left', async () => {
    const id = await addDepartment('技术部')
    const [boss, second, stand, asked] = [
      await add('部长'),
      await add('副部长'),
      await add('代理'),
      await add('被访人'),
    ]
    await departments.edit(as(office), {
      params: { id },
      body: { version: 1, headId: boss.id, deputyId: second.id },
    })
    await employees.edit(as(office), {
      params: { id: asked.id },
      body: { version: 1, departmentId: id, deputyId: stand.id },
    })
    const names = async (of: string) =>
      (await consentChain(app.kernel.sql, site, of)).map((step) => step.name)
    expect(await names(asked.id)).toEqual(['代理', '副部长', '部长', '技术部'])
    await employees.deactivate(as(office), { params: { id: second.id }, body: { version: 1 } })
    expect(await names(asked.id)).toEqual(['代理', '部长', '技术部'])
    await employees.edit(as(office), { params: { id: asked.id }, body: { version: 2, deputyId: boss.id } })
    expect(await names(asked.id)).toEqual(['部长', '技术部'])
    expect((await consentChain(app.kernel.sql, site, asked.id)).at(-1)).toEqual({
      kind: 'post',
      id: `department:${id}`,
      name: '技术部',
    })
  })
})

describe('C13 extension list', () => {
  test('the desk owes one look a working day; the first confirmation counts and settles the task', async () => {
    await extensionList.openChecks(app.kernel)
    await extensionList.openChecks(app.kernel)
    const tasks = () =>
      app.kernel.sql.all<{ status: string; due_at: Date }>(
        raw("select status, due_at from task where kind = 'directory.extension-list'"),
      )
    expect(await tasks()).toEqual([{ status: 'open', due_at: new Date('2026-03-09T10:00:00+08:00') }])
    const first = await extensionList.confirm(as(desk))
    app.clock.advance(5)
    expect(await extensionList.confirm(as(office))).toEqual(first)
    expect(await tasks()).toMatchObject([{ status: 'done' }])
    const list = await extensionList.read(as(host))
    expect(list.confirmed).toEqual(first)
    expect(list.groups.flatMap((group) => group.people).map((one) => one.name)).toContain('王小明')
  })
})
