import type { Bind } from '../../../kernel/http/bind.ts'
import { exchange } from './contract.ts'
import * as dialling from './dial.ts'
import * as setup from './setup.ts'

export function exchangeRoutes(bind: Bind): void {
  bind(exchange.state, setup.state)
  bind(exchange.set, setup.set)
  bind(exchange.test, setup.test)
  bind(exchange.dial, dialling.dial)
  bind(exchange.order, dialling.order)
}
