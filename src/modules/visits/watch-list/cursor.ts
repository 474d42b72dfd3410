import { DomainError } from '../../../kernel/errors.ts'
import type { Place } from './entries-store.ts'

/** Where the page ended: an instant and an id, newest first. */
function encode(at: Date, id: string): string {
  return Buffer.from(`${at.toISOString()}|${id}`).toString('base64url')
}

/** @throws DomainError `input.invalid` for a cursor that is not ours */
export function decode(cursor: string): Place {
  const [at, id] = Buffer.from(cursor, 'base64url').toString('utf8').split('|')
  const instant = new Date(at ?? '')
  if (Number.isNaN(instant.getTime()) || id === undefined || !/^[0-9a-f-]{36}$/.test(id))
    throw new DomainError('input.invalid', {}, [{ path: 'cursor', code: 'pattern' }])
  return { at: instant, id }
}

export function pageFrom<R, T>(
  rows: readonly R[],
  limit: number,
  place: (row: R) => { at: Date; id: string },
  present: (row: R) => T,
): { items: T[]; next: string | null } {
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  const { at, id } = last === undefined ? { at: null, id: '' } : place(last)
  return { items: shown.map(present), next: rows.length > limit && at !== null ? encode(at, id) : null }
}
