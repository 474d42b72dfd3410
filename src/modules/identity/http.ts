/** Binds the contracts to the use cases. Cookies are the only thing of HTTP that passes here. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Bind } from '../../kernel/http/bind.ts'
import type { Kernel } from '../../kernel/kernel.ts'
import * as audit from './audit/service.ts'
import { identityRoutes as routes } from './contract.ts'
import { identify, identityOf } from './engine.ts'
import * as keys from './keys/service.ts'
import { me } from './sessions/me.ts'
import * as sessions from './sessions/service.ts'
import { type Caller, signIn, signInCode } from './sessions/sign-in.ts'
import type { Ports } from './sites/presets.ts'
import * as sites from './sites/service.ts'
import { unremembered } from './users/add.ts'
import * as users from './users/service.ts'

export function bindIdentity(bind: Bind, ports: Ports): void {
  bind(routes.signIn, async (ctx, { body }, http) => {
    const result = await signIn(ctx.kernel, ctx.requestId, callerOf(http.request), body)
    return { state: sendCookies(http.reply, result.cookies, result.state) }
  })
  bind(routes.signInCode, async (ctx, { body }, http) => {
    const result = await signInCode(ctx.kernel, ctx.requestId, callerOf(http.request), body)
    return { state: sendCookies(http.reply, result.cookies, result.state) }
  })
  bind(routes.signOut, async (ctx, _input, http) => {
    const current = await sessionOf(ctx.kernel, http.request)
    http.reply.header(
      'set-cookie',
      `${identityOf(ctx.kernel).cookieName}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax`,
    )
    return current === null ? { done: true as const } : await sessions.endSession(ctx, ctx.actor.id, current)
  })
  bind(routes.me, (ctx) => me(ctx))
  bind(routes.editMe, async (ctx, input) => {
    sessions.mustBePerson(ctx)
    return await users.editMe(ctx, input)
  })
  bind(routes.changePassword, async (ctx, { body }, http) =>
    sessions.changePassword(unremembered(ctx), body, await sessionOf(ctx.kernel, http.request)),
  )
  bind(routes.startTwoFactor, (ctx, { body }, http) =>
    sessions.startTwoFactor(ctx, callerOf(http.request), body.password),
  )
  bind(routes.confirmTwoFactor, async (ctx, { body }, http) => {
    const result = await sessions.confirmTwoFactor(unremembered(ctx), callerOf(http.request), body.code)
    return sendCookies(http.reply, result.cookies, result.answer)
  })
  bind(routes.stopTwoFactor, async (ctx, { body }, http) => {
    const result = await sessions.stopTwoFactor(unremembered(ctx), callerOf(http.request), body.password)
    return sendCookies(http.reply, result.cookies, result.answer)
  })
  bind(routes.mySessions, async (ctx, _input, http) =>
    sessions.listSessions(ctx, ctx.actor.id, await sessionOf(ctx.kernel, http.request)),
  )
  bind(routes.endMySession, (ctx, { params }) =>
    sessions.endSession(ctx, sessions.mustBePerson(ctx), params.session),
  )
  bind(routes.endMyOthers, async (ctx, _input, http) =>
    sessions.endSessions(ctx, sessions.mustBePerson(ctx), await sessionOf(ctx.kernel, http.request)),
  )
  bind(routes.userSessions, (ctx, { params }) => sessions.listUserSessions(ctx, params.user))
  bind(routes.endUserSession, (ctx, { params }) => sessions.endSession(ctx, params.user, params.session))
  bind(routes.endUserSessions, (ctx, { params }) => sessions.endSessions(ctx, params.user, null))

  bind(routes.users, users.list)
  bind(routes.user, users.read)
  bind(routes.createUser, users.create)
  bind(routes.editUser, users.edit)
  bind(routes.resetPassword, users.resetPassword)
  bind(routes.disableUser, users.disable)
  bind(routes.enableUser, users.enable)
  bind(routes.unlockUser, users.unlock)

  bind(routes.setup, (ctx) => sites.readSetup(ctx, ports))
  bind(routes.runSetup, (ctx, { body }) => sites.runSetup(ctx, ports, body))
  bind(routes.sites, (ctx) => sites.list(ctx))
  bind(routes.createSite, (ctx, input) => sites.create(ctx, ports, input))
  bind(routes.editSite, sites.edit)

  bind(routes.keys, (ctx) => keys.list(ctx))
  bind(routes.createKey, keys.create)
  bind(routes.deleteKey, keys.remove)

  bind(routes.journal, audit.list)
}

function callerOf(request: FastifyRequest): Caller {
  return { cookie: request.headers.cookie, userAgent: request.headers['user-agent'], address: request.ip }
}

async function sessionOf(kernel: Kernel, request: FastifyRequest): Promise<string | null> {
  return (await identify(kernel, request))?.sessionId ?? null
}

function sendCookies<T>(reply: FastifyReply, cookies: readonly string[], answer: T): T {
  if (cookies.length > 0) reply.header('set-cookie', [...cookies])
  return answer
}
