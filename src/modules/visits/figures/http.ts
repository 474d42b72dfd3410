import type { Bind } from '../../../kernel/http/bind.ts'
import { visitFigures } from './contract.ts'
import { exportFigures, people, report, rows, sites } from './service.ts'

export function figureRoutes(bind: Bind): void {
  bind(visitFigures.report, report)
  bind(visitFigures.people, people)
  bind(visitFigures.sites, sites)
  bind(visitFigures.rows, rows)
  bind(visitFigures.export, exportFigures)
}
