import { z } from 'zod'
import { type ErrorStatus, instant, route, uuid } from '../../../kernel/contract.ts'
import { password, roles } from '../rules.ts'
import { site } from '../sites/contract.ts'

export const sessionErrors = {
  'sign-in.refused': 401,
  'sign-in.locked': 423,
  'sign-in.code-wrong': 401,
  'sign-in.start-again': 401,
  'account.disabled': 403,
  'password.wrong': 422,
  'two-factor.already-on': 409,
  'two-factor.not-on': 409,
  'two-factor.code-wrong': 422,
  'account.person-only': 403,
} as const satisfies Record<string, ErrorStatus>

export const role = z.enum(roles).meta({ id: 'Role' })
export const language = z.enum(['zh', 'en'])
const secretText = z.string().min(1).max(password.max)
/** Length and simplicity are judged by `passwordFault`, which names the reason; here only what no one may send. */
export const newPassword = z.string().min(1).max(1000)
export const personName = z.string().trim().min(1).max(80)

const signInAnswer = z.object({ state: z.enum(['signed-in', 'code-needed']) }).meta({
  id: 'SignInAnswer',
  description: '`code-needed`: send the code of the second factor to `/sign-in/code`',
})

const sessionView = z
  .object({
    id: z.string(),
    current: z.boolean(),
    browser: z.string(),
    system: z.string(),
    address: z.string(),
    startedAt: instant,
    lastSeenAt: instant.describe('exact to the hour'),
    expiresAt: instant,
  })
  .meta({ id: 'Session' })

const done = z.object({ done: z.literal(true) })
const tag = 'account'

