import { createHash } from 'node:crypto'
import type { Actor } from '../actor.ts'
import { json, type RawStatement, raw } from '../db/sql.ts'
import { DomainError } from '../errors.ts'

/** What the `Idempotency-Key` header stands for: same key and same request, same answer; other request, 409. */
export interface Idempotency {
  readonly key: string
  readonly requestHash: string
}

export interface Remembered {
  readonly requestHash: string
  readonly answer: unknown
}

/** Keys sort their members, so that the same body sent in another order counts as the same. */
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, member]) => [key, canonical(member)]),
  )
}

export function requestHash(method: string, url: string, siteId: string, body: unknown): string {
  return createHash('sha256')
    .update(`${method} ${url} ${siteId} ${JSON.stringify(canonical(body ?? null))}`)
    .digest('base64url')
}

export function lookupAnswer(actor: Actor, { key }: Idempotency): RawStatement<Remembered> {
  return raw(
    'select request_hash as "requestHash", answer from idempotency where actor_id = $1 and key = $2',
    [actor.id, key],
  )
}

export function insertAnswer(
  actor: Actor,
  own: Idempotency,
  answer: unknown,
  at: Date,
): RawStatement<unknown> {
  return raw(
    'insert into idempotency (actor_id, key, request_hash, answer, at) values ($1, $2, $3, $4, $5)',
    [actor.id, own.key, own.requestHash, json(answer ?? null), at],
  )
}

/** @throws DomainError `idempotency.reused` when the key was used for another request */
export function rememberedAnswer<T>(row: Remembered, own: Idempotency): T {
  if (row.requestHash !== own.requestHash) throw new DomainError('idempotency.reused')
  return row.answer as T
}
