import type { Bind } from '../http/bind.ts'
import { tasks } from './contract.ts'
import { list, owners, read, summary } from './reading.ts'
import { handOn, open, postpone, reopen, settle, takeOver } from './service.ts'

export function routes(bind: Bind): void {
  bind(tasks.list, list)
  bind(tasks.summary, summary)
  bind(tasks.owners, owners)
  bind(tasks.read, read)
  bind(tasks.open, open)
  bind(tasks.takeOver, takeOver)
  bind(tasks.handOn, handOn)
  bind(tasks.settle, settle)
  bind(tasks.reopen, reopen)
  bind(tasks.postpone, postpone)
}
