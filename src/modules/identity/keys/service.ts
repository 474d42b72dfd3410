/** API keys: a machine acting in one role at one site (K3). The secret is answered once and kept only as a hash. */
import { randomBytes } from 'node:crypto'
import { defaultKeyHasher } from '@better-auth/api-key'
import { DomainError } from '../../../kernel/errors.ts'
import { newId } from '../../../kernel/ids.ts'
import { type Ctx, command, query } from '../../../kernel/work/command.ts'
import { keyPrefix } from '../auth.ts'
import { identityOf } from '../engine.ts'
import { isRole, type Role } from '../rules.ts'
import { unremembered } from '../users/add.ts'
import * as store from './store.ts'

const shownCharacters = 12

export async function list(ctx: Ctx) {
  const rows = await query(ctx).all(store.keysOf(ctx.siteId))
  return { items: rows.map(present) }
}

export async function create(
  ctx: Ctx,
  input: { body: { name: string; role: Role; expiresAt: string | null } },
) {
  const { name, role } = input.body
  const secret = `${keyPrefix}${randomBytes(32).toString('base64url')}`
  const hash = await defaultKeyHasher(secret)
  const expiresAt = input.body.expiresAt === null ? null : new Date(input.body.expiresAt)
  if (expiresAt !== null && expiresAt <= ctx.kernel.clock.now()) {
    throw new DomainError('input.invalid', {}, [{ path: 'expiresAt', code: 'past' }])
  }
  const id = newId()
  const start = secret.slice(0, shownCharacters)
  const { actor, siteId } = ctx
  return await command(unremembered(ctx), async (work) => {
    work.write(
      store.insertKey({
        id,
        name,
        start,
        prefix: keyPrefix,
        hash,
        madeBy: actor.id,
        siteId,
        role,
        expiresAt,
        now: work.now,
      }),
    )
    work.journal({
      entity: 'api-key',
      entityId: id,
      action: 'api-key.created',
      after: { name, role, expiresAt: expiresAt?.toISOString() ?? null },
    })
    const row = { id, name, start, siteId, role, createdAt: work.now, createdByName: actor.name, expiresAt }
    return { key: present(row), secret }
  })
}

export async function remove(ctx: Ctx, input: { params: { key: string } }) {
  const id = input.params.key
  const answer = await command(ctx, async (work) => {
    const row = await work.maybe(store.lockKey(ctx.siteId, id))
    if (row === undefined) throw new DomainError('entity.not-found')
    work.write(store.deleteKey(id))
    const { name, role } = row
    work.journal({ entity: 'api-key', entityId: id, action: 'api-key.deleted', before: { name, role } })
    return { done: true as const }
  })
  identityOf(ctx.kernel).actors.forget({ keyId: id })
  return answer
}

function present(row: store.KeyRow) {
  if (!isRole(row.role)) throw new Error(`unknown role ${row.role}`)
  return {
    ...row,
    role: row.role,
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt?.toISOString() ?? null,
  }
}
