import type { Work } from '../work/command.ts'

export interface ImportField {
  /** Its name on screens is the text `import.<kind>.<key>`. */
  readonly key: string
  readonly required: boolean
  /** Headings under which the column is recognised; width, case, spaces, `*` and brackets do not matter. */
  readonly aliases: readonly string[]
}

export interface LineProblem {
  /** Key of an `ImportField`, or '' for the line as a whole. */
  readonly field: string
  /** Translated as `import.problem.<code>`; the general ones are in zh.json beside this file. */
  readonly code: string
  readonly value?: string
}

export interface ImportRow {
  /** Line in the file, first line = 1. */
  readonly line: number
  /** Field key → trimmed text; fields whose column is not mapped are missing. */
  readonly cells: Readonly<Record<string, string>>
}

/** A line that can be stored, or why it cannot. `expect` tells the preview what storing it would do. */
export type Checked<T> =
  | { readonly line: number; readonly ok: true; readonly value: T; readonly expect?: Applied['result'] }
  | { readonly line: number; readonly ok: false; readonly problems: readonly LineProblem[] }

export interface Applied {
  readonly result: 'created' | 'updated' | 'unchanged'
  readonly entityId: string
  /** What undo needs to put back; only for `updated`. */
  readonly before?: unknown
}

export interface UndoLine {
  readonly entityId: string
  readonly before: unknown
  readonly result: 'created' | 'updated'
}

/**
 * What a module gives so that Excel and CSV files can be read in: mapping, preview, every bad line reported, repeatable
 * without doubling, undo. The kernel keeps the runs and their lines; README.md tells how to write one.
 */
export interface Importer<T = unknown> {
  readonly kind: string
  readonly action: string
  readonly fields: readonly ImportField[]
  /** Pure apart from reads: checks all rows together (duplicates within the file are a line's problem too). */
  check(work: Work, rows: readonly ImportRow[]): Promise<readonly Checked<T>[]>
  /** Stores one chunk, in the order given; answers one `Applied` per value. Writes may be deferred (`work.write`). */
  apply(
    work: Work,
    values: readonly { readonly line: number; readonly value: T }[],
  ): Promise<readonly Applied[]>
  /** Takes back what a run created or changed, newest first; what was used since stays, and is reported. */
  undo(
    work: Work,
    lines: readonly UndoLine[],
  ): Promise<{ readonly undone: readonly string[]; readonly kept: readonly string[] }>
}
