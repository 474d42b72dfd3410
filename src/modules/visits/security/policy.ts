/** Rows of the matrix for security calls, vehicles and the executives' word. */
const desk = ['receptionist', 'guard', 'duty_manager'] as const

export const incidentGrants: Readonly<Record<string, readonly string[]>> = {
  'incident.raise': [...desk, 'agent', 'office_admin', 'director'],
  'incident.read': [...desk, 'office_admin', 'director', 'quality', 'system_admin'],
  'incident.act': ['guard', 'duty_manager', 'office_admin', 'director'],
  'incident.export': ['duty_manager', 'office_admin', 'director', 'quality'],
  'vehicle.read': [...desk, 'office_admin', 'director', 'quality', 'system_admin'],
  'visit.warn': [...desk, 'host', 'agent', 'department_head', 'office_admin', 'director'],
}
