const forms = ['new', 'announce', 'call', 'message'] as const

/** What lies beside the board; kept in the address, so that a reload and a link lead to the same place. */
export interface HomeSearch {
  visit?: string
  call?: string
  open?: string
}

export function readHomeSearch(search: Record<string, unknown>): HomeSearch {
  const open = forms.find((form) => form === search.open)
  return {
    ...(typeof search.visit === 'string' ? { visit: search.visit } : {}),
    ...(typeof search.call === 'string' ? { call: search.call } : {}),
    ...(open ? { open } : {}),
  }
}
