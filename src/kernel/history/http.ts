import type { Bind } from '../http/bind.ts'
import { history } from './contract.ts'
import * as service from './service.ts'

export function bindHistory(bind: Bind): void {
  bind(history.read, service.read)
}
