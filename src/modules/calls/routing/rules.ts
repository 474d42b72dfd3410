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
  /** Employee; null for a telephone that is nobody's. */
  readonly id: string | null
  readonly name: string
  readonly nameEn: string
  readonly extension: string
  /** Who said they are away, when this is their deputy; else empty. */
  readonly instead: string
}

/**
 * The telephone tells what was tried, not the place in the route: the caller may have asked for somebody else meanwhile,
 * another route may have been chosen, and what was dialled by hand was tried all the same.
 */
export interface HopTaken {
  readonly extension: string
  readonly result: HopResult
}

export interface Asked {
  readonly organisation: string
  readonly name: string
  readonly phone: string
  readonly reason: string
  /** Refused by default, and yet somebody responsible is to be asked (C8). */
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
const always: readonly Outcome[] = ['message', 'callback', 'resolved', 'declined', 'wrong-number']

/** After this many hops nobody answered in, a message is offered while the cascade goes on (C4). */
const noAnswersBeforeOffer = 2

/**
 * What the console proposes next.
 * @param targets in the route's order, no telephone twice; those nobody was found for are left out
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
  // Turned away without a question; whoever is to be asked after all is asked about first (C8).
  if (route.refuseByDefault && !asked.mayAskAnyway) return end('declined', asked, [], 'declined')
  const missing = route.questions.filter((question) => asked[question] === '')
  if (missing.length > 0)
    return { act: 'ask', missing, say: missing.includes('reason') ? 'ask-three' : 'ask-company-phone' }
  for (const target of targets) {
    const rule = route.targets[target.step]
    if (rule === undefined || target.extension === '') continue
    const there = hops.filter((hop) => hop.extension === target.extension)
    // Spoken to already, and the caller came back.
    if (there.some(({ result }) => result === 'answered' || result === 'callback')) continue
    const tried = there.filter(({ result }) => isFailure(result))
    const goesOn = tried.every(({ result }) => isFailure(result) && rule.failsOn.includes(result))
    // What is no failure here ends the cascade: the colleague said no, and nobody else is to be asked.
    if (!goesOn) return finish(route, asked, last)
    const silent = tried.filter((hop) => hop.result === 'no-answer').length
    if (tried.length > silent || silent >= rule.tries) continue
    return {
      act: 'try',
      target,
      attempt: tried.length + 1,
      say: last === undefined ? 'connecting' : sayAfter(last.result),
      offer: noAnswers(hops) >= noAnswersBeforeOffer ? ['message', 'callback'] : [],
    }
  }
  return finish(route, asked, last)
}

function isFailure(result: HopResult): result is HopFailure {
  return result === 'busy' || result === 'no-answer' || result === 'refused' || result === 'not-in'
}

function finish(route: Route, asked: Asked, last: HopTaken | undefined): Next {
  const { outcome } = route.last
  return end(outcome, asked, needs(outcome), sayOf(route, last))
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

/** The route of complaints (C7): its promises are customer service's, its deadline is the complaints'. */
export function isComplaint(key: string | null): boolean {
  return key !== null && /^complaint(-|$)/.test(key)
}

export interface Matter {
  readonly reason: string
  readonly situations: readonly string[]
  /** Somebody was asked for by name. */
  readonly wanted: boolean
  /** Whose customer it is, is known. */
  readonly owned: boolean
  readonly vip: boolean
}

/**
 * The route the matter speaks for, or null when it says nothing: an angry caller is a complaint (C11), then the longest
 * word heard decides, then whom they asked for, then whose customer it is (C5), the VIP's first of all.
 */
export function suggestRoute(routes: readonly Route[], matter: Matter): string | null {
  const complaint = routes.find((route) => isComplaint(route.key))
  if (matter.situations.includes('angry') && complaint !== undefined) return complaint.key
  const said = matter.reason.normalize('NFKC').toLowerCase()
  let best: { key: string; length: number } | null = null
  for (const route of routes) {
    for (const word of route.words) {
      const heard = said.includes(word.normalize('NFKC').toLowerCase())
      if (heard && word.length > (best?.length ?? 0)) best = { key: route.key, length: word.length }
    }
  }
  const towards = (kind: RouteTarget['kind']) =>
    routes.find((route) => !route.refuseByDefault && route.targets[0]?.to.kind === kind)?.key ?? null
  // A complaint stays one whoever makes it; any other matter of a VIP goes to their own people first.
  if (matter.vip && matter.owned && !isComplaint(best?.key ?? null))
    return towards('owner') ?? best?.key ?? null
  if (best !== null) return best.key
  if (matter.wanted) return towards('wanted')
  return matter.owned ? towards('owner') : null
}

/** Without a route chosen the console leads to whom the caller asks for. */
export function routeInForce(
  routes: readonly Route[],
  chosen: string | null,
  suggested: string | null,
): Route | undefined {
  const byKey = (key: string | null) => routes.find((route) => route.key === key)
  // Nobody is turned away because nothing was said yet.
  const open = routes.filter((route) => !route.refuseByDefault)
  return (
    byKey(chosen) ??
    byKey(suggested) ??
    open.find((route) => route.targets.some(({ to }) => to.kind === 'wanted')) ??
    open[0] ??
    routes[0]
  )
}
