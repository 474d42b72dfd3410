import type { Ctx } from '../work/command.ts'
import type { Wanted } from './wanted.ts'

/** One hit of the single window; `label` and `detail` are data of the house, never a sentence of the program. */
export interface Found {
  /** Decides icon and heading: `find.kind.<entity>` in the texts. */
  readonly entity: string
  readonly id: string
  readonly label: string
  /** Second line: company, department, masked number, date. */
  readonly detail: string
  /** Small words beside it as text keys, e.g. `customers.grade.vip`. */
  readonly marks: readonly string[]
  /** Path in the product that opens its card. */
  readonly link: string
  /** 0…1: exact number or name 1, beginning 0.8, part 0.5; equal ones by `seenAt`. */
  readonly score: number
  readonly seenAt: Date | null
  /** Number to dial, when the viewer may have it: an extension, or an id the server resolves. */
  readonly extension: string | null
}

/**
 * A module's part of the single window (C5). Answers only what `ctx.actor` may see, at most `limit`, best first; asked
 * with every key pressed, so each of its statements must be an index range that ends by itself.
 */
export interface Finder {
  readonly entities: readonly string[]
  /** Action without which it is not asked. */
  readonly action: string
  readonly find: (ctx: Ctx, wanted: Wanted, limit: number) => Promise<readonly Found[]>
}
