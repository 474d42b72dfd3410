import { type RawStatement, raw } from '../../../kernel/db/sql.ts'

export interface SiteRow {
  readonly id: string
  readonly code: string
  readonly name: string
  readonly zone: string
  readonly createdAt: Date
  readonly version: number
}

const columns = 'id, code, name, zone, created_at as "createdAt", version'

export function allSites(): RawStatement<SiteRow> {
  return raw(`select ${columns} from site order by name, id`)
}

export function sitesByIds(ids: readonly string[]): RawStatement<SiteRow> {
  return raw(`select ${columns} from site where id = any($1::uuid[]) order by name, id`, [ids])
}

export function siteByCode(code: string): RawStatement<SiteRow> {
  return raw(`select ${columns} from site where code = $1`, [code])
}

export function firstSite(): RawStatement<SiteRow> {
  return raw(`select ${columns} from site order by created_at, id limit 1`)
}

export function lockSite(id: string): RawStatement<SiteRow> {
  return raw(`select ${columns} from site where id = $1 for update`, [id])
}

export function insertSite(site: SiteRow): RawStatement<unknown> {
  return raw('insert into site (id, code, name, zone, created_at, version) values ($1, $2, $3, $4, $5, $6)', [
    site.id,
    site.code,
    site.name,
    site.zone,
    site.createdAt,
    site.version,
  ])
}

export function updateSite(
  id: string,
  version: number,
  next: { name: string; zone: string },
): RawStatement<unknown> {
  return raw('update site set name = $3, zone = $4, version = version + 1 where id = $1 and version = $2', [
    id,
    version,
    next.name,
    next.zone,
  ])
}

/** Held to the end of the transaction: two first-run forms sent at once make one administrator. */
export const setupLock = raw('select pg_advisory_xact_lock(7031970)')

export const anyUser: RawStatement<{ readonly found: boolean }> = raw(
  'select exists (select from auth_user) as found',
)
