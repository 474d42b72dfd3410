import { type RawStatement, raw } from '../../../kernel/db/sql.ts'
import { type Role, session as rules, type Tries } from '../rules.ts'

/** Grants as JSON, so that the session check is one row. */
const grants = `coalesce((select json_agg(json_build_object('site', g.site_id, 'role', g.role) order by g.site_id, g.role)
  from role_grant g where g.user_id = u.id), '[]')`

/** The table's CHECK admits nothing but the roles of rules.ts. */
export interface Grant {
  readonly site: string
  readonly role: Role
}

export interface SessionActorRow {
  readonly sessionId: string
  readonly expiresAt: Date
  readonly updatedAt: Date
  readonly userId: string
  readonly name: string
  readonly employeeId: string | null
  readonly roles: readonly Grant[]
}

/** The session check: live session of an enabled account with its roles. */
export function sessionByToken(token: string, now: Date): RawStatement<SessionActorRow> {
  return raw(
    `select s.id as "sessionId", s.expires_at as "expiresAt", s.updated_at as "updatedAt", u.id as "userId", u.name,
       u.employee_id as "employeeId", ${grants} as roles
     from auth_session s join auth_user u on u.id = s.user_id
     where s.token = $1 and s.expires_at > $2 and u.disabled_at is null`,
    [token, now],
  )
}

/** Guarded by the age it corrects: several nodes seeing the same session write once. */
export function slideSession(id: string, now: Date): RawStatement<unknown> {
  return raw('update auth_session set expires_at = $2, updated_at = $3 where id = $1 and updated_at <= $4', [
    id,
    new Date(now.getTime() + rules.lastsMs),
    now,
    new Date(now.getTime() - rules.slideAfterMs),
  ])
}

export interface SessionRow {
  readonly id: string
  readonly userId: string
  readonly createdAt: Date
  readonly updatedAt: Date
  readonly expiresAt: Date
  readonly ipAddress: string | null
  readonly userAgent: string | null
}

export function sessionsOf(userId: string, now: Date): RawStatement<SessionRow> {
  return raw(
    `select id, user_id as "userId", created_at as "createdAt", updated_at as "updatedAt", expires_at as "expiresAt",
       ip_address as "ipAddress", user_agent as "userAgent"
     from auth_session where user_id = $1 and expires_at > $2 order by updated_at desc, id limit 200`,
    [userId, now],
  )
}

export function lockSession(userId: string, id: string): RawStatement<{ readonly id: string }> {
  return raw('select id from auth_session where user_id = $1 and id = $2 for update', [userId, id])
}

export function deleteSession(id: string): RawStatement<unknown> {
  return raw('delete from auth_session where id = $1', [id])
}

/** @param keep session that stays, usually the one that asks */
export function deleteSessionsOf(userId: string, keep: string | null): RawStatement<unknown> {
  return raw('delete from auth_session where user_id = $1 and ($2::text is null or id <> $2)', [userId, keep])
}

export function deleteExpired(now: Date): readonly RawStatement<unknown>[] {
  return [
    raw('delete from auth_session where expires_at <= $1', [now]),
    raw('delete from auth_verification where expires_at <= $1', [now]),
    raw("delete from sign_in_failure where updated_at < $1::timestamptz - interval '1 day'", [now]),
  ]
}

/** Devices someone asked to be trusted without a code; void once the second factor or the password changes. */
export function deleteTrust(userId: string): RawStatement<unknown> {
  return raw("delete from auth_verification where value = $1 and identifier like 'trust-device-%'", [userId])
}

const nameHash = "encode(sha256(convert_to($1, 'UTF8')), 'hex')"

/** Makes sure there is a row to lock; a try that comes first must not slip past one that comes second. */
export function ensureFailure(username: string, now: Date): RawStatement<unknown> {
  return raw(
    `insert into sign_in_failure (name_hash, tries, updated_at) values (${nameHash}, '{}', $2)
     on conflict (name_hash) do nothing`,
    [username, now],
  )
}

export function lockFailure(username: string): RawStatement<Tries> {
  return raw(
    `select tries, locked_until as "lockedUntil" from sign_in_failure where name_hash = ${nameHash} for update`,
    [username],
  )
}

export function updateFailure(username: string, next: Tries, now: Date): RawStatement<unknown> {
  return raw(
    `update sign_in_failure set tries = $2, locked_until = $3, updated_at = $4 where name_hash = ${nameHash}`,
    [username, next.tries, next.lockedUntil, now],
  )
}

export function clearFailure(username: string): RawStatement<unknown> {
  return raw(`delete from sign_in_failure where name_hash = ${nameHash}`, [username])
}

export interface CredentialRow {
  readonly userId: string
  readonly name: string
  readonly username: string
  readonly employeeId: string | null
  readonly hash: string | null
}

export function credentialOf(userId: string): RawStatement<CredentialRow> {
  return raw(
    `select u.id as "userId", u.name, u.username, u.employee_id as "employeeId", a.password as hash
     from auth_user u left join auth_account a on a.user_id = u.id and a.provider_id = 'credential' where u.id = $1`,
    [userId],
  )
}

export function updatePassword(userId: string, hash: string, now: Date): RawStatement<unknown> {
  return raw(
    "update auth_account set password = $2, updated_at = $3 where user_id = $1 and provider_id = 'credential'",
    [userId, hash, now],
  )
}

/** The user and session a session token stands for, right after better-auth made it. */
export function signedInBy(token: string): RawStatement<{
  readonly sessionId: string
  readonly userId: string
  readonly name: string
  readonly username: string
  readonly employeeId: string | null
}> {
  return raw(
    `select s.id as "sessionId", u.id as "userId", u.name, u.username, u.employee_id as "employeeId"
     from auth_session s join auth_user u on u.id = s.user_id where s.token = $1`,
    [token],
  )
}

export function clearTemporary(userId: string): RawStatement<unknown> {
  return raw('update auth_user set password_temporary = false, version = version + 1 where id = $1', [userId])
}
