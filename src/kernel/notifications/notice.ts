import type { Sql } from '../db/sql.ts'
import type { JournalEntry } from '../journal/entry.ts'
import type { Kernel } from '../kernel.ts'
import type { Facts } from './rules.ts'

/** The right to open one subject without signing in, for one person and a time (`links.ts`). */
export interface SignedLink {
  readonly entity: string
  readonly id: string
  /** 48 unless given. */
  readonly hours?: number
}

/** One message to one person; its texts are `notice.<template>.subject` and `.text` in the person's language. */
export interface Notice {
  readonly personId: string
  readonly siteId: string
  readonly template: string
  readonly facts: Facts
  /** Path in the product, for whoever is signed in: the bell opens it. */
  readonly link: string | null
  /** Given: the e-mail's button carries the right to open this subject at `link` without sign-in (V5). */
  readonly signed?: SignedLink
  /** False: console only, and the group of the post it was said to. */
  readonly email?: boolean
  /** Said to whoever staffs this post, nobody in person: its group hears of it, too. */
  readonly post?: string
}

/** Decides who is told of an entry; runs in the follower's transaction, so it only reads. */
export type NoticeMaker = (sql: Sql, entry: JournalEntry, kernel: Kernel) => Promise<readonly Notice[]>

export interface Contact {
  readonly name: string
  readonly email: string | null
  readonly language: 'zh' | 'en'
  /** E.164; for calling somebody in a group chat, never shown (G5). */
  readonly mobile?: string | null
  /** Posts whose people they belong to without staffing them: their department. */
  readonly posts?: readonly string[]
}

/** How to reach these people, asked of every module that knows some. */
export async function contactsOf(
  kernel: Kernel,
  sql: Sql,
  personIds: readonly string[],
): Promise<ReadonlyMap<string, Contact>> {
  const ids = [...new Set(personIds)]
  if (ids.length === 0) return new Map()
  const found = await Promise.all(
    kernel.modules.list.map((module) => module.contacts?.(sql, ids) ?? new Map()),
  )
  return new Map(found.flatMap((part) => [...part]))
}

/** Persons behind an owner of tasks: the person, or everyone who staffs the post. */
export async function peopleOfOwner(
  kernel: Kernel,
  sql: Sql,
  siteId: string,
  owner: { readonly kind: 'person' | 'post'; readonly id: string },
): Promise<readonly string[]> {
  if (owner.kind === 'person') return [owner.id]
  const found = await Promise.all(
    kernel.modules.list.map((module) => module.staff?.(sql, siteId, owner.id, kernel) ?? []),
  )
  return [...new Set(found.flat())]
}
