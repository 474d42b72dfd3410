/** PURE: who may do what with calls, messages and promises. The matrix says what a role may at all; this looks at the record. */

const desk = ['receptionist', 'agent', 'duty_manager'] as const
const watching = [...desk, 'office_admin', 'director', 'quality', 'system_admin'] as const
const everyone = [...watching, 'host', 'guard', 'department_head', 'technician'] as const
const tenants = ['tenant_admin', 'tenant_member'] as const

/** Rows of the one matrix role × action (design §4). `link` is the role of a signed link: one message, one person. */
export const grants: Readonly<Record<string, readonly string[]>> = {
  'call.see': [...everyone],
  'call.read': watching,
  'call.handle': desk,
  'call.reveal': [...desk, 'department_head', 'host'],
  'call.export': [...desk, 'office_admin', 'director', 'quality'],
  'call.figures': ['duty_manager', 'office_admin', 'director', 'quality', 'department_head'],
  'call.configure': ['office_admin', 'director', 'system_admin'],
  'call.dial': [...everyone],
  'message.see': [...everyone, ...tenants, 'link'],
  'message.read': watching,
  'message.take': [...everyone],
  'message.act': [...everyone, ...tenants, 'link'],
  'callback.see': [...everyone],
  'callback.read': watching,
  'callback.promise': [...everyone],
  'callback.use': [...everyone],
  'line.read': [...everyone],
  'line.say': [...everyone],
  'line.note': [...desk, 'guard'],
  'duty.set': ['duty_manager', 'office_admin', 'department_head', 'director'],
  'exchange.configure': ['office_admin', 'system_admin'],
}
