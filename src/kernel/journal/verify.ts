import type { Sql } from '../db/sql.ts'
import type { Position } from './entry.ts'
import { genesis, sealHash } from './seal.ts'
import { packedBetween, type SealRow, sealsAfter, waitingAfter } from './seal-store.ts'

export type SealProblemKind =
  /** Entries under a seal were altered, removed, inserted or put in another order. */
  | 'entries-changed'
  /** A seal itself was altered; its entries fit what it says of them. */
  | 'seal-altered'
  /** One or more seals are gone. */
  | 'seal-missing'
  /** The head hash that was written down elsewhere is not in the chain: its end was cut off or made anew. */
  | 'head-missing'

export interface SealProblem {
  readonly kind: SealProblemKind
  /** Number of the seal; of the first missing one. */
  readonly seal: number
  /** Journal ids, as far as they can be told. */
  readonly altered: readonly number[]
  readonly removed: readonly number[]
  readonly inserted: readonly number[]
  /** The same entries in another order. */
  readonly reordered: boolean
}

export interface Verification {
  readonly ok: boolean
  readonly seals: number
  readonly entries: number
  /** Write it down outside the database: with it, a cut-off end shows. */
  readonly head: { readonly no: number; readonly hash: string } | null
  /** Entries too young to be sealed. */
  readonly unsealed: number
  readonly problems: readonly SealProblem[]
}

const page = 100

interface Leaf {
  readonly id: number
  readonly digest: Buffer
}

/**
 * Reads the whole journal against its seals (G4). Works on a running product: sealed entries do not move.
 * @param expectedHead a head hash noted earlier; it must still be in the chain
 */
export async function verify(sql: Sql, expectedHead?: string): Promise<Verification> {
  const problems: SealProblem[] = []
  let last: SealRow | undefined
  let [seals, entries, headSeen] = [0, 0, expectedHead === undefined]
  for (;;) {
    const found = await sql.all(sealsAfter(last?.no ?? 0, page))
    const leaves = await Promise.all(found.map((seal, n) => leavesOf(sql, found[n - 1] ?? last, seal)))
    for (const [n, seal] of found.entries()) {
      problems.push(...check(last, seal, leaves[n] ?? []))
      seals += 1
      entries += seal.entries
      headSeen ||= seal.hash === expectedHead?.toLowerCase()
      last = seal
    }
    if (found.length < page) break
  }
  if (!headSeen) problems.push({ ...none, kind: 'head-missing', seal: last?.no ?? 0 })
  const waiting = await sql.one(waitingAfter(endOf(last)))
  const head = last === undefined ? null : { no: last.no, hash: last.hash }
  return { ok: problems.length === 0, seals, entries, head, unsealed: waiting.entries, problems }
}

const none = { altered: [], removed: [], inserted: [], reordered: false } as const

function endOf(seal: SealRow | undefined): Position {
  return { xid: seal?.uptoXid ?? '0', id: seal?.uptoId ?? 0 }
}

async function leavesOf(sql: Sql, before: SealRow | undefined, seal: SealRow): Promise<Leaf[]> {
  const { packed } = await sql.one(packedBetween(endOf(before), endOf(seal)))
  const bytes = packed ?? Buffer.alloc(0)
  return Array.from({ length: bytes.length / 40 }, (_, n) => ({
    id: Number(bytes.readBigInt64BE(n * 40)),
    digest: bytes.subarray(n * 40 + 8, n * 40 + 40),
  }))
}

function check(before: SealRow | undefined, seal: SealRow, between: readonly Leaf[]): SealProblem[] {
  const next = (before?.no ?? 0) + 1
  const missing = seal.no !== next
  const problems: SealProblem[] = missing ? [{ ...none, kind: 'seal-missing', seal: next }] : []
  // Where seals are missing, their entries lie before this one's own.
  const actual = missing ? between.slice(-seal.entries) : between
  const hash = sealHash(
    seal,
    actual.map((leaf) => leaf.digest),
  )
  const difference = compare(seal.leaves, actual)
  const chained = missing || seal.previous === (before?.hash ?? genesis)
  if (difference !== null) problems.push({ ...difference, kind: 'entries-changed', seal: seal.no })
  else if (hash !== seal.hash || !chained || actual.length !== seal.entries) {
    problems.push({ ...none, kind: 'seal-altered', seal: seal.no })
  }
  return problems
}

/** What differs from what the seal noted of its entries; `null` when nothing does. */
function compare(noted: Buffer, actual: readonly Leaf[]): Omit<SealProblem, 'kind' | 'seal'> | null {
  const ids = Array.from({ length: Math.floor(noted.length / 16) }, (_, n) =>
    Number(noted.readBigInt64BE(n * 16)),
  )
  const order = new Map(ids.map((id, n) => [id, n]))
  const present = new Set(actual.map((leaf) => leaf.id))
  const altered = actual.filter(({ id, digest }) => {
    const n = order.get(id)
    return n !== undefined && digest.compare(noted, n * 16 + 8, n * 16 + 16, 0, 8) !== 0
  })
  const removed = ids.filter((id) => !present.has(id))
  const inserted = actual.filter(({ id }) => !order.has(id))
  const kept = actual.flatMap(({ id }) => order.get(id) ?? [])
  const reordered = kept.some((n, index) => index > 0 && n < (kept[index - 1] ?? 0))
  if (altered.length + removed.length + inserted.length === 0 && !reordered) return null
  const idOf = (leaf: Leaf) => leaf.id
  return { altered: altered.map(idOf), removed, inserted: inserted.map(idOf), reordered }
}
