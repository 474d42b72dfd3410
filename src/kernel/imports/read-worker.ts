/** Reads one file in a thread of its own: a large or hostile one must not hold up the desk, nor take the memory. */
import { parentPort, workerData } from 'node:worker_threads'
import { csvRows, decodeText, type RawRow, separatorOf } from './decode.ts'
import { excelRows } from './sheet.ts'

async function read(content: Buffer) {
  if (content.subarray(0, 2).toString('latin1') === 'PK') {
    return { rows: (await excelRows(content)).map(clean), format: 'xlsx' }
  }
  const { text, encoding } = decodeText(content)
  return { rows: csvRows(text, separatorOf(text)).map(clean), format: encoding }
}

/** Control characters and half characters come from broken exports; PostgreSQL could not store them. */
function clean(row: RawRow): RawRow {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these very characters are taken out
  const control = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g
  return { line: row.line, cells: row.cells.map((cell) => cell.replace(control, '').toWellFormed().trim()) }
}

try {
  parentPort?.postMessage({ ok: true, ...(await read(Buffer.from(workerData))) })
} catch (error) {
  const line =
    error instanceof Error && 'lines' in error && typeof error.lines === 'number' ? error.lines : undefined
  parentPort?.postMessage({ ok: false, line })
}
