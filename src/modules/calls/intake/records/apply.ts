/**
 * Snapshots of calls become records, a whole batch in one transaction (C1, C2, C15). Whatever comes twice, late, from two
 * holders of the link at once or again after a crash changes nothing the second time: a call is known by its id at the
 * exchange, and only what a later term or revision says is heard.
 */
import type { Actor } from '../../../../kernel/actor.ts'
import { type Kernel, systemCtx } from '../../../../kernel/kernel.ts'
import { command, type Work } from '../../../../kernel/work/command.ts'
import { touchContact } from '../../../customers/public.ts'
import type { ExchangeCall } from '../../exchange/link.ts'
import { recogniseCaller } from '../../people.ts'
import { newCall, otherParty, termsOf } from '../../row.ts'
import type { CallRules } from '../../settings.ts'
import type { CallRow, HopRow } from '../../store.ts'
import { oweMissed, oweOutcome } from '../../tasks.ts'
import type { OrderRow } from '../store.ts'
import { Entries } from './entries.ts'
import { writeHops } from './hops.ts'
import { type Leg, legsOf } from './legs.ts'
import { mergeCalls } from './merge.ts'
import { exchangeBy, measured, outsideNumber, type Site } from './reading.ts'
import { type Step, settle } from './status.ts'
import * as store from './store.ts'

type DialOrder = Pick<OrderRow, 'payload' | 'byId' | 'byName'>
type Said = Readonly<Record<string, string | undefined>>

/** In whose name the journal tells what the exchange told. */
export const exchangeActor: Actor = {
  kind: 'system',
  id: exchangeBy,
  name: 'PBX 交换机',
  employeeId: null,
  roles: new Map(),
  link: null,
}

export interface Holding {
  readonly kernel: Kernel
  readonly siteId: string
  readonly term: number
  /** Phones whose ringing has been told, by call; what makes a console ring once and not at every revision. */
  readonly told: Map<string, Set<string>>
}

/** What is known when one call of the batch is written. */
export interface Told {
  readonly work: Work
  readonly site: Site
  readonly rules: CallRules
  readonly call: ExchangeCall
  readonly before: CallRow | null
  readonly legs: readonly Leg[]
  readonly hops: readonly HopRow[]
}

/**
 * @param batch every call once, the later revision; a call merged into another together with that one
 * @throws whatever the database says; nothing of the batch is written then
 */
