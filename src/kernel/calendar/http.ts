import type { Bind } from '../http/bind.ts'
import { calendarRoutes } from './contract.ts'
import { confirmYear, putDay, readYear, resetDay, seedYear } from './service.ts'

export function routes(bind: Bind): void {
  bind(calendarRoutes.read, readYear)
  bind(calendarRoutes.putDay, putDay)
  bind(calendarRoutes.resetDay, resetDay)
  bind(calendarRoutes.seedYear, seedYear)
  bind(calendarRoutes.confirmYear, confirmYear)
}
