import { describe, expect, test } from 'vitest'
import type { Actor } from '../../kernel/actor.ts'
import { forgottenBy } from './events.ts'
import { identityMatrix, mayGrant, mayManageUser, maySeeUser, sitesOf } from './policy.ts'
import { type Role, roles } from './rules.ts'

const actor = (grants: Record<string, Role[]>): Actor => ({
  kind: 'user',
  id: 'me',
  name: 'me',
  employeeId: null,
  roles: new Map(Object.entries(grants)),
  link: null,
})
const subject = (...sites: string[]) => ({ grants: sites.map((site) => ({ site })) })

describe('K3 permissions by role', () => {
  test('only the system administrator manages users, sessions, keys and sites', () => {
    for (const action of ['user.manage', 'session.manage', 'apikey.manage', 'site.manage'] as const) {
      expect(identityMatrix[action]).toEqual(['system_admin'])
    }
    for (const role of roles) {
      const own = sitesOf(actor({ a: [role] }), 'user.manage')
      expect(own).toEqual(role === 'system_admin' ? ['a'] : [])
    }
  })

  test('an administrator of one site cannot take over a person of another', () => {
    const one = actor({ a: ['system_admin'], b: ['receptionist'] })
    expect(mayManageUser(one, subject('a'))).toBe(true)
    expect(mayManageUser(one, subject('a', 'b'))).toBe(false)
    expect(mayManageUser(one, subject())).toBe(true)
    expect(mayGrant(one, ['a'])).toBe(true)
    expect(mayGrant(one, ['b'])).toBe(false)
  })

  test('G5 users of other sites are not seen', () => {
    const one = actor({ a: ['office_admin'] })
    expect(maySeeUser(one, subject('b'))).toBe(false)
    expect(maySeeUser(one, subject('b', 'a'))).toBe(true)
    expect(maySeeUser(actor({ a: ['guard'] }), subject('a'))).toBe(false)
  })
})

test('K3 journal entries tell every node whose permissions to look up again', () => {
  const entry = (entity: string) => ({ entity, entityId: 'x', data: null })
  expect(forgottenBy(entry('session'))).toEqual({ sessionId: 'x' })
  expect(forgottenBy(entry('user'))).toEqual({ userId: 'x' })
  expect(forgottenBy(entry('api-key'))).toEqual({ keyId: 'x' })
  expect(forgottenBy(entry('visit'))).toBeNull()
})
