/** Users and sites, on a real PostgreSQL: G1, G4, G5, K3. */
import { afterAll, describe, expect, test } from 'vitest'
import { systemActor } from '../../kernel/actor.ts'
import { raw } from '../../kernel/db/sql.ts'
import { command } from '../../kernel/work/command.ts'
import { identityRoutes as routes } from './contract.ts'
import { house, password } from './testing.ts'
import { lockUser } from './users/store.ts'

const made = await house()
const { app, signIn, whoAmI, asAdmin, newUser } = made
afterAll(() => app.close())

describe('users', () => {
  test('G4 edits are versioned and journalled before and after', async () => {
    const user = await newUser('edited-user')
    const params = { user: user.id }
    const edit = (version: number, name: string) =>
      app.call(routes.editUser, { params, body: { version, name } }, asAdmin())
    expect((await edit(1, '李雷')).body).toMatchObject({ name: '李雷', version: 2 })
    expect((await edit(1, '韩梅梅')).body).toMatchObject({ code: 'edit.stale' })
    const page = await app.call(routes.journal, { query: { entityId: user.id } }, asAdmin())
    expect(page.body.items[0]).toMatchObject({ before: { name: 'edited-user' }, after: { name: '李雷' } })
  })

  test('K3 user names are one of a kind, whatever their case or width', async () => {
    const site = (await whoAmI(asAdmin().cookie)).body.site.id
    const body = {
      username: 'ＡＤＭＩＮ',
      name: 'x',
      password,
      grants: [{ site, role: 'guard' as const }],
    }
    const made = await app.call(routes.createUser, { body }, asAdmin())
    expect(made.body).toMatchObject({ code: 'user.name-taken' })
  })

  test('G1 every account has a person of the site behind it', async () => {
    const user = await newUser('person-behind')
    const rows = await app.kernel.sql.all<{ name: string }>(
      raw('select name from employee where id = $1', [user.employeeId]),
    )
    expect(rows).toEqual([{ name: 'person-behind' }])
    const body = { version: 1, employeeId: '01a1ff79-e19f-7696-b608-f452d8d003b8' }
    const edited = await app.call(routes.editUser, { params: { user: user.id }, body }, asAdmin())
    expect(edited.body).toMatchObject({ code: 'user.employee-unknown' })
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
      const page = await app.call(routes.users, { query }, asAdmin())
      names.push(...page.body.items.map((one) => one.username))
      cursor = page.body.next
    } while (cursor !== null)
    expect(new Set(names).size).toBe(names.length)
    expect(names).toHaveLength(3)
  })

  test('G5 K3 the administrator of a new site sees and touches only its people', async () => {
    const body = { code: 'branch', name: '分店' }
    const site = await app.call(routes.createSite, { body }, asAdmin())
    expect(site.status).toBe(200)
    const grants = [{ site: site.body.id, role: 'system_admin' as const }]
    const create = { username: 'branch-admin', name: 'b', password, grants }
    expect((await app.call(routes.createUser, { body: create }, asAdmin())).status).toBe(200)
    const { cookie } = await signIn('branch-admin', password)
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

  test('G5 a role given while somebody waits to reset the password counts for them', async () => {
    const branch = (await app.call(routes.createSite, { body: { code: 'second', name: '二店' } }, asAdmin()))
      .body.id
    const main = (await whoAmI(asAdmin().cookie)).body.site.id
    const account = (username: string, role: 'system_admin' | 'receptionist') => ({
      ...{ username, name: username, password },
      grants: [{ site: branch, role }],
    })
    await app.call(routes.createUser, { body: account('second-admin', 'system_admin') }, asAdmin())
    const made = await app.call(
      routes.createUser,
      { body: account('second-desk', 'receptionist') },
      asAdmin(),
    )
    const params = { user: made.body.id }
    const { cookie } = await signIn('second-admin', password)
    const calls = await command(app.ctx(systemActor, main), async (work) => {
      await work.run(lockUser(made.body.id))
      const grants = [...made.body.grants, { site: main, role: 'receptionist' as const }]
      const widened = app.call(routes.editUser, { params, body: { version: 1, grants } }, asAdmin())
      await app.waiting(1)
      const reset = { params, body: { password: 'taken over now' } }
      const taken = app.call(routes.resetPassword, reset, { cookie })
      await app.waiting(2)
      return [widened, taken] as const
    })
    expect((await calls[0]).status).toBe(200)
    expect((await calls[1]).body).toMatchObject({ code: 'user.not-yours' })
  })
})
