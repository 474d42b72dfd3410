/** Which line holds the headings, and which column is which field. Pure. */
import type { RawRow } from './decode.ts'
import type { ImportField, ImportRow } from './importer.ts'

/** Field key → heading of its column. Headings, not positions: a profile fits next month's file too. */
export type Mapping = Readonly<Record<string, string>>

export interface Table {
  readonly headings: readonly string[]
  /** Lines below the headings that hold anything. */
  readonly rows: readonly RawRow[]
}

/** `姓名 *`, `姓  名(必填)` and `姓名` are one heading. */
export function plainHeading(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\([^)]*\)|[[【].*?[\]】]/g, '')
    .replace(/[\s_*:.\-/]+/g, '')
}

type Fields = readonly Pick<ImportField, 'key' | 'aliases'>[]

/** Staff lists begin with a title and a date: the headings are the line of the first ten that names most fields. */
export function tableOf(raw: readonly RawRow[], fields: Fields): Table {
  const filled = raw.filter((row) => row.cells.some((cell) => cell !== ''))
  let best = { index: 0, score: -1 }
  for (const [index, row] of filled.slice(0, 10).entries()) {
    const score = Object.keys(suggest(row.cells, fields)).length
    if (score > best.score) best = { index, score }
  }
  const heading = filled[best.index]
  if (heading === undefined) return { headings: [], rows: [] }
  return { headings: unique(heading.cells), rows: filled.slice(best.index + 1) }
}

/** Columns without a heading, or with one that was there before, get a name of their own. */
function unique(cells: readonly string[]): string[] {
  const seen = new Map<string, number>()
  return cells.map((cell, index) => {
    const name = cell === '' ? `#${index + 1}` : cell.slice(0, 100)
    const count = (seen.get(name) ?? 0) + 1
    seen.set(name, count)
    return count === 1 ? name : `${name} (${count})`
  })
}

/** Each field takes the first free column whose heading is one of its aliases; earlier aliases win. */
export function suggest(headings: readonly string[], fields: Fields): Mapping {
  const plain = headings.map(plainHeading)
  const taken = new Set<number>()
  const mapping: Record<string, string> = {}
  for (const { key, aliases } of fields) {
    for (const alias of aliases) {
      const wanted = plainHeading(alias)
      const column = plain.findIndex(
        (heading, index) => heading !== '' && heading === wanted && !taken.has(index),
      )
      if (column < 0) continue
      taken.add(column)
      mapping[key] = headings[column] ?? ''
      break
    }
  }
  return mapping
}

/** A saved mapping serves a file when every heading it names is there. */
export function fits(mapping: Mapping, headings: readonly string[]): boolean {
  const all = Object.values(mapping)
  return all.length > 0 && all.every((heading) => headings.includes(heading))
}

export function mappedRows(table: Table, mapping: Mapping): ImportRow[] {
  const columns = Object.entries(mapping)
    .map(([key, heading]) => [key, table.headings.indexOf(heading)] as const)
    .filter(([, column]) => column >= 0)
  return table.rows.map((row) => ({
    line: row.line,
    cells: Object.fromEntries(columns.map(([key, column]) => [key, row.cells[column] ?? ''])),
  }))
}
