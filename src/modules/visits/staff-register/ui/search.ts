/** PURE: the filters of the staff register in the address. */
import { outingStatuses } from '../rules.ts'

export const outingFilters = [...outingStatuses, 'late'] as const

export interface OutingSearch {
  from?: string
  to?: string
  status?: (typeof outingFilters)[number]
  reason?: string
  departmentId?: string
  employeeId?: string
  q?: string
  /** The name to `employeeId`, so that a reload can show it. */
  person?: string
  order?: 'oldest'
}

export function readOutingSearch(search: Readonly<Record<string, unknown>>): OutingSearch {
  const read: OutingSearch = {}
  for (const name of ['reason', 'departmentId', 'employeeId', 'q', 'person'] as const) {
    const value = search[name]
    // A search for "123" comes out of the address as a number.
    if (typeof value === 'string' || typeof value === 'number') read[name] = String(value)
  }
  for (const name of ['from', 'to'] as const) {
    const value = search[name]
    if (typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value)) read[name] = value
  }
  const status = outingFilters.find((one) => one === search.status)
  if (status) read.status = status
  if (search.order === 'oldest') read.order = 'oldest'
  return read
}

/** What the server filters by. */
export function outingFilter({ person: _, order: __, ...filter }: OutingSearch) {
  return filter
}
