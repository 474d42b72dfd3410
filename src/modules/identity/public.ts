/** What other modules, the presets' loader and the command line may use of identity. */
import { systemActor } from '../../kernel/actor.ts'
import type { RawStatement } from '../../kernel/db/sql.ts'
import { DomainError } from '../../kernel/errors.ts'
import { type Kernel, systemCtx } from '../../kernel/kernel.ts'
import { command, type Work } from '../../kernel/work/command.ts'
import * as keys from './keys/service.ts'
import { isRole, type Role, roles } from './rules.ts'
import { writeSite } from './sites/service.ts'
import { allSites, firstSite, type SiteRow, siteByCode, sitesByIds } from './sites/store.ts'
import { addUser, preparePassword, type UserInput } from './users/add.ts'

export type Site = SiteRow

/** Every site, for work that runs per site. */
export function sites(): RawStatement<Site> {
  return allSites()
}

/** Name and time zone of the sites; unknown ids are left out. */
export function sitesWith(ids: readonly string[]): RawStatement<Site> {
  return sitesByIds(ids)
}

/** Makes a site inside the caller's transaction; `work.ctx.siteId` should be its id. */
export function addSite(work: Work, site: { id: string; code: string; name: string; zone: string }): Site {
  return writeSite(work, site)
}

/** Slow on purpose (about 0.1 s): call before the transaction opens. @throws DomainError `input.invalid` */
export async function passwordHash(password: string, username: string): Promise<string> {
  return await preparePassword(password, username, 'password')
}

/**
 * Makes a user inside the caller's transaction (K3).
 * @param hash from `passwordHash`
 * @returns the user's id
 */
export async function addUserIn(
  work: Work,
  input: Omit<UserInput, 'password'> & { readonly temporary: boolean },
  hash: string,
): Promise<string> {
  return await addUser(work, input, hash)
}

export const roleNames: readonly string[] = roles

async function siteFor(kernel: Kernel, code: string | undefined): Promise<Site> {
  const site = await kernel.sql.maybe(code === undefined ? firstSite() : siteByCode(code))
  if (site === undefined) throw new DomainError('site.unknown', code === undefined ? {} : { code })
  return site
}

function mustBeRole(value: string): Role {
  if (isRole(value)) return value
  throw new DomainError('input.invalid', {}, [
    { path: 'role', code: 'role', data: { known: roles.join(', ') } },
  ])
}

/**
 * `foyer user add`. The site is the first one unless its code is given.
 * @throws DomainError `site.unknown`, `input.invalid`, `user.name-taken`
 * @returns the user's id
 */
export async function addUserFromCli(
  kernel: Kernel,
  input: { username: string; name: string; password: string; roles: readonly string[]; site?: string },
): Promise<string> {
  const site = await siteFor(kernel, input.site)
  const grants = input.roles.map((role) => ({ site: site.id, role: mustBeRole(role) }))
  const hash = await passwordHash(input.password, input.username)
  const { username, name } = input
  return await command(systemCtx(kernel, site.id, systemActor), (work) =>
    addUser(
      work,
      { username, name, email: null, language: 'zh', employeeId: null, grants, temporary: true },
      hash,
    ),
  )
}

/**
 * `foyer apikey add --role ROLE`.
 * @returns the secret; it is kept only as a hash, so this is the one time to see it
 */
export async function addKeyFromCli(
  kernel: Kernel,
  input: { name: string; role: string; site?: string },
): Promise<{ id: string; secret: string }> {
  const site = await siteFor(kernel, input.site)
  const body = { name: input.name, role: mustBeRole(input.role), expiresAt: null }
  const made = await keys.create(systemCtx(kernel, site.id, systemActor), { body })
  return { id: made.key.id, secret: made.secret }
}
