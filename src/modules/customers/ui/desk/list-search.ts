/** PURE: filters in the address, so that a view can be kept as a bookmark or sent to a colleague. */
import { type Grade, grades } from '../../rules.ts'

export interface ListSearch {
  q?: string
  grade?: Grade
  owner?: string
  tag?: string
  state?: 'inactive' | 'all'
  sort?: 'updated' | 'newest' | 'seen'
  vip?: boolean
}

export function readListSearch(search: Readonly<Record<string, unknown>>): ListSearch {
  const read: ListSearch = {}
  // A search for "123" comes out of the address as a number.
  const text = (value: unknown) =>
    typeof value === 'string' || typeof value === 'number' ? String(value) : undefined
  const [q, owner, tag] = [text(search.q), text(search.owner), text(search.tag)]
  if (q) read.q = q
  if (owner && (/^[0-9a-f-]{36}$/.test(owner) || ['me', 'none', 'left'].includes(owner))) read.owner = owner
  if (tag) read.tag = tag
  const grade = grades.find((one) => one === search.grade)
  if (grade) read.grade = grade
  if (search.state === 'inactive' || search.state === 'all') read.state = search.state
  if (search.sort === 'updated' || search.sort === 'newest' || search.sort === 'seen') read.sort = search.sort
  if (search.vip === true) read.vip = true
  return read
}

export function isFiltered({ sort: _, ...filter }: ListSearch): boolean {
  return Object.keys(filter).length > 0
}
