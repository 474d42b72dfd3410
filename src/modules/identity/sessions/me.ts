import { rolesAt } from '../../../kernel/actor.ts'
import { mayAt } from '../../../kernel/authorize.ts'
import { DomainError, fail } from '../../../kernel/errors.ts'
import { type Ctx, query } from '../../../kernel/work/command.ts'
import { sitesByIds } from '../sites/store.ts'
import { userById } from '../users/store.ts'

/** Who asks, where, and which actions of the matrix are theirs here; the interface reads this and recomputes nothing. */
export async function me(ctx: Ctx) {
  const { actor, siteId, kernel } = ctx
  const [user, sites] = await Promise.all([
    actor.kind === 'user' ? query(ctx).maybe(userById(actor.id)) : undefined,
    query(ctx).all(sitesByIds([...new Set([siteId, ...actor.roles.keys()])].filter((id) => id !== ''))),
  ])
  const shown = sites.map(({ id, code, name, zone }) => ({ id, code, name, zone }))
  const site = shown.find((one) => one.id === siteId)
  if (site === undefined) throw new DomainError('site.unknown')
  return {
    user: {
      kind: actor.kind === 'anonymous' ? fail('auth.required') : actor.kind,
      id: actor.id,
      name: actor.name,
      username: user?.username ?? null,
      employeeId: actor.employeeId,
      language: user?.language === 'en' ? ('en' as const) : ('zh' as const),
      twoFactor: user?.twoFactor ?? false,
      passwordTemporary: user?.passwordTemporary ?? false,
      version: user?.version ?? 0,
    },
    site,
    sites: shown,
    roles: [...rolesAt(actor, siteId)],
    actions: [...kernel.modules.grants.keys()]
      .filter((action) => mayAt(kernel.modules.grants, actor, siteId, action))
      .sort(),
  }
}
