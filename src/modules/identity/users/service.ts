/** Users: made, changed and closed by administrators only (K3); every change is journalled without its secrets (G4). */
import { DomainError, failWith } from '../../../kernel/errors.ts'
import { type Ctx, command, mustBeVersion, query, type Work } from '../../../kernel/work/command.ts'
import { identityOf } from '../engine.ts'
import { mayGrant, mayManageUser, maySeeUser, sitesOf } from '../policy.ts'
import { leavesNobodyInCharge, localAddress, type Role } from '../rules.ts'
import { clearFailure, deleteSessionsOf, deleteTrust, type Grant, updatePassword } from '../sessions/store.ts'
import {
  addUser,
  mustBeEmployee,
  mustBeUsername,
  preparePassword,
  type UserInput,
  unremembered,
} from './add.ts'
import { userErrors } from './contract.ts'
import * as store from './store.ts'

const fail = failWith(userErrors)

export async function create(ctx: Ctx, input: { body: UserInput }) {
  const { body } = input
  if (!mayGrant(ctx.actor, sitesIn(body.grants))) return fail('user.not-yours')
  const hash = await preparePassword(body.password, mustBeUsername(body.username, 'username'), 'password')
  const id = await command(unremembered(ctx), (work) => addUser(work, { ...body, temporary: true }, hash))
  return await read(ctx, { params: { user: id } })
}

export async function list(
  ctx: Ctx,
  input: {
    query: {
      cursor?: string | undefined
      limit: number
      q?: string | undefined
      role?: Role | undefined
      state: 'active' | 'disabled' | 'all'
    }
  },
) {
  const { limit, state } = input.query
  const rows = await query(ctx).all(
    store.usersPage({
      sites: sitesOf(ctx.actor, 'user.read'),
      siteId: ctx.siteId,
      text: input.query.q === undefined || input.query.q === '' ? null : input.query.q,
      role: input.query.role ?? null,
      state,
      after: readCursor(input.query.cursor),
      limit: limit + 1,
    }),
  )
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return {
    items: items.map((row) => present(ctx, row)),
    next: rows.length > limit && last !== undefined ? writeCursor(last) : null,
    can: { create: sitesOf(ctx.actor, 'user.manage').includes(ctx.siteId) },
  }
}

export async function read(ctx: Ctx, input: { params: { user: string } }) {
  const row = await query(ctx).maybe(store.userById(input.params.user))
  if (row === undefined || !maySeeUser(ctx.actor, row)) throw new DomainError('entity.not-found')
  return present(ctx, row)
}

export async function edit(
  ctx: Ctx,
  input: {
    params: { user: string }
    body: {
      version: number
      name?: string | undefined
      email?: string | null | undefined
      language?: 'zh' | 'en' | undefined
      employeeId?: string | null | undefined
      grants?: readonly { readonly site: string; readonly role: Role }[] | undefined
    }
  },
) {
  const { body } = input
  await change(ctx, input.params.user, 'user.edited', async (work, row) => {
    mustBeVersion(row.version, body.version)
    // The account itself belongs to the whole person; roles are each site's own.
    const account = [body.name, body.email, body.language, body.employeeId].some((part) => part !== undefined)
    if (account && !mayManageUser(ctx.actor, row)) return fail('user.not-yours')
    if (body.employeeId && body.employeeId !== row.employeeId) await mustBeEmployee(work, body.employeeId)
    const grants = body.grants === undefined ? undefined : await replaceGrants(work, row, body.grants)
    return {
      name: body.name ?? row.name,
      email: body.email === undefined ? row.email : (body.email?.toLowerCase() ?? localAddress(row.id)),
      language: body.language ?? row.language,
      employeeId: body.employeeId === undefined ? row.employeeId : body.employeeId,
      ...(grants === undefined ? {} : { grants }),
    }
  })
  return await read(ctx, input)
}

/** Own name and language. */
export async function editMe(
  ctx: Ctx,
  input: { body: { version: number; name?: string | undefined; language?: 'zh' | 'en' | undefined } },
) {
  const { body } = input
  const version = await command(ctx, async (work) => {
    const row = await locked(work, ctx.actor.id)
    if (row === undefined) throw new DomainError('entity.not-found')
    mustBeVersion(row.version, body.version)
    return writeChange(work, row, 'user.edited', {
      name: body.name ?? row.name,
      language: body.language ?? row.language,
    })
  })
  identityOf(ctx.kernel).actors.forget({ userId: ctx.actor.id })
  return { version }
}

async function replaceGrants(
  work: Work,
  row: store.UserRow,
  wanted: readonly Grant[],
): Promise<readonly Grant[]> {
  if (!mayGrant(work.ctx.actor, sitesIn(wanted))) {
    // Sending back roles of sites that are not the caller's is no change, so no refusal.
    const foreign = wanted.filter((grant) => !mayGrant(work.ctx.actor, [grant.site]))
    if (!foreign.every((grant) => has(row.grants, grant))) return fail('user.not-yours')
  }
  const own = sitesOf(work.ctx.actor, 'user.manage')
  const mine = wanted.filter((grant) => own.includes(grant.site))
  const before = row.grants.filter((grant) => grant.role === 'system_admin')
  if (before.length > 0 && !mine.some((grant) => grant.role === 'system_admin'))
    await mustLeaveSomebody(work, row.id)
  work.write(store.deleteGrants(row.id, own))
  if (mine.length > 0) work.write(store.insertGrants(row.id, mine))
  return [...row.grants.filter((grant) => !own.includes(grant.site)), ...mine]
}

