/** Rows of the matrix: the list is for few, and nobody else learns that somebody is on it (V12, G5). */
const keepers = ['duty_manager', 'office_admin'] as const

export const watchListGrants: Readonly<Record<string, readonly string[]>> = {
  'watch-list.read': [...keepers, 'director'],
  'watch-list.manage': keepers,
  'watch-list.decide': [...keepers, 'director'],
  'refusal.read': ['receptionist', ...keepers, 'director', 'quality'],
}
