/** Standing permits: a part of the module of visits with its own routes, papers and reminders (V22, E2). */
import type { Bind } from '../../../kernel/http/bind.ts'
import type { FoyerModule } from '../../../kernel/module.ts'
import { permitErrors, permits } from './contract.ts'
import { permitsImporter } from './importer.ts'
import * as reading from './reading.ts'
import { remindOfPermits } from './reminders.ts'
import * as service from './service.ts'
import { permitsSetting } from './settings.ts'
import { exportPermits } from './sheet.ts'
import { use } from './use.ts'

function routes(bind: Bind): void {
  bind(permits.list, reading.list)
  bind(permits.export, exportPermits)
  bind(permits.use, use)
  bind(permits.create, service.create)
  bind(permits.get, reading.get)
  bind(permits.paper, reading.paper)
  bind(permits.edit, service.edit)
  bind(permits.activate, service.activate)
  bind(permits.suspend, service.suspend)
  bind(permits.end, service.end)
}

const link = ({ subjectId }: { readonly subjectId: string }) => `/permits?permit=${subjectId}`
const manage = ['receptionist', 'duty_manager', 'office_admin'] as const

export const permitsModule: FoyerModule = {
  name: 'visit-permits',
  routes,
  grants: {
    'permit.read': [
      ...manage,
      'guard',
      'host',
      'department_head',
      'director',
      'tenant_admin',
      'tenant_member',
    ],
    'permit.manage': manage,
  },
  errors: permitErrors,
  settings: [permitsSetting],
  importers: [permitsImporter],
  constraints: {
    permit_pkey: 'entity.exists',
    permit_transition: 'transition.refused',
    permit_source: 'entity.exists',
  },
  taskKinds: {
    'permit.expiring': { notify: true, link },
    'permit.ending': { notify: true, link },
  },
  live: { permit: { action: 'permit.read' } },
  cron: [{ name: 'permits-remind', schedule: '10 * * * *', run: remindOfPermits }],
}
