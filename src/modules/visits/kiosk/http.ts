import type { Bind } from '../../../kernel/http/bind.ts'
import * as admin from './admin.ts'
import { kiosks } from './contract.ts'
import * as exit from './passes.ts'
import * as service from './service.ts'

export function kioskRoutes(bind: Bind): void {
  bind(kiosks.list, admin.list)
  bind(kiosks.create, admin.create)
  bind(kiosks.edit, admin.edit)
  bind(kiosks.renew, admin.renew)
  bind(kiosks.revoke, admin.revoke)
  bind(kiosks.pair, admin.pair)
  bind(kiosks.exit, admin.exit)
  bind(kiosks.self, service.self)
  bind(kiosks.find, service.find)
  bind(kiosks.hosts, service.hosts)
  bind(kiosks.agreements, service.agreementsFor)
  bind(kiosks.register, service.register)
  bind(kiosks.arrive, service.arrive)
  bind(kiosks.visit, service.visit)
  bind(kiosks.sign, service.sign)
  bind(kiosks.photo, service.photo)
  bind(kiosks.help, service.help)
  bind(kiosks.unsent, service.unsent)
  bind(kiosks.pass, exit.pass)
  bind(kiosks.leave, exit.leave)
}
