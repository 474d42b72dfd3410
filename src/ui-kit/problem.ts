import type { Problem } from '../kernel/contract.ts'

type FieldFault = NonNullable<Problem['fields']>[number]

/** A refused or failed call. `status` 0: no answer came at all (`network.unreachable`). Texts: problem-text.ts. */
export class ApiProblem extends Error {
  readonly code: string
  readonly status: number
  readonly fields: readonly FieldFault[]
  readonly data: Readonly<Record<string, unknown>>

  constructor(problem: Pick<Problem, 'code' | 'status'> & Partial<Problem>) {
    super(`${problem.status} ${problem.code}`)
    this.name = 'ApiProblem'
    this.code = problem.code
    this.status = problem.status
    this.fields = problem.fields ?? []
    this.data = problem.data ?? {}
  }
}
