import type { Bind } from '../../../kernel/http/bind.ts'
import { access, doors } from './contract.ts'
import * as feed from './feed.ts'
import * as scan from './scans.ts'
import * as service from './service.ts'

export function deviceRoutes(bind: Bind): void {
  bind(doors.list, service.list)
  bind(doors.create, service.create)
  bind(doors.edit, service.edit)
  bind(doors.archive, service.archive)
  bind(doors.events, service.events)
  bind(doors.test, service.test)
  bind(access.events, feed.events)
  bind(access.passes, feed.passes)
  bind(access.scans, scan.scans)
  bind(access.verify, scan.verify)
}
