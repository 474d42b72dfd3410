/** Answers: the desk this minute, one call with all that belongs to it, the routes (C1, C2, C4, G7). */
import type { RouteAnswer, RouteInput } from '../../kernel/contract.ts'
import type { Sql } from '../../kernel/db/sql.ts'
import { fail } from '../../kernel/errors.ts'
import type { JournalEntry } from '../../kernel/journal/entry.ts'
import { entriesOf } from '../../kernel/journal/store.ts'
import { type Ctx, query } from '../../kernel/work/command.ts'
import { type CallerCard, cardsByNumber, sameParties } from '../customers/public.ts'
import { sitesWith } from '../identity/public.ts'
import { callbackNumber } from './callbacks/present.ts'
import type { CallDetail } from './card/contract.ts'
import type { calls } from './contract.ts'
import { houseOf, lensOf } from './house.ts'
import { cardOf, isVip, leadingOf } from './leading.ts'
import { lampsOf } from './lines/public.ts'
import { messageNumber } from './messages/present.ts'
import { maySee, maySeeParty } from './policy.ts'
import { presentCard, presentHop, presentLeg } from './present.ts'
import { minutesProposed, momentWords, ownerProposed, presentNext, speaker } from './proposal.ts'
import { otherParty, reachedAt } from './row.ts'
import { involvedIn } from './step.ts'
import * as store from './store.ts'
import { fallbackScripts } from './wording-defaults.ts'

const dayMs = 24 * 3_600_000

export async function now(ctx: Ctx): Promise<RouteAnswer<typeof calls.now>> {
  const sql = query(ctx)
  const at = ctx.kernel.clock.now()
  const house = await houseOf(ctx)
  const lens = lensOf(ctx, house, at)
  const filter = {
    siteId: ctx.siteId,
    handles: lens.viewer.handles,
    deskExtensions: house.rules.deskExtensions,
    employeeId: lens.viewer.employeeId,
  }
  const [rows, missed] = await Promise.all([
    sql.all(store.callsNow(filter)),
    sql.one(store.missedOpen(filter, new Date(at.getTime() - dayMs))),
  ])
  const vips = await vipsAmong(sql, rows)
  return {
    now: at.toISOString(),
    // Whoever is listed is at the desk, or it is their own.
    items: rows.map((row) =>
      presentCard(row, lens, { vip: isOneOf(vips, row), involved: !lens.viewer.handles }),
    ),
    missed: missed.n,
  }
}

export async function vipsAmong(
  sql: Sql,
  rows: readonly Pick<store.CallRow, 'contact_id'>[],
): Promise<ReadonlySet<string>> {
  const ids = [...new Set(rows.flatMap(({ contact_id }) => contact_id ?? []))]
  if (ids.length === 0) return new Set()
  return new Set((await sql.all(store.vipContacts(ids))).map(({ id }) => id))
}

export function isOneOf(vips: ReadonlySet<string>, row: Pick<store.CallRow, 'contact_id'>): boolean {
  return row.contact_id !== null && vips.has(row.contact_id)
}

export async function get(ctx: Ctx, { params }: RouteInput<typeof calls.get>): Promise<CallDetail> {
  return await detailOf(ctx, params.id)
}

