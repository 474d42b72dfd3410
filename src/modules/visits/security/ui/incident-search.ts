import { incidentStatuses } from '../rules.ts'

const listStatuses = ['live', ...incidentStatuses] as const

/** What the list shows, in the address: a reload and a link lead to the same place. */
export interface IncidentSearch {
  incident?: string
  status?: (typeof listStatuses)[number]
  from?: string
  to?: string
  q?: string
}

export { listStatuses }

export function readIncidentSearch(search: Readonly<Record<string, unknown>>): IncidentSearch {
  const status = listStatuses.find((one) => one === search.status)
  const day = (value: unknown) =>
    typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value) ? value : undefined
  const [from, to] = [day(search.from), day(search.to)]
  return {
    ...(typeof search.incident === 'string' ? { incident: search.incident } : {}),
    ...(status ? { status } : {}),
    ...(from ? { from } : {}),
    ...(to ? { to } : {}),
    ...(typeof search.q === 'string' && search.q !== '' ? { q: search.q } : {}),
  }
}
