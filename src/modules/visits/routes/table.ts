/** The row a visit was led by; a row taken out of the table meanwhile is as if none had fitted. */
import type { House } from '../house.ts'
import type { VisitRoute } from './contract.ts'

type Lead = Pick<VisitRoute, 'targets' | 'last'>

/** Nothing else said: the host, whoever stands in for them, then the desk (V5). */
const usual: Lead = { targets: [{ kind: 'host' }], last: 'desk' }

export function routeOf(house: House, key: string): Lead {
  return house.routes.find((row) => row.key === key) ?? usual
}

export { usual as usualRoute }
