import type { Bind } from '../../../kernel/http/bind.ts'
import { checkTable } from './check.ts'
import { visitRoutes } from './contract.ts'
import * as routing from './service.ts'

export function routingRoutes(bind: Bind): void {
  bind(visitRoutes.try, routing.tryTable)
  bind(visitRoutes.check, checkTable)
  bind(visitRoutes.propose, routing.propose)
  bind(visitRoutes.whom, routing.whom)
  bind(visitRoutes.hop, routing.answerHop)
}
