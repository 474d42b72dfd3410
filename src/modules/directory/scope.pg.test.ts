import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestApp, testActor, testApp } from '../../apps/server/testing.ts'
import type { Actor } from '../../kernel/actor.ts'
import { raw } from '../../kernel/db/sql.ts'
import { readWanted } from '../../kernel/find/wanted.ts'
import { newId } from '../../kernel/ids.ts'
import * as departments from './departments/service.ts'
import * as employees from './employees/service.ts'
import * as extensionList from './extension-list/service.ts'
import { directoryFinder } from './find.ts'
import { directoryModule } from './module.ts'
import { findOwners } from './reach/owners.ts'

let app: TestApp
const site = newId()
const office = testActor(site, ['office_admin'])
const as = (actor: Actor) => app.ctx(actor, site)
const id = { lemon: '', star: '', deep: '', house: '' }
const person = { lemon: '', star: '', deep: '', house: '', nobody: '' }

beforeAll(async () => {
  app = await testApp({ modules: [directoryModule] })
  await app.kernel.sql.run(raw("insert into site (id, code, name) values ($1, 'hq', '总部')", [site]))
  const department = async (name: string, tenant: boolean, parentId: string | null = null) =>
    (
      await departments.create(as(office), {
        body: { name, parentId, headId: null, deputyId: null, extension: null, tenant },
      })
    ).id
  id.house = await department('运营部', false)
  id.lemon = await department('青柠软件', true)
  id.star = await department('星野设计', true)
  id.deep = await department('星野设计二组', false, id.star)
  const add = async (name: string, departmentId: string | null, extension: string) =>
    (
      await employees.create(as(office), {
        body: { name, departmentId, extension, mobile: `1390000${extension}` },
      })
    ).id
  person.lemon = await add('海岚', id.lemon, '4031')
  person.star = await add('海梓', id.star, '4032')
  person.deep = await add('海深', id.deep, '4033')
  person.house = await add('海运', id.house, '4034')
  person.nobody = await add('海闲', null, '4035')
})
afterAll(() => app.close())

const employee = (employeeId: string | null, roles: readonly string[]) => testActor(site, roles, employeeId)
const everybody = ['海岚', '海梓', '海深', '海运', '海闲'].sort()
const ofLemon = ['海岚', '海运', '海闲'].sort()
const ofHouse = ['海运', '海闲'].sort()

describe('E1 G5 C5 people of one company in the house find nobody of another', () => {
  test.each<[string, () => Actor, readonly string[]]>([
    ['a tenant’s administrator', () => employee(person.lemon, ['tenant_admin']), ofLemon],
    ['a tenant’s member', () => employee(person.lemon, ['tenant_member']), ofLemon],
    ['a head of a tenant’s department', () => employee(person.lemon, ['department_head', 'host']), ofLemon],
    ['a tenant’s account without a person', () => employee(null, ['tenant_admin']), ofHouse],
    ['a host of the house', () => employee(person.house, ['host']), everybody],
    ['the desk', () => employee(person.house, ['receptionist']), everybody],
    ['a receptionist whom a tenant employs', () => employee(person.lemon, ['receptionist']), everybody],
  ])('%s', async (_, actor, names) => {
    const ctx = as(actor())
    const sorted = (rows: readonly { name: string }[]) => rows.map(({ name }) => name).sort()
    const listed = await employees.list(ctx, { query: { state: 'active', limit: 50 } })
    expect(sorted(listed.items)).toEqual(names)
    expect(listed.total).toBe(names.length)
    const first = await employees.list(ctx, { query: { state: 'active', limit: 1 } })
    const rest = await employees.list(ctx, {
      query: { state: 'active', limit: 50, ...(first.next === null ? {} : { cursor: first.next }) },
    })
    expect(sorted([...first.items, ...rest.items])).toEqual(names)
    for (const q of ['海', 'hai', 'h', '403'])
      expect(sorted((await employees.find(ctx, { query: { q, limit: 20 } })).items)).toEqual(names)
    for (const typed of ['海', 'hai', 'h', '403']) {
      const found = await directoryFinder.find(ctx, readWanted(typed), 20)
      expect(found.map(({ label }) => label).sort()).toEqual(names)
    }
    const list = await extensionList.read(ctx)
    expect(sorted(list.groups.flatMap(({ people }) => people))).toEqual(names)
    const seesStar = names.includes('海梓')
    expect((await departments.list(ctx)).items.some((one) => one.id === id.star)).toBe(seesStar)
    expect((await departments.list(ctx)).items.some((one) => one.id === id.deep)).toBe(seesStar)
    expect((await findOwners(ctx, '星野')).some((one) => one.name === '星野设计')).toBe(seesStar)
    const read = (employeeId: string) => employees.read(ctx, { params: { id: employeeId } })
    if (seesStar) expect((await read(person.deep)).name).toBe('海深')
    else {
      const unknown = expect.objectContaining({ code: 'entity.not-found' })
      await expect(read(person.deep)).rejects.toEqual(unknown)
      await expect(employees.reveal(ctx, { params: { id: person.star } })).rejects.toEqual(unknown)
    }
  })
})
