import { type RawStatement, raw } from '../db/sql.ts'
import type { Position } from './entry.ts'

export interface LeafRow extends Position {
  /** SHA-256 of the entry's canonical text. */
  readonly digest: Buffer
}

export interface SealRow {
  readonly no: number
  readonly uptoXid: string
  readonly uptoId: number
  readonly entries: number
  readonly previous: string
  readonly hash: string
  readonly sealedAt: Date
  readonly leaves: Buffer
}

/**
 * SHA-256 of the entry's canonical text: a JSON array of its columns, with the moment in microseconds and JSON columns as
 * their text (`journal_digest` in the database). It reads the same after a dump and restore, on any node and in any
 * session. An entry whose words about a person were taken out keeps the digest it was sealed with (`redact.ts`).
 */
const digest = 'coalesce(journal.digest, journal_digest(journal.*))'

const sealColumns = `no, upto_xid::text as "uptoXid", upto_id as "uptoId", entries, previous, hash,
  sealed_at as "sealedAt", leaves`

/** Held to the end of the transaction; a second node does not wait. */
export function tryLock(): RawStatement<{ locked: boolean }> {
  return raw("select pg_try_advisory_xact_lock(hashtext('foyer.journal_seal')) as locked")
}

export function lastSeal(): RawStatement<SealRow> {
  return raw(`select ${sealColumns} from journal_seal order by no desc limit 1`)
}

export function sealsAfter(no: number, limit: number): RawStatement<SealRow> {
  return raw(`select ${sealColumns} from journal_seal where no > $1 order by no limit $2`, [no, limit])
}

export function leavesAfter(from: Position, limit: number): RawStatement<LeafRow> {
  return raw(
    `select xid::text as xid, id, ${digest} as digest from journal
     where (xid, id) > ($1::xid8, $2::bigint) and xid < journal_horizon() order by journal.xid, journal.id limit $3`,
    [from.xid, from.id, limit],
  )
}

/** Every entry between two seals, in order, 40 bytes each: id and digest. */
export function packedBetween(from: Position, to: Position): RawStatement<{ packed: Buffer | null }> {
  return raw(
    `select string_agg(int8send(id) || ${digest}, ''::bytea order by xid, id) as packed from journal
     where (xid, id) > ($1::xid8, $2::bigint) and (xid, id) <= ($3::xid8, $4::bigint)`,
    [from.xid, from.id, to.xid, to.id],
  )
}

export function insertSeal(seal: SealRow): RawStatement<unknown> {
  return raw(
    `insert into journal_seal (no, upto_xid, upto_id, entries, previous, hash, sealed_at, leaves)
     values ($1, $2::xid8, $3, $4, $5, $6, $7, $8)`,
    [seal.no, seal.uptoXid, seal.uptoId, seal.entries, seal.previous, seal.hash, seal.sealedAt, seal.leaves],
  )
}

export function waitingAfter(from: Position): RawStatement<{ entries: number; oldest: Date | null }> {
  return raw(
    `select count(*)::int as entries, min(at) as oldest from journal where (xid, id) > ($1::xid8, $2::bigint)`,
    [from.xid, from.id],
  )
}

export function sealedTotal(): RawStatement<{ entries: number }> {
  return raw('select coalesce(sum(entries), 0)::bigint as entries from journal_seal')
}
