import type { Bind } from '../../../kernel/http/bind.ts'
import { callbacks } from './contract.ts'
import { keep } from './keep.ts'
import * as reading from './reading.ts'
import * as service from './service.ts'

export function callbackRoutes(bind: Bind): void {
  bind(callbacks.list, reading.list)
  bind(callbacks.get, reading.get)
  bind(callbacks.promise, service.promise)
  bind(callbacks.take, service.take)
  bind(callbacks.release, service.release)
  bind(callbacks.handOver, service.handOver)
  bind(callbacks.attempt, service.attempt)
  bind(callbacks.keep, keep)
  bind(callbacks.giveUp, service.giveUp)
  bind(callbacks.withdraw, service.withdraw)
  bind(callbacks.undo, service.undo)
  bind(callbacks.reveal, service.reveal)
}
