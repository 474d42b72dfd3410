import type { Bind } from '../../kernel/http/bind.ts'
import * as cascade from './cascade.ts'
import { calls } from './contract.ts'
import * as ending from './ending.ts'
import * as log from './log/service.ts'
import * as privacy from './privacy.ts'
import * as reading from './reading.ts'
import * as record from './record.ts'

export function routes(bind: Bind): void {
  bind(calls.now, reading.now)
  bind(calls.routes, reading.routes)
  bind(calls.log, log.list)
  bind(calls.exportLog, log.exportLog)
  bind(calls.get, reading.get)
  bind(calls.start, record.start)
  bind(calls.answer, record.answer)
  bind(calls.edit, record.edit)
  bind(calls.markPrivate, privacy.markPrivate)
  bind(calls.reveal, privacy.reveal)
  bind(calls.choose, cascade.choose)
  bind(calls.tryTarget, cascade.tryTarget)
  bind(calls.hopResult, cascade.hopResult)
  bind(calls.situation, cascade.situation)
  bind(calls.hangUp, ending.hangUp)
  bind(calls.close, ending.close)
  bind(calls.undo, ending.undo)
}