export async function applyCalls(
  holding: Holding,
  batch: readonly ExchangeCall[],
  site: Site,
  rules: CallRules,
): Promise<void> {
  const { kernel, siteId, term } = holding
  const rang = await command(systemCtx(kernel, siteId, exchangeActor), async (work) => {
    const loaded = await load(work, holding, batch, site)
    const entries = new Entries(work, site, holding.told)
    const steps: Taken[] = []
    for (const call of loaded.fresh)
      steps.push(await readCall({ work, site, rules, ...loaded.of(call) }, loaded, term))
    writeRows(work, steps, loaded, site)
    for (const taken of steps) await followUp(taken, entries)
    mergeCalls(
      work,
      batch,
      (id) => steps.find(({ told }) => told.call.id === id)?.step.row ?? loaded.rows.get(id),
      entries,
    )
    entries.write()
    return entries.rang
  })
  for (const [id, channels] of rang) holding.told.set(id, channels)
  for (const call of batch)
    if (call.endedAt !== null || call.mergedInto !== null) holding.told.delete(call.id)
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** Everything the batch needs, in two trips however many calls it has. */
async function load(work: Work, holding: Holding, batch: readonly ExchangeCall[], site: Site) {
  const { siteId, term, told } = holding
  const calls = batch.filter(({ mergedInto }) => mergedInto === null)
  const strange = calls.filter(({ id }) => !told.has(id))
  const named = strange.map(({ id }) => id).filter((id) => uuid.test(id))
  const all = [
    ...new Set(batch.flatMap(({ id, mergedInto }) => (mergedInto === null ? [id] : [id, mergedInto]))),
  ]
  const [found, numbers, dialled] = await Promise.all([
    work.all(store.lockCalls(siteId, all)),
    strange.length === 0 ? [] : work.all(store.numbersFor(calls.length)),
    named.length === 0 ? [] : work.all(store.dialOrders(siteId, named)),
  ])
  const rows = new Map(found.map((row) => [row.exchange_id ?? '', row]))
  // Merged into a call nobody knows: it ends by itself.
  const lone = batch.flatMap((call) => orphan(call, rows, calls))
  const fresh = [...calls, ...lone].filter((call) => isNews(rows.get(call.id), call, term))
  const naming = fresh.filter((call) => isNameless(rows.get(call.id), call, site))
  const completing = fresh.filter(({ rebuilt }) => rebuilt).flatMap((call) => rows.get(call.id)?.id ?? [])
  const handing = fresh.filter(mayHaveHops).flatMap((call) => rows.get(call.id)?.id ?? [])
  const [cards, legs, hops] = await Promise.all([
    Promise.all(naming.map((call) => recogniseCaller(work, siteId, callerOf(call, site)))),
    completing.length === 0 ? [] : work.all(store.storedLegs(completing)),
    handing.length === 0 ? [] : work.all(store.storedHops(handing)),
  ])
  const known = new Map(naming.map((call, n) => [call.id, cards[n] ?? {}]))
  const orders = new Map(dialled.map((order) => [order.id, order]))
  let next = 0
  return {
    siteId,
    rows,
    fresh,
    orders,
    /** What the record begins with, or learns when the exchange corrects the number. */
    knownOf: (id: string): Partial<CallRow> => known.get(id) ?? {},
    /** A number that is not used is lost; nobody counts on there being no gap. */
    number: async (): Promise<number> => {
      const number = numbers[next++]?.number
      return number ?? (await work.one(store.numbersFor(1))).number
    },
    of: (call: ExchangeCall) => {
      const before = rows.get(call.id) ?? null
      const stored = before === null ? [] : legs.filter(({ callId }) => callId === before.id)
      return {
        call,
        before,
        legs: legsOf(call, stored),
        hops: before === null ? [] : hops.filter((hop) => hop.call_id === before.id),
      }
    },
  }
}

export type Loaded = Awaited<ReturnType<typeof load>>

function orphan(
  call: ExchangeCall,
  rows: ReadonlyMap<string, CallRow>,
  calls: readonly ExchangeCall[],
): ExchangeCall[] {
  const { mergedInto } = call
  if (mergedInto === null || !rows.has(call.id)) return []
  if (rows.has(mergedInto) || calls.some(({ id }) => id === mergedInto)) return []
  const endedAt = call.endedAt ?? call.answeredAt ?? call.startedAt
  return [{ ...call, endedAt, outcome: call.answeredAt === null ? 'failed' : 'answered' }]
}

function isNews(row: CallRow | undefined, call: ExchangeCall, term: number): boolean {
  if (row === undefined || row.exchange_term < term) return true
  return row.exchange_term === term && row.exchange_revision < call.revision
}

function mayHaveHops({ transfers, legs }: ExchangeCall): boolean {
  return transfers.length > 0 || legs.some(({ cause }) => cause === 'consultation')
}

function callerOf(call: ExchangeCall, site: Site): { number: string; extension: string } {
  const extension = call.direction === 'internal' ? (call.callerExtension ?? '') : ''
  return { number: outsideNumber(call, site.prefix).number, extension }
}

/** Nobody is on the record yet, and there is a number to know them by. */
function isNameless(row: CallRow | undefined, call: ExchangeCall, site: Site): boolean {
  if (row === undefined) return true
  const named = row.contact_id ?? row.customer_id ?? (row.contact_name || row.organisation)
  return named === '' && call.rebuilt !== true && otherParty(row) !== outsideNumber(call, site.prefix).number
}

interface Taken {
  readonly told: Told
  /** As stored, or as it began. */
  readonly row: CallRow
  readonly step: Step
}

async function readCall(told: Told, loaded: Loaded, term: number): Promise<Taken> {
  const { work, site, call, legs } = told
  const row = told.before ?? begin(told, loaded, await loaded.number())
  const heard = {
    ...measured(site, row, call, legs),
    exchange_term: term,
    exchange_revision: call.revision,
    updated_at: work.now,
  }
  return { told, row, step: settle(site, row, heard, call, legs, work.now) }
}

/** Before anything that hangs on them: a promise to call back names its call. */
function writeRows(work: Work, steps: readonly Taken[], loaded: Loaded, site: Site): void {
  const made = steps.filter(({ told }) => told.before === null).map(({ step }) => step.row)
  const known = steps.filter(({ told }) => told.before !== null).map(({ step }) => step.row)
  if (made.length > 0) work.write(store.insertCalls(made.map((row) => ({ ...row, terms: termsOf(row) }))))
  if (known.length > 0) work.write(store.updateCalls(known))
  for (const { told, row, step } of steps) {
    const learned = told.before === null ? {} : loaded.knownOf(told.call.id)
    const shown = step.row.caller_shown !== row.caller_shown
    if (told.before === null || (Object.keys(learned).length === 0 && !shown)) continue
    const named = { ...step.row, ...learned }
    work.write(store.nameCall({ ...named, terms: termsOf(named) }))
  }
  const legs = steps.flatMap(({ told, step }) =>
    told.legs.map((leg, position) => placed(leg, position, step.row.id, site)),
  )
  if (legs.length > 0) work.write(store.putLegs(legs))
  for (const row of made) {
    const order = loaded.orders.get(row.exchange_id ?? '')
    if (order !== undefined) work.write(store.linkOrder(order.id, row.id))
  }
}

async function followUp({ told, row, step }: Taken, entries: Entries): Promise<void> {
  const { work, rules } = told
  entries.add(told, row, step)
  if (step.owes === 'outcome') oweOutcome(work, step.row, rules)
  if (step.owes === 'missed') await oweMissed(work, step.row, rules)
  if (step.found) await entries.foundAfterAll(step.row)
  await writeHops(told, step.row, entries)
  if (step.row.ended_at !== null && row.ended_at === null) await spokenWith(work, step.row)
}

function begin(told: Told, loaded: Loaded, number: number): CallRow {
  const { work, call } = told
  const order = loaded.orders.get(call.id)
  return newCall(
    {
      siteId: loaded.siteId,
      number,
      status: 'ringing',
      direction: call.direction,
      source: 'exchange',
      startedAt: new Date(call.startedAt),
      now: work.now,
      by: exchangeBy,
    },
    {
      exchange_id: call.id,
      ...loaded.knownOf(call.id),
      ...(order === undefined ? {} : dialledFor(order)),
    },
  )
}

/** Whom the colleague meant by it, which the number alone may not tell. */
function dialledFor({ payload, byId, byName }: DialOrder): Partial<CallRow> {
  const { extension = '', contactId, customerId, name, organisation } = payload as Said
  return {
    // A telephone shared by the desk does not tell who of them it was.
    handler_id: byId,
    handler_name: byName,
    handler_extension: extension,
    ...(contactId === undefined ? {} : { contact_id: contactId }),
    ...(customerId === undefined ? {} : { customer_id: customerId }),
    ...(name === undefined || name === '' ? {} : { contact_name: name }),
    ...(organisation === undefined || organisation === '' ? {} : { organisation }),
  }
}

/** The contact was on the telephone; whoever spoke with them sees the record in full from now on (G5). */
async function spokenWith(work: Work, row: CallRow): Promise<void> {
  if (row.contact_id === null || row.answered_at === null) return
  await touchContact(work, {
    siteId: row.site_id,
    id: row.contact_id,
    at: row.answered_at,
    concerns: row.handler_id === null ? [] : [row.handler_id],
  })
}

function placed(leg: Leg, position: number, callId: string, site: Site): store.LegInsert {
  const colleague = site.colleague(leg.extension)
  return {
    ...leg,
    callId,
    position,
    employeeId: colleague?.id ?? null,
    employeeName: colleague?.name ?? '',
  }
}
