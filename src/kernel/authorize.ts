import { type Actor, rolesAt } from './actor.ts'
import { DomainError } from './errors.ts'
import type { Ctx } from './work/command.ts'

/**
 * The one question of the matrix role × action. Whether this very record may be touched is the module's `policy.ts`;
 * this only says that the role may do such a thing at the site at all.
 */
export function may(ctx: Pick<Ctx, 'actor' | 'siteId' | 'kernel'>, action: string): boolean {
  return mayAt(ctx.kernel.modules.grants, ctx.actor, ctx.siteId, action)
}

export function mayAt(
  grants: ReadonlyMap<string, ReadonlySet<string>>,
  actor: Actor,
  siteId: string,
  action: string,
): boolean {
  if (action === 'public') return true
  // Outsiders have what is granted to them by name; what anybody known may do is not for them.
  const outside = actor.kind === 'device' || actor.kind === 'guest'
  if (action === 'known') return !outside
  if (actor.kind === 'system') return actor.id === 'system'
  // A signed link carries the role `link` at its site and nothing else; it is not a sign-in.
  if (action === 'signed-in') return actor.link === null && !outside
  const allowed = grants.get(action)
  return allowed !== undefined && rolesAt(actor, siteId).some((role) => allowed.has(role))
}

/** @throws DomainError `auth.forbidden` naming the action */
export function must(ctx: Pick<Ctx, 'actor' | 'siteId' | 'kernel'>, action: string): void {
  if (!may(ctx, action)) throw new DomainError('auth.forbidden', { action })
}
