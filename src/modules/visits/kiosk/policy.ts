/** `kiosk` is the role of a paired device: its own routes, and nothing a signed-in person may do. */
export const kioskGrants: Readonly<Record<string, readonly string[]>> = {
  'kiosk.use': ['kiosk'],
  'kiosk.manage': ['office_admin', 'system_admin'],
}
