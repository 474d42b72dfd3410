import type { Work } from '../work/command.ts'

export interface ImportField {
  readonly key: string
  readonly required: boolean
  /** Headings under which the column is recognised, lower case. */
  readonly aliases: readonly string[]
}

export interface LineProblem {
  readonly field: string
  /** Translated as `import.problem.<code>`. */
  readonly code: string
  readonly value?: string
}

export interface ImportRow {
  /** Line in the file, heading = 1. */
  readonly line: number
  readonly cells: Readonly<Record<string, string>>
}

/** A line that can be stored, or why it cannot. */
export type Checked<T> = { readonly line: number; readonly ok: true; readonly value: T } | { readonly line: number; readonly ok: false; readonly problems: readonly LineProblem[] }

export interface Applied {
  readonly result: 'created' | 'updated' | 'unchanged'
  readonly entityId: string
  readonly before?: unknown
}

/**
 * What a module gives so that Excel and CSV files can be read in: mapping, preview, every bad line reported, repeatable
 * without doubling, undo. The kernel keeps the runs and their lines.
 */
export interface Importer<T = unknown> {
  readonly kind: string
  readonly action: string
  readonly fields: readonly ImportField[]
  /** Pure apart from reads: checks all rows together (duplicates within the file are a line's problem too). */
  check(work: Work, rows: readonly ImportRow[]): Promise<readonly Checked<T>[]>
  /** Stores one chunk; in the order given. */
  apply(work: Work, values: readonly { readonly line: number; readonly value: T }[]): Promise<readonly Applied[]>
  /** Takes back what a run created or changed; what was used since stays, and is reported. */
  undo(work: Work, lines: readonly { readonly entityId: string; readonly before: unknown; readonly result: 'created' | 'updated' }[]): Promise<{ readonly undone: readonly string[]; readonly kept: readonly string[] }>
}
