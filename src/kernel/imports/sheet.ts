/** Cells of an Excel file as text, the way they look in it. */
import readXlsxFile from 'read-excel-file/node'
import type { RawRow } from './decode.ts'

/** The first sheet that holds anything. */
export async function excelRows(content: Buffer): Promise<RawRow[]> {
  const sheets = await readXlsxFile<string>(content, { parseNumber: numberText })
  const rows = sheets.map(({ data }) => data).find((data) => data.length > 0) ?? []
  return rows.map((row, index) => ({ line: index + 1, cells: row.map(cellText) }))
}

/** Fifteen digits, as Excel shows them: 0.3 and not 0.30000000000000004. Numbers of more digits than a double holds (ID numbers typed as numbers) stay as they are written. */
export function numberText(written: string): string {
  const value = Number(written)
  return Number.isFinite(value) && Math.abs(value) < 1e15 ? String(Number(value.toPrecision(15))) : written
}

function cellText(cell: unknown): string {
  if (cell === null || cell === undefined) return ''
  if (cell instanceof Date) return dateText(cell)
  return String(cell).trim()
}

/** Excel knows no zones: the reader gives the wall time as if it were UTC. */
function dateText(date: Date): string {
  if (Number.isNaN(date.getTime())) return ''
  // Half a second up: 09:30 is stored as a fraction of a day and comes back as 09:29:59.999.
  const text = new Date(date.getTime() + 500).toISOString()
  const [day, time] = [text.slice(0, 10), text.slice(11, 19)]
  if (time === '00:00:00') return day
  return `${day} ${time.endsWith(':00') ? time.slice(0, 5) : time}`
}
