import type { FoyerModule } from '../module.ts'
import { routes } from './http.ts'

/** Everybody who signs in has the window; what it shows each of them is each module's decision. */
const everyone = [
  'receptionist',
  'guard',
  'host',
  'agent',
  'duty_manager',
  'department_head',
  'office_admin',
  'technician',
  'quality',
  'director',
  'tenant_admin',
  'tenant_member',
  'system_admin',
]

export const findModule: FoyerModule = {
  name: 'find',
  routes,
  grants: { 'find.use': everyone },
}
