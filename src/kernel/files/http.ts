import type { Bind } from '../http/bind.ts'
import { fileRoutes } from './contract.ts'
import * as service from './service.ts'

export function routes(bind: Bind): void {
  bind(fileRoutes.add, service.add)
  bind(fileRoutes.list, service.list)
  bind(fileRoutes.read, service.read)
  bind(fileRoutes.remove, service.remove)
  bind(fileRoutes.restore, service.restore)
}
