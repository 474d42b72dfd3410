import type { Bind } from '../http/bind.ts'
import { find } from './contract.ts'
import { search } from './service.ts'

export function routes(bind: Bind): void {
  bind(find.search, search)
}
