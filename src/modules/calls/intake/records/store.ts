/** SQL of what the exchange tells: whole batches of calls in a few statements, whatever their number. */
import { json, type RawStatement, raw } from '../../../../kernel/db/sql.ts'
import { type CallRow, type HopRow, selectCall } from '../../store.ts'
import type { OrderRow } from '../store.ts'
import type { Leg } from './legs.ts'
import type { Measured } from './tries.ts'

/** Always in the same order: two batches that meet wait for each other instead of dying of it. */
export function lockCalls(siteId: string, exchangeIds: readonly string[]): RawStatement<CallRow> {
  return raw(`${selectCall} where c.site_id = $1 and c.exchange_id = any($2) order by c.id for update`, [
    siteId,
    exchangeIds,
  ])
}

export function numbersFor(calls: number): RawStatement<{ number: number }> {
  return raw("select nextval('call_number') as number from generate_series(1, $1)", [calls])
}

/** A click-to-dial knows its call before the exchange does: the order's id is the call's. */
export function dialOrders(
  siteId: string,
  ids: readonly string[],
): RawStatement<Pick<OrderRow, 'id' | 'payload' | 'byId' | 'byName'>> {
  return raw(
    `select id, payload, by_id as "byId", by_name as "byName" from exchange_order
     where site_id = $1 and kind = 'dial' and id = any($2::uuid[])`,
    [siteId, ids],
  )
}

export function linkOrder(id: string, callId: string): RawStatement<unknown> {
  return raw('update exchange_order set call_id = $2 where id = $1 and call_id is null', [id, callId])
}

const inserted = `id, site_id, number, version, status, previous_status, status_at, status_by, direction, source, caller_number,
  caller_shown, caller_extension, dialled, contact_id, customer_id, contact_name, organisation, contact_phone, reason, route,
  wanted_id, wanted_name, department_id, department_name, questions_asked, ask_anyway, situations, private, handler_id,
  handler_name, handler_extension, started_at, ringing_at, answered_at, ended_at, ended_by, ring_seconds, rings,
  talk_seconds, outcome, outcome_note, outcome_at, outcome_by, outcome_by_name, exchange_id, exchange_term,
  exchange_revision, exchange_outcome, terms, created_at, created_by, updated_at`

export type NewCallRow = CallRow & { readonly terms: readonly string[] }

export function insertCalls(rows: readonly NewCallRow[]): RawStatement<unknown> {
  return raw(
    `insert into call (${inserted}) select ${inserted} from jsonb_populate_recordset(null::call, $1::jsonb)`,
    [json(rows)],
  )
}

/** Only what the exchange may change: what was taken down stays whatever a batch had read. */
export function updateCalls(rows: readonly CallRow[]): RawStatement<unknown> {
  return raw(
    `update call c set status = x.status, previous_status = x.previous_status, status_at = x.status_at,
       status_by = x.status_by, direction = x.direction, caller_number = x.caller_number, caller_shown = x.caller_shown,
       caller_extension = x.caller_extension, dialled = x.dialled, handler_id = x.handler_id,
       handler_name = x.handler_name, handler_extension = x.handler_extension, started_at = x.started_at,
       ringing_at = x.ringing_at, answered_at = x.answered_at, ended_at = x.ended_at, ended_by = x.ended_by,
       ring_seconds = x.ring_seconds, rings = x.rings, talk_seconds = x.talk_seconds, outcome = x.outcome,
       outcome_note = x.outcome_note, outcome_at = x.outcome_at, outcome_by = x.outcome_by,
       outcome_by_name = x.outcome_by_name, exchange_term = x.exchange_term, exchange_revision = x.exchange_revision,
       exchange_outcome = x.exchange_outcome, updated_at = x.updated_at
     from jsonb_populate_recordset(null::call, $1::jsonb) x where c.id = x.id`,
    [json(rows)],
  )
}

/** The exchange corrected who is calling, while nobody had taken anything down. */
export function nameCall(row: NewCallRow): RawStatement<unknown> {
  const { id, contact_id, customer_id, contact_name, organisation, terms } = row
  return raw(
    `update call set contact_id = $2, customer_id = $3, contact_name = $4, organisation = $5, terms = $6 where id = $1`,
    [id, contact_id, customer_id, contact_name, organisation, terms],
  )
}

export interface LegInsert extends Leg {
  readonly callId: string
  readonly position: number
  readonly employeeId: string | null
  readonly employeeName: string
}

const legColumns = `call_id, position, channel, extension, number, employee_id, employee_name, cause, sent_by, began_at,
  ringing_at, answered_at, ended_at, result, ring_seconds, rings, talk_seconds, held_seconds`

