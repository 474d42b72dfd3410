/** Identity on a real PostgreSQL through the whole HTTP stack: G4, G5, K3. */
import { createOTP } from '@better-auth/utils/otp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestApp, testApp } from '../../apps/server/testing.ts'
import { raw } from '../../kernel/db/sql.ts'
import { directoryModule } from '../directory/module.ts'
import { identityRoutes as routes } from './contract.ts'
import { identityOf } from './engine.ts'
import { identityModule } from './module.ts'
import { addKeyFromCli, addUserFromCli } from './public.ts'

const admin = { username: 'admin', password: 'correct horse battery' }
const setupBody = {
  siteName: '总部',
  adminName: '王芳',
  username: admin.username,
  password: admin.password,
  preset: 'group',
}
let app: TestApp
let adminCookie: string

beforeAll(async () => {
  // better-auth looks at the wall clock, so this file's clock starts there too.
  app = await testApp({ modules: [identityModule(), directoryModule], now: new Date() })
  await app.startBackground()
})
afterAll(async () => app.close())

function cookieOf(headers: Record<string, unknown>): string {
  const set = headers['set-cookie']
  const list = Array.isArray(set) ? set.map(String) : set === undefined ? [] : [String(set)]
  return list
    .map((one) => one.split(';')[0] ?? '')
    .filter((one) => !one.endsWith('='))
    .join('; ')
}

async function signIn(username: string, password: string) {
  const answer = await app.call(routes.signIn, { body: { username, password } })
  return { ...answer, cookie: cookieOf(answer.headers) }
}

const whoAmI = (cookie: string) => app.call(routes.me, {}, { cookie })

async function newUser(username: string, role: 'receptionist' | 'guard' | 'system_admin' = 'receptionist') {
  const me = await whoAmI(adminCookie)
  const body = {
    username,
    name: username,
    password: 'green tea at eight',
    grants: [{ site: me.body.site.id, role }],
  }
  const made = await app.call(routes.createUser, { body }, { cookie: adminCookie })
  expect(made.status).toBe(200)
  return made.body
}

async function until(check: () => Promise<boolean>, ms: number): Promise<number> {
  const start = performance.now()
  while (!(await check())) {
    if (performance.now() - start > ms) throw new Error(`not within ${ms} ms`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  return performance.now() - start
}

describe('first run', () => {
  test('K3 of twenty set-ups at once exactly one makes the administrator', async () => {
    expect((await app.call(routes.setup, {})).body.needed).toBe(true)
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        app.call(routes.runSetup, { body: { ...setupBody, username: n === 0 ? 'admin' : `admin${n}` } }),
      ),
    )
    expect(answers.filter((one) => one.status === 200)).toHaveLength(1)
    expect(answers.filter((one) => one.status === 409)).toHaveLength(19)
    const users = await app.kernel.sql.all<{ username: string }>(raw('select username from auth_user'))
    expect(users).toHaveLength(1)
    await app.kernel.sql.run(raw("update auth_user set username = 'admin'"))
    expect((await app.call(routes.setup, {})).body).toEqual({ needed: false, presets: [] })
    adminCookie = (await signIn(admin.username, admin.password)).cookie
  })

  test('nothing of better-auth is reachable from outside, sign-up least of all', async () => {
    for (const url of [
      '/sign-up/email',
      '/api/auth/sign-up/email',
      '/api/v1/sign-up',
      '/api/auth/get-session',
    ]) {
      const answer = await app.http.inject({ method: 'POST', url, payload: {} })
      expect(answer.statusCode).toBe(404)
    }
  })
})

