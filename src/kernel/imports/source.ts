/** The uploaded file of a run: kept by content hash until the run is done, read once per node. */
import { buffer } from 'node:stream/consumers'
import { DomainError } from '../errors.ts'
import type { Kernel } from '../kernel.ts'
import type { RawRow } from './decode.ts'
import { readRows } from './read.ts'
import * as store from './store.ts'

/** Preview and every step of a run ask for the same lines; the last file or two stay at hand for a while. */
const recent = new Map<string, { readonly rows: readonly RawRow[]; readonly timer: NodeJS.Timeout }>()
const mostRecent = 2
const keptMs = 5 * 60_000

export function remember(sha256: string, rows: readonly RawRow[]): void {
  forget(sha256)
  const timer = setTimeout(() => recent.delete(sha256), keptMs)
  timer.unref()
  recent.set(sha256, { rows, timer })
  const [oldest] = recent.keys()
  if (recent.size > mostRecent && oldest !== undefined) forget(oldest)
}

function forget(sha256: string): void {
  clearTimeout(recent.get(sha256)?.timer)
  recent.delete(sha256)
}

/** @throws DomainError `import.file-gone` when it was tidied away */
export async function rowsOf(kernel: Kernel, sha256: string): Promise<readonly RawRow[]> {
  const known = recent.get(sha256)
  if (known !== undefined) return known.rows
  if (!(await kernel.files.has(sha256))) throw new DomainError('import.file-gone')
  const { rows } = await readRows(await buffer(kernel.files.read(sha256)))
  remember(sha256, rows)
  return rows
}

/** Personal data is not kept longer than it is needed (G5). */
export async function dropFile(kernel: Kernel, sha256: string): Promise<void> {
  forget(sha256)
  const { used } = await kernel.sql.one(store.fileInUse(sha256))
  if (!used) await kernel.files.remove(sha256)
}
