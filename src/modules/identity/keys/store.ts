import { type RawStatement, raw } from '../../../kernel/db/sql.ts'

export interface KeyActorRow {
  readonly id: string
  readonly name: string
  readonly siteId: string
  readonly role: string
  readonly expiresAt: Date | null
}

/** The key check. A key outlives its maker's account on purpose: it stands for a machine, and is revoked itself. */
export function apiKeyByHash(hash: string, now: Date): RawStatement<KeyActorRow> {
  return raw(
    `select id, coalesce(name, id) as name, site_id as "siteId", role, expires_at as "expiresAt" from auth_api_key
     where key = $1 and enabled and (expires_at is null or expires_at > $2)`,
    [hash, now],
  )
}

export interface KeyRow {
  readonly id: string
  readonly name: string
  readonly start: string
  readonly siteId: string
  readonly role: string
  readonly createdAt: Date
  readonly createdByName: string | null
  readonly expiresAt: Date | null
}

const columns = `k.id, coalesce(k.name, '') as name, coalesce(k.start, '') as start, k.site_id as "siteId", k.role,
  k.created_at as "createdAt", u.name as "createdByName", k.expires_at as "expiresAt"`

export function keysOf(siteId: string): RawStatement<KeyRow> {
  return raw(
    `select ${columns} from auth_api_key k left join auth_user u on u.id = k.reference_id
     where k.site_id = $1 order by k.created_at desc, k.id limit 500`,
    [siteId],
  )
}

export function lockKey(
  siteId: string,
  id: string,
): RawStatement<{ id: string; name: string; role: string }> {
  return raw(
    `select id, coalesce(name, '') as name, role from auth_api_key where site_id = $1 and id = $2 for update`,
    [siteId, id],
  )
}

export interface NewKey {
  readonly id: string
  readonly name: string
  readonly start: string
  readonly prefix: string
  readonly hash: string
  readonly madeBy: string
  readonly siteId: string
  readonly role: string
  readonly expiresAt: Date | null
  readonly now: Date
}

export function insertKey(key: NewKey): RawStatement<unknown> {
  return raw(
    `insert into auth_api_key (id, name, start, prefix, key, reference_id, site_id, role, expires_at, created_at, updated_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10)`,
    [
      key.id,
      key.name,
      key.start,
      key.prefix,
      key.hash,
      key.madeBy,
      key.siteId,
      key.role,
      key.expiresAt,
      key.now,
    ],
  )
}

export function deleteKey(id: string): RawStatement<unknown> {
  return raw('delete from auth_api_key where id = $1', [id])
}
