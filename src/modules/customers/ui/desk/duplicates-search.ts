/** PURE: which duplicates the address asks for. */
export interface DuplicatesSearch {
  entity?: 'customer' | 'contact'
  id?: string
}

export function readDuplicatesSearch(search: Readonly<Record<string, unknown>>): DuplicatesSearch {
  return {
    ...(search.entity === 'contact' ? { entity: 'contact' as const } : {}),
    ...(typeof search.id === 'string' ? { id: search.id } : {}),
  }
}
