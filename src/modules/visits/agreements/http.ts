import type { Bind } from '../../../kernel/http/bind.ts'
import { agreements } from './contract.ts'
import * as service from './service.ts'
import { ofVisit, onPaper } from './sign.ts'

export function agreementRoutes(bind: Bind): void {
  bind(agreements.list, service.list)
  bind(agreements.versions, service.versions)
  bind(agreements.signatures, service.signatures)
  bind(agreements.create, service.create)
  bind(agreements.edit, service.edit)
  bind(agreements.publish, service.publish)
  bind(agreements.withdraw, service.withdraw)
  bind(agreements.restore, service.restore)
  bind(agreements.ofVisit, ofVisit)
  bind(agreements.onPaper, onPaper)
}
