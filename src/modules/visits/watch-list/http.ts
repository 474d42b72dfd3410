import type { Bind } from '../../../kernel/http/bind.ts'
import { refusals, watchList } from './contract.ts'
import { clear, decide } from './decide.ts'
import * as reading from './reading.ts'
import * as service from './service.ts'

export function watchListRoutes(bind: Bind): void {
  bind(watchList.hits, reading.hits)
  bind(watchList.ofVisit, reading.ofVisit)
  bind(watchList.clear, clear)
  bind(watchList.decide, decide)
  bind(watchList.list, reading.list)
  bind(watchList.export, reading.exportList)
  bind(watchList.get, reading.get)
  bind(watchList.add, service.add)
  bind(watchList.edit, service.edit)
  bind(watchList.activate, service.activate)
  bind(watchList.withdraw, service.withdraw)
  bind(watchList.reveal, service.reveal)
  bind(refusals.list, reading.listRefusals)
  bind(refusals.export, reading.exportRefusals)
}
