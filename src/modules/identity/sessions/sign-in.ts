/** Ways in: password, then code where a second factor is on. Every way ends in a session and a journal entry (G4, K3). */
import { systemActor } from '../../../kernel/actor.ts'
import { DomainError, failWith } from '../../../kernel/errors.ts'
import { type Kernel, systemCtx } from '../../../kernel/kernel.ts'
import { command } from '../../../kernel/work/command.ts'
import { userActor } from '../actors.ts'
import { identityOf } from '../engine.ts'
import { normaliseUsername } from '../rules.ts'
import { userByName } from '../users/store.ts'
import { sessionErrors } from './contract.ts'
import { countOneTry, forgiveTries, oneAtATime } from './lockout.ts'
import { signedInBy } from './store.ts'

const fail = failWith(sessionErrors)

/** What better-auth needs of a request, and nothing else of it. */
export interface Caller {
  readonly cookie: string | undefined
  readonly userAgent: string | undefined
  readonly address: string
}

export interface SignInResult {
  readonly state: 'signed-in' | 'code-needed'
  /** `Set-Cookie` values. */
  readonly cookies: readonly string[]
}

export function callerHeaders(caller: Caller, without?: string): Headers {
  const headers = new Headers({ 'x-foyer-client': caller.address })
  if (caller.userAgent !== undefined) headers.set('user-agent', caller.userAgent.slice(0, 400))
  const cookies = (caller.cookie ?? '').split(';').filter((part) => part.split('=')[0]?.trim() !== without)
  if (cookies.length > 0) headers.set('cookie', cookies.join(';'))
  return headers
}

/** better-auth's refusal code; empty when it went well. */
export async function readAnswer(
  response: Response,
): Promise<{ readonly code: string; readonly body: Record<string, unknown> }> {
  const body: unknown = await response.json().catch(() => ({}))
  const fields = typeof body === 'object' && body !== null ? { ...body } : {}
  if (response.ok) return { code: '', body: fields }
  return {
    code: 'code' in fields && typeof fields.code === 'string' ? fields.code : `HTTP_${response.status}`,
    body: fields,
  }
}

/** @throws DomainError `sign-in.refused`, `sign-in.locked`, `account.disabled` */
export async function signIn(
  kernel: Kernel,
  requestId: string,
  caller: Caller,
  input: { readonly username: string; readonly password: string },
): Promise<SignInResult> {
  const { auth, cookieName } = identityOf(kernel)
  const username = normaliseUsername(input.username)
  return await oneAtATime(username, async () => {
    const { last } = await countOneTry(kernel, requestId, username)
    const response = await auth.api.signInUsername({
      body: { username, password: input.password },
      headers: callerHeaders(caller, cookieName),
      asResponse: true,
    })
    const { code, body } = await readAnswer(response)
    if (code === 'ACCOUNT_DISABLED') return fail('account.disabled')
    if (code !== '') {
      mustBeRefusal(code)
      await journalRefusal(kernel, requestId, caller, username, last)
      return fail('sign-in.refused')
    }
    await forgiveTries(kernel, username)
    const cookies = response.headers.getSetCookie()
    if (body.twoFactorRedirect === true) return { state: 'code-needed', cookies }
    await journalStart(kernel, requestId, caller, body.token, 'password')
    return { state: 'signed-in', cookies }
  })
}

/** @throws DomainError `sign-in.code-wrong`, `sign-in.start-again`, `sign-in.locked`, `account.disabled` */
export async function signInCode(
  kernel: Kernel,
  requestId: string,
  caller: Caller,
  input: { readonly code: string; readonly kind: 'totp' | 'backup'; readonly trustDevice: boolean },
): Promise<SignInResult> {
  const { auth, cookieName } = identityOf(kernel)
  // Without the session cookie: with one, better-auth would check the code for that account instead.
  const request = {
    body: { code: input.code, trustDevice: input.trustDevice },
    headers: callerHeaders(caller, cookieName),
    asResponse: true,
  } as const
  const response = await (input.kind === 'totp'
    ? auth.api.verifyTOTP(request)
    : auth.api.verifyBackupCode(request))
  const { code, body } = await readAnswer(response)
  switch (code) {
    case '':
      break
    case 'INVALID_CODE':
    case 'INVALID_BACKUP_CODE':
      return fail('sign-in.code-wrong')
    case 'ACCOUNT_TEMPORARILY_LOCKED':
      return fail('sign-in.locked', { minutes: 15 })
    case 'ACCOUNT_DISABLED':
      return fail('account.disabled')
    default:
      return fail('sign-in.start-again')
  }
  await journalStart(kernel, requestId, caller, body.token, input.kind)
  return { state: 'signed-in', cookies: response.headers.getSetCookie() }
}

/** A fault of the database must not look like a wrong password. */
function mustBeRefusal(code: string): void {
  const refusals = [
    'INVALID_USERNAME_OR_PASSWORD',
    'INVALID_USERNAME',
    'USERNAME_TOO_SHORT',
    'USERNAME_TOO_LONG',
  ]
  if (!refusals.includes(code)) {
    throw code.startsWith('HTTP_5') ? new DomainError('server.busy') : new Error(`sign-in answered ${code}`)
  }
}

async function journalStart(
  kernel: Kernel,
  requestId: string,
  caller: Caller,
  token: unknown,
  by: string,
): Promise<void> {
  if (typeof token !== 'string') throw new Error('sign-in made no session')
  const row = await kernel.sql.one(signedInBy(token))
  const actor = userActor(row.userId, row.name, row.employeeId, [])
  await command(systemCtx(kernel, '', actor, requestId), async (work) => {
    work.journal({
      entity: 'session',
      entityId: row.sessionId,
      action: 'session.started',
      after: { by, address: caller.address },
      data: { userId: row.userId },
    })
  })
}

/** Unknown names are entered like known ones, but without the name: it may be a password typed in the wrong place. */
async function journalRefusal(
  kernel: Kernel,
  requestId: string,
  caller: Caller,
  username: string,
  last: boolean,
): Promise<void> {
  await command(systemCtx(kernel, '', systemActor, requestId), async (work) => {
    const row = await work.maybe(userByName(username))
    work.journal({
      entity: 'sign-in',
      entityId: row?.id ?? 'unknown',
      action: last ? 'sign-in.locked' : 'sign-in.refused',
      after: { address: caller.address, ...(row === undefined ? {} : { username: row.username }) },
    })
  })
}
