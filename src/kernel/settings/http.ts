import type { Bind } from '../http/bind.ts'
import { settingRoutes } from './contract.ts'
import * as service from './service.ts'

export function routes(bind: Bind): void {
  bind(settingRoutes.list, service.list)
  bind(settingRoutes.read, service.read)
  bind(settingRoutes.change, service.change)
  bind(settingRoutes.restore, service.restore)
}
