import type { Bind } from '../../../kernel/http/bind.ts'
import { privacy } from './contract.ts'
import * as service from './service.ts'

export function privacyRoutes(bind: Bind): void {
  bind(privacy.overview, service.overview)
  bind(privacy.requests, service.requests)
  bind(privacy.people, service.people)
  bind(privacy.person, service.person)
  bind(privacy.export, service.exportPerson)
  bind(privacy.erase, service.erase)
}
