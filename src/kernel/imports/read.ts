import { Worker } from 'node:worker_threads'
import { z } from 'zod'
import { DomainError } from '../errors.ts'
import type { RawRow } from './decode.ts'

export const mostLines = 200_000
const patienceMs = 60_000

const answer = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), rows: z.custom<RawRow[]>(Array.isArray), format: z.string() }),
  z.object({ ok: z.literal(false), line: z.number().optional() }),
])

/**
 * Every line of an Excel or CSV file as text.
 * @throws DomainError `import.empty`, `import.old-excel`, `import.unreadable` (with the line where known), `import.too-long`
 */
export async function readRows(content: Buffer): Promise<{ rows: readonly RawRow[]; format: string }> {
  if (content.length === 0) throw new DomainError('import.empty')
  if (content.subarray(0, 4).toString('hex') === 'd0cf11e0') throw new DomainError('import.old-excel')
  if (content.subarray(0, 2).toString('latin1') !== 'PK' && isBinary(content))
    throw new DomainError('import.unreadable')
  const found = await inThread(content)
  if (found.rows.length === 0) throw new DomainError('import.empty')
  if (found.rows.length > mostLines) throw new DomainError('import.too-long', { most: mostLines })
  return found
}

/** NUL bytes stand in no text but UTF-16, which announces itself. */
function isBinary(content: Buffer): boolean {
  const marked = content[0] === 0xff || content[0] === 0xfe
  return !marked && content.subarray(0, 8192).includes(0)
}

function inThread(content: Buffer): Promise<{ rows: RawRow[]; format: string }> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./read-worker.ts', import.meta.url), {
      workerData: content,
      resourceLimits: { maxOldGenerationSizeMb: 768 },
    })
    const unreadable = (line?: number) =>
      reject(new DomainError('import.unreadable', line === undefined ? {} : { line }))
    const timer = setTimeout(() => {
      unreadable()
      void worker.terminate()
    }, patienceMs)
    worker.once('message', (message: unknown) => {
      const found = answer.safeParse(message)
      if (!found.success) unreadable()
      else if (found.data.ok) resolve(found.data)
      else unreadable(found.data.line)
    })
    // Out of memory: a small file that unpacks to gigabytes.
    worker.once('error', () => unreadable())
    worker.once('exit', () => {
      clearTimeout(timer)
      unreadable()
    })
  })
}
