import type { Ctx } from '../work/command.ts'

export interface HistorySubject {
  readonly entity: string
  readonly id: string
}

/** One line of a card's timeline: a call, a visit, a complaint, a mail, a remark. */
export interface HistoryItem {
  readonly entity: string
  readonly id: string
  readonly at: Date
  /** Text key of what it was, with `facts`: `history.call.answered`. */
  readonly textKey: string
  readonly facts: Readonly<Record<string, string | number>>
  /** The matter in somebody's own words; empty when there is none. */
  readonly matter: string
  readonly tone: 'neutral' | 'good' | 'waiting' | 'alarm'
  readonly link: string | null
}

/**
 * A module's part of the one timeline (C5): what concerns these subjects, newest first, before an instant, at most
 * `limit`, and only what `ctx.actor` may see.
 */
export interface HistorySource {
  readonly entity: string
  readonly action: string
  readonly read: (
    ctx: Ctx,
    subjects: readonly HistorySubject[],
    before: Date | null,
    limit: number,
  ) => Promise<readonly HistoryItem[]>
  /** Given by the module whose cards have a timeline. */
  readonly cards?: HistoryCards
}

export interface HistoryCards {
  /** No two modules answer for one entity. */
  readonly entities: readonly string[]
  /**
   * Everything whose history belongs to this card, itself among it: a company's people, ids merged into one of them.
   * @throws DomainError `entity.not-found` for whoever may not see the card's timeline
   */
  readonly subjects: (ctx: Ctx, subject: HistorySubject) => Promise<readonly HistorySubject[]>
}
