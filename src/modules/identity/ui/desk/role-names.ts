import type { TFunction } from 'i18next'
import { roles } from '../../rules.ts'

export function roleName(t: TFunction, role: string): string {
  return t(`identity.role.${role}`)
}

export function roleOptions(t: TFunction) {
  return roles.map((role) => ({ value: role, label: roleName(t, role) }))
}
