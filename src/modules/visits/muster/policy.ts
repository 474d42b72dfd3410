/** PURE: who starts, marks and ends an evacuation (V18). The matrix bounds, the house's setting chooses within it. */
import type { MusterRules } from './settings.ts'

const leading = [
  'receptionist',
  'guard',
  'duty_manager',
  'department_head',
  'office_admin',
  'director',
  'system_admin',
] as const
const inside = ['host', 'agent', 'technician', 'quality', 'tenant_admin', 'tenant_member'] as const

export const musterGrants: Readonly<Record<string, readonly string[]>> = {
  /** That there is an evacuation, and where one stands on its list oneself: everybody. */
  'muster.see': [...leading, ...inside],
  'muster.lead': leading,
  /** Past musters with names; the list of who is inside. */
  'muster.read': [...leading, 'quality'],
}

export interface MusterRights {
  readonly start: boolean
  readonly mark: boolean
  readonly end: boolean
  readonly read: boolean
}

export function musterRights(
  rules: Pick<MusterRules, 'starters' | 'enders' | 'wardens' | 'wardensStart'>,
  who: {
    readonly roles: readonly string[]
    readonly leads: boolean
    readonly reads: boolean
    readonly number: string
  },
): MusterRights {
  const holds = (chosen: readonly string[]) => who.leads && who.roles.some((role) => chosen.includes(role))
  const warden = who.number !== '' && rules.wardens.includes(who.number)
  return {
    start: holds(rules.starters) || (warden && rules.wardensStart),
    mark: who.leads || warden,
    end: holds(rules.enders),
    read: who.reads || warden,
  }
}
