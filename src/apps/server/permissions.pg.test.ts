/** G5, design §4: every bound route × every role, and nothing of another site or of somebody else's visit comes through. */
import { randomUUID } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { systemActor } from '../../kernel/actor.ts'
import type { RouteSpec } from '../../kernel/contract.ts'
import { raw } from '../../kernel/db/sql.ts'
import { newId } from '../../kernel/ids.ts'
import { systemCtx } from '../../kernel/kernel.ts'
import { signLink } from '../../kernel/links.ts'
import { tasks } from '../../kernel/tasks/contract.ts'
import { command } from '../../kernel/work/command.ts'
import { calls } from '../../modules/calls/contract.ts'
import * as departments from '../../modules/directory/departments/service.ts'
import { createPerson } from '../../modules/directory/public.ts'
import { identityRoutes } from '../../modules/identity/contract.ts'
import { addKeyFromCli, addUserIn, passwordHash } from '../../modules/identity/public.ts'
import { type Role, roles } from '../../modules/identity/rules.ts'
import { cookieOf, password } from '../../modules/identity/testing.ts'
import { visits } from '../../modules/visits/contract.ts'
import { create as createKiosk } from '../../modules/visits/kiosk/admin.ts'
import { kiosks } from '../../modules/visits/kiosk/contract.ts'
import { addPasses } from '../../modules/visits/passes/store.ts'
import { houseFor, type TestHouse } from '../../modules/visits/testing.ts'
import { type TestApp, testApp, urlOf } from './testing.ts'

type Headers = Record<string, string>

// The test house takes its code from the front of the id, which two ids of one moment share.
const [site, elsewhere] = [newId(), randomUUID()]
const people = Object.fromEntries(roles.map((role) => [role, newId()])) as Record<Role, string>
let app: TestApp
let house: TestHouse
const callers = new Map<string, { roles: readonly string[]; headers: Headers }>()

async function signIn(username: string): Promise<Headers> {
  const answer = await app.call(identityRoutes.signIn, { body: { username, password } })
  expect(answer.status).toBe(200)
  return { cookie: cookieOf(answer.headers) }
}

async function addAccount(
  username: string,
  at: string,
  employeeId: string,
  held: readonly Role[],
): Promise<void> {
  const hash = await passwordHash(password, username)
  const ctx = systemCtx(app.kernel, at, systemActor)
  await command(ctx, async (work) => createPerson(work, { id: employeeId, name: username }))
  await command(ctx, async (work) => {
    const grants = held.map((role) => ({ site: at, role }))
    const user = {
      username,
      name: username,
      email: null,
      language: 'zh' as const,
      employeeId,
      grants,
      temporary: false,
    }
    await addUserIn(work, user, hash)
  })
}

async function send(
  spec: RouteSpec,
  headers: Headers,
  parts: { params?: unknown; query?: unknown; body?: unknown } = {},
) {
  const answer = await app.http.inject({
    method: spec.method,
    url: urlOf(spec, parts),
    headers,
    ...(spec.body === undefined || spec.raw === 'multipart' ? {} : { payload: (parts.body ?? {}) as object }),
  })
  const problem = answer.headers['content-type']?.toString().includes('problem') ? answer.json() : undefined
  return { status: answer.statusCode, code: problem?.code, data: problem?.data, text: answer.body }
}

const strangeParams = (spec: RouteSpec) =>
  Object.fromEntries([...spec.path.matchAll(/:(\w+)/g)].map(([, name]) => [name, newId()]))

beforeAll(async () => {
  app = await testApp({ now: new Date() })
  house = await houseFor(app, site)
  await Promise.all(roles.map((role) => addAccount(role, site, people[role], [role])))
  callers.set('anonymous', { roles: [], headers: {} })
  for (const role of roles) {
    callers.set(role, { roles: [role], headers: await signIn(role) })
    const { secret } = await addKeyFromCli(app.kernel, { name: role, role })
    callers.set(`key of ${role}`, { roles: [role], headers: { authorization: `Bearer ${secret}` } })
  }
  const exp = Math.floor(Date.now() / 1000) + 3600
  const token = await signLink(app.kernel.links, {
    site,
    person: house.hostId,
    name: '张工',
    entity: 'visit',
    id: newId(),
    exp,
  })
  callers.set('link', { roles: ['link'], headers: { 'foyer-link': token } })
  const invited = { site, person: newId(), name: '王芳', entity: 'invitation', id: newId(), exp, guest: true }
  callers.set('guest', {
    roles: ['guest'],
    headers: { 'foyer-link': await signLink(app.kernel.links, invited) },
  })
  callers.set('kiosk', { roles: ['kiosk'], headers: await pairKiosk() })
})
afterAll(() => app.close())

