/** What customers' own part of the timeline reads: remarks, changes of hands, transfers (C5). */
import { type RawStatement, raw } from '../../../kernel/db/sql.ts'

/** The ids a record stands for: its own and all merged into it, at any depth. */
export function mergedInto(
  table: 'customer' | 'contact',
  siteId: string,
  ids: readonly string[],
): RawStatement<{ id: string }> {
  return raw(
    `with recursive inside as (
       select id from ${table} where site_id = $1 and id = any($2::uuid[])
       union select m.id from inside join ${table} m on m.merged_into = inside.id
     ) select id from inside`,
    [siteId, ids],
  )
}

/** All ids the record with this id stands for, whichever of them is asked by; none for an unknown one. */
export function sameRecord(
  table: 'customer' | 'contact',
  siteId: string,
  id: string,
): RawStatement<{ id: string }> {
  return raw(
    `with recursive up as (
       select id, merged_into from ${table} where site_id = $1 and id = $2
       union all select n.id, n.merged_into from up join ${table} n on n.id = up.merged_into),
     inside as (
       select id from up where merged_into is null
       union select m.id from inside join ${table} m on m.merged_into = inside.id)
     select id from inside`,
    [siteId, id],
  )
}

export interface TimelineRow {
  readonly source: 'remark' | 'ownership' | 'transfer'
  readonly id: string
  readonly at: Date
  readonly kind: string
  readonly matter: string
  readonly byName: string
  readonly toName: string
}

/** Newest first, before an instant. */
export function timeline(
  siteId: string,
  customerIds: readonly string[],
  contactIds: readonly string[],
  before: Date | null,
  limit: number,
): RawStatement<TimelineRow> {
  return raw(
    `(select 'remark' as source, id::text as id, at, kind || '-' || status as kind, text as matter,
        by_name as "byName", answered_by_name as "toName"
      from customer_remark where site_id = $1 and (customer_id = any($2::uuid[]) or contact_id = any($3::uuid[]))
        and ($4::timestamptz is null or at < $4) order by at desc limit $5)
     union all
     (select 'ownership', id::text, since, 'owner', reason, by_name, owner_name
      from customer_ownership where site_id = $1 and customer_id = any($2::uuid[])
        and ($4::timestamptz is null or since < $4) order by since desc limit $5)
     union all
     (select 'transfer', id::text, coalesce(decided_at, asked_at), status,
        case when status = 'asked' then reason else answer end,
        case when status = 'asked' then asked_by_name else decided_by_name end, to_name
      from customer_transfer where site_id = $1 and customer_id = any($2::uuid[])
        and ($4::timestamptz is null or coalesce(decided_at, asked_at) < $4)
      order by coalesce(decided_at, asked_at) desc limit $5)
     order by at desc, id desc limit $5`,
    [siteId, customerIds, contactIds, before, limit],
  )
}
