/** PURE: only a manager opens what somebody else left on a device. */
export const offlineGrants: Readonly<Record<string, readonly string[]>> = {
  'offline.take-over': ['duty_manager', 'office_admin'],
}
