/** PURE: who looks after what is kept of people (G5). */
export const privacyGrants: Readonly<Record<string, readonly string[]>> = {
  'privacy.read': ['office_admin', 'director', 'quality', 'system_admin'],
  'privacy.manage': ['office_admin', 'system_admin'],
}