export function putLegs(legs: readonly LegInsert[]): RawStatement<unknown> {
  const rows = legs.map((leg) => ({
    call_id: leg.callId,
    position: leg.position,
    channel: leg.channel,
    extension: leg.extension,
    number: leg.number,
    employee_id: leg.employeeId,
    employee_name: leg.employeeName,
    cause: leg.cause,
    sent_by: leg.sentBy,
    began_at: leg.beganAt,
    ringing_at: leg.ringingAt,
    answered_at: leg.answeredAt,
    ended_at: leg.endedAt,
    result: leg.result,
    ring_seconds: leg.ringSeconds,
    rings: leg.rings,
    talk_seconds: leg.talkSeconds,
    held_seconds: leg.heldSeconds,
  }))
  return raw(
    `insert into call_leg (${legColumns}) select ${legColumns} from jsonb_populate_recordset(null::call_leg, $1::jsonb)
     on conflict (call_id, position) do update set channel = excluded.channel, extension = excluded.extension,
       number = excluded.number, employee_id = excluded.employee_id, employee_name = excluded.employee_name,
       cause = excluded.cause, sent_by = excluded.sent_by, began_at = excluded.began_at,
       ringing_at = excluded.ringing_at, answered_at = excluded.answered_at, ended_at = excluded.ended_at,
       result = excluded.result, ring_seconds = excluded.ring_seconds, rings = excluded.rings,
       talk_seconds = excluded.talk_seconds, held_seconds = excluded.held_seconds`,
    [json(rows)],
  )
}

export function storedLegs(callIds: readonly string[]): RawStatement<Leg & { readonly callId: string }> {
  return raw(
    `select call_id as "callId", channel, extension, number, cause, sent_by as "sentBy", began_at as "beganAt",
       ringing_at as "ringingAt", answered_at as "answeredAt", ended_at as "endedAt", result,
       ring_seconds as "ringSeconds", rings, talk_seconds as "talkSeconds", held_seconds as "heldSeconds"
     from call_leg where call_id = any($1::uuid[]) order by call_id, position`,
    [callIds],
  )
}

const hopColumns = `h.id, h.site_id, h.call_id, h.position, h.step, h.target_kind, h.target_id, h.target_name,
  h.target_extension, h.told_caller, h.started_at, h.ended_at, h.seconds, h.result, h.measured, h.transfer_at, h.note,
  h.by_id, h.by_name`

export function storedHops(callIds: readonly string[]): RawStatement<HopRow> {
  return raw(
    `select ${hopColumns} from call_hop h where h.call_id = any($1::uuid[]) order by h.call_id, h.position`,
    [callIds],
  )
}

export function measureHop(id: string, measured: Measured): RawStatement<unknown> {
  const { result, ended_at, seconds, transfer_at } = measured
  return raw(
    `update call_hop set result = $2, ended_at = $3, seconds = $4, measured = true, transfer_at = $5 where id = $1`,
    [id, result, ended_at, seconds, transfer_at],
  )
}

/**
 * Calls held by an extension while it consults somebody: their open hop to that telephone. Both are locked, call first as
 * everywhere: whether the hop is still open would otherwise be answered as of before the wait for its call.
 */
export function waitingHop(siteId: string, by: string, to: string, before: Date): RawStatement<HopRow> {
  return raw(
    `select ${hopColumns} from call_hop h join call c on c.id = h.call_id
     where h.site_id = $1 and h.result = 'trying' and h.target_extension = $3 and h.started_at <= $4
       and c.exchange_id is not null and c.ended_at is null
       and (c.handler_extension = $2 or exists (select 1 from call_leg l where l.call_id = c.id and l.extension = $2
         and l.answered_at is not null and l.ended_at is null))
     order by h.started_at desc limit 1 for update of c, h`,
    [siteId, by, to, before],
  )
}

/** Everything that hangs on a call which turned out to be part of another. Open hops of it are over. */
export function moveAll(from: string, to: string, at: Date): RawStatement<unknown>[] {
  return [
    raw(
      `update call_hop set call_id = $2, result = case when result = 'trying' then 'cancelled' else result end,
         ended_at = coalesce(ended_at, $3),
         position = position + 1 + coalesce((select max(position) from call_hop where call_id = $2), -1)
       where call_id = $1`,
      [from, to, at],
    ),
    raw('update message set call_id = $2 where call_id = $1', [from, to]),
    raw('update callback set call_id = $2 where call_id = $1', [from, to]),
    raw('update callback_attempt set call_id = $2 where call_id = $1', [from, to]),
    raw('update exchange_order set call_id = $2 where call_id = $1', [from, to]),
  ]
}

export function dropCall(id: string): RawStatement<unknown> {
  return raw('delete from call where id = $1', [id])
}

/** What was taken down in the part goes to the whole where that says nothing yet. */
export function completeFrom(to: string, part: CallRow, at: Date): RawStatement<unknown> {
  return raw(
    `update call set reason = case when reason = '' then $2 else reason end, route = coalesce(route, $3),
       contact_name = case when contact_name = '' then $4 else contact_name end,
       organisation = case when organisation = '' then $5 else organisation end, updated_at = $6,
       version = version + 1
     where id = $1`,
    [to, part.reason, part.route, part.contact_name, part.organisation, at],
  )
}

/** Calls the holders before were told of, and this one was not: they ended while nobody listened. */
export function unheardCalls(siteId: string, term: number): RawStatement<CallRow> {
  return raw(
    `${selectCall} where c.site_id = $1 and c.exchange_id is not null and c.ended_at is null and c.exchange_term < $2
     order by c.id limit 500`,
    [siteId, term],
  )
}
