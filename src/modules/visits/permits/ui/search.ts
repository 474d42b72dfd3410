/** Where the page of permits stands, in the address. */
export interface PermitSearch {
  permit?: string
  open?: 'new' | 'come-in'
  /** Scanned elsewhere: asked at once. */
  code?: string
}

export function readPermitSearch(search: Readonly<Record<string, unknown>>): PermitSearch {
  return {
    ...(typeof search.permit === 'string' ? { permit: search.permit } : {}),
    // A number in the address may have been read as one.
    ...(typeof search.code === 'string' || typeof search.code === 'number'
      ? { code: String(search.code) }
      : {}),
    ...(search.open === 'new' || search.open === 'come-in' ? { open: search.open } : {}),
  }
}