async function pairKiosk(): Promise<Headers> {
  const body = { name: '大厅', place: '' }
  const made = await createKiosk(systemCtx(app.kernel, site, systemActor), {
    params: undefined,
    query: undefined,
    body,
  })
  const answer = await app.call(kiosks.pair, { body: { code: made.code } })
  return { cookie: String(answer.headers['set-cookie']).split(';')[0] ?? '' }
}

function mayCall(name: string, held: readonly string[], action: string): boolean {
  if (action === 'public') return true
  if (name === 'anonymous') return false
  const outside = name === 'guest' || name === 'kiosk'
  if (action === 'known') return !outside
  if (action === 'signed-in') return name !== 'link' && !outside
  const granted = app.kernel.modules.grants.get(action)
  return held.some((role) => granted?.has(role) === true)
}

describe('G5 K3 the matrix', () => {
  test('every route has an action that somebody declared', () => {
    const known = new Set([...app.kernel.modules.grants.keys(), 'public', 'known', 'signed-in'])
    expect(app.routes.length).toBeGreaterThan(80)
    expect(app.routes.filter(({ spec }) => !known.has(spec.action)).map(({ spec }) => spec.id)).toEqual([])
  })

  test('every role of the matrix is a role, and every action is asked for somewhere', () => {
    const all = new Set<string>([...roles, 'link', 'guest', 'kiosk'])
    const source = sourceText()
    for (const [action, held] of app.kernel.modules.grants) {
      expect(
        [...held].filter((role) => !all.has(role)),
        action,
      ).toEqual([])
      // Once where it is granted; anything less than twice is an action nobody asks for.
      expect(
        source.split(`'${action}'`).length - 1,
        `${action} is granted and never asked for`,
      ).toBeGreaterThan(1)
    }
  })

  test('what needs no account is this and no more', () => {
    const open = app.routes.filter(({ spec }) => spec.action === 'public').map(({ spec }) => spec.id)
    expect(open.sort()).toEqual([
      'account.signIn',
      'account.signInCode',
      'kiosk.pair',
      'setup.read',
      'setup.run',
    ])
  })

  test('a signed link opens one visit or one message and nothing else; a host and a tenant have no register', () => {
    const actionsOf = (role: string) =>
      [...app.kernel.modules.grants].filter(([, held]) => held.has(role)).map(([action]) => action)
    const ofVisit = ['visit.answer', 'visit.cancel', 'visit.meet', 'visit.see', 'visit.sign']
    const ofMessage = ['message.see', 'message.act']
    expect(actionsOf('link').filter((action) => ![...ofVisit, ...ofMessage].includes(action))).toEqual([
      'directory.search',
    ])
    for (const role of ['host', 'tenant_admin', 'tenant_member']) {
      const theirs = actionsOf(role)
      for (const action of [
        'visit.read',
        'visit.register',
        'visit.export',
        'user.read',
        'journal.read',
        'directory.manage',
      ])
        expect(theirs, role).not.toContain(action)
    }
  })

  test('each caller is let through or turned away exactly as the matrix says', async () => {
    const wrong: string[] = []
    // Signing out ends the session the rest of the walk needs.
    const walk = [...app.routes].sort(
      (a, b) => Number(a.spec.id === 'account.signOut') - Number(b.spec.id === 'account.signOut'),
    )
    for (const [name, { roles: held, headers }] of callers) {
      for (const { spec } of walk) {
        const allowed = mayCall(name, held, spec.action)
        // An open stream would never answer.
        if (allowed && spec.raw === 'stream') continue
        const got = await send(spec, headers, { params: strangeParams(spec) })
        const refusal =
          got.code === 'auth.required' || (got.code === 'auth.forbidden' && got.data?.action === spec.action)
        const expected = allowed
          ? !refusal && got.status < 500
          : refusal && got.status === (name === 'anonymous' ? 401 : 403)
        if (!expected)
          wrong.push(
            `${name} ${spec.id} (${spec.action}): ${got.status} ${got.code ?? ''}, allowed: ${allowed}`,
          )
      }
    }
    expect(wrong).toEqual([])
  }, 300_000)
})

