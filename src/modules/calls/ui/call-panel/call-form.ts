import type { Outcome } from '../../rules.ts'

export const special = ['angry', 'dialect', 'line-fault', 'beyond-knowledge'] as const
export type Special = (typeof special)[number]

/** A question that has to be answered before the act is done. */
export type CallForm =
  | Special
  | 'edit'
  | 'route'
  | Extract<Outcome, 'message' | 'callback' | 'resolved' | 'declined'>
