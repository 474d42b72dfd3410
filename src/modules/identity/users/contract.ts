import { z } from 'zod'
import { type ErrorStatus, instant, pageOf, pageQuery, route, uuid } from '../../../kernel/contract.ts'
import { language, newPassword, personName, role } from '../sessions/contract.ts'

export const userErrors = {
  'user.name-taken': 409,
  'user.email-taken': 409,
  'user.last-administrator': 409,
  'user.not-yours': 403,
  'user.employee-unknown': 422,
} as const satisfies Record<string, ErrorStatus>

const grant = z.object({ site: uuid, role }).meta({ id: 'RoleGrant' })

export const user = z
  .object({
    id: z.string(),
    username: z.string(),
    name: z.string(),
    email: z.string().nullable().describe('null: none was given'),
    employeeId: uuid.nullable(),
    language,
    twoFactor: z.boolean(),
    passwordTemporary: z.boolean(),
    disabledAt: instant.nullable(),
    lockedUntil: instant.nullable(),
    createdAt: instant,
    version: z.int(),
    grants: z.array(grant),
    can: z.object({ edit: z.boolean() }),
  })
  .meta({ id: 'User' })

const tag = 'users'
const params = z.object({ user: z.string().max(100) })
const emailField = z.email().max(200).nullable()

export const userRoutes = {
  users: route({
    method: 'GET',
    path: '/users',
    id: 'users.list',
    tag,
    summary: 'Users of the sites the caller has charge of',
    action: 'user.read',
    query: pageQuery.extend({
      q: z.string().trim().max(100).optional().describe('part of the name or user name'),
      role: role.optional().describe('holds this role at the current site'),
      state: z.enum(['active', 'disabled', 'all']).default('active'),
    }),
    response: pageOf(user).extend({ can: z.object({ create: z.boolean() }) }),
  }),
  user: route({
    method: 'GET',
    path: '/users/:user',
    id: 'users.read',
    tag,
    summary: 'One user',
    action: 'user.read',
    params,
    response: user,
  }),
  createUser: route({
    method: 'POST',
    path: '/users',
    id: 'users.create',
    tag,
    summary: 'New user with an initial password',
    description:
      'Rule K3. Users are made by administrators only. The user is asked for an own password at first sign-in.',
    action: 'user.manage',
    body: z.object({
      username: z.string().min(1).max(200),
      name: personName,
      password: newPassword,
      email: emailField.default(null),
      language: language.default('zh'),
      employeeId: uuid.nullable().default(null),
      grants: z.array(grant).max(200),
    }),
    response: user,
    errors: ['user.name-taken', 'user.email-taken', 'user.not-yours', 'user.employee-unknown'],
  }),
  editUser: route({
    method: 'PATCH',
    path: '/users/:user',
    id: 'users.edit',
    tag,
    summary: 'Change name, address, language, employee or roles',
    description: '`grants` replaces the roles at the sites the caller administers; roles elsewhere stay.',
    action: 'user.manage',
    params,
    body: z.object({
      version: z.int(),
      name: personName.optional(),
      email: emailField.optional(),
      language: language.optional(),
      employeeId: uuid.nullable().optional(),
      grants: z.array(grant).max(200).optional(),
    }),
    response: user,
    errors: ['user.email-taken', 'user.last-administrator', 'user.not-yours', 'user.employee-unknown'],
  }),
  resetPassword: route({
    method: 'POST',
    path: '/users/:user/password',
    id: 'users.resetPassword',
    tag,
    summary: 'Set a temporary password; every session of the user ends',
    action: 'user.manage',
    params,
    body: z.object({
      password: newPassword,
      withoutTwoFactor: z.boolean().default(false).describe('telephone lost'),
    }),
    response: user,
    errors: ['user.not-yours'],
  }),
  disableUser: route({
    method: 'POST',
    path: '/users/:user/disable',
    id: 'users.disable',
    tag,
    summary: 'Close the account; its sessions end at once',
    action: 'user.manage',
    params,
    response: user,
    errors: ['user.last-administrator', 'user.not-yours'],
  }),
  enableUser: route({
    method: 'POST',
    path: '/users/:user/enable',
    id: 'users.enable',
    tag,
    summary: 'Open a closed account again',
    action: 'user.manage',
    params,
    response: user,
    errors: ['user.not-yours'],
  }),
  unlockUser: route({
    method: 'POST',
    path: '/users/:user/unlock',
    id: 'users.unlock',
    tag,
    summary: 'Lift the lock-out after wrong passwords',
    action: 'user.manage',
    params,
    response: user,
    errors: ['user.not-yours'],
  }),
}
