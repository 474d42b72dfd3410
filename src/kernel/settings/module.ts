import type { FoyerModule } from '../module.ts'
import { settingErrors } from './contract.ts'
import { routes } from './http.ts'

const house = ['receptionist', 'guard', 'host', 'agent', 'duty_manager', 'department_head']
const leaders = ['quality', 'director', 'office_admin', 'system_admin']

export const settingsModule: FoyerModule = {
  name: 'settings',
  routes,
  grants: {
    // The house's rules are no secret from those who answer for them; changing needs the setting's own action.
    'setting.read': ['duty_manager', ...leaders],
    // Only "this key changed", so that every console works by the new rules at once.
    'setting.watch': [...house, 'technician', 'tenant_admin', ...leaders],
  },
  errors: settingErrors,
  constraints: { setting_pkey: 'edit.stale' },
  live: { setting: { action: 'setting.watch' } },
}
