import type { Bind } from '../../../kernel/http/bind.ts'
import { figures } from './contract.ts'
import { callFigures, exportFigures, privateCalls } from './service.ts'

export function figureRoutes(bind: Bind): void {
  bind(figures.calls, callFigures)
  bind(figures.export, exportFigures)
  bind(figures.private, privateCalls)
}
