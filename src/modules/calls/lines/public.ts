/** What the other parts of the module ask of lines and duty. */
import type { Statement } from '../../../kernel/db/sql.ts'
import * as store from './store.ts'

/** Lamps as they count now: what the colleague says overrules the device. Extensions nothing is known of are left out. */
export function lampsOf(siteId: string, extensions: readonly string[], now: Date): Statement<store.LampRow> {
  return store.lamps(siteId, extensions, now)
}
