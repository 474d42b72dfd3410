/** V6: who is asked about which visitor — the site's decision table, read from the top, the first row that fits decides. */
import { setting } from '../../../kernel/module.ts'
import { type VisitRoute, visitRouteRows } from './contract.ts'

/** A house that has set nothing: the host is asked. */
export const visitRoutesSetting = setting({
  key: 'visits.routes',
  action: 'visit.configure',
  schema: visitRouteRows,
  fallback: [] as VisitRoute[],
})
