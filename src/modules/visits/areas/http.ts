import type { Bind } from '../../../kernel/http/bind.ts'
import { areas } from './contract.ts'
import { nameEscort } from './escort.ts'
import * as service from './service.ts'
import * as tree from './tree.ts'

export function areaRoutes(bind: Bind): void {
  bind(areas.list, tree.list)
  bind(areas.add, tree.add)
  bind(areas.edit, tree.edit)
  bind(areas.ofVisit, service.ofVisit)
  bind(areas.request, service.request)
  bind(areas.mine, service.mine)
  bind(areas.decide, service.decide)
  bind(areas.withdraw, service.withdraw)
  bind(areas.undo, service.undo)
  bind(areas.escort, nameEscort)
}
