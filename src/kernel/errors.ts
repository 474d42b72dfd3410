import type { kernelErrors } from './contract.ts'

export interface FieldProblem {
  /** Dotted path as the caller sent it: `visitor.phone`, `lines.3.name`. */
  readonly path: string
  /** Translated by the interface: `field.<code>`. */
  readonly code: string
  readonly data?: Record<string, unknown>
}

/**
 * A refusal the caller can act on. Knows no HTTP: the status of a code stands in the contract that declares it, and
 * the server refuses to start with a code that is declared twice. `data` reaches the client, so no personal data.
 */
export class DomainError extends Error {
  readonly code: string
  readonly data: Record<string, unknown>
  readonly fields: readonly FieldProblem[]

  constructor(code: string, data: Record<string, unknown> = {}, fields: readonly FieldProblem[] = []) {
    super(code)
    this.name = 'DomainError'
    this.code = code
    this.data = data
    this.fields = fields
  }
}

/** A typed thrower for one contract's codes: a misspelt code does not compile. */
export function failWith<const M extends Record<string, number>>(_codes: M) {
  return (
    code: keyof M & string,
    data?: Record<string, unknown>,
    fields?: readonly FieldProblem[],
  ): never => {
    throw new DomainError(code, data, fields)
  }
}

export const fail: (
  code: keyof typeof kernelErrors,
  data?: Record<string, unknown>,
  fields?: readonly FieldProblem[],
) => never = (code, data, fields) => {
  throw new DomainError(code, data, fields)
}
