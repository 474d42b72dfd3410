/** Where the call stands in its route: who can be tried, what was tried, what comes next (C4, C5, C7–C9). */
import { dayAt, zoneOf } from '../../kernel/calendar/site-day.ts'
import type { Sql } from '../../kernel/db/sql.ts'
import { type CallerCard, cardOfContact, cardOfCustomer } from '../customers/public.ts'
import type { House } from './house.ts'
import { resolveTargets } from './routing/resolve.ts'
import {
  type Asked,
  type HopTaken,
  type Next,
  nextStep,
  type ResolvedTarget,
  routeInForce,
  suggestRoute,
} from './routing/rules.ts'
import { type CallRow, reachedAt } from './row.ts'
import type { Route } from './settings.ts'
import type { HopRow } from './store.ts'

export interface Leading {
  readonly route: Route | undefined
  readonly suggested: string | null
  readonly targets: readonly ResolvedTarget[]
  readonly next: Next
}

export function askedOf(call: CallRow): Asked {
  return {
    organisation: call.organisation,
    name: call.contact_name,
    phone: reachedAt(call),
    reason: call.reason,
    mayAskAnyway: call.ask_anyway,
  }
}

const taken = (hop: HopRow): HopTaken => ({ extension: hop.target_extension, result: hop.result })

export function isVip(card: CallerCard | undefined): boolean {
  return card !== undefined && (card.vip || card.grade === 'vip')
}

/** Whose call it is by the record; undefined while nobody is known. */
export async function cardOf(sql: Sql, call: CallRow): Promise<CallerCard | undefined> {
  if (call.contact_id !== null) return await sql.maybe(cardOfContact(call.site_id, call.contact_id))
  if (call.customer_id !== null) return await sql.maybe(cardOfCustomer(call.site_id, call.customer_id))
  return undefined
}

/** @param now decides who is on duty and who is away */
export async function leadingOf(
  sql: Sql,
  house: House,
  call: CallRow,
  hops: readonly HopRow[],
  card: CallerCard | undefined,
  now: Date,
): Promise<Leading> {
  const suggested = suggestRoute(house.routes, {
    reason: call.reason,
    situations: call.situations,
    wanted: call.wanted_id !== null,
    owned: card?.ownerId != null,
    vip: isVip(card),
  })
  const route = routeInForce(house.routes, call.route, suggested)
  if (route === undefined) return { route, suggested, targets: [], next: justEnd }
  const day = dayAt(await zoneOf(sql, call.site_id), now).day
  const targets = await resolveTargets(
    sql,
    route,
    { siteId: call.site_id, wantedId: call.wanted_id, ownerId: card?.ownerId ?? null, day, now },
    call.caller_extension,
    house.rules.dutyPosts,
  )
  return { route, suggested, targets, next: nextStep(route, targets, hops.map(taken), askedOf(call)) }
}

/** A site without any route: the setting forbids it, and nobody gets stuck all the same. */
const justEnd: Next = {
  act: 'end',
  first: 'message',
  offer: ['message', 'callback', 'resolved', 'declined', 'wrong-number'],
  missing: [],
  say: 'message-offer',
}
