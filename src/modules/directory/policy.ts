/** Who may do what in the directory; whether a mobile number is shown in full. */
import { may } from '../../kernel/authorize.ts'
import type { Ctx } from '../../kernel/work/command.ts'

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
const desk = ['receptionist', 'guard', 'duty_manager', 'office_admin', 'system_admin']

/** action → roles that have it. */
export const directoryMatrix = {
  'directory.read': everyone,
  /** A host opening the page of a signed link names the colleague who comes instead (V5). */
  'directory.search': [...everyone, 'link'],
  /** Finds everybody in a house of several companies (E1); others only its own people and their own company's. */
  'directory.whole': [...desk, 'agent', 'technician', 'quality', 'director'],
  'directory.manage': ['office_admin', 'system_admin'],
  /** Sees mobile numbers in full: they reach people for a living (G5). */
  'directory.contact': desk,
  'directory.reveal': [...desk, 'agent', 'department_head', 'director'],
  'directory.confirm': ['receptionist', 'agent', 'office_admin', 'system_admin'],
} as const satisfies Record<string, readonly string[]>

export function seesMobile(ctx: Ctx, employeeId: string): boolean {
  return ctx.actor.employeeId === employeeId || may(ctx, 'directory.contact')
}
