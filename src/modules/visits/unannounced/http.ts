import type { Bind } from '../../../kernel/http/bind.ts'
import { unannounced } from './contract.ts'
import * as service from './service.ts'

export function unannouncedRoutes(bind: Bind): void {
  bind(unannounced.begin, service.start)
  bind(unannounced.get, service.get)
  bind(unannounced.contact, service.contact)
  bind(unannounced.instruct, service.instruct)
}
