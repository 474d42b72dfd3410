import { json, type RawStatement, raw } from '../../../kernel/db/sql.ts'
import type { Position } from '../../../kernel/journal/entry.ts'
import type { AccessPass } from './contract.ts'
import type { DoorDirection, ScanDirection, ScanVerdict } from './rules.ts'

export interface DoorRow {
  readonly id: string
  readonly version: number
  readonly name: string
  readonly area: string
  readonly direction: DoorDirection
  readonly externalId: string
  readonly controller: string
  readonly archivedAt: Date | null
  readonly lastSeenAt: Date | null
}

const columns = `id, version, name, area, direction, external_id as "externalId", controller,
  archived_at as "archivedAt", last_seen_at as "lastSeenAt"`

export function doorsOf(siteId: string, archived: boolean): RawStatement<DoorRow> {
  return raw(
    `select ${columns} from door where site_id = $1 and (archived_at is not null) = $2
     order by controller, name, id limit 2000`,
    [siteId, archived],
  )
}

/** Areas of the tree, and those that passes and doors name already, to choose from. */
export function areasKnown(siteId: string): RawStatement<{ area: string }> {
  return raw(
    `select distinct area from (
       select area from door where site_id = $1 and area <> ''
       union select name_zh from area where site_id = $1 and not archived
       union select jsonb_array_elements_text(areas) from access_pass where site_id = $1
     ) a order by area limit 200`,
    [siteId],
  )
}

export function findDoor(siteId: string, id: string): RawStatement<DoorRow> {
  return raw(`select ${columns} from door where site_id = $1 and id = $2`, [siteId, id])
}

export function lockDoor(siteId: string, id: string): RawStatement<DoorRow> {
  return raw(`select ${columns} from door where site_id = $1 and id = $2 for update`, [siteId, id])
}

export function doorsByExternal(siteId: string, names: readonly string[]): RawStatement<DoorRow> {
  return raw(
    `select ${columns} from door where site_id = $1 and external_id = any($2::text[]) and archived_at is null`,
    [siteId, names],
  )
}

export interface DoorWords {
  readonly name: string
  readonly area: string
  readonly direction: DoorDirection
  readonly externalId: string
  readonly controller: string
}