/** @throws DomainError `entity.not-found` also for a call the actor may not see */
export async function detailOf(ctx: Ctx, id: string): Promise<CallDetail> {
  const sql = query(ctx)
  const at = ctx.kernel.clock.now()
  const [house, row, hops, legs, messages, callbacks, entries, sites] = await Promise.all([
    houseOf(ctx),
    sql.maybe(store.findCall(ctx.siteId, id)),
    sql.all(store.hopsOf(id)),
    sql.all(store.legsOf(id)),
    sql.all(store.messagesOf(id)),
    sql.all(store.callbacksOf(id)),
    sql.all(entriesOf('call', id, 200)),
    sql.all(sitesWith([ctx.siteId])),
  ])
  if (row === undefined) return fail('entity.not-found')
  const lens = lensOf(ctx, house, at)
  const { viewer } = lens
  const [involved, known, numbered, [before, promises]] = await Promise.all([
    involvedIn(sql, viewer, row),
    cardOf(sql, row),
    otherParty(row) === '' ? [] : sql.all(cardsByNumber(ctx.siteId, otherParty(row))),
    earlierOf(sql, row),
  ])
  if (!maySee(viewer, row, involved)) return fail('entity.not-found')
  const shown = maySeeParty(viewer, row, involved)
  const leading = await leadingOf(sql, house, row, hops, known, at)
  const minutes = minutesProposed(house, hops, leading)
  const [owner, lamps] = await Promise.all([
    ownerProposed(ctx, sql, house, row, hops, leading),
    sql.all(
      lampsOf(
        ctx.siteId,
        leading.targets.map(({ extension }) => extension),
        at,
      ),
    ),
  ])
  const lamp = new Map(lamps.map(({ extension, state }) => [extension, state]))
  const siteName = sites[0]?.name ?? ''
  const say = speaker(house, row, { siteName, minutes })
  const card = presentCard(row, lens, { vip: isVip(known), involved })
  const candidates = numbered.filter((one) => !isSame(one, known))
  return {
    ...card,
    caller: shown && known !== undefined ? callerCardOf(known) : null,
    candidates: shown ? candidates.map(callerCardOf) : [],
    hops: hops.map(presentHop),
    targets: leading.targets.map((target) => ({
      ...target,
      line: lamp.get(target.extension) ?? 'unknown',
    })),
    suggested: leading.suggested === row.route ? null : leading.suggested,
    askAnyway: row.ask_anyway,
    next: presentNext(row, hops, leading, { siteName, minutes, owner }, say),
    words: momentWords(row, lens, say),
    legs: shown ? legs.map(presentLeg) : [],
    messages: messages.map((one) => ({
      id: one.id,
      number: messageNumber(one.number),
      status: one.status,
      toName: one.to_name,
      matter: shown ? one.matter : '',
    })),
    callbacks: callbacks.map((one) => ({
      id: one.id,
      number: callbackNumber(one.number),
      status: one.status,
      ownerName: one.owner_name,
      dueAt: one.due_at.toISOString(),
    })),
    promisesOpen: promises.n,
    callsBefore: before.n,
    timeline: shown ? entries.reverse().map((entry) => lineOf(entry)) : [],
  }
}

/** What the house knows of the caller already, under every record that was merged into theirs. */
async function earlierOf(sql: Sql, row: store.CallRow) {
  const asked = { contactId: row.contact_id, customerId: row.customer_id }
  const { contactIds, customerIds } = await sameParties(sql, row.site_id, asked)
  return await Promise.all([
    sql.one(store.callsBefore(row, contactIds)),
    sql.one(store.promisesOpen(row, reachedAt(row), contactIds, customerIds)),
  ])
}

function isSame(a: CallerCard, b: CallerCard | undefined): boolean {
  return b !== undefined && a.contactId === b.contactId && a.customerId === b.customerId
}

function callerCardOf(card: CallerCard): NonNullable<CallDetail['caller']> {
  const { ownerDepartmentId: _department, tags: _tags, ...rest } = card
  return { ...rest, team: card.team.map((one) => ({ ...one })) }
}

/** The course in words; people's ids are nobody's business. */
function lineOf(entry: JournalEntry): CallDetail['timeline'][number] {
  const data = Object.fromEntries(
    Object.entries(entry.data ?? {}).filter(([key]) => !['people', 'tasks'].includes(key)),
  )
  return { at: entry.at.toISOString(), action: entry.action, actorName: entry.actorName, data }
}

export async function routes(ctx: Ctx): Promise<RouteAnswer<typeof calls.routes>> {
  const { routes: all, rules, scripts } = await houseOf(ctx)
  const own = new Set(scripts.map(({ key }) => key))
  return {
    routes: all.map(({ key, name, hint, words, refuseByDefault }) => ({
      key,
      name,
      hint,
      words,
      refuseByDefault,
    })),
    words: [...scripts, ...fallbackScripts.filter(({ key }) => !own.has(key))],
    deskExtensions: rules.deskExtensions,
    undoMinutes: rules.undoMinutes,
    answerRings: rules.answerRings,
    ringCadenceSeconds: rules.ringCadenceSeconds,
    outcomeMinutes: rules.outcomeMinutes,
  }
}
