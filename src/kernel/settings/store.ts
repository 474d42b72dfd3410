import { json, type RawStatement, raw } from '../db/sql.ts'
import type { Work } from '../work/command.ts'

export interface StoredSetting {
  readonly version: number
  readonly value: unknown
  readonly note: string | null
  readonly at: Date
  readonly actorName: string
}

const columns = 'version, value, note, at, actor_name as "actorName"'

export function latest(siteId: string, key: string): RawStatement<StoredSetting> {
  return raw(`select ${columns} from setting where site_id = $1 and key = $2 order by version desc limit 1`, [
    siteId,
    key,
  ])
}

export function versionOf(siteId: string, key: string, version: number): RawStatement<StoredSetting> {
  return raw(`select ${columns} from setting where site_id = $1 and key = $2 and version = $3`, [
    siteId,
    key,
    version,
  ])
}

export function history(siteId: string, key: string): RawStatement<StoredSetting> {
  return raw(
    `select ${columns} from setting where site_id = $1 and key = $2 order by version desc limit 50`,
    [siteId, key],
  )
}

/** The version in force of every setting the site has stored. */
export function latestOfAll(siteId: string): RawStatement<StoredSetting & { readonly key: string }> {
  return raw(
    `select distinct on (key) key, ${columns} from setting where site_id = $1 order by key, version desc`,
    [siteId],
  )
}

export function insertVersion(
  work: Work,
  key: string,
  version: number,
  value: unknown,
  note: string | null,
): RawStatement<unknown> {
  const { siteId, actor } = work.ctx
  return raw(
    `insert into setting (site_id, key, version, value, note, at, actor_id, actor_name)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [siteId, key, version, json(value), note, work.now, actor.id, actor.name],
  )
}