describe('sign-in', () => {
  test('K3 sets an http-only cookie and answers who, where and what', async () => {
    const signed = await signIn('ADMIN', admin.password)
    expect(signed.body).toEqual({ state: 'signed-in' })
    expect(String(signed.headers['set-cookie'])).toMatch(/HttpOnly; SameSite=Lax/)
    const me = await whoAmI(signed.cookie)
    expect(me.body).toMatchObject({ user: { username: 'admin', name: '王芳' }, roles: ['system_admin'] })
    expect(me.body.actions).toContain('user.manage')
  })

  test('G4 K3 sign-in is journalled, without password or token', async () => {
    const page = await app.call(routes.journal, { query: { entity: 'session' } }, { cookie: adminCookie })
    expect(page.body.items[0]).toMatchObject({ action: 'session.started', actorName: '王芳' })
    const all = await app.kernel.sql.all(raw('select * from journal'))
    expect(JSON.stringify(all)).not.toContain(admin.password)
  })

  test.each(['locked-user', 'nobody-of-this-name'])(
    'K3 20 wrong passwords at once close %s',
    async (name) => {
      if (name === 'locked-user') await newUser(name)
      const answers = await Promise.all(Array.from({ length: 20 }, () => signIn(name, 'wrong password')))
      expect(answers.filter((one) => one.status === 401)).toHaveLength(5)
      const locked = answers.filter((one) => one.status === 423)
      expect(locked).toHaveLength(15)
      expect(locked[0]?.body).toMatchObject({ code: 'sign-in.locked', data: { minutes: 15 } })
      expect((await signIn(name, 'green tea at eight')).status).toBe(423)
    },
  )

  test('K3 an administrator lifts the lock, and time does', async () => {
    const list = await app.call(routes.users, { query: { q: 'locked-user' } }, { cookie: adminCookie })
    const user = list.body.items[0]
    expect(user?.lockedUntil).not.toBeNull()
    await app.call(routes.unlockUser, { params: { user: user?.id ?? '' } }, { cookie: adminCookie })
    expect((await signIn('locked-user', 'green tea at eight')).status).toBe(200)
  })

  test('K3 a right password at 10 places at once is no attack', async () => {
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => signIn(admin.username, admin.password)),
    )
    expect(answers.map((one) => one.status)).toEqual(Array.from({ length: 10 }, () => 200))
  })

  test('K3 TOTP: begin, confirm, sign in with code and with backup code, stop', async () => {
    await newUser('totp-user')
    const password = 'green tea at eight'
    let { cookie } = await signIn('totp-user', password)
    const begun = await app.call(routes.startTwoFactor, { body: { password } }, { cookie })
    expect(begun.body.uri).toMatch(/^otpauth:\/\/totp\/Foyer%3Atotp-user\?/)
    const code = await codeOf(begun.body.uri)
    const wrong = await app.call(routes.confirmTwoFactor, { body: { code: '000000' } }, { cookie })
    expect(wrong.body).toMatchObject({ code: 'two-factor.code-wrong' })
    const confirmed = await app.call(routes.confirmTwoFactor, { body: { code } }, { cookie })
    expect(confirmed.status).toBe(200)
    cookie = cookieOf(confirmed.headers)
    expect((await whoAmI(cookie)).body.user.twoFactor).toBe(true)

    const first = await signIn('totp-user', password)
    expect(first.body).toEqual({ state: 'code-needed' })
    expect((await whoAmI(first.cookie)).status).toBe(401)
    const bad = await app.call(routes.signInCode, { body: { code: '000000' } }, { cookie: first.cookie })
    expect(bad.body).toMatchObject({ code: 'sign-in.code-wrong' })
    // A cookie of someone else's session beside it must not decide whose code is checked.
    const both = `${adminCookie}; ${first.cookie}`
    const good = await app.call(routes.signInCode, { body: { code } }, { cookie: both })
    expect((await whoAmI(cookieOf(good.headers))).body.user.username).toBe('totp-user')

    const second = await signIn('totp-user', password)
    const backup = begun.body.backupCodes[0] ?? ''
    const withBackup = () =>
      app.call(routes.signInCode, { body: { code: backup, kind: 'backup' } }, { cookie: second.cookie })
    expect((await withBackup()).status).toBe(200)
    expect((await withBackup()).status).toBe(401)

    const stopped = await app.call(routes.stopTwoFactor, { body: { password } }, { cookie })
    expect(stopped.status).toBe(200)
    expect((await signIn('totp-user', password)).body).toEqual({ state: 'signed-in' })
  })
})

