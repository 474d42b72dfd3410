/** Entries keyed by an older rule get their keys anew in the background: who is listed must not slip through an update (V12). */
import { systemActor } from '../../../kernel/actor.ts'
import { DomainError } from '../../../kernel/errors.ts'
import { type Kernel, systemCtx } from '../../../kernel/kernel.ts'
import { command } from '../../../kernel/work/command.ts'
import * as store from './entries-store.ts'
import { derive, sealedOf } from './entry.ts'
import { keysVersion } from './keys.ts'

const batch = 500

/** What is said of an entry stays as it is; only how it is found changes, so nothing is journalled. */
export async function rekey(kernel: Kernel): Promise<void> {
  for (;;) {
    const due = await kernel.sql.all(store.entriesKeyedBefore(keysVersion, batch))
    for (const siteId of new Set(due.map((row) => row.site_id))) {
      await command(systemCtx(kernel, siteId, systemActor), async (work) => {
        const ids = due.filter((row) => row.site_id === siteId).map((row) => row.id)
        for (const row of await work.all(store.lockEntries(siteId, ids)))
          work.write(store.rekeyEntry(row.id, keysAnew(row), keysVersion))
      })
    }
    if (due.length < batch) return
  }
}

/** One that could not be written down today keeps the keys it has. */
function keysAnew(row: store.EntryRow): readonly string[] {
  try {
    return derive(row, sealedOf(row)).keys
  } catch (error) {
    if (error instanceof DomainError) return row.keys
    throw error
  }
}
