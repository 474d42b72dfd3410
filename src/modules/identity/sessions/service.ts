/** Own account and sessions: list, end, password, second factor. */
import { hashPassword, verifyPassword } from 'better-auth/crypto'
import { toSVG } from 'bwip-js/node'
import { DomainError, failWith } from '../../../kernel/errors.ts'
import { type Ctx, command, query, type Work } from '../../../kernel/work/command.ts'
import { identityOf } from '../engine.ts'
import { mayManageUser, maySeeUser } from '../policy.ts'
import { deviceOf } from '../rules.ts'
import { mustBeGoodPassword } from '../users/add.ts'
import { lockUser, userById } from '../users/store.ts'
import { sessionErrors } from './contract.ts'
import { countOneTry, forgiveTries, oneAtATime } from './lockout.ts'
import { type Caller, callerHeaders, readAnswer } from './sign-in.ts'
import * as store from './store.ts'

const fail = failWith(sessionErrors)

/** Keys, links and the system have no password, no sessions, no language. */
export function mustBePerson(ctx: Ctx): string {
  return ctx.actor.kind === 'user' ? ctx.actor.id : fail('account.person-only')
}

export async function listSessions(ctx: Ctx, userId: string, current: string | null) {
  const rows = await query(ctx).all(store.sessionsOf(userId, ctx.kernel.clock.now()))
  return {
    items: rows.map((row) => ({
      id: row.id,
      current: row.id === current,
      ...deviceOf(row.userAgent),
      address: row.ipAddress ?? '',
      startedAt: row.createdAt.toISOString(),
      lastSeenAt: row.updatedAt.toISOString(),
      expiresAt: row.expiresAt.toISOString(),
    })),
  }
}

export async function listUserSessions(ctx: Ctx, userId: string) {
  const subject = await query(ctx).maybe(userById(userId))
  if (subject === undefined || !maySeeUser(ctx.actor, subject)) throw new DomainError('entity.not-found')
  return await listSessions(ctx, userId, null)
}

/** Ends one session, at once on this node and within ~0.2 s on the others (K3). */
export async function endSession(ctx: Ctx, userId: string, sessionId: string) {
  const answer = await command(ctx, async (work) => {
    if (ctx.actor.id !== userId) await mustManage(work, userId)
    if ((await work.maybe(store.lockSession(userId, sessionId))) === undefined)
      throw new DomainError('entity.not-found')
    work.write(store.deleteSession(sessionId))
    work.journal({ entity: 'session', entityId: sessionId, action: 'session.ended', data: { userId } })
    return { done: true as const }
  })
  identityOf(ctx.kernel).actors.forget({ sessionId })
  return answer
}

/** @param keep the session that stays, `null` for none */
export async function endSessions(ctx: Ctx, userId: string, keep: string | null) {
  const answer = await command(ctx, async (work) => {
    if (ctx.actor.id !== userId) await mustManage(work, userId)
    work.write(store.deleteSessionsOf(userId, keep))
    work.write(store.deleteTrust(userId))
    work.journal({ entity: 'user', entityId: userId, action: 'user.sessions-ended', data: { kept: keep } })
    return { done: true as const }
  })
  identityOf(ctx.kernel).actors.forget({ userId })
  return answer
}

async function mustManage(work: Work, userId: string): Promise<void> {
  const subject = await work.maybe(userById(userId))
  if (subject === undefined || !mayManageUser(work.ctx.actor, subject))
    throw new DomainError('entity.not-found')
}

/**
 * The current password is asked again before anything that could keep a thief in; wrong ones count like at sign-in.
 * @throws DomainError `password.wrong`, `sign-in.locked`
 */
async function provePassword(ctx: Ctx, value: string): Promise<{ username: string }> {
  const known = await query(ctx).maybe(store.credentialOf(mustBePerson(ctx)))
  if (known === undefined || known.hash === null) return fail('password.wrong')
  const { hash, username } = known
  return await oneAtATime(username, async () => {
    await countOneTry(ctx.kernel, ctx.requestId, username)
    if (!(await verifyPassword({ hash, password: value }))) return fail('password.wrong')
    await forgiveTries(ctx.kernel, username)
    return { username }
  })
}

