/** PURE: how a route leads a caller hop by hop, and that it never ends without an outcome (C4, C5, C7, C8, C9). */
import type { Outcome, Situation } from '../rules.ts'
import type { Route, RouteTarget } from '../settings.ts'

export const hopResults = [
  'trying',
  'answered',
  'busy',
  'no-answer',
  'refused',
  'callback',
  'not-in',
  'cancelled',
] as const
export type HopResult = (typeof hopResults)[number]
export type HopFailure = Exclude<HopResult, 'trying' | 'answered' | 'callback' | 'cancelled'>

/** A target of the route with the colleague found for it; without an extension nobody can be put through. */
export interface ResolvedTarget {
  readonly step: number
  readonly kind: RouteTarget['kind']
  readonly id: string | null
  readonly name: string
  readonly extension: string
}

export interface HopTaken {
  readonly step: number | null
  readonly result: HopResult
}

export interface Asked {
  readonly organisation: string
  readonly name: string
  readonly phone: string
  readonly reason: string
  /** The caller was refused by default and somebody responsible may still be asked (C8). */
  readonly mayAskAnyway: boolean
}

export const questions = ['organisation', 'name', 'reason', 'phone'] as const
export type Question = (typeof questions)[number]

export type Next =
  /** Nobody is disturbed before these are known (C8, C9). */
  | { readonly act: 'ask'; readonly missing: readonly Question[]; readonly say: Situation }
  | {
      readonly act: 'try'
      readonly target: ResolvedTarget
      readonly attempt: number
      readonly say: Situation
      /** Repeated no answer: a message may be offered at any time (C4). */
      readonly offer: readonly Outcome[]
    }
  | { readonly act: 'wait'; readonly say: Situation }
  /** Every way is used up, or the call was put through: only an outcome is left. `first` is proposed. */
  | {
      readonly act: 'end'
      readonly first: Outcome
      readonly offer: readonly Outcome[]
      readonly missing: readonly Question[]
      readonly say: Situation
    }

/** Outcomes that are open at every moment of every route, so that none can get stuck. */
const always: readonly Outcome[] = ['message', 'callback', 'resolved', 'declined']

/** After this many hops nobody answered in, a message is offered while the cascade goes on (C4). */
const noAnswersBeforeOffer = 2

/**
 * What the console proposes next.
 * @param targets in the route's order; those nobody was found for are left out
 * @param hops in the order they were tried
 */
export function nextStep(
  route: Route,
  targets: readonly ResolvedTarget[],
  hops: readonly HopTaken[],
  asked: Asked,
): Next {
  const last = hops.at(-1)
  if (last?.result === 'trying') return { act: 'wait', say: 'connecting' }
  if (last?.result === 'answered') return end('put-through', asked, [], 'put-through')
  if (last?.result === 'callback') return end('callback', asked, ['phone'], 'callback-promise')
  const missing = route.questions.filter((question) => asked[question] === '')
  if (missing.length > 0)
    return { act: 'ask', missing, say: missing.includes('reason') ? 'ask-three' : 'ask-company-phone' }
  if (route.refuseByDefault && !asked.mayAskAnyway) return end('declined', asked, [], 'declined')
  for (const target of targets) {
    const rule = route.targets[target.step]
    if (rule === undefined || target.extension === '') continue
    const tried = hops.filter((hop) => hop.step === target.step && hop.result !== 'cancelled')
    const goesOn = tried.every((hop) => rule.failsOn.includes(hop.result as HopFailure))
    // What is no failure here ends the cascade: the colleague said no, and nobody else is to be asked.
    if (!goesOn) return end(route.last.outcome, asked, needs(route.last.outcome), sayOf(route, last))
    const silent = tried.filter((hop) => hop.result === 'no-answer').length
    if (tried.length > 0 && (tried.length > silent || silent >= rule.tries)) continue
    return {
      act: 'try',
      target,
      attempt: tried.length + 1,
      say: last === undefined ? 'connecting' : sayAfter(last.result),
      offer: noAnswers(hops) >= noAnswersBeforeOffer ? ['message', 'callback'] : [],
    }
  }
  return end(route.last.outcome, asked, needs(route.last.outcome), sayOf(route, last))
}

function end(first: Outcome, asked: Asked, needed: readonly Question[], say: Situation): Next {
  return {
    act: 'end',
    first,
    offer: [first, ...always.filter((outcome) => outcome !== first)],
    missing: needed.filter((question) => asked[question] === ''),
    say,
  }
}

/** Nobody can be called back without a number (C7: company and phone are taken). */
function needs(outcome: Outcome): readonly Question[] {
  return outcome === 'callback' ? ['organisation', 'phone'] : outcome === 'message' ? ['name', 'phone'] : []
}

function sayOf(route: Route, last: HopTaken | undefined): Situation {
  if (route.last.say !== null) return route.last.say
  if (last?.result === 'refused') return 'refused'
  if (last?.result === 'not-in') return 'not-in'
  return route.last.outcome === 'declined'
    ? 'declined'
    : route.last.outcome === 'message'
      ? 'message-offer'
      : 'callback-promise'
}

function sayAfter(result: HopResult): Situation {
  if (result === 'busy') return 'busy-next'
  if (result === 'no-answer') return 'no-answer-next'
  if (result === 'not-in') return 'not-in'
  return 'connecting'
}

function noAnswers(hops: readonly HopTaken[]): number {
  return hops.filter((hop) => hop.result === 'no-answer').length
}

/** Hops a route can take at most before only an outcome is left; what the property test holds it to. */
export function longest(route: Route): number {
  return route.targets.reduce((sum, target) => sum + target.tries, 0)
}
