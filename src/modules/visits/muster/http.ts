import type { Bind } from '../../../kernel/http/bind.ts'
import { musters } from './contract.ts'
import * as report from './report.ts'
import * as service from './service.ts'

export function musterRoutes(bind: Bind): void {
  bind(musters.current, service.current)
  bind(musters.inside, service.inside)
  bind(musters.start, service.start)
  bind(musters.list, report.list)
  bind(musters.report, report.report)
  bind(musters.people, service.people)
  bind(musters.mark, service.mark)
  bind(musters.add, service.add)
  bind(musters.end, service.end)
  bind(musters.outcome, service.outcome)
  bind(musters.export, report.exportReport)
}
