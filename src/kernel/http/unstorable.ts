/** PURE: which texts of a request no database can keep. Asked only after it refused, so that nobody else pays for it. */
import type { FieldProblem } from '../errors.ts'

/** A NUL character, or half of a pair of surrogates: what a broken copy or a program leaves behind. */
function isUnstorable(text: string): boolean {
  return text.includes('\u0000') || !text.isWellFormed()
}

const deepest = 20

/** @returns each such text by its path, as a schema would name it */
export function unstorable(value: unknown, path = '', depth = 0): FieldProblem[] {
  if (typeof value === 'string') return isUnstorable(value) ? [{ path, code: 'unstorable' }] : []
  if (typeof value !== 'object' || value === null || depth > deepest) return []
  return Object.entries(value).flatMap(([key, one]) =>
    unstorable(one, path === '' ? key : `${path}.${key}`, depth + 1),
  )
}