describe('sessions', () => {
  test('K3 a session ended by an administrator stops at once here and within a second elsewhere', async () => {
    const user = await newUser('revoked-user')
    const { cookie } = await signIn('revoked-user', 'green tea at eight')
    expect((await whoAmI(cookie)).status).toBe(200)
    const sessions = await app.call(
      routes.userSessions,
      { params: { user: user.id } },
      { cookie: adminCookie },
    )
    expect(sessions.body.items).toHaveLength(1)
    // Elsewhere: the row is gone and journalled by another node; this one hears of it from the journal only.
    const id = sessions.body.items[0]?.id ?? ''
    await app.kernel.sql.run(raw('delete from auth_session where id = $1', [id]))
    expect((await whoAmI(cookie)).status).toBe(200)
    await app.kernel.sql.run(
      raw(
        `insert into journal (at, actor_kind, actor_id, actor_name, request_id, entity, entity_id, action)
         values (now(), 'system', 'x', 'x', 'x', 'session', $1, 'session.ended')`,
        [id],
      ),
    )
    expect(await until(async () => (await whoAmI(cookie)).status === 401, 1000)).toBeLessThan(1000)

    const again = await signIn('revoked-user', 'green tea at eight')
    await app.call(routes.endUserSessions, { params: { user: user.id } }, { cookie: adminCookie })
    expect((await whoAmI(again.cookie)).status).toBe(401)
  })

  test('K3 a lost role and a closed account work at once', async () => {
    const user = await newUser('second-admin', 'system_admin')
    const { cookie } = await signIn('second-admin', 'green tea at eight')
    const params = { user: user.id }
    const body = {
      version: user.version,
      grants: [{ site: user.grants[0]?.site ?? '', role: 'guard' as const }],
    }
    const edited = await app.call(routes.editUser, { params, body }, { cookie: adminCookie })
    expect(edited.status).toBe(200)
    expect((await whoAmI(cookie)).body.roles).toEqual(['guard'])
    expect((await app.call(routes.users, { query: {} }, { cookie })).status).toBe(403)
    expect((await app.call(routes.disableUser, { params }, { cookie: adminCookie })).status).toBe(200)
    expect((await whoAmI(cookie)).status).toBe(401)
    expect((await signIn('second-admin', 'green tea at eight')).body).toMatchObject({
      code: 'account.disabled',
    })
  })

  test('K3 the last administrator stays', async () => {
    const me = await whoAmI(adminCookie)
    const params = { user: me.body.user.id }
    const closed = await app.call(routes.disableUser, { params }, { cookie: adminCookie })
    expect(closed.body).toMatchObject({ code: 'user.last-administrator' })
  })

  test('K3 a new password ends the other sessions and a wrong old one is counted', async () => {
    await newUser('pw-user')
    const old = 'green tea at eight'
    const here = await signIn('pw-user', old)
    const there = await signIn('pw-user', old)
    const change = (current: string, next: string) =>
      app.call(routes.changePassword, { body: { current, next } }, { cookie: here.cookie })
    expect((await change('wrong', 'oolong tea at nine')).body).toMatchObject({ code: 'password.wrong' })
    expect((await change(old, 'short')).body).toMatchObject({
      fields: [{ path: 'next', code: 'password.short' }],
    })
    expect((await change(old, 'oolong tea at nine')).status).toBe(200)
    expect((await whoAmI(here.cookie)).body.user.passwordTemporary).toBe(false)
    expect((await whoAmI(there.cookie)).status).toBe(401)
    expect((await signIn('pw-user', old)).status).toBe(401)
  })

  test('K3 a session lasts a shift and slides, written at most once an hour', async () => {
    await newUser('shift-user')
    const { cookie } = await signIn('shift-user', 'green tea at eight')
    const ends = async () =>
      (await app.call(routes.mySessions, {}, { cookie })).body.items.find((one) => one.current)?.expiresAt
    const first = await ends()
    app.clock.advance(50)
    expect(await ends()).toBe(first)
    app.clock.advance(15)
    await whoAmI(cookie)
    expect(await ends()).not.toBe(first)
    app.clock.advance(12 * 60 + 1)
    expect((await whoAmI(cookie)).status).toBe(401)
    adminCookie = (await signIn(admin.username, admin.password)).cookie
  })

  test('a forged or foreign cookie is nobody', async () => {
    const [name, value] = adminCookie.split('=')
    for (const bad of [`${name}=abc.def`, `${name}=${value?.replace('.', 'x.')}`, `${name}=`, 'other=1']) {
      expect((await whoAmI(bad)).status).toBe(401)
    }
  })
})

