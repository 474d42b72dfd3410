import type { Bind } from '../../../kernel/http/bind.ts'
import { messages } from './contract.ts'
import * as reading from './reading.ts'
import * as service from './service.ts'

export function messageRoutes(bind: Bind): void {
  bind(messages.list, reading.list)
  bind(messages.get, reading.get)
  bind(messages.take, service.take)
  bind(messages.see, service.see)
  bind(messages.done, service.done)
  bind(messages.report, service.report)
  bind(messages.forward, service.forward)
  bind(messages.withdraw, service.withdraw)
  bind(messages.undo, service.undo)
  bind(messages.reveal, service.reveal)
}
