/** PURE: pages of a list, and what a text asks for. */
import { DomainError } from '../../../kernel/errors.ts'
import { readWanted } from '../../../kernel/find/wanted.ts'

/** Where the last page ended: the value it is sorted by, and the id. */
export interface Place {
  readonly at: string
  readonly id: string
}

export function encodePlace(place: Place): string {
  return Buffer.from(JSON.stringify([place.at, place.id])).toString('base64url')
}

/** @throws DomainError `input.invalid` for a cursor that is not ours */
export function decodePlace(cursor: string): Place {
  try {
    const found: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
    if (Array.isArray(found) && typeof found[0] === 'string' && /^[0-9a-f-]{36}$/.test(String(found[1])))
      return { at: found[0], id: String(found[1]) }
  } catch {
    // Not ours: refused below.
  }
  throw new DomainError('input.invalid', {}, [{ path: 'cursor', code: 'pattern' }])
}

/** Counted up to here; more is "more than". */
export const mostCounted = 10_000

export interface Sought {
  readonly text: string
  readonly letters: string | null
  /** Backwards, as numbers are stored: a tail becomes a beginning. */
  readonly digits: string | null
  readonly terms: readonly string[]
  readonly number: number | null
}

export function soughtOf(q: string | undefined): Sought | null {
  if (q === undefined || q.trim() === '') return null
  const wanted = readWanted(q)
  const { digits } = wanted
  return {
    text: wanted.text,
    letters: wanted.letters,
    digits: digits === null ? null : [...digits].reverse().join(''),
    terms: wanted.grams.length > 0 ? wanted.grams : wanted.letters === null ? [] : [wanted.letters],
    number: wanted.recordNumber ?? recordNumber(wanted.text),
  }
}

function recordNumber(text: string): number | null {
  const match = /^k?0*(\d{1,9})$/i.exec(text)
  return match?.[1] === undefined ? null : Number(match[1])
}

/** Conditions with their values; a filter that is absent is absent from the text, so that plans stay simple. */
export class Conditions {
  readonly values: unknown[]
  readonly #parts: string[]

  constructor(first: string, values: readonly unknown[]) {
    this.#parts = [first]
    this.values = [...values]
  }

  /** @returns `$n` */
  value(value: unknown): string {
    this.values.push(value)
    return `$${this.values.length}`
  }

  add(condition: string): void {
    this.#parts.push(condition)
  }

  /** Only when there is something to compare with. */
  when(value: unknown, build: (n: string) => string): void {
    if (value !== null && value !== undefined) this.add(build(this.value(value)))
  }

  get text(): string {
    return this.#parts.join(' and ')
  }
}