describe('API keys', () => {
  test('K3 a key acts in its role, is shown once, checked without a write, and revoked at once', async () => {
    const body = { name: 'kiosk', role: 'receptionist' as const }
    const made = await app.call(
      routes.createKey,
      { body },
      { cookie: adminCookie, 'idempotency-key': 'one-two-three' },
    )
    const authorization = `Bearer ${made.body.secret}`
    const before = await app.kernel.sql.one(
      raw('select xmin::text from auth_api_key where id = $1', [made.body.key.id]),
    )
    for (const headers of [{ authorization }, { 'x-api-key': made.body.secret }]) {
      const me = await app.call(routes.me, {}, headers)
      expect(me.body).toMatchObject({ user: { kind: 'apikey', name: 'kiosk' }, roles: ['receptionist'] })
    }
    const after = await app.kernel.sql.one(
      raw('select xmin::text from auth_api_key where id = $1', [made.body.key.id]),
    )
    expect(after).toEqual(before)
    expect((await app.call(routes.users, { query: {} }, { authorization })).status).toBe(403)
    const own = await identityOf(app.kernel).auth.api.verifyApiKey({ body: { key: made.body.secret } })
    expect(own.valid).toBe(true)

    const dump = await app.kernel.sql.all<{ text: string }>(
      raw(
        'select row_to_json(j)::text as text from journal j union all select row_to_json(i)::text from idempotency i',
      ),
    )
    expect(dump.some((row) => row.text.includes(made.body.secret))).toBe(false)
    await app.call(routes.deleteKey, { params: { key: made.body.key.id } }, { cookie: adminCookie })
    expect((await app.call(routes.me, {}, { authorization })).status).toBe(401)
  })

  test('command line: a user and a key', async () => {
    await addUserFromCli(app.kernel, {
      username: 'cli',
      name: 'CLI',
      password: 'jasmine tea',
      roles: ['guard'],
    })
    expect((await signIn('cli', 'jasmine tea')).status).toBe(200)
    const { secret } = await addKeyFromCli(app.kernel, { name: 'gate', role: 'guard' })
    expect((await app.call(routes.me, {}, { 'x-api-key': secret })).body.roles).toEqual(['guard'])
    await expect(addKeyFromCli(app.kernel, { name: 'x', role: 'king' })).rejects.toThrow('input.invalid')
  })
})

describe('users', () => {
  test('G4 edits are versioned and journalled before and after', async () => {
    const user = await newUser('edited-user')
    const params = { user: user.id }
    const edit = (version: number, name: string) =>
      app.call(routes.editUser, { params, body: { version, name } }, { cookie: adminCookie })
    expect((await edit(1, '李雷')).body).toMatchObject({ name: '李雷', version: 2 })
    expect((await edit(1, '韩梅梅')).body).toMatchObject({ code: 'edit.stale' })
    const page = await app.call(routes.journal, { query: { entityId: user.id } }, { cookie: adminCookie })
    expect(page.body.items[0]).toMatchObject({ before: { name: 'edited-user' }, after: { name: '李雷' } })
  })

  test('K3 user names are one of a kind, whatever their case or width', async () => {
    const site = (await whoAmI(adminCookie)).body.site.id
    const body = {
      username: 'ＡＤＭＩＮ',
      name: 'x',
      password: 'green tea at eight',
      grants: [{ site, role: 'guard' as const }],
    }
    const made = await app.call(routes.createUser, { body }, { cookie: adminCookie })
    expect(made.body).toMatchObject({ code: 'user.name-taken' })
  })

  test('pages are complete and in order', async () => {
    const names: string[] = []
    let cursor: string | null = null
    do {
      const query: { limit: number; state: 'all'; cursor?: string } = {
        limit: 3,
        state: 'all',
        ...(cursor === null ? {} : { cursor }),
      }
      const page = await app.call(routes.users, { query }, { cookie: adminCookie })
      names.push(...page.body.items.map((one) => one.username))
      cursor = page.body.next
    } while (cursor !== null)
    expect(new Set(names).size).toBe(names.length)
    expect(names.length).toBeGreaterThan(6)
  })

  test('G5 K3 the administrator of a new site sees and touches only its people', async () => {
    const body = { code: 'branch', name: '分店' }
    const site = await app.call(routes.createSite, { body }, { cookie: adminCookie })
    expect(site.status).toBe(200)
    const grants = [{ site: site.body.id, role: 'system_admin' as const }]
    const create = { username: 'branch-admin', name: 'b', password: 'green tea at eight', grants }
    expect((await app.call(routes.createUser, { body: create }, { cookie: adminCookie })).status).toBe(200)
    const { cookie } = await signIn('branch-admin', 'green tea at eight')
    const list = await app.call(routes.users, { query: {} }, { cookie })
    expect(list.body.items.map((one) => [one.username, one.can.edit])).toEqual([
      ['admin', false],
      ['branch-admin', true],
    ])
    const adminId = list.body.items[0]?.id ?? ''
    const reset = { params: { user: adminId }, body: { password: 'taken over now' } }
    expect((await app.call(routes.resetPassword, reset, { cookie })).body).toMatchObject({
      code: 'user.not-yours',
    })
  })
})

async function codeOf(uri: string): Promise<string> {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
  let bits = ''
  for (const letter of new URL(uri).searchParams.get('secret') ?? '') {
    bits += letters.indexOf(letter).toString(2).padStart(5, '0')
  }
  const bytes = bits.match(/.{8}/g)?.map((byte) => Number.parseInt(byte, 2)) ?? []
  return await createOTP(Buffer.from(bytes).toString(), { digits: 6, period: 30 }).totp()
}
