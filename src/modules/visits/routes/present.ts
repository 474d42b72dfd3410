/** PURE: whom was asked and by which row, as the interface gets it. */
import type { VisitDetail, VisitHop } from '../card/contract.ts'
import type { House } from '../house.ts'
import type { HopRow } from './store.ts'

/** The row by its name; one taken out of the table since keeps its key. */
export function ledBy(house: House, key: string): VisitDetail['route'] {
  if (key === '') return null
  const row = house.routes.find((one) => one.key === key)
  return { key, name: row?.name ?? { zh: key, en: key } }
}

/** @param inner whether the reader may know why somebody declined (V5) */
export function presentHop(hop: HopRow, inner: boolean): VisitHop {
  return {
    n: hop.n,
    target: hop.target,
    kind: hop.asked_kind,
    id: hop.asked_id,
    name: { zh: hop.name, en: hop.name_en === '' ? hop.name : hop.name_en },
    department: hop.department,
    extension: hop.extension,
    askedAt: hop.asked_at.toISOString(),
    askedByName: hop.asked_by_name,
    how: hop.how,
    result: hop.result,
    endedAt: hop.ended_at?.toISOString() ?? null,
    endedByName: hop.ended_by_name,
    seconds: hop.seconds,
    note: inner ? hop.note : '',
  }
}
