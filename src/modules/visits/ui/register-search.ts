/** PURE: the register's filters in the address, so that a view can be kept as a bookmark or sent to a colleague. */
import { statuses } from '../rules.ts'

export const registerStatuses = ['inside', 'late_signature', ...statuses] as const
export type RegisterStatus = (typeof registerStatuses)[number]

export interface RegisterFilter {
  from?: string
  to?: string
  status?: RegisterStatus
  category?: string
  kind?: string
  hostId?: string
  departmentId?: string
  q?: string
}

export interface RegisterSearch extends RegisterFilter {
  /** The name to `hostId`, so that a reload can show it. */
  host?: string
  order?: 'oldest'
  /** Opened beside the list. */
  visit?: string
}

const texts = ['category', 'kind', 'hostId', 'departmentId', 'q', 'host', 'visit'] as const

export function readRegisterSearch(search: Readonly<Record<string, unknown>>): RegisterSearch {
  const read: RegisterSearch = {}
  for (const name of texts) {
    const value = search[name]
    // A search for "123" comes out of the address as a number.
    if (typeof value === 'string' || typeof value === 'number') read[name] = String(value)
  }
  for (const name of ['from', 'to'] as const) {
    const value = search[name]
    if (typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value)) read[name] = value
  }
  const status = registerStatuses.find((one) => one === search.status)
  if (status) read.status = status
  if (search.order === 'oldest') read.order = 'oldest'
  return read
}

/** What the server filters by. */
export function filterOf({ host: _, order: __, visit: ___, ...filter }: RegisterSearch): RegisterFilter {
  return filter
}

export function isFiltered(search: RegisterSearch): boolean {
  return Object.keys(filterOf(search)).length > 0
}