export async function disable(ctx: Ctx, input: { params: { user: string } }) {
  await change(ctx, input.params.user, 'user.disabled', async (work, row) => {
    if (!mayManageUser(ctx.actor, row)) return fail('user.not-yours')
    if (row.grants.some((grant) => grant.role === 'system_admin')) await mustLeaveSomebody(work, row.id)
    work.write(deleteSessionsOf(row.id, null))
    return { disabledAt: row.disabledAt ?? work.now }
  })
  return await read(ctx, input)
}

export async function enable(ctx: Ctx, input: { params: { user: string } }) {
  await change(ctx, input.params.user, 'user.enabled', async (_work, row) =>
    mayManageUser(ctx.actor, row) ? { disabledAt: null } : fail('user.not-yours'),
  )
  return await read(ctx, input)
}

export async function unlock(ctx: Ctx, input: { params: { user: string } }) {
  await change(ctx, input.params.user, 'user.unlocked', async (work, row) => {
    if (!mayManageUser(ctx.actor, row)) return fail('user.not-yours')
    work.write(clearFailure(row.username))
    return {}
  })
  return await read(ctx, input)
}

export async function resetPassword(
  ctx: Ctx,
  input: { params: { user: string }; body: { password: string; withoutTwoFactor: boolean } },
) {
  const known = await query(ctx).maybe(store.userById(input.params.user))
  if (known === undefined || !maySeeUser(ctx.actor, known)) throw new DomainError('entity.not-found')
  const hash = await preparePassword(input.body.password, known.username, 'password')
  await change(unremembered(ctx), input.params.user, 'user.password-reset', async (work, row) => {
    if (!mayManageUser(ctx.actor, row)) return fail('user.not-yours')
    work.write(updatePassword(row.id, hash, work.now))
    work.write(clearFailure(row.username))
    work.write(deleteSessionsOf(row.id, null))
    work.write(deleteTrust(row.id))
    if (input.body.withoutTwoFactor)
      for (const statement of store.deleteTwoFactor(row.id)) work.write(statement)
    return { passwordTemporary: row.id !== ctx.actor.id }
  })
  return await read(ctx, input)
}

type Change = Partial<store.UserPatch> & { readonly grants?: readonly Grant[] }

/** Load locked → can → decide → write → journal, the same for every change of a user. */
async function change(
  ctx: Ctx,
  userId: string,
  action: string,
  decide: (work: Work, row: store.UserRow) => Promise<Change>,
): Promise<void> {
  await command(ctx, async (work) => {
    const row = await locked(work, userId)
    if (row === undefined || !maySeeUser(ctx.actor, row)) throw new DomainError('entity.not-found')
    writeChange(work, row, action, await decide(work, row))
    // Something to remember for the Idempotency-Key; the answer itself is read afterwards.
    return null
  })
  identityOf(ctx.kernel).actors.forget({ userId })
}

/** One trip: both statements are sent together, and the second sees what the first had to wait for. */
async function locked(work: Work, userId: string): Promise<store.UserRow | undefined> {
  const [, row] = await Promise.all([work.run(store.lockUser(userId)), work.maybe(store.userById(userId))])
  return row
}

function writeChange(work: Work, row: store.UserRow, action: string, next: Change): number {
  const { grants, ...patch } = next
  work.write(store.updateUser(row.id, row.version, { ...row, ...patch }, work.now))
  const before: Record<string, unknown> = {}
  const after: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(next)) {
    const old = Object.entries(row).find(([name]) => name === key)?.[1]
    if (JSON.stringify(old) === JSON.stringify(value)) continue
    before[key] = old
    after[key] = value
  }
  const people = row.employeeId === null ? [] : [row.employeeId]
  work.journal({
    entity: 'user',
    entityId: row.id,
    action,
    version: row.version + 1,
    before,
    after,
    data: { people },
  })
  return row.version + 1
}

async function mustLeaveSomebody(work: Work, userId: string): Promise<void> {
  await work.run(store.administratorLock)
  const others = await work.one(store.otherAdministrators(userId))
  if (leavesNobodyInCharge(others.count)) fail('user.last-administrator')
}

function present(ctx: Ctx, row: store.UserRow) {
  return {
    id: row.id,
    username: row.username,
    name: row.name,
    email: row.email === localAddress(row.id) ? null : row.email,
    employeeId: row.employeeId,
    language: row.language === 'en' ? ('en' as const) : ('zh' as const),
    twoFactor: row.twoFactor,
    passwordTemporary: row.passwordTemporary,
    disabledAt: row.disabledAt?.toISOString() ?? null,
    lockedUntil:
      row.lockedUntil !== null && row.lockedUntil > ctx.kernel.clock.now()
        ? row.lockedUntil.toISOString()
        : null,
    createdAt: row.createdAt.toISOString(),
    version: row.version,
    grants: [...row.grants],
    can: { edit: mayManageUser(ctx.actor, row) },
  }
}

function sitesIn(grants: readonly Grant[]): string[] {
  return [...new Set(grants.map((grant) => grant.site))]
}

function has(grants: readonly Grant[], wanted: Grant): boolean {
  return grants.some((grant) => grant.site === wanted.site && grant.role === wanted.role)
}

function writeCursor(row: store.UserRow): string {
  return Buffer.from(JSON.stringify([row.username, row.id])).toString('base64url')
}

function readCursor(text: string | undefined): { username: string; id: string } | null {
  if (text === undefined) return null
  try {
    const parts: unknown = JSON.parse(Buffer.from(text, 'base64url').toString())
    if (Array.isArray(parts)) {
      const [username, id]: unknown[] = parts
      if (typeof username === 'string' && typeof id === 'string') return { username, id }
    }
  } catch {
    // falls through to the refusal
  }
  throw new DomainError('input.invalid', {}, [{ path: 'cursor', code: 'cursor' }])
}
