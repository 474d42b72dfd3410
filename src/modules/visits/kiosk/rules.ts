/** PURE: what a kiosk lets be tried, and what it says of a visit. */
import type { VisitStatus } from '../rules.ts'
import type { KioskVisit } from './contract.ts'

const mostFailures = 10
export const failureMinutes = 10

/** Ten wrong codes or names in ten minutes: the next one is for the desk. */
export function isBlocked(
  kiosk: { readonly failures: number; readonly failuresSince: Date | null },
  now: Date,
): boolean {
  if (kiosk.failuresSince === null || kiosk.failures < mostFailures) return false
  return now.getTime() - kiosk.failuresSince.getTime() < failureMinutes * 60_000
}

/**
 * What the visitor may know: held at the counter is "please go to the desk" like a question nobody answered, and a
 * refusal sounds like any other end (V5, V12).
 */
export function stateOf(visit: {
  readonly status: VisitStatus
  readonly askedId: string | null
}): KioskVisit['state'] {
  switch (visit.status) {
    case 'expected':
    case 'no_show':
      return 'expected'
    case 'asking':
      return visit.askedId === 'desk' ? 'desk' : 'asking'
    case 'admitted':
    case 'with_host':
      return 'welcome'
    case 'held':
      return 'desk'
    case 'declined':
    case 'refused':
      return 'declined'
    default:
      return 'over'
  }
}

/**
 * How many fit what was typed may be said only while they are few: typing one surname after the other must not give
 * the staff list (G5).
 */
export const mostHosts = 3

/** Letters are compared with the whole pinyin of a name, characters with its beginning; one character is too little. */
export function hostTerms(typed: string): { readonly name: string; readonly pinyin: string | null } | null {
  const text = typed.normalize('NFKC').trim()
  const letters = text.toLowerCase().replace(/[\s'’-]/g, '')
  if (/^[a-z]+$/.test(letters)) return letters.length < 2 ? null : { name: text, pinyin: letters }
  return [...text].length < 2 ? null : { name: text, pinyin: null }
}
