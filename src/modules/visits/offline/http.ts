import type { Bind } from '../../../kernel/http/bind.ts'
import { offline } from './contract.ts'
import * as service from './service.ts'

export function offlineRoutes(bind: Bind): void {
  bind(offline.day, service.day)
  bind(offline.directory, service.directory)
  bind(offline.lease, service.lease)
  bind(offline.key, service.key)
  bind(offline.takeOver, service.takeOver)
  bind(offline.report, service.report)
  bind(offline.settle, service.settle)
}
