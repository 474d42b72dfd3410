import type { Bind } from '../../../kernel/http/bind.ts'
import { emergencies } from './contract.ts'
import * as service from './service.ts'

export function emergencyRoutes(bind: Bind): void {
  bind(emergencies.kinds, service.kinds)
  bind(emergencies.list, service.list)
  bind(emergencies.letIn, service.letIn)
  bind(emergencies.register, service.register)
}
