import type { Bind } from '../../../kernel/http/bind.ts'
import { incidents } from './contract.ts'
import * as reading from './reading.ts'
import * as incident from './service.ts'

export function incidentRoutes(bind: Bind): void {
  bind(incidents.live, reading.live)
  bind(incidents.options, reading.options)
  bind(incidents.list, reading.list)
  bind(incidents.export, reading.exportIncidents)
  bind(incidents.raise, incident.raise)
  bind(incidents.get, reading.get)
  bind(incidents.acknowledge, incident.acknowledge)
  bind(incidents.arrive, incident.arrive)
  bind(incidents.edit, incident.edit)
  bind(incidents.close, incident.close)
  bind(incidents.falseAlarm, incident.falseAlarm)
  bind(incidents.undo, incident.undo)
}
