/** What the console proposes and the words for it: `nextStep` in the shape of the contract (C4, C11, G7). */
import type { Sql } from '../../kernel/db/sql.ts'
import type { Owner } from '../../kernel/tasks/rules.ts'
import type { Ctx } from '../../kernel/work/command.ts'
import type { CallDetail } from './card/contract.ts'
import type { House, Lens } from './house.ts'
import type { Leading } from './leading.ts'
import { ownerFound } from './owners/owner.ts'
import { isLate } from './present.ts'
import { isComplaint, type ResolvedTarget } from './routing/rules.ts'
import { reachedAt } from './row.ts'
import type { Outcome, Situation } from './rules.ts'
import type { CallRow, HopRow } from './store.ts'
import { fillScript, type Said, scriptFor, type Values } from './wording/fill.ts'
import { fallbackScripts } from './wording-defaults.ts'

export interface Told {
  readonly siteName: string
  readonly owner: CallDetail['next']['owner']
  readonly minutes: number
}

const plainOffer: readonly Outcome[] = ['callback', 'message', 'resolved', 'declined', 'wrong-number']

/** C4: who would owe the promise: whoever said they call back, else as the route says. */
export async function ownerProposed(
  ctx: Ctx,
  sql: Sql,
  house: House,
  call: CallRow,
  hops: readonly HopRow[],
  leading: Leading,
): Promise<CallDetail['next']['owner']> {
  const owner = ownerOf(house, call, hops, leading)
  const found = await ownerFound(ctx, sql, owner)
  return found === undefined
    ? { kind: 'post', id: 'desk', name: '' }
    : { kind: found.owner.kind, id: found.owner.id, name: found.name }
}

function ownerOf(house: House, call: CallRow, hops: readonly HopRow[], { route, targets }: Leading): Owner {
  const handler: Owner =
    call.handler_id === null ? { kind: 'post', id: 'desk' } : { kind: 'person', id: call.handler_id }
  const last = hops.at(-1)
  if (last?.result === 'callback' && last.target_id !== null) return { kind: 'person', id: last.target_id }
  if (route === undefined) return handler
  const { owner } = route.last
  if (owner.kind === 'handler') return handler
  if (owner.kind === 'post') return postOwner(house, owner.post)
  const person = targets.find(({ id }) => id !== null)?.id
  if (person != null) return { kind: 'person', id: person }
  return isComplaint(route.key) ? { kind: 'post', id: 'agent' } : handler
}

function postOwner(house: House, post: string): Owner {
  const duty = house.rules.dutyPosts.some(({ key }) => key === post)
  return { kind: 'post', id: duty ? `duty:${post}` : post }
}

export function minutesProposed(house: House, hops: readonly HopRow[], { route }: Leading): number {
  if (hops.at(-1)?.result === 'callback' || route === undefined) return house.rules.callbackMinutes
  return route.last.minutes
}

type Proposal = CallDetail['next']

/** The step of the route as this call's state allows it: nobody can be put through once the caller is gone. */
export function presentNext(
  call: CallRow,
  hops: readonly HopRow[],
  leading: Leading,
  told: Told,
  say: (key: Situation, more?: Values) => Said | undefined,
): Proposal {
  const { next, route } = leading
  const { owner, minutes } = told
  const base = { target: null, attempt: 0, missing: [], minutes, owner }
  if (call.status === 'closed')
    return { ...base, act: 'end', first: call.outcome, offer: [], words: null, minutes: null, owner: null }
  const situation = promised(call, hops)
  const gone = call.status === 'after' || call.status === 'missed'
  if (call.status === 'missed')
    return {
      ...base,
      act: 'end',
      first: 'callback',
      offer: [...plainOffer],
      words: say('callback-opening') ?? null,
    }
  if (situation !== null) {
    const missing = reachedAt(call) === '' ? (['phone'] as const) : []
    const words = gone ? null : (say(situation) ?? null)
    return { ...base, act: 'end', missing: [...missing], first: 'callback', offer: [...plainOffer], words }
  }
  if (gone && next.act !== 'end') {
    const sentOn = hops.some(({ result }) => result === 'trying')
    const first: Outcome = sentOn ? 'put-through' : (route?.last.outcome ?? 'message')
    const offer = [first, ...plainOffer.filter((outcome) => outcome !== first)]
    return { ...base, act: 'end', first, offer, words: null }
  }
  switch (next.act) {
    case 'ask':
      return {
        ...base,
        act: 'ask',
        missing: [...next.missing],
        first: null,
        offer: [],
        words: say(next.say) ?? null,
      }
    case 'wait':
      return {
        ...base,
        act: 'wait',
        first: null,
        offer: [],
        words: say(next.say, { target: lastName(hops) }) ?? null,
      }
    case 'try': {
      const words = say(next.say, { target: sayTarget(next.say, next.target, hops) }) ?? null
      const { target, attempt } = next
      return { ...base, act: 'try', target, attempt, first: null, offer: [...next.offer], words }
    }
    case 'end': {
      const words = gone ? null : (say(next.say, { target: lastName(hops) }) ?? null)
      return {
        ...base,
        act: 'end',
        missing: [...next.missing],
        first: next.first,
        offer: [...next.offer],
        words,
      }
    }
  }
}

/** C11: a bad line and a question nobody here can answer end in a promise, unless somebody took the call after all. */
function promised(call: CallRow, hops: readonly HopRow[]): 'line-fault' | 'beyond-knowledge' | null {
  if (hops.some(({ result }) => result === 'answered' || result === 'trying')) return null
  if (call.situations.includes('line-fault')) return 'line-fault'
  return call.situations.includes('beyond-knowledge') ? 'beyond-knowledge' : null
}

/** "X is busy" speaks of who was tried, "I put you through to Y" of who comes next. */
function sayTarget(key: Situation, target: ResolvedTarget, hops: readonly HopRow[]) {
  return key === 'connecting' ? { zh: target.name, en: target.nameEn } : lastName(hops)
}

function lastName(hops: readonly HopRow[]): string {
  return hops.at(-1)?.target_name ?? ''
}

export function speaker(
  house: House,
  call: CallRow,
  told: Pick<Told, 'siteName' | 'minutes'>,
): (key: Situation, more?: Values) => Said | undefined {
  const number = reachedAt(call)
  const tail = number.slice(-4)
  const values: Values = {
    site: told.siteName,
    agent: call.handler_name,
    caller: call.contact_name,
    company: call.organisation,
    target: call.wanted_name,
    minutes: String(told.minutes),
    // G5: enough to agree on, the full number is a look of its own.
    ...(number === '' ? {} : { number: { zh: `尾号${tail}`, en: `the number ending in ${tail}` } }),
  }
  return (key, more = {}) => {
    const script = scriptFor(house.scripts, fallbackScripts, key)
    return script === undefined ? undefined : fillScript(script, { ...values, ...more })
  }
}

/** What may be said at this moment besides the proposal (G7). */
export function momentWords(
  call: CallRow,
  lens: Lens,
  say: (key: Situation, more?: Values) => Said | undefined,
): Said[] {
  const keys: Situation[] = []
  if (call.status === 'ringing' || call.status === 'open') {
    if (call.direction === 'out') keys.push('callback-opening')
    else keys.push(isLate(call, lens) ? 'greeting-late' : 'greeting')
  }
  if (call.status === 'open') {
    for (const situation of ['line-fault', 'angry', 'dialect', 'beyond-knowledge'] as const)
      if (call.situations.includes(situation)) keys.push(situation)
    keys.push('hold', 'message-offer', 'wrong-number', 'farewell')
  }
  return keys.flatMap((key) => say(key) ?? [])
}
