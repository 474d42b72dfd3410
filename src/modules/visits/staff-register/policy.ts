/** PURE: who may do what with an outing (V20). */
import type { OutingCommand } from './rules.ts'

const post = ['receptionist', 'guard', 'duty_manager'] as const
const watching = [...post, 'office_admin', 'director', 'quality', 'system_admin'] as const
const staff = [...watching, 'host', 'agent', 'department_head', 'technician'] as const

export const staffRegisterGrants: Readonly<Record<string, readonly string[]>> = {
  /** The register of everybody; one's own and one's department's need no right. */
  'outing.read': watching,
  /** Writes out and in at the gate, signs staff in and out. */
  'outing.register': post,
  'outing.request': staff,
  'outing.export': ['receptionist', 'duty_manager', 'office_admin', 'director', 'quality'],
  /** Doors and imports: a key of its own with the guard's role. */
  'presence.report': [...post, 'office_admin', 'system_admin'],
}

export interface OutingViewer {
  readonly registers: boolean
  readonly reads: boolean
  readonly dutyManager: boolean
  readonly employeeId: string | null
  readonly id: string
  /** Departments led: head or deputy. */
  readonly leads: readonly string[]
}

export interface OutingSubject {
  readonly employee_id: string
  readonly department_id: string | null
  readonly status_by: string
}

function isOwn(viewer: OutingViewer, outing: OutingSubject): boolean {
  return viewer.employeeId !== null && viewer.employeeId === outing.employee_id
}

function leads(viewer: OutingViewer, outing: OutingSubject): boolean {
  return outing.department_id !== null && viewer.leads.includes(outing.department_id)
}

export function maySeeOuting(viewer: OutingViewer, outing: OutingSubject): boolean {
  return viewer.reads || isOwn(viewer, outing) || leads(viewer, outing)
}

/** May this person give this command, whatever the state? Nobody approves for themselves. */
export function mayCommandOuting(
  viewer: OutingViewer,
  outing: OutingSubject,
  command: OutingCommand,
): boolean {
  switch (command) {
    case 'approve':
    case 'decline':
      return !isOwn(viewer, outing) && (leads(viewer, outing) || viewer.dutyManager)
    case 'cancel':
      return isOwn(viewer, outing) || viewer.registers
    case 'leave':
    case 'return':
      return viewer.registers
    case 'undo':
      return viewer.id === outing.status_by
  }
}
