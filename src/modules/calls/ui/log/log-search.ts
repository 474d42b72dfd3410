/** PURE: the call log's filters in the address, so that a view can be kept as a bookmark or sent to a colleague. */
import { type CallStatus, type Outcome, outcomes, statuses } from '../../rules.ts'

export const directions = ['in', 'out', 'internal'] as const
type Direction = (typeof directions)[number]

export interface LogSearch {
  /** Days of the site. */
  from?: string
  to?: string
  direction?: Direction
  status?: CallStatus
  outcome?: Outcome
  route?: string
  handlerId?: string
  contactId?: string
  customerId?: string
  late?: 'true'
  private?: 'true'
  text?: string
  /** Opened beside the list. */
  call?: string
}

export function readLogSearch(search: Readonly<Record<string, unknown>>): LogSearch {
  const read: LogSearch = {}
  for (const name of ['from', 'to'] as const) {
    const value = search[name]
    if (typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value)) read[name] = value
  }
  for (const name of ['route', 'handlerId', 'contactId', 'customerId', 'text', 'call'] as const) {
    const value = search[name]
    // A search for "8000" comes out of the address as a number.
    if ((typeof value === 'string' && value !== '') || typeof value === 'number') read[name] = String(value)
  }
  for (const name of ['late', 'private'] as const)
    if (search[name] === 'true' || search[name] === true) read[name] = 'true'
  const direction = directions.find((one) => one === search.direction)
  if (direction) read.direction = direction
  const status = statuses.find((one) => one === search.status)
  if (status) read.status = status
  const outcome = outcomes.find((one) => one === search.outcome)
  if (outcome) read.outcome = outcome
  return read
}

/** What the server filters by: days become instants of the site. */
export function logQuery({ from, to, call: _, ...rest }: LogSearch, instantOf: (wall: string) => string) {
  return {
    ...rest,
    ...(from === undefined ? {} : { from: instantOf(`${from}T00:00`) }),
    ...(to === undefined ? {} : { to: instantOf(`${dayAfter(to)}T00:00`) }),
  }
}

function dayAfter(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10)
}

export function isFiltered({ call: _, ...filter }: LogSearch): boolean {
  return Object.keys(filter).length > 0
}
