/** Where a group's page stands, in the address. */
export interface GroupSearch {
  /** Looked for elsewhere: the counter begins with this member. */
  member?: string
}

export function readGroupSearch(search: Readonly<Record<string, unknown>>): GroupSearch {
  return typeof search.member === 'string' ? { member: search.member } : {}
}
