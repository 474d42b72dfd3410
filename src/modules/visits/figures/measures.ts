/** PURE: what is counted of a visit; the columns of `visit_counted` and of its tallies bear these names. */
export const measures = [
  'visits',
  'people',
  'arrived',
  'announced',
  'walk_in',
  'first',
  'again',
  'no_show',
  'declined',
  'refused',
  'cancelled',
  'ask_of',
  'ask_kept',
  'sign_of',
  'sign_kept',
  'sign_late',
  'sign_overdue',
  'pass_of',
  'pass_kept',
  'meet_of',
  'meet_kept',
  'meet_prompt',
] as const
export type Measure = (typeof measures)[number]
export type Counts = Readonly<Record<Measure, number>>
