import type { Sql } from '../db/sql.ts'
import type { Ctx } from '../work/command.ts'

/** Who may see and add files of an entity; a module gives one per entity (`FoyerModule.attachments`). */
export interface AttachmentRule {
  /** Actions of the matrix. */
  readonly read: string
  readonly write: string
  /** False: the record is not at this site or not this actor's business; answered like one that does not exist (G5). */
  readonly visible?: (sql: Sql, ctx: Ctx, id: string) => Promise<boolean>
}
