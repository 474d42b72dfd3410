/** PURE: what the exchange tells, read as the house means it. No clock, no database. */
import type { LegResult } from '../exchange/link.ts'
import type { HopResult } from '../routing/rules.ts'

/** Why a link is not up, and what a try to log in found. A closed list: nothing the other side sends is ever repeated. */
export const reasons = [
  'ok',
  'login-refused',
  'connection-refused',
  'host-unknown',
  'timeout',
  'closed',
  'shutdown',
  'not-an-exchange',
  'garbage',
  'failed',
  'stopped',
] as const
export type Reason = (typeof reasons)[number]

export function reasonOf(said: string | null): Reason | null {
  return said === null ? null : (reasons.find((known) => known === said) ?? 'failed')
}

/** What became of a try (C4) as the exchange saw it; null while it is not decided. */
export function hopResultOf(result: LegResult): Exclude<HopResult, 'trying'> | null {
  switch (result) {
    case 'ringing':
      return null
    case 'answered':
      return 'answered'
    case 'busy':
      return 'busy'
    case 'rejected':
      return 'refused'
    case 'cancelled':
      return 'cancelled'
    default:
      // A phone that is unplugged, or sent the call on by itself, was not answered by the colleague.
      return 'no-answer'
  }
}

/** A transfer the exchange refused at once: busy and silence are results of the colleague, anything else is nobody's. */
export function refusalOfHop(reason: string): 'busy' | 'no-answer' | 'refused' | 'cancelled' {
  if (reason === 'busy' || reason === 'no-answer') return reason
  return reason === 'rejected' ? 'refused' : 'cancelled'
}

/** An order that waited longer than this is never carried out: the caller of that moment is not on the line any more. */
export const orderSeconds = 15
/** Sent, and nothing was heard: whether it was carried out is not known. Longer than any exchange takes to answer. */
export const silentSeconds = 90

/** As dialled at the exchange: `+8613812345678` → `013812345678` with prefix 0; extensions and short numbers inside as they are. */
export function dialled(
  number: string,
  kind: 'mobile' | 'landline' | 'service' | 'extension' | 'other',
  prefix: string,
): string {
  if (kind === 'extension') return number
  const mobile = /^\+86(1\d{10})$/.exec(number)
  if (mobile) return `${prefix}${mobile[1]}`
  const home = /^\+86(\d+)$/.exec(number)
  if (home) return `${prefix}0${home[1]}`
  return `${prefix}${number.replace(/^\+/, '00')}`
}

/** The number behind what was dialled for an outside line. */
export function withoutPrefix(text: string, prefix: string): string {
  return prefix !== '' && text.startsWith(prefix) && text.length > prefix.length + 4
    ? text.slice(prefix.length)
    : text
}
