/** Mapping + importer → what every line would do. */
import { DomainError } from '../errors.ts'
import type { Work } from '../work/command.ts'
import type { RawRow } from './decode.ts'
import type { Checked, Importer, ImportRow, LineProblem } from './importer.ts'
import { type Mapping, mappedRows, type Table, tableOf } from './mapping.ts'

export interface CheckedFile {
  readonly table: Table
  readonly rows: readonly ImportRow[]
  /** One per row, in the order of the file. */
  readonly checked: readonly Checked<unknown>[]
}

/** @throws DomainError `import.unmapped` naming the required fields without a column */
export async function checkFile(
  work: Work,
  importer: Importer,
  raw: readonly RawRow[],
  mapping: Mapping,
): Promise<CheckedFile> {
  const table = tableOf(raw, importer.fields)
  const known = Object.fromEntries(
    importer.fields.flatMap(({ key }) => {
      const heading = mapping[key]
      return heading !== undefined && table.headings.includes(heading) ? [[key, heading]] : []
    }),
  )
  const missing = importer.fields.filter(({ key, required }) => required && known[key] === undefined)
  if (missing.length > 0) {
    throw new DomainError(
      'import.unmapped',
      { fields: missing.map(({ key }) => key) },
      missing.map(({ key }) => ({ path: `mapping.${key}`, code: 'required' })),
    )
  }
  const rows = mappedRows(table, known)
  const answers = new Map((await importer.check(work, rows)).map((one) => [one.line, one]))
  const checked = rows.map((row) => withRequired(importer, row, answers.get(row.line)))
  return { table, rows, checked }
}

/** Required cells are the kernel's to see; an importer that answers nothing for a line has not accepted it. */
function withRequired(
  importer: Importer,
  row: ImportRow,
  answer: Checked<unknown> | undefined,
): Checked<unknown> {
  const empty: LineProblem[] = importer.fields
    .filter(({ key, required }) => required && (row.cells[key] ?? '') === '')
    .map(({ key }) => ({ field: key, code: 'required' }))
  if (answer === undefined)
    return { line: row.line, ok: false, problems: [...empty, { field: '', code: 'not-checked' }] }
  if (answer.ok) return empty.length === 0 ? answer : { line: row.line, ok: false, problems: empty }
  const told = new Set(empty.map(({ field }) => field))
  return {
    line: row.line,
    ok: false,
    problems: [...empty, ...answer.problems.filter(({ field }) => !told.has(field))],
  }
}
