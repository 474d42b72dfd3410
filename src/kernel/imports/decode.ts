/** Bytes of a text file → text → cells. Pure. */
import { parse } from 'csv-parse/sync'

export interface RawRow {
  /** Line in the file, first line = 1. */
  readonly line: number
  readonly cells: readonly string[]
}

export type Encoding = 'utf-8' | 'gb18030' | 'utf-16le' | 'utf-16be'

/** Excel on Chinese Windows saves CSV as GB18030 without saying so: what is not valid UTF-8 is that. */
export function decodeText(bytes: Uint8Array): { readonly text: string; readonly encoding: Encoding } {
  const encoding = encodingOf(bytes)
  return { text: new TextDecoder(encoding).decode(bytes), encoding }
}

function encodingOf(bytes: Uint8Array): Encoding {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return 'utf-8'
  } catch {
    return 'gb18030'
  }
}

const separators = [',', ';', '\t'] as const
export type Separator = (typeof separators)[number]

/** The one that stands outside quotes equally often on most lines, then most often; a comma when none does. */
export function separatorOf(text: string): Separator {
  const lines = text
    .slice(0, 20_000)
    .replace(/"(?:[^"]|"")*"/g, '')
    .split(/\r\n|\r|\n/)
    .filter((line) => line.trim() !== '')
    .slice(0, 20)
  let best: { separator: Separator; even: number; count: number } = { separator: ',', even: 0, count: 0 }
  for (const separator of separators) {
    const counts = lines.map((line) => line.split(separator).length - 1).filter((count) => count > 0)
    for (const [count, same] of Map.groupBy(counts, (one) => one)) {
      const better = same.length > best.even || (same.length === best.even && count > best.count)
      if (better) best = { separator, even: same.length, count }
    }
  }
  return best.separator
}

/** @throws Error of csv-parse when quotes cannot be made sense of; its `lines` says where */
export function csvRows(text: string, separator: Separator): RawRow[] {
  const rows: RawRow[] = []
  parse(text, {
    bom: true,
    delimiter: separator,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: false,
    record_delimiter: ['\r\n', '\n', '\r'],
    max_record_size: 1_000_000,
    on_record: (record: string[], { lines }) => {
      // `lines` is where the record ended; one with line breaks inside quotes began earlier.
      const breaks = record.reduce((sum, cell) => sum + (cell.match(/\r\n|\r|\n/g)?.length ?? 0), 0)
      rows.push({ line: lines - breaks, cells: record.map((cell) => cell.trim()) })
      return null
    },
  })
  return rows
}
