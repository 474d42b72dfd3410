/** Pure decisions of identity: role names, lock-out, names and passwords (K3). No clock, no database. */

/** The roles of the rulebook, in the order in which screens list them. */
export const roles = [
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
] as const
export type Role = (typeof roles)[number]

export function isRole(value: string): value is Role {
  return (roles as readonly string[]).includes(value)
}

/** Five wrong tries within 15 minutes close a name for 15 minutes. */
export const lockout = { tries: 5, windowMs: 15 * 60_000, lockMs: 15 * 60_000 } as const

/** A receptionist's shift; the end moves with use, written at most once an hour. */
export const session = {
  lastsMs: 12 * 3_600_000,
  slideAfterMs: 3_600_000,
  cookieSeconds: 30 * 86_400,
} as const

export interface Tries {
  /** Counted tries, oldest first. */
  readonly tries: readonly Date[]
  readonly lockedUntil: Date | null
}

export type TryDecision =
  | { readonly allowed: true; readonly next: Tries }
  | { readonly allowed: false; readonly minutesLeft: number; readonly next: null }

/**
 * Decides one sign-in try *before* the password is looked at, and counts it as a failure at once. A right password
 * clears the count afterwards. Counting first means that parallel guesses can never have more than `lockout.tries`
 * passwords looked at; counting afterwards would let all of them through.
 */
export function countTry(known: Tries | null, now: Date): TryDecision {
  const at = now.getTime()
  const lock = known?.lockedUntil ?? null
  if (lock !== null && lock.getTime() > at)
    return { allowed: false, minutesLeft: minutesUntil(lock, now), next: null }
  // A lock that is over was the price of the tries before it: they count no more.
  const earlier = lock === null ? (known?.tries ?? []) : []
  const tries = [...earlier.filter((one) => at - one.getTime() < lockout.windowMs), now]
  const lockedUntil = tries.length >= lockout.tries ? new Date(at + lockout.lockMs) : null
  return { allowed: true, next: { tries, lockedUntil } }
}

/** Whole minutes left, never zero while the lock holds. */
export function minutesUntil(end: Date, now: Date): number {
  return Math.max(1, Math.ceil((end.getTime() - now.getTime()) / 60_000))
}

/** One spelling per user name: width and case do not make a second person. */
export function normaliseUsername(value: string): string {
  return value.trim().normalize('NFKC').toLowerCase()
}

const usernamePattern = /^[\p{L}\p{N}][\p{L}\p{N}._-]{1,39}$/u

export function isUsername(value: string): boolean {
  return usernamePattern.test(normaliseUsername(value))
}

/** Accounts need no mailbox, better-auth does; `.invalid` can never receive mail (RFC 2606). */
export function localAddress(userId: string): string {
  return `${userId}@users.invalid`
}

export const password = { min: 10, max: 128 } as const
export type PasswordFault = 'password.short' | 'password.long' | 'password.contains-name' | 'password.simple'

const wornOut = [
  'password',
  'qwertyuiop',
  '1234567890',
  'administrator',
  'letmein',
  'iloveyou',
  'woaini',
  'foyerfoyer',
]

/** Null when the password will do. Length counts; composition rules only make people write passwords down. */
export function passwordFault(value: string, username: string): PasswordFault | null {
  const length = [...value].length
  if (length < password.min) return 'password.short'
  if (length > password.max) return 'password.long'
  const lower = value.toLowerCase()
  const name = normaliseUsername(username)
  if (name.length >= 4 && lower.includes(name)) return 'password.contains-name'
  if (new Set(lower).size < 4) return 'password.simple'
  const bare = lower.replace(/[\d\W_]+$/u, '')
  if (wornOut.includes(lower) || (bare !== '' && wornOut.includes(bare))) return 'password.simple'
  return null
}

/** The last system administrator of the house may not be removed, disabled or demoted: nobody could let them in again. */
export function leavesNobodyInCharge(administratorsLeft: number): boolean {
  return administratorsLeft < 1
}

/** Short description of a browser for the session list, from its user agent. */
export function deviceOf(userAgent: string | null): { readonly browser: string; readonly system: string } {
  const text = userAgent ?? ''
  const pick = (pairs: readonly (readonly [RegExp, string])[]) => pairs.find(([p]) => p.test(text))?.[1] ?? ''
  return {
    browser: pick([
      [/MicroMessenger/, 'WeChat'],
      [/Edg\//, 'Edge'],
      [/Firefox\//, 'Firefox'],
      [/Chrome\//, 'Chrome'],
      [/Safari\//, 'Safari'],
    ]),
    system: pick([
      [/iPad|iPhone/, 'iOS'],
      [/HarmonyOS|OpenHarmony/, 'HarmonyOS'],
      [/Android/, 'Android'],
      [/Windows/, 'Windows'],
      [/Mac OS/, 'macOS'],
      [/Linux/, 'Linux'],
    ]),
  }
}
