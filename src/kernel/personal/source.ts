/** What the house stores about somebody from outside, module by module (G5). */
import type { Sql } from '../db/sql.ts'
import type { Work } from '../work/command.ts'

/** How the other modules know the person. */
export interface PersonBehind {
  readonly siteId: string
  readonly contactIds: readonly string[]
  /** In full. What was said under a number with nobody's name to it is theirs, too. */
  readonly phones: readonly string[]
}

interface Bilingual {
  readonly zh: string
  readonly en: string
}

export type Cell = string | number | Date | Bilingual | null

/** One table of the copy a person is given. */
export interface PersonalPart {
  readonly title: Bilingual
  readonly heads: readonly Bilingual[]
  readonly rows: readonly (readonly Cell[])[]
}

export interface PersonalSource {
  readonly collect: (sql: Sql, person: PersonBehind) => Promise<readonly PersonalPart[]>
  /**
   * In the caller's transaction: whatever names the person goes, who of the house did what and when stays.
   * @param words what the person is called, as it may stand in anybody's notes
   */
  readonly erase: (work: Work, person: PersonBehind, words: readonly string[]) => Promise<void>
}
