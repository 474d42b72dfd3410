import type { Bind } from '../../../kernel/http/bind.ts'
import { invitations } from './contract.ts'
import * as guest from './guest.ts'
import { file } from './paper.ts'
import * as service from './service.ts'

export function invitationRoutes(bind: Bind): void {
  bind(invitations.ofVisit, service.ofVisit)
  bind(invitations.send, service.send)
  bind(invitations.link, service.link)
  bind(invitations.paper, file)
  bind(invitations.own, guest.own)
  bind(invitations.complete, guest.complete)
  bind(invitations.sign, guest.sign)
  bind(invitations.cancel, guest.cancel)
  bind(invitations.calendar, guest.calendar)
}
