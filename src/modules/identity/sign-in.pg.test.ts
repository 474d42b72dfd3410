/** First run, ways in, lock-out, second factor, on a real PostgreSQL through the whole HTTP stack: G4, K3. */
import { afterAll, describe, expect, test } from 'vitest'
import { raw } from '../../kernel/db/sql.ts'
import { identityRoutes as routes } from './contract.ts'
import { admin, codeOf, cookieOf, emptyHouse, password, setupBody } from './testing.ts'

const made = await emptyHouse()
const { app, signIn, whoAmI, asAdmin, signInAdmin, newUser } = made
afterAll(() => app.close())

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
    await signInAdmin()
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
    const page = await app.call(routes.journal, { query: { entity: 'session' } }, asAdmin())
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
      expect((await signIn(name, password)).status).toBe(423)
    },
  )

  test('K3 an administrator lifts the lock, and time does', async () => {
    const list = await app.call(routes.users, { query: { q: 'locked-user' } }, asAdmin())
    const user = list.body.items[0]
    expect(user?.lockedUntil).not.toBeNull()
    await app.call(routes.unlockUser, { params: { user: user?.id ?? '' } }, asAdmin())
    expect((await signIn('locked-user', password)).status).toBe(200)
  })

  test('K3 a right password at 10 places at once is no attack', async () => {
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => signIn(admin.username, admin.password)),
    )
    expect(answers.map((one) => one.status)).toEqual(Array.from({ length: 10 }, () => 200))
  })

  test('K3 TOTP: begin, confirm, sign in with code and with backup code, stop', async () => {
    await newUser('totp-user')
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
    const both = `${asAdmin().cookie}; ${first.cookie}`
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
