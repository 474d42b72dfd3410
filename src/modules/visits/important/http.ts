import type { Bind } from '../../../kernel/http/bind.ts'
import { important } from './contract.ts'
import * as reading from './reading.ts'
import * as service from './service.ts'

export function importantRoutes(bind: Bind): void {
  bind(important.list, reading.list)
  bind(important.executives, reading.executives)
  bind(important.warn, service.warn)
  bind(important.get, reading.get)
  bind(important.step, service.stepTaken)
  bind(important.takeBack, service.takeBack)
}
