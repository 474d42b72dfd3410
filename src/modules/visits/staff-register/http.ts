import type { Bind } from '../../../kernel/http/bind.ts'
import * as book from './book.ts'
import { outings, staffPresence } from './contract.ts'
import * as presence from './presence.ts'
import * as service from './service.ts'

export function staffRegisterRoutes(bind: Bind): void {
  bind(outings.list, book.list)
  bind(outings.export, book.exportOutings)
  bind(outings.mine, service.mine)
  bind(outings.options, service.options)
  bind(outings.request, service.request)
  bind(outings.leaveNow, service.leaveNow)
  bind(outings.decide, service.decide)
  bind(outings.cancel, service.cancel)
  bind(outings.leave, service.leave)
  bind(outings.return, service.comeBack)
  bind(outings.undo, service.undo)
  bind(staffPresence.find, presence.find)
  bind(staffPresence.list, presence.list)
  bind(staffPresence.sign, presence.sign)
  bind(staffPresence.report, presence.report)
  bind(staffPresence.giveCard, presence.giveCard)
}