export async function changePassword(
  ctx: Ctx,
  input: { current: string; next: string },
  sessionId: string | null,
) {
  const userId = mustBePerson(ctx)
  const { username } = await provePassword(ctx, input.current)
  mustBeGoodPassword(input.next, username, 'next')
  const hash = await hashPassword(input.next)
  const answer = await command(ctx, async (work) => {
    const user = await work.maybe(lockUser(userId))
    if (user === undefined) throw new DomainError('entity.not-found')
    work.write(store.updatePassword(userId, hash, work.now))
    work.write(store.clearTemporary(userId))
    work.write(store.deleteSessionsOf(userId, sessionId))
    work.write(store.deleteTrust(userId))
    work.journal({
      entity: 'user',
      entityId: userId,
      action: 'user.password-changed',
      version: user.version + 1,
    })
    return { done: true as const }
  })
  identityOf(ctx.kernel).actors.forget({ userId })
  return answer
}

export interface WithCookies<T> {
  readonly answer: T
  readonly cookies: readonly string[]
}

export async function startTwoFactor(ctx: Ctx, caller: Caller, password: string) {
  const { username } = await provePassword(ctx, password)
  const response = await identityOf(ctx.kernel).auth.api.enableTwoFactor({
    body: { password },
    headers: callerHeaders(caller),
    asResponse: true,
  })
  const { code, body } = await readAnswer(response)
  if (code === 'TOTP_ALREADY_ENABLED') return fail('two-factor.already-on')
  const { totpURI, backupCodes } = body
  if (code !== '' || typeof totpURI !== 'string' || !Array.isArray(backupCodes)) {
    throw new Error(`second factor could not be begun: ${code}`)
  }
  const texts = backupCodes.filter((text): text is string => typeof text === 'string')
  const uri = labelled(totpURI, username)
  return { uri, qr: pictureOf(uri), backupCodes: texts }
}

function pictureOf(text: string): string {
  const svg = toSVG({ bcid: 'qrcode', text, backgroundcolor: 'ffffff', padding: 4 })
  return `data:image/svg+xml,${encodeURIComponent(svg)}`
}

/** better-auth names the account by its e-mail, which here may be a made-up one. */
function labelled(uri: string, username: string): string {
  const url = new URL(uri)
  return `otpauth://totp/${encodeURIComponent(`Foyer:${username}`)}?${url.searchParams.toString()}`
}

export async function confirmTwoFactor(
  ctx: Ctx,
  caller: Caller,
  code: string,
): Promise<WithCookies<{ done: true }>> {
  const userId = mustBePerson(ctx)
  const response = await identityOf(ctx.kernel).auth.api.verifyTOTP({
    body: { code },
    headers: callerHeaders(caller),
    asResponse: true,
  })
  const answered = await readAnswer(response)
  if (answered.code === 'INVALID_CODE') return fail('two-factor.code-wrong')
  if (answered.code === 'TOTP_NOT_ENABLED') return fail('two-factor.not-on')
  if (answered.code !== '') throw new Error(`second factor could not be confirmed: ${answered.code}`)
  await journalTwoFactor(ctx, userId, true)
  return { answer: { done: true }, cookies: response.headers.getSetCookie() }
}

export async function stopTwoFactor(
  ctx: Ctx,
  caller: Caller,
  password: string,
): Promise<WithCookies<{ done: true }>> {
  const userId = mustBePerson(ctx)
  await provePassword(ctx, password)
  const before = await query(ctx).maybe(userById(userId))
  if (before?.twoFactor !== true) return fail('two-factor.not-on')
  const response = await identityOf(ctx.kernel).auth.api.disableTwoFactor({
    body: { password },
    headers: callerHeaders(caller),
    asResponse: true,
  })
  const answered = await readAnswer(response)
  if (answered.code !== '') throw new Error(`second factor could not be stopped: ${answered.code}`)
  await journalTwoFactor(ctx, userId, false)
  return { answer: { done: true }, cookies: response.headers.getSetCookie() }
}

async function journalTwoFactor(ctx: Ctx, userId: string, on: boolean): Promise<void> {
  await command(ctx, async (work) => {
    work.write(store.deleteTrust(userId))
    work.journal({
      entity: 'user',
      entityId: userId,
      action: on ? 'user.two-factor-on' : 'user.two-factor-off',
      before: { twoFactor: !on },
      after: { twoFactor: on },
    })
  })
  identityOf(ctx.kernel).actors.forget({ userId })
}
