/** Rows of the matrix for the figures; whose figures somebody sees is `scopeOf` in service.ts. */
const all = ['receptionist', 'duty_manager', 'office_admin', 'director', 'quality', 'system_admin'] as const

export const figureGrants: Readonly<Record<string, readonly string[]>> = {
  'visit.figures': [...all, 'department_head', 'host', 'agent', 'technician', 'tenant_admin'],
  'visit.figures-all': all,
}
