import { type RawStatement, raw } from '../../../kernel/db/sql.ts'

export interface CheckRow {
  readonly at: Date
  readonly by: string
}

export function checkOf(siteId: string, day: string): RawStatement<CheckRow> {
  return raw('select at, actor_name as by from extension_list_check where site_id = $1 and day = $2::date', [
    siteId,
    day,
  ])
}

/** The first confirmation of a day counts; a second one changes nothing. */
export function putCheck(
  siteId: string,
  day: string,
  at: Date,
  by: { readonly id: string; readonly name: string },
): RawStatement<unknown> {
  return raw(
    `insert into extension_list_check (site_id, day, at, actor_id, actor_name) values ($1, $2::date, $3, $4, $5)
     on conflict do nothing`,
    [siteId, day, at, by.id, by.name],
  )
}

export function siteIds(): RawStatement<{ id: string }> {
  return raw('select id from site order by id')
}

export function lockDay(siteId: string, day: string): RawStatement<unknown> {
  return raw('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`extension-list ${siteId} ${day}`])
}

export function taskOfDay(siteId: string, entity: string, id: string): RawStatement<{ id: string }> {
  return raw('select id from task where subject_entity = $2 and subject_id = $3 and site_id = $1 limit 1', [
    siteId,
    entity,
    id,
  ])
}
