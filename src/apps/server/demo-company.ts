/** The invented company of a preset: site, departments, employees, accounts, passes. */

import { z } from 'zod'
import { type Actor, systemActor } from '../../kernel/actor.ts'
import { newId } from '../../kernel/ids.ts'
import { type Kernel, systemCtx } from '../../kernel/kernel.ts'
import { type SettingDefinition, setting } from '../../kernel/module.ts'
import { storeSetting } from '../../kernel/settings/settings.ts'
import { type Ctx, command, type Work } from '../../kernel/work/command.ts'
import { addDepartment } from '../../modules/directory/departments/service.ts'
import * as employees from '../../modules/directory/employees/service.ts'
import { createPerson } from '../../modules/directory/public.ts'
import { addSite, addUserIn, passwordHash } from '../../modules/identity/public.ts'
import { isRole } from '../../modules/identity/rules.ts'
import { add as addArea } from '../../modules/visits/areas/tree.ts'
import * as passes from '../../modules/visits/passes/service.ts'
import { applyPreset } from './preset.ts'
import type { Demo, Organisation } from './preset-files.ts'

/** Says for ever that this database holds a demo, and how far it got. Kept with the settings: versioned, never removed. */
export const demoMarker: SettingDefinition<{ preset: string; state: 'loading' | 'loaded' }> = setting({
  key: 'demo.loaded',
  schema: z.object({ preset: z.string(), state: z.enum(['loading', 'loaded']) }),
  fallback: { preset: '', state: 'loading' },
  action: 'site.manage',
})

export interface Company {
  readonly siteId: string
  /** Key of the file → id. */
  readonly people: Readonly<Record<string, string>>
  /** User name → id. */
  readonly users: Readonly<Record<string, string>>
}

/** Every step has a key of its own: a start killed half way goes on where it stopped, and doubles nothing. */
export function demoCtx(kernel: Kernel, siteId: string, actor: Actor, key: string): Ctx {
  const own = `demo-${key}`
  return { ...systemCtx(kernel, siteId, actor), idempotency: { key: own, requestHash: own } }
}

export async function loadCompany(kernel: Kernel, presetId: string, demo: Demo): Promise<Company> {
  const { organisation } = demo
  const hashes = preparePasswords(demo)
  const made = newId()
  const { siteId, people, departments } = await command(
    demoCtx(kernel, made, systemActor, 'company'),
    async (work) => {
      addSite(work, { id: made, ...organisation.site })
      await applyPreset(work, presetId)
      await storeSetting(work, demoMarker, { preset: presetId, state: 'loading' }, 0, null)
      return { siteId: made, ...writePeople(work, organisation) }
    },
  )
  await linkDeputies(kernel, siteId, people, organisation)
  await addAreas(kernel, siteId, departments, organisation)
  const ctx = demoCtx(kernel, siteId, systemActor, 'passes')
  await passes.add(ctx, { params: undefined, query: undefined, body: organisation.passes })
  const users = await addAccounts(kernel, siteId, people, demo, await hashes)
  return { siteId, people, users }
}

type Hashes = ReadonlyMap<string, string>

/** Slow on purpose, so they are made beside the rest. */
async function preparePasswords({ accounts }: Demo): Promise<Hashes> {
  const { password } = accounts
  const made = accounts.accounts.map(
    async ({ username }) => [username, await passwordHash(password, username)] as const,
  )
  return new Map(await Promise.all(made))
}

async function addAccounts(
  kernel: Kernel,
  siteId: string,
  people: Company['people'],
  { accounts, organisation }: Demo,
  hashes: Hashes,
): Promise<Company['users']> {
  return await command(demoCtx(kernel, siteId, systemActor, 'accounts'), async (work) => {
    const users: Record<string, string> = {}
    for (const { username, role, employee } of accounts.accounts) {
      if (!isRole(role)) throw new Error(`account ${username} has a role nobody knows: ${role}`)
      const name = organisation.employees.find((one) => one.key === employee)?.name ?? username
      users[username] = await addUserIn(
        work,
        {
          username,
          name,
          email: null,
          language: 'zh',
          employeeId: idIn(people, employee),
          grants: [{ site: siteId, role }],
          temporary: false,
        },
        hashes.get(username) ?? '',
      )
    }
    return users
  })
}

/** Departments, parents first; then the people in them. */
function writePeople(work: Work, organisation: Organisation) {
  const ids: Record<string, string> = Object.fromEntries(
    organisation.departments.map((one) => [one.key, newId()]),
  )
  const people: Record<string, string> = Object.fromEntries(
    organisation.employees.map((one) => [one.key, newId()]),
  )
  for (const one of organisation.departments) {
    addDepartment(
      work,
      {
        name: one.name,
        parentId: one.parent === undefined ? null : idIn(ids, one.parent),
        headId: one.head === undefined ? null : idIn(people, one.head),
        deputyId: one.deputy === undefined ? null : idIn(people, one.deputy),
        extension: one.extension,
        tenant: one.tenant,
      },
      idIn(ids, one.key),
    )
  }
  for (const { key, department, deputy: _deputy, secretary: _secretary, ...one } of organisation.employees) {
    createPerson(work, { ...one, id: idIn(people, key), departmentId: idIn(ids, department) })
  }
  return { people, departments: ids }
}

/** V9: where visitors go, and who answers for the restricted places. */
async function addAreas(
  kernel: Kernel,
  siteId: string,
  departments: Readonly<Record<string, string>>,
  { areas }: Organisation,
): Promise<void> {
  const ids = Object.fromEntries(areas.map(({ key }) => [key, newId()]))
  for (const [order, one] of areas.entries()) {
    const added = await addArea(demoCtx(kernel, siteId, systemActor, `area-${one.key}`), {
      body: {
        id: idIn(ids, one.key),
        name: one.name,
        parentId: one.parent === undefined ? null : idIn(ids, one.parent),
        restricted: one.restricted,
        responsible:
          one.department === undefined ? null : { kind: 'department', id: idIn(departments, one.department) },
        way: one.way ?? { zh: '', en: '' },
        note: '',
        order,
      },
    })
    // Loaded before a stop: the parent keeps the id it was given then.
    ids[one.key] = added.id
  }
}

/** Afterwards, because two people may stand in for each other. */
async function linkDeputies(
  kernel: Kernel,
  siteId: string,
  people: Company['people'],
  organisation: Organisation,
): Promise<void> {
  for (const { key, deputy, secretary } of organisation.employees) {
    if (deputy === undefined && secretary === undefined) continue
    await employees.edit(demoCtx(kernel, siteId, systemActor, `deputy-${key}`), {
      params: { id: idIn(people, key) },
      body: {
        version: 1,
        ...(deputy === undefined ? {} : { deputyId: idIn(people, deputy) }),
        ...(secretary === undefined ? {} : { secretaryId: idIn(people, secretary) }),
      },
    })
  }
}

export function idIn(ids: Readonly<Record<string, string>>, key: string): string {
  const id = ids[key]
  if (id === undefined) throw new Error(`the preset names "${key}", which it does not contain`)
  return id
}
