import { type RawStatement, raw } from '../../../kernel/db/sql.ts'

export interface Stored {
  readonly id: string
  readonly source_key: string
  readonly status: string
  readonly version: number
  readonly arrived_at: Date | null
  readonly left_at: Date | null
}

export const source = 'import'

export function storedByKey(siteId: string, keys: readonly string[]): RawStatement<Stored> {
  return raw(
    `select id, source_key, status, version, arrived_at, left_at from visit
     where site_id = $1 and source = $2 and source_key = any($3)`,
    [siteId, source, keys],
  )
}

export interface GroupInsert {
  readonly id: string
  readonly key: string
  readonly title: string
  readonly size: number
  readonly hostName: string
  readonly place: string
  readonly expectedAt: Date
}

/** The same group in another file, or in another chunk of this one, is the same row. */
export function keepGroup(siteId: string, group: GroupInsert, at: Date): RawStatement<unknown> {
  return raw(
    `insert into visit_group (id, site_id, source, source_key, title, size, host_name, place, expected_at, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
     on conflict (id) do update set size = greatest(visit_group.size, excluded.size)`,
    [
      group.id,
      siteId,
      source,
      group.key,
      group.title,
      group.size,
      group.hostName,
      group.place,
      group.expectedAt,
      at,
    ],
  )
}

/** Imported rows nobody has touched since: their version is still the imported one. */
export function untouched(
  siteId: string,
  ids: readonly string[],
): RawStatement<{ id: string; visitor_id: string }> {
  return raw(
    'select id, visitor_id from visit where site_id = $1 and id = any($2) and version = 1 and source = $3 for update',
    [siteId, ids, source],
  )
}

export function removeVisits(siteId: string, ids: readonly string[]): RawStatement<unknown> {
  return raw('delete from visit where site_id = $1 and id = any($2)', [siteId, ids])
}

/** People who came only with the import go with it. */
export function removeStrangers(siteId: string, visitorIds: readonly string[]): RawStatement<unknown> {
  return raw(
    `delete from visitor p where p.site_id = $1 and p.id = any($2)
       and not exists (select 1 from visit v where v.visitor_id = p.id)`,
    [siteId, visitorIds],
  )
}
