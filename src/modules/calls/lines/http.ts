import type { Bind } from '../../../kernel/http/bind.ts'
import { lines } from './contract.ts'
import * as duty from './duty/service.ts'
import * as service from './service.ts'

export function lineRoutes(bind: Bind): void {
  bind(lines.list, service.list)
  bind(lines.mine, service.mine)
  bind(lines.say, service.say)
  bind(lines.sayFor, service.sayFor)
  bind(lines.duty, duty.duty)
  bind(lines.setDuty, duty.setDuty)
}
