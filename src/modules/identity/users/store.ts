import { type RawStatement, raw } from '../../../kernel/db/sql.ts'
import type { Grant } from '../sessions/store.ts'

export interface UserRow {
  readonly id: string
  readonly username: string
  readonly name: string
  readonly email: string
  readonly employeeId: string | null
  readonly language: string
  readonly twoFactor: boolean
  readonly passwordTemporary: boolean
  readonly disabledAt: Date | null
  readonly lockedUntil: Date | null
  readonly createdAt: Date
  readonly version: number
  readonly grants: readonly Grant[]
}

const columns = `u.id, u.username, u.name, u.email, u.employee_id as "employeeId", u.language,
  u.two_factor_enabled as "twoFactor", u.password_temporary as "passwordTemporary", u.disabled_at as "disabledAt",
  f.locked_until as "lockedUntil", u.created_at as "createdAt", u.version,
  coalesce((select json_agg(json_build_object('site', g.site_id, 'role', g.role) order by g.site_id, g.role)
    from role_grant g where g.user_id = u.id), '[]') as grants`

const source = `auth_user u left join sign_in_failure f
  on f.name_hash = encode(sha256(convert_to(u.username, 'UTF8')), 'hex')`

export interface UserFilter {
  /** Sites the asker administers: a user with roles elsewhere only is not theirs to see. */
  readonly sites: readonly string[]
  readonly text: string | null
  readonly role: string | null
  readonly siteId: string
  readonly state: 'active' | 'disabled' | 'all'
  readonly after: { readonly username: string; readonly id: string } | null
  readonly limit: number
}

export function usersPage(filter: UserFilter): RawStatement<UserRow> {
  return raw(
    `select ${columns} from ${source}
     where (exists (select from role_grant g where g.user_id = u.id and g.site_id = any($1::uuid[]))
         or not exists (select from role_grant g where g.user_id = u.id))
       and ($2::text is null or u.name ilike $2 or u.username ilike $2)
       and ($3::text is null or exists (select from role_grant g where g.user_id = u.id and g.site_id = $4 and g.role = $3))
       and ($5::text = 'all' or (u.disabled_at is not null) = ($5 = 'disabled'))
       and ($6::text is null or (u.username, u.id) > ($6, $7::text))
     order by u.username, u.id limit $8`,
    [
      filter.sites,
      filter.text === null ? null : `%${filter.text.replace(/[\\%_]/g, '\\$&')}%`,
      filter.role,
      filter.siteId,
      filter.state,
      filter.after?.username ?? null,
      filter.after?.id ?? null,
      filter.limit,
    ],
  )
}

export function userById(id: string): RawStatement<UserRow> {
  return raw(`select ${columns} from ${source} where u.id = $1`, [id])
}

export function userByName(username: string): RawStatement<UserRow> {
  return raw(`select ${columns} from ${source} where u.username = $1`, [username])
}

export function enabledUser(id: string): RawStatement<{ readonly id: string }> {
  return raw('select id from auth_user where id = $1 and disabled_at is null', [id])
}

/**
 * Only the row that counts the versions. Whoever waited for the lock would see the roles as they were before waiting, were
 * they read by the same statement; so they are read by the next.
 */
export function lockUser(id: string): RawStatement<{ readonly version: number }> {
  return raw('select version from auth_user where id = $1 for update', [id])
}

export interface NewUser {
  readonly id: string
  readonly username: string
  readonly name: string
  readonly email: string
  readonly employeeId: string | null
  readonly language: string
  readonly passwordTemporary: boolean
  readonly now: Date
}

export function insertUser(user: NewUser): RawStatement<unknown> {
  return raw(
    `insert into auth_user (id, username, display_username, name, email, employee_id, language, password_temporary,
       created_at, updated_at) values ($1, $2, $2, $3, $4, $5, $6, $7, $8, $8)`,
    [
      user.id,
      user.username,
      user.name,
      user.email,
      user.employeeId,
      user.language,
      user.passwordTemporary,
      user.now,
    ],
  )
}

export function insertCredential(id: string, userId: string, hash: string, now: Date): RawStatement<unknown> {
  return raw(
    `insert into auth_account (id, account_id, provider_id, user_id, password, created_at, updated_at)
     values ($1, $2, 'credential', $2, $3, $4, $4)`,
    [id, userId, hash, now],
  )
}

export function insertGrants(userId: string, grants: readonly Grant[]): RawStatement<unknown> {
  return raw(
    `insert into role_grant (user_id, site_id, role)
     select $1, t.site, t.role from unnest($2::uuid[], $3::text[]) as t (site, role) on conflict do nothing`,
    [userId, grants.map((grant) => grant.site), grants.map((grant) => grant.role)],
  )
}

/** Replaces the grants at the sites named and leaves the others alone. */
export function deleteGrants(userId: string, sites: readonly string[]): RawStatement<unknown> {
  return raw('delete from role_grant where user_id = $1 and site_id = any($2::uuid[])', [userId, sites])
}

export interface UserPatch {
  readonly name: string
  readonly email: string
  readonly employeeId: string | null
  readonly language: string
  readonly passwordTemporary: boolean
  readonly disabledAt: Date | null
}

export function updateUser(id: string, version: number, next: UserPatch, now: Date): RawStatement<unknown> {
  return raw(
    `update auth_user set name = $3, email = $4, employee_id = $5, language = $6, password_temporary = $7,
       disabled_at = $8, updated_at = $9, version = version + 1 where id = $1 and version = $2`,
    [
      id,
      version,
      next.name,
      next.email,
      next.employeeId,
      next.language,
      next.passwordTemporary,
      next.disabledAt,
      now,
    ],
  )
}

export function deleteTwoFactor(userId: string): readonly RawStatement<unknown>[] {
  return [
    raw('delete from auth_two_factor where user_id = $1', [userId]),
    raw('update auth_user set two_factor_enabled = false where id = $1', [userId]),
  ]
}

/** Taken before administrators are counted: two demotions at once must not both believe the other one stays. */
export const administratorLock = raw('select pg_advisory_xact_lock(7031971)')

/** Enabled system administrators of the house other than this user. */
export function otherAdministrators(userId: string): RawStatement<{ readonly count: number }> {
  return raw(
    `select count(distinct u.id)::int as count from role_grant g join auth_user u on u.id = g.user_id
     where g.role = 'system_admin' and u.disabled_at is null and u.id <> $1`,
    [userId],
  )
}

/** People behind the open accounts that hold one of the roles at the site: they staff the posts of these roles. */
export function peopleWithRole(siteId: string, role: string): RawStatement<{ readonly employeeId: string }> {
  return raw(
    `select distinct u.employee_id as "employeeId" from auth_user u join role_grant g on g.user_id = u.id
     where g.site_id = $1 and g.role = $2 and u.employee_id is not null and u.disabled_at is null`,
    [siteId, role],
  )
}
