/** Who may do what to whom. Whether a role has an action at all stands in the matrix below. */
import { type Actor, rolesAt } from '../../kernel/actor.ts'
import type { Role } from './rules.ts'

/** action → roles that have it. */
export const identityMatrix = {
  'user.read': ['system_admin', 'office_admin', 'director'],
  'user.manage': ['system_admin'],
  'session.manage': ['system_admin'],
  'apikey.manage': ['system_admin'],
  'journal.read': ['system_admin', 'director', 'quality'],
  'site.read': ['system_admin', 'director'],
  'site.manage': ['system_admin'],
} as const satisfies Record<string, readonly Role[]>

/** Sites where the actor holds a role of this action. */
export function sitesOf(actor: Actor, action: keyof typeof identityMatrix): string[] {
  const able: readonly string[] = identityMatrix[action]
  return [...actor.roles.keys()].filter((site) => rolesAt(actor, site).some((role) => able.includes(role)))
}

/**
 * Account, password and second factor belong to the whole person: only someone in charge of every site where the
 * person has a role may touch them. Otherwise the administrator of one site could take over another's (K3).
 */
export function mayManageUser(
  actor: Actor,
  subject: { readonly grants: readonly { readonly site: string }[] },
): boolean {
  if (actor.kind === 'system') return true
  const own = sitesOf(actor, 'user.manage')
  return subject.grants.every((grant) => own.includes(grant.site))
}

/** Roles are given and taken only at sites the actor is in charge of. */
export function mayGrant(actor: Actor, sites: readonly string[]): boolean {
  if (actor.kind === 'system') return true
  const own = sitesOf(actor, 'user.manage')
  return sites.every((site) => own.includes(site))
}

/** Users with no role anywhere are everybody's, so that a forgotten account can be found. */
export function maySeeUser(
  actor: Actor,
  subject: { readonly grants: readonly { readonly site: string }[] },
): boolean {
  if (actor.kind === 'system' || subject.grants.length === 0) return true
  const own = sitesOf(actor, 'user.read')
  return subject.grants.some((grant) => own.includes(grant.site))
}
