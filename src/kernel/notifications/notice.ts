import type { Sql } from '../db/sql.ts'
import type { JournalEntry } from '../journal/entry.ts'
import type { Kernel } from '../kernel.ts'

/** One message to one person; its text is the template `notice.<template>` in the person's language. */
export interface Notice {
  readonly personId: string
  readonly siteId: string
  readonly template: string
  readonly facts: Readonly<Record<string, string | number>>
  /** Path in the product; a `link` maker may sign it for use without sign-in. */
  readonly link: string | null
}

/** Decides who is told of an entry; runs in the follower's transaction. */
export type NoticeMaker = (sql: Sql, entry: JournalEntry, kernel: Kernel) => Promise<readonly Notice[]>
