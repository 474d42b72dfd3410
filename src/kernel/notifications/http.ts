import type { Bind } from '../http/bind.ts'
import { deliveryRoutes, notificationRoutes } from './contract.ts'
import * as service from './service.ts'

export function routes(bind: Bind): void {
  bind(notificationRoutes.list, service.list)
  bind(notificationRoutes.count, service.count)
  bind(notificationRoutes.read, service.read)
  bind(notificationRoutes.readAll, service.readAll)
  bind(deliveryRoutes.list, service.deliveries)
  bind(deliveryRoutes.retry, service.retry)
}