export function insertDoor(
  siteId: string,
  id: string,
  door: DoorWords,
  at: Date,
  by: string,
): RawStatement<unknown> {
  return raw(
    `insert into door (id, site_id, name, area, direction, external_id, controller, created_at, created_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [id, siteId, door.name, door.area, door.direction, door.externalId, door.controller, at, by],
  )
}

export function updateDoor(id: string, door: DoorWords): RawStatement<unknown> {
  return raw(
    `update door set name = $2, area = $3, direction = $4, external_id = $5, controller = $6, version = version + 1
     where id = $1`,
    [id, door.name, door.area, door.direction, door.externalId, door.controller],
  )
}

export function archiveDoor(id: string, at: Date | null): RawStatement<unknown> {
  return raw('update door set archived_at = $2, version = version + 1 where id = $1', [id, at])
}

/** One statement in the order of the ids: batches that name the same doors do not stop each other. */
export function seen(siteId: string, doorIds: readonly string[], at: Date): RawStatement<unknown> {
  return raw(
    `with mine as (select id from door where site_id = $1 and id = any($2::uuid[]) order by id for update)
     update door set last_seen_at = greatest(last_seen_at, $3) from mine where door.id = mine.id`,
    [siteId, doorIds, at],
  )
}

export interface ScanRow {
  readonly id: string
  readonly doorId: string
  readonly at: Date
  readonly direction: ScanDirection
  readonly result: 'granted' | 'denied' | 'unknown'
  readonly kind: 'pass' | 'staff'
  readonly verdict: ScanVerdict
  readonly passNumber: string
  readonly visitId: string | null
}

/** In the order of the ids, so that two batches with the same events wait instead of blocking each other. @returns the new */
export function keepScans(siteId: string, rows: readonly ScanRow[], at: Date): RawStatement<{ id: string }> {
  return raw(
    `insert into access_scan (site_id, id, door_id, at, received_at, direction, result, kind, verdict, pass_number,
       visit_id)
     select $1::uuid, s.id, s."doorId", s.at, $3::timestamptz, s.direction, s.result, s.kind, s.verdict, s."passNumber",
       s."visitId"
     from jsonb_to_recordset($2::jsonb) as s(id uuid, "doorId" uuid, at timestamptz, direction text, result text,
       kind text, verdict text, "passNumber" text, "visitId" uuid)
     order by s.id on conflict do nothing returning id`,
    [siteId, json(rows), at],
  )
}

type KeptScan = ScanRow & { readonly receivedAt: Date }
const scanColumns = `id, door_id as "doorId", at, received_at as "receivedAt", direction, result, kind, verdict,
  pass_number as "passNumber", visit_id as "visitId"`

export function scansKept(siteId: string, ids: readonly string[]): RawStatement<KeptScan> {
  return raw(`select ${scanColumns} from access_scan where site_id = $1 and id = any($2::uuid[])`, [
    siteId,
    ids,
  ])
}

export function scansOfDoor(
  doorId: string,
  before: { readonly at: Date; readonly id: string } | null,
  limit: number,
): RawStatement<KeptScan> {
  return raw(
    `select ${scanColumns} from access_scan where door_id = $1
       and ($2::timestamptz is null or (at, id) < ($2, $3::uuid)) order by at desc, id desc limit $4`,
    [doorId, before?.at ?? null, before?.id ?? null, limit],
  )
}

/** An id counts once for longer than it may come late; the journal keeps what happened. */
export function forgetScans(before: Date): RawStatement<unknown> {
  return raw(
    `delete from access_scan where (site_id, id) in (select site_id, id from access_scan where at < $1 limit 5000)`,
    [before],
  )
}

export interface AccessRow {
  readonly number: string
  readonly revision: number
  readonly active: boolean
  readonly visitId: string
  readonly areas: string[]
  readonly validFrom: Date
  readonly validUntil: Date | null
  readonly suspended: boolean
}

const accessColumns = `number, revision, active, visit_id as "visitId", areas, valid_from as "validFrom",
  valid_until as "validUntil", suspended`

export function passTold(siteId: string, number: string): RawStatement<AccessRow> {
  return raw(`select ${accessColumns} from access_pass where site_id = $1 and number = $2`, [siteId, number])
}

/** One statement, one moment: what is out, and from where on the journal tells what comes after. */
export function snapshot(
  siteId: string,
): RawStatement<{ xid: string; version: string; items: AccessPass[] }> {
  return raw(
    `select journal_horizon()::text as xid,
       (select md5(coalesce(string_agg(number || ':' || revision, ' ' order by number), ''))
        from access_pass where site_id = $1) as version,
       (select coalesce(jsonb_agg(jsonb_build_object('number', number, 'revision', revision, 'active', active,
          'visitId', visit_id, 'areas', areas, 'validFrom', access_instant(valid_from),
          'validUntil', access_instant(valid_until), 'suspended', suspended) order by number), '[]')
        from access_pass where site_id = $1 and active) as items`,
    [siteId],
  )
}

export interface FeedRow extends Position {
  readonly at: Date
  readonly action: string
  readonly facts: AccessPass
}

/** As followers read it: nothing can appear later before what was given out. */
export function feedAfter(siteId: string, from: Position, limit: number): RawStatement<FeedRow> {
  return raw(
    `select journal.xid::text as xid, id, at, action, data->'facts' as facts from journal
     where entity = 'pass' and data ? 'facts' and site_id = $1 and (journal.xid, id) > ($2::xid8, $3::bigint)
       and journal.xid < journal_horizon() order by journal.xid, id limit $4`,
    [siteId, from.xid, from.id, limit],
  )
}
