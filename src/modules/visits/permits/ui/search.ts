/** Where the page of permits stands, in the address. */
export interface PermitSearch {
  permit?: string
  open?: 'new' | 'come-in'
}

export function readPermitSearch(search: Readonly<Record<string, unknown>>): PermitSearch {
  return {
    ...(typeof search.permit === 'string' ? { permit: search.permit } : {}),
    ...(search.open === 'new' || search.open === 'come-in' ? { open: search.open } : {}),
  }
}
