import type { Actor } from '../actor.ts'
import { json, type RawStatement, raw, type Sql } from '../db/sql.ts'
import type { JournalEntry, NewEntry, Position } from './entry.ts'

export interface EntryFrame {
  readonly at: Date
  readonly siteId: string | null
  readonly actor: Actor
  readonly requestId: string
}

const insertColumns =
  'insert into journal (at, site_id, actor_kind, actor_id, actor_name, request_id, entity, entity_id, action, version, before, after, data) values '

/** One statement for all entries of a transaction, so that they keep their order and cost one trip. */
export function insertEntries(frame: EntryFrame, entries: readonly NewEntry[]): RawStatement<unknown> {
  const values: unknown[] = [
    frame.at,
    frame.siteId,
    frame.actor.kind,
    frame.actor.id,
    frame.actor.name,
    frame.requestId,
  ]
  const rows = entries.map((entry) => {
    const start = values.length
    values.push(entry.entity, entry.entityId, entry.action, entry.version ?? null)
    for (const part of [entry.before, entry.after, entry.data]) values.push(part == null ? null : json(part))
    const own = [1, 2, 3, 4, 5, 6, 7].map((n) => `$${start + n}`).join(', ')
    return `($1, $2, $3, $4, $5, $6, ${own})`
  })
  return raw(insertColumns + rows.join(', '), values)
}

const columns = `xid::text as xid, id, at, site_id as "siteId", actor_kind as "actorKind", actor_id as "actorId",
  actor_name as "actorName", request_id as "requestId", entity, entity_id as "entityId", action, version,
  before, after, data`

/**
 * Entries after `from` that no running transaction can still precede: everything below the oldest running
 * transaction is settled, so nothing can later appear before a position that was already handed out.
 * Ordered by `journal.xid`: a bare `xid` would mean the text of the result, where 1000 comes before 999.
 */
export function settledAfter(from: Position, limit: number): RawStatement<JournalEntry> {
  return raw(
    `select ${columns} from journal where (xid, id) > ($1::xid8, $2::bigint)
       and xid < journal_horizon() order by journal.xid, journal.id limit $3`,
    [from.xid, from.id, limit],
  )
}

/** The place from which only entries still to come are read. */
export async function horizon(sql: Sql): Promise<Position> {
  const { xid } = await sql.one<{ xid: string }>(raw('select journal_horizon()::text as xid'))
  return { xid, id: 0 }
}

/** Whether every entry visible now is below the horizon; a transaction of any database of the cluster can delay it. */
export function allSettled(): RawStatement<{ settled: boolean }> {
  return raw('select not exists (select 1 from journal where xid >= journal_horizon()) as settled')
}

export function entriesOf(entity: string, entityId: string, limit: number): RawStatement<JournalEntry> {
  return raw(
    `select ${columns} from journal where entity = $1 and entity_id = $2 order by id desc limit $3`,
    [entity, entityId, limit],
  )
}

/** The latest nightly check of the seals. */
export function lastCheck(): RawStatement<JournalEntry> {
  return raw(
    `select ${columns} from journal where entity = 'journal' and entity_id = 'seals' order by id desc limit 1`,
  )
}

export interface JournalFilter {
  readonly siteId: string
  readonly entity: string | null
  readonly entityId: string | null
  readonly actor: string | null
  readonly action: string | null
  readonly from: Date | null
  readonly to: Date | null
  readonly beforeAt: Date | null
  readonly beforeId: number | null
  readonly limit: number
}

/** One page of the audit view, newest first; entries of the whole installation (no site) are included. */
export function journalPage(filter: JournalFilter): RawStatement<JournalEntry> {
  return raw(
    `select ${columns} from journal
     where (site_id = $1::uuid or site_id is null)
       and ($2::text is null or entity = $2) and ($3::text is null or entity_id = $3)
       and ($4::text is null or actor_id = $4 or actor_name = $4) and ($5::text is null or action = $5)
       and ($6::timestamptz is null or at >= $6) and ($7::timestamptz is null or at < $7)
       and ($8::timestamptz is null or (at, id) < ($8, $9::bigint))
     order by at desc, id desc limit $10`,
    [
      filter.siteId,
      filter.entity,
      filter.entityId,
      filter.actor,
      filter.action,
      filter.from,
      filter.to,
      filter.beforeAt,
      filter.beforeId,
      filter.limit,
    ],
  )
}