describe('G5 scopes', () => {
  /** Fits every route that names a record: what it does not know is ignored, so none stops at the form. */
  const anyBody = {
    version: 1,
    answer: 'receive',
    reason: 'r',
    kind: 'id-card',
    number: '',
    field: 'phone',
    outcome: 'resolved',
    result: 'busy',
    situation: 'angry',
    route: 'colleague',
    step: null,
    private: true,
    from: { kind: 'post', id: 'desk' },
    to: { kind: 'post', id: 'desk' },
    dueAt: new Date(Date.now() + 3_600_000).toISOString(),
    password: 'a long pass phrase',
    plate: '粤B12345',
    done: 'acknowledge',
    parentId: null,
    mapping: {},
    n: 1,
    decision: 'confirmed',
    note: 'n',
    areaId: newId(),
    escortId: newId(),
    versionId: newId(),
    signerName: '王芳',
  }
  let foreign: Record<string, string>
  let all: Headers

  beforeAll(async () => {
    const there = await houseFor(app, elsewhere)
    await addAccount('everything', site, newId(), roles)
    await addAccount('elsewhere-desk', elsewhere, newId(), ['receptionist', 'host'])
    all = await signIn('everything')
    const desk = await signIn('elsewhere-desk')
    const body = {
      visitorName: '王芳',
      organisation: '华信科技',
      kind: 'visitor',
      purpose: '交流',
      hostId: there.hostId,
      phone: '13900001111',
    }
    const visit = await app.call(visits.register, { body }, desk)
    expect(visit.status).toBe(200)
    await app.kernel.sql.run(addPasses(elsewhere, ['Z900']))
    const task = await app.call(tasks.open, { body: { title: '回电', dueAt: anyBody.dueAt } }, desk)
    expect(task.status).toBe(200)
    const call = await app.call(calls.start, { body: { number: '13900003333' } }, desk)
    expect(call.status).toBe(200)
    const department = await departments.create(systemCtx(app.kernel, elsewhere, systemActor), {
      body: { name: '外部部', parentId: null, headId: null, deputyId: null, extension: null },
    })
    const key = await app.kernel.sql.one<{ id: string }>(
      raw("select id from auth_user where username = 'elsewhere-desk'", []),
    )
    const session = await app.kernel.sql.one<{ id: string }>(
      raw('select id from auth_session where user_id = $1', [key.id]),
    )
    foreign = {
      visits: visit.body.id,
      tasks: task.body.id,
      calls: call.body.id,
      departments: department.id,
      employees: there.hostId,
      passes: 'Z900',
      users: key.id,
      session: session.id,
      sites: elsewhere,
    }
  })

  test('ids of another site answer 404, whatever the role', async () => {
    const kinds = ['visits', 'calls', 'tasks', 'departments', 'employees', 'passes', 'users', 'sites']
    const wrong: string[] = []
    let asked = 0
    for (const { spec } of app.routes) {
      const [, entity = '', name] = /^\/([a-z-]+)\/:(\w+)/.exec(spec.path) ?? []
      if (name === undefined || !kinds.includes(entity)) continue
      const params = { [name]: foreign[entity], session: foreign.session, hopId: newId() }
      const got = await send(spec, all, { params, body: anyBody, query: { form: 'slip' } })
      asked += 1
      if (got.status !== 404) wrong.push(`${spec.id}: ${got.status} ${got.text.slice(0, 200)}`)
    }
    expect(wrong).toEqual([])
    expect(asked).toBeGreaterThan(40)
  })

  test('a site one has no role at is answered like one that does not exist', async () => {
    const there = await send(visits.board, { ...all, 'foyer-site': elsewhere })
    const nowhere = await send(visits.board, { ...all, 'foyer-site': newId() })
    expect([there.status, there.code]).toEqual([404, 'site.unknown'])
    expect([nowhere.status, nowhere.code]).toEqual([404, 'site.unknown'])
  })

  test('a host sees their own visits and nobody else’s; a link sees the one it was made for', async () => {
    const desk = await signIn('receptionist')
    const host = await signIn('host')
    const visitFor = async (hostId: string, visitorName: string) => {
      const body = {
        ...{ visitorName, organisation: '华信科技', kind: 'visitor', purpose: '交流' },
        ...{ hostId, phone: '13900002222' },
      }
      return (await app.call(visits.register, { body }, desk)).body
    }
    const own = await visitFor(people.host, '自己的客人')
    const other = await visitFor(house.hostId, '别人的客人')
    const mine = await app.call(visits.mine, {}, host)
    expect(mine.body.items.map(({ id }) => id)).toEqual([own.id])
    for (const spec of [visits.get, visits.answer, visits.sign, visits.cancel, visits.reveal]) {
      expect((await send(spec, host, { params: { id: other.id }, body: anyBody })).status, spec.id).toBe(404)
    }
    const exp = Math.floor(Date.now() / 1000) + 3600
    const payload = { site, person: house.hostId, name: '张工', entity: 'visit', id: other.id, exp }
    const link = { 'foyer-link': await signLink(app.kernel.links, payload) }
    expect((await send(visits.get, link, { params: { id: other.id } })).status).toBe(200)
    const third = await visitFor(house.hostId, '同一位主人的另一位客人')
    expect((await send(visits.get, link, { params: { id: third.id } })).status).toBe(404)
    expect((await send(visits.answer, link, { params: { id: third.id }, body: anyBody })).status).toBe(404)
  })
})

function sourceText(): string {
  const root = fileURLToPath(new URL('../../', import.meta.url))
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
    .join('\n')
}
