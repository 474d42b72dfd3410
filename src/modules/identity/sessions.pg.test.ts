/** Sessions and keys, on a real PostgreSQL: G4, K3. */
import { afterAll, describe, expect, test } from 'vitest'
import { raw } from '../../kernel/db/sql.ts'
import { identityRoutes as routes } from './contract.ts'
import { identityOf } from './engine.ts'
import { addKeyFromCli, addUserFromCli } from './public.ts'
import { house, password, until } from './testing.ts'

const made = await house()
const { app, signIn, whoAmI, asAdmin, signInAdmin, newUser } = made
afterAll(() => app.close())

describe('sessions', () => {
  test('K3 a session ended by an administrator stops at once here, and elsewhere as soon as the journal says so', async () => {
    const user = await newUser('revoked-user')
    const { cookie } = await signIn('revoked-user', password)
    expect((await whoAmI(cookie)).status).toBe(200)
    const sessions = await app.call(routes.userSessions, { params: { user: user.id } }, asAdmin())
    expect(sessions.body.items).toHaveLength(1)
    // Elsewhere: the row is gone and journalled by another node; this one hears of it from the journal only.
    const id = sessions.body.items[0]?.id ?? ''
    await app.kernel.sql.run(raw('delete from auth_session where id = $1', [id]))
    await app.kernel.sql.run(
      raw(
        `insert into journal (at, actor_kind, actor_id, actor_name, request_id, entity, entity_id, action)
         values (now(), 'system', 'x', 'x', 'x', 'session', $1, 'session.ended')`,
        [id],
      ),
    )
    await until(async () => (await whoAmI(cookie)).status === 401, 20_000)
    expect((await whoAmI(cookie)).status).toBe(401)

    const again = await signIn('revoked-user', password)
    await app.call(routes.endUserSessions, { params: { user: user.id } }, asAdmin())
    expect((await whoAmI(again.cookie)).status).toBe(401)
  })

  test('K3 a lost role and a closed account work at once', async () => {
    const user = await newUser('second-admin', 'system_admin')
    const { cookie } = await signIn('second-admin', password)
    const params = { user: user.id }
    const body = {
      version: user.version,
      grants: [{ site: user.grants[0]?.site ?? '', role: 'guard' as const }],
    }
    const edited = await app.call(routes.editUser, { params, body }, asAdmin())
    expect(edited.status).toBe(200)
    expect((await whoAmI(cookie)).body.roles).toEqual(['guard'])
    expect((await app.call(routes.users, { query: {} }, { cookie })).status).toBe(403)
    expect((await app.call(routes.disableUser, { params }, asAdmin())).status).toBe(200)
    expect((await whoAmI(cookie)).status).toBe(401)
    expect((await signIn('second-admin', password)).body).toMatchObject({
      code: 'account.disabled',
    })
  })

  test('K3 the last administrator stays', async () => {
    const me = await whoAmI(asAdmin().cookie)
    const params = { user: me.body.user.id }
    const closed = await app.call(routes.disableUser, { params }, asAdmin())
    expect(closed.body).toMatchObject({ code: 'user.last-administrator' })
  })

  test('K3 a new password ends the other sessions and a wrong old one is counted', async () => {
    await newUser('pw-user')
    const old = password
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
    const { cookie } = await signIn('shift-user', password)
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
    await signInAdmin()
  })

  test('a forged or foreign cookie is nobody', async () => {
    const [name, value] = asAdmin().cookie.split('=')
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
      { ...asAdmin(), 'idempotency-key': 'one-two-three' },
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
    await app.call(routes.deleteKey, { params: { key: made.body.key.id } }, asAdmin())
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
