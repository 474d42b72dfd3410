/** PURE: the register's filters in the address, so that a view can be kept as a bookmark or sent to a colleague. */
import { type Slice, slices } from '../figures/rules.ts'
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
  /** Behind a figure (`/visit-figures`): how the visit was counted. */
  slice?: Slice
  weekday?: number
  hour?: number
  organisation?: string
  ofHost?: string
  ofDepartment?: string
  ofVisitor?: string
  waited?: 'admit' | 'meet'
  waitedFrom?: number
  waitedTo?: number
}

export interface RegisterSearch extends RegisterFilter {
  /** The name to `hostId`, so that a reload can show it. */
  host?: string
  order?: 'oldest'
  /** Opened beside the list. */
  visit?: string
}

const texts = [
  'category',
  'kind',
  'hostId',
  'departmentId',
  'q',
  'host',
  'visit',
  'organisation',
  'ofHost',
  'ofDepartment',
  'ofVisitor',
] as const
const numbers = ['weekday', 'hour', 'waitedFrom', 'waitedTo'] as const

/** What only a figure asks for; the register shows it as one word to take away again. */
export const behindFigure = [
  'slice',
  'weekday',
  'hour',
  'organisation',
  'ofHost',
  'ofDepartment',
  'ofVisitor',
  'waited',
  'waitedFrom',
  'waitedTo',
] as const satisfies readonly (keyof RegisterFilter)[]

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
  for (const name of numbers) {
    const value = Number(search[name] ?? Number.NaN)
    if (Number.isInteger(value)) read[name] = value
  }
  const slice = slices.find((one) => one === search.slice)
  if (slice) read.slice = slice
  if (search.waited === 'admit' || search.waited === 'meet') read.waited = search.waited
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
