import { createHash } from 'node:crypto'
import { type Sql, sqlOn } from '../db/sql.ts'
import type { Kernel } from '../kernel.ts'
import { insertSeal, type LeafRow, lastSeal, leavesAfter, type SealRow, tryLock } from './seal-store.ts'

/** A seal covers at most this many entries: small enough to name the broken place, large enough to be few. */
const mostEntries = 2_000
/** What the first seal stands on. */
export const genesis = '0'.repeat(64)

export interface SealHead {
  readonly no: number
  readonly previous: string
  readonly sealedAt: Date
  readonly entries: number
}

/**
 * SHA-256 over the seal before it, the seal's own number, size and moment, and the digest of each entry in follower
 * order. The transaction ids are not part of it: they only say the order, which the hash holds anyway, and a dump may
 * be restored where they are counted anew.
 */
export function sealHash(head: SealHead, digests: readonly Buffer[]): string {
  const hash = createHash('sha256')
  hash.update(`${head.previous}\n${head.no}\n${head.entries}\n${head.sealedAt.getTime()}\n`)
  for (const digest of digests) hash.update(digest)
  return hash.digest('hex')
}

/** 16 bytes an entry: its id and the first 8 bytes of its digest; tells later which entry does not fit. */
function packLeaves(rows: readonly LeafRow[]): Buffer {
  const packed = Buffer.alloc(rows.length * 16)
  rows.forEach((row, index) => {
    packed.writeBigInt64BE(BigInt(row.id), index * 16)
    row.digest.copy(packed, index * 16 + 8, 0, 8)
  })
  return packed
}

/**
 * Seals every settled entry after the last seal, batch by batch (G4). Safe with several nodes: one works, the others
 * find the lock taken and leave.
 * @returns number of seals made
 */
export async function seal(kernel: Kernel): Promise<number> {
  let made = 0
  for (;;) {
    const entries = await sealOnce(kernel)
    if (entries > 0) made += 1
    if (entries < mostEntries) return made
  }
}

async function sealOnce(kernel: Kernel): Promise<number> {
  const client = await kernel.pool.connect()
  let broken = true
  try {
    const sql = sqlOn(client)
    await client.query('begin')
    const entries = (await sql.one(tryLock())).locked ? await sealNext(sql, kernel.clock.now()) : 0
    await client.query('commit')
    broken = false
    return entries
  } catch (error) {
    broken = await client.query('rollback').then(
      () => false,
      () => true,
    )
    throw error
  } finally {
    client.release(broken)
  }
}

async function sealNext(sql: Sql, now: Date): Promise<number> {
  const before: SealRow | undefined = await sql.maybe(lastSeal())
  const rows = await sql.all(
    leavesAfter({ xid: before?.uptoXid ?? '0', id: before?.uptoId ?? 0 }, mostEntries),
  )
  const last = rows.at(-1)
  if (last === undefined) return 0
  const head: SealHead = {
    no: (before?.no ?? 0) + 1,
    previous: before?.hash ?? genesis,
    sealedAt: now,
    entries: rows.length,
  }
  const hash = sealHash(
    head,
    rows.map((row) => row.digest),
  )
  await sql.run(insertSeal({ ...head, hash, uptoXid: last.xid, uptoId: last.id, leaves: packLeaves(rows) }))
  return rows.length
}