export const sessionRoutes = {
  signIn: route({
    method: 'POST',
    path: '/sign-in',
    id: 'account.signIn',
    tag,
    summary: 'Sign in with user name and password',
    description:
      'Rule K3. Sets an http-only cookie. Five wrong tries within 15 minutes close the name for 15 minutes (`sign-in.locked`, `data.minutes`), whether an account of that name exists or not.',
    action: 'public',
    body: z.object({ username: z.string().min(1).max(200), password: z.string().min(1).max(1000) }),
    response: signInAnswer,
    errors: ['sign-in.refused', 'sign-in.locked', 'account.disabled'],
  }),
  signInCode: route({
    method: 'POST',
    path: '/sign-in/code',
    id: 'account.signInCode',
    tag,
    summary: 'Second step of signing in: code of the second factor',
    description: 'Rule K3. `backup` codes work once each.',
    action: 'public',
    body: z.object({
      code: z.string().trim().min(1).max(40),
      kind: z.enum(['totp', 'backup']).default('totp'),
      trustDevice: z.boolean().default(false).describe('ask this device for no code for 30 days'),
    }),
    response: signInAnswer,
    errors: ['sign-in.code-wrong', 'sign-in.start-again', 'sign-in.locked', 'account.disabled'],
  }),
  signOut: route({
    method: 'POST',
    path: '/sign-out',
    id: 'account.signOut',
    tag,
    summary: 'End this session',
    action: 'signed-in',
    response: done,
  }),
  me: route({
    method: 'GET',
    path: '/me',
    id: 'account.me',
    tag,
    summary: 'Who is signed in, where, and what they may do',
    action: 'signed-in',
    response: z
      .object({
        user: z.object({
          kind: z.enum(['user', 'apikey', 'link', 'system', 'device', 'guest']),
          id: z.string(),
          name: z.string(),
          username: z.string().nullable(),
          employeeId: uuid.nullable(),
          language,
          twoFactor: z.boolean(),
          passwordTemporary: z.boolean().describe('set by an administrator: ask for a new one'),
          version: z.int(),
        }),
        site,
        sites: z.array(site),
        roles: z.array(z.string()),
        actions: z.array(z.string()),
      })
      .meta({ id: 'Me' }),
  }),
  editMe: route({
    method: 'PATCH',
    path: '/me',
    id: 'account.editMe',
    tag,
    summary: 'Change own name or language',
    action: 'signed-in',
    body: z.object({ version: z.int(), name: personName.optional(), language: language.optional() }),
    response: z.object({ version: z.int() }),
    errors: ['account.person-only'],
  }),
  changePassword: route({
    method: 'POST',
    path: '/me/password',
    id: 'account.changePassword',
    tag,
    summary: 'Change own password; every other session ends',
    action: 'signed-in',
    body: z.object({ current: secretText, next: newPassword }),
    response: done,
    errors: ['password.wrong', 'sign-in.locked', 'account.person-only'],
  }),
  startTwoFactor: route({
    method: 'POST',
    path: '/me/two-factor',
    id: 'account.startTwoFactor',
    tag,
    summary: 'Begin with a second factor (TOTP)',
    description: 'Answers the `otpauth:` address for an authenticator and the backup codes, shown this once.',
    action: 'signed-in',
    body: z.object({ password: secretText }),
    response: z.object({
      uri: z.string(),
      qr: z.string().describe('the same as a picture: SVG as a data URL'),
      backupCodes: z.array(z.string()),
    }),
    errors: ['password.wrong', 'two-factor.already-on', 'sign-in.locked', 'account.person-only'],
  }),
  confirmTwoFactor: route({
    method: 'POST',
    path: '/me/two-factor/confirm',
    id: 'account.confirmTwoFactor',
    tag,
    summary: 'Prove the authenticator works; from now on a code is asked',
    action: 'signed-in',
    body: z.object({ code: z.string().trim().min(6).max(8) }),
    response: done,
    errors: ['two-factor.code-wrong', 'two-factor.not-on', 'account.person-only'],
  }),
  stopTwoFactor: route({
    method: 'POST',
    path: '/me/two-factor/disable',
    id: 'account.stopTwoFactor',
    tag,
    summary: 'Stop using the second factor',
    action: 'signed-in',
    body: z.object({ password: secretText }),
    response: done,
    errors: ['password.wrong', 'two-factor.not-on', 'sign-in.locked', 'account.person-only'],
  }),
  mySessions: route({
    method: 'GET',
    path: '/me/sessions',
    id: 'account.mySessions',
    tag,
    summary: 'Own sessions',
    action: 'signed-in',
    response: z.object({ items: z.array(sessionView) }),
  }),
  endMySession: route({
    method: 'DELETE',
    path: '/me/sessions/:session',
    id: 'account.endMySession',
    tag,
    summary: 'End one of the own sessions',
    action: 'signed-in',
    params: z.object({ session: z.string().max(100) }),
    response: done,
    errors: ['account.person-only'],
  }),
  endMyOthers: route({
    method: 'POST',
    path: '/me/sessions/end-others',
    id: 'account.endMyOthers',
    tag,
    summary: 'End every own session but this one',
    action: 'signed-in',
    response: done,
    errors: ['account.person-only'],
  }),
  userSessions: route({
    method: 'GET',
    path: '/users/:user/sessions',
    id: 'users.sessions',
    tag: 'users',
    summary: 'Sessions of a user',
    action: 'session.manage',
    params: z.object({ user: z.string().max(100) }),
    response: z.object({ items: z.array(sessionView) }),
  }),
  endUserSession: route({
    method: 'DELETE',
    path: '/users/:user/sessions/:session',
    id: 'users.endSession',
    tag: 'users',
    summary: 'End a session of a user',
    action: 'session.manage',
    params: z.object({ user: z.string().max(100), session: z.string().max(100) }),
    response: done,
  }),
  endUserSessions: route({
    method: 'POST',
    path: '/users/:user/sessions/end',
    id: 'users.endSessions',
    tag: 'users',
    summary: 'End every session of a user',
    action: 'session.manage',
    params: z.object({ user: z.string().max(100) }),
    response: done,
  }),
}
