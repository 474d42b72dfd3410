import { type RawStatement, raw } from '../db/sql.ts'

export interface FileRow {
  readonly id: string
  readonly siteId: string
  readonly sha256: string
  readonly name: string
  readonly mediaType: string
  readonly size: number
  readonly subjectEntity: string
  readonly subjectId: string
  readonly createdAt: Date
  readonly createdBy: string
  readonly createdByName: string
  readonly removedAt: Date | null
}

const columns = `id, site_id as "siteId", sha256, name, media_type as "mediaType", size,
  subject_entity as "subjectEntity", subject_id as "subjectId", created_at as "createdAt",
  created_by as "createdBy", created_by_name as "createdByName", removed_at as "removedAt"`

export function insertFile(row: FileRow): RawStatement<unknown> {
  return raw(
    `insert into file (id, site_id, sha256, name, media_type, size, subject_entity, subject_id, created_at,
       created_by, created_by_name) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      ...[row.id, row.siteId, row.sha256, row.name, row.mediaType, row.size],
      ...[row.subjectEntity, row.subjectId, row.createdAt, row.createdBy, row.createdByName],
    ],
  )
}

export function fileById(siteId: string, id: string): RawStatement<FileRow> {
  return raw(`select ${columns} from file where site_id = $1 and id = $2`, [siteId, id])
}

export function lockFile(siteId: string, id: string): RawStatement<FileRow> {
  return raw(`select ${columns} from file where site_id = $1 and id = $2 for update`, [siteId, id])
}

export function filesOf(siteId: string, entity: string, id: string): RawStatement<FileRow> {
  return raw(
    `select ${columns} from file where site_id = $1 and subject_entity = $2 and subject_id = $3
       and removed_at is null order by id limit 500`,
    [siteId, entity, id],
  )
}

export function countFiles(siteId: string, entity: string, id: string): RawStatement<{ n: number }> {
  return raw(
    `select count(*)::int as n from file where site_id = $1 and subject_entity = $2 and subject_id = $3
       and removed_at is null`,
    [siteId, entity, id],
  )
}

export function markRemoved(id: string, at: Date | null): RawStatement<unknown> {
  return raw('update file set removed_at = $2 where id = $1', [id, at])
}

/**
 * Between writing content and committing its row nobody may sweep it away: uploads hold the content's lock shared,
 * the sweep takes it alone. Ends with the transaction.
 */
export function lockContent(sha256: string, mode: 'shared' | 'alone'): RawStatement<unknown> {
  return mode === 'shared'
    ? raw('select pg_advisory_xact_lock_shared(hashtextextended($1, 4712))', [sha256])
    : raw('select pg_advisory_xact_lock(hashtextextended($1, 4712))', [sha256])
}

/** Which of these contents some file still has, removed ones included (G4). */
export function contentsInUse(hashes: readonly string[]): RawStatement<{ sha256: string }> {
  return raw('select distinct sha256 from file where sha256 = any($1)', [hashes])
}
