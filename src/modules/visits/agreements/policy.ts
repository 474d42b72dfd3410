export const agreementGrants: Readonly<Record<string, readonly string[]>> = {
  'agreement.manage': ['office_admin', 'director', 'duty_manager', 'system_admin'],
}
