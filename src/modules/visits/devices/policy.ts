/** PURE: who looks after doors, and what a controller's key may do. A key takes the guard's role, or an administrator's. */
export const deviceGrants: Readonly<Record<string, readonly string[]>> = {
  'door.manage': ['office_admin', 'system_admin'],
  'access.read': ['guard', 'office_admin', 'system_admin'],
  'access.scan': ['guard', 'office_admin', 'system_admin'],
}
