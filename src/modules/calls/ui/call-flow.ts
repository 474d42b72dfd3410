/** PURE: which step of a call the panel stands at, what is said there, which route is proposed. The server decides, this only shows. */
import type { CallCard, CallDetail, Words } from '../card/contract.ts'
import { answeredLate, type Outcome, ringsIn, type Situation } from '../rules.ts'

export type Step =
  | 'ringing'
  /** A colleague has it: to be read, not to be led. */
  | 'elsewhere'
  | 'ask'
  | 'try'
  | 'wait'
  | 'end'
  | 'closed'

type Standing = Pick<CallDetail, 'status' | 'route' | 'next' | 'can' | 'hops'>

export function stepOf(call: Standing): Step {
  if (call.status === 'closed') return 'closed'
  if (call.status === 'ringing') return 'ringing'
  if (call.can.close !== true) return 'elsewhere'
  // The caller is gone: nobody can be put through any more, only an outcome is left (C4); of somebody put through
  // without waiting it is still to be said whether they took it.
  if (call.status !== 'open') return call.hops.some(({ result }) => result === 'trying') ? 'wait' : 'end'
  if (call.next.act === 'wait') return 'wait'
  if (call.route === null && call.next.act !== 'end') return 'ask'
  return call.next.act
}

/** Ringing first, then who waits on the line, then what is still owed; in each the one waiting longest. */
export function inOrder<C extends Pick<CallCard, 'status' | 'startedAt'>>(items: readonly C[]): C[] {
  const rank = (status: CallCard['status']) => order.indexOf(status)
  return [...items].sort(
    (a, b) => rank(a.status) - rank(b.status) || Date.parse(a.startedAt) - Date.parse(b.startedAt),
  )
}
const order: CallCard['status'][] = ['ringing', 'open', 'after', 'missed', 'closed']

export interface Ringing {
  readonly seconds: number
  readonly rings: number
  /** Later than the site's rings: the greeting is an apology (C1). */
  readonly late: boolean
}

/** @param now milliseconds since 1970 */
export function ringingFor(since: string, now: number, cadence: number, allowed: number): Ringing {
  const seconds = Math.max(0, Math.floor((now - Date.parse(since)) / 1000))
  const rings = ringsIn(seconds, cadence)
  return { seconds, rings, late: answeredLate(rings, allowed) }
}

/** When the outcome is owed at the latest. */
export function outcomeDue(call: Pick<CallCard, 'endedAt'>, minutes: number): string | null {
  return call.endedAt ? new Date(Date.parse(call.endedAt) + minutes * 60_000).toISOString() : null
}

export interface RouteChoice {
  readonly key: string
  readonly words: readonly string[]
}

/** The route whose word stands in the matter while it is being typed; as on the server the longest word decides. */
export function proposedRoute(reason: string, routes: readonly RouteChoice[]): string | undefined {
  const said = plain(reason)
  let best: { key: string; length: number } | undefined
  for (const { key, words } of routes) {
    for (const word of words) {
      if (said.includes(plain(word)) && word.length > (best?.length ?? 0)) best = { key, length: word.length }
    }
  }
  return best?.key
}

const plain = (text: string) => text.normalize('NFKC').toLowerCase()

export interface Spoken {
  readonly site: string
  readonly agent: string
  readonly caller: string
  readonly company: string
  readonly target: string
  readonly minutes: string
  readonly time: string
  readonly number: string
}

/** Fills a wording's placeholders; what is not known is left as a gap to be filled by the voice. */
export function speak(text: string, facts: Partial<Spoken>): string {
  const known = new Map(Object.entries(facts))
  return text.replace(/\{\{\s*(\w+)\s*\}\}/g, (_, name: string) => known.get(name) || '……')
}

/** What is said now, the first is the sentence of the moment; the rest is at hand. */
export function sayKeys(step: Step, call: CallDetail, late: boolean): Situation[] {
  const greeting: Situation = late || call.late ? 'greeting-late' : 'greeting'
  const next = call.next.words?.key
  switch (step) {
    case 'ringing':
      return [greeting]
    case 'ask':
      return call.direction === 'out'
        ? ['callback-opening', 'farewell']
        : unique([call.hops.length === 0 ? greeting : undefined, next ?? 'ask-three', 'hold'])
    case 'closed':
      return unique([call.outcome ? said[call.outcome] : undefined, 'farewell'])
    case 'elsewhere':
      return []
    default:
      return unique([next, 'hold', 'farewell'])
  }
}

const said: Partial<Record<Outcome, Situation>> = {
  message: 'message-taken',
  callback: 'callback-promise',
  'put-through': 'put-through',
  declined: 'declined',
  'wrong-number': 'wrong-number',
}

function unique(keys: readonly (Situation | undefined)[]): Situation[] {
  return [...new Set(keys.filter((key) => key !== undefined))]
}

/**
 * The wording of a situation: as the server has filled it for this call, else the site's own.
 * @param plain a form knows better than the record what it promises: the site's own, to be filled from the form
 */
export function wordsFor(
  key: Situation,
  call: Pick<CallDetail, 'words' | 'next'>,
  all: readonly Words[],
  plain = false,
): Words | undefined {
  if (plain) return all.find((one) => one.key === key)
  if (call.next.words?.key === key) return call.next.words
  return call.words.find((one) => one.key === key) ?? all.find((one) => one.key === key)
}

/** Who is on the line, as well as is known; empty when nothing is. */
export function callerName(call: Pick<CallCard, 'contactName' | 'organisation' | 'callerShown'>): string {
  return call.contactName || call.organisation || call.callerShown
}

/** Results of a hop by key, in the order of how often they happen. */
export const resultKeys = {
  answered: 'a',
  busy: 'b',
  'no-answer': 'n',
  refused: 'r',
  'not-in': 'o',
  callback: 'k',
  cancelled: 'x',
} as const
export type HopAnswer = keyof typeof resultKeys
export const hopAnswers: readonly HopAnswer[] = [
  'answered',
  'busy',
  'no-answer',
  'refused',
  'not-in',
  'callback',
  'cancelled',
]

/** What may be chosen to close with, the proposed first; a call put through by hand needs no proposal. */
export function endings(call: Pick<CallDetail, 'next' | 'hops'>): Exclude<Outcome, 'missed'>[] {
  const reached = call.hops.some((hop) => hop.result === 'answered')
  const usual: Outcome[] = ['message', 'callback', 'resolved', 'declined']
  const list = [call.next.first, ...call.next.offer, ...(reached ? (['put-through'] as const) : []), ...usual]
  return [...new Set(list.filter((one) => one !== null && one !== 'missed'))]
}
