/** SQL of the link's setup, its state, and the orders to it. Statements only; nothing runs here. */
import { json, type RawStatement, raw } from '../../../kernel/db/sql.ts'
import type { ExchangeAddress, LinkState } from '../exchange/link.ts'

/** As stored: without the secret, which is sealed beside it. */
export type StoredAddress = Omit<ExchangeAddress, 'secret'> & { readonly outsidePrefix?: string }

export interface LinkRow {
  readonly siteId: string
  readonly enabled: boolean
  readonly address: StoredAddress
  readonly version: number
  readonly state: LinkState
  readonly reason: string | null
  readonly stateAt: Date | null
  readonly node: string | null
  readonly term: number
}

const columns = `site_id as "siteId", enabled, address, version, state, reason, state_at as "stateAt", node, term`

export function linkOf(siteId: string): RawStatement<LinkRow> {
  return raw(`select ${columns} from exchange where site_id = $1`, [siteId])
}

export function lockLink(siteId: string): RawStatement<LinkRow & { secretSealed: string }> {
  return raw(
    `select ${columns}, secret_sealed as "secretSealed" from exchange where site_id = $1 for update`,
    [siteId],
  )
}

export function sealedSecretOf(siteId: string): RawStatement<LinkRow & { secretSealed: string }> {
  return raw(`select ${columns}, secret_sealed as "secretSealed" from exchange where site_id = $1`, [siteId])
}

/** What every node looks at about every second. */
export function enabledLinks(): RawStatement<{ siteId: string; version: number }> {
  return raw(`select site_id as "siteId", version from exchange where enabled`)
}

export interface Setup {
  readonly siteId: string
  readonly enabled: boolean
  readonly address: StoredAddress
  readonly secretSealed: string
  readonly version: number
  readonly at: Date
  readonly byName: string
}

export function insertLink(setup: Setup): RawStatement<unknown> {
  const { siteId, enabled, address, secretSealed, version, at, byName } = setup
  return raw(
    `insert into exchange (site_id, enabled, address, secret_sealed, version, changed_at, changed_by_name)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [siteId, enabled, json(address), secretSealed, version, at, byName],
  )
}

export function updateLink(setup: Setup): RawStatement<unknown> {
  const { siteId, enabled, address, secretSealed, version, at, byName } = setup
  return raw(
    `update exchange set enabled = $2, address = $3, secret_sealed = $4, version = $5, changed_at = $6,
       changed_by_name = $7 where site_id = $1`,
    [siteId, enabled, json(address), secretSealed, version, at, byName],
  )
}

/** A new holder of the link: whatever an earlier one still writes is older from now on. */
export function takeLink(
  siteId: string,
  node: string,
): RawStatement<{ address: StoredAddress; secretSealed: string; version: number; term: number }> {
  return raw(
    `update exchange set term = term + 1, node = $2 where site_id = $1 and enabled
     returning address, secret_sealed as "secretSealed", version, term`,
    [siteId, node],
  )
}

export function setState(
  siteId: string,
  term: number,
  state: LinkState,
  reason: string | null,
  at: Date,
): RawStatement<unknown> {
  return raw('update exchange set state = $3, reason = $4, state_at = $5 where site_id = $1 and term = $2', [
    siteId,
    term,
    state,
    reason,
    at,
  ])
}

export interface OrderInsert {
  readonly id: string
  readonly siteId: string
  readonly kind: 'dial' | 'transfer' | 'hang-up'
  readonly callId: string | null
  readonly hopId: string | null
  readonly callbackId: string | null
  readonly payload: Readonly<Record<string, string>>
  readonly at: Date
  readonly byId: string | null
  readonly byName: string
}

/** An order of a program has nobody behind it. */
const nobody = '00000000-0000-0000-0000-000000000000'

export function insertOrder(order: OrderInsert): RawStatement<unknown> {
  const { id, siteId, kind, callId, hopId, callbackId, payload, at, byId, byName } = order
  return raw(
    `insert into exchange_order (id, site_id, kind, call_id, hop_id, callback_id, payload, status, at, by_id, by_name)
     values ($1, $2, $3, $4, $5, $6, $7, 'asked', $8, $9, $10)`,
    [id, siteId, kind, callId, hopId, callbackId, json(payload), at, byId ?? nobody, byName],
  )
}

export interface OrderRow {
  readonly id: string
  readonly siteId: string
  readonly kind: 'dial' | 'transfer' | 'hang-up'
  readonly callId: string | null
  readonly hopId: string | null
  readonly callbackId: string | null
  readonly payload: Readonly<Record<string, string>>
  readonly status: 'asked' | 'sent' | 'done' | 'failed'
  readonly result: string | null
  readonly at: Date
  readonly byId: string
  readonly byName: string
}

const orderColumns = `id, site_id as "siteId", kind, call_id as "callId", hop_id as "hopId", callback_id as "callbackId",
  payload, status, result, at, by_id as "byId", by_name as "byName"`

export function findOrder(siteId: string, id: string): RawStatement<OrderRow> {
  return raw(`select ${orderColumns} from exchange_order where site_id = $1 and id = $2`, [siteId, id])
}

export function lockOrder(siteId: string, id: string): RawStatement<OrderRow> {
  return raw(`select ${orderColumns} from exchange_order where site_id = $1 and id = $2 for update`, [
    siteId,
    id,
  ])
}

/** Taken by this node, before anything is sent: after a crash it is never sent a second time. */
export function takeOrders(siteId: string, since: Date): RawStatement<OrderRow> {
  return raw(
    `update exchange_order set status = 'sent' where id in (
       select id from exchange_order where site_id = $1 and status = 'asked' and at > $2 order by at, id
       for update skip locked)
     returning ${orderColumns}`,
    [siteId, since],
  )
}

/** Nobody carried them out in time, or nobody heard what became of them. */
export function staleOrders(askedBefore: Date, sentBefore: Date): RawStatement<OrderRow> {
  return raw(
    `select ${orderColumns} from exchange_order
     where (status = 'asked' and at <= $1) or (status = 'sent' and at <= $2)
     order by at, id limit 100`,
    [askedBefore, sentBefore],
  )
}

export function endOrder(
  id: string,
  status: 'done' | 'failed',
  result: string,
  callId: string | null,
  at: Date,
): RawStatement<unknown> {
  return raw(
    `update exchange_order set status = $2, result = $3, call_id = coalesce(call_id, $4), ended_at = $5
     where id = $1 and status in ('asked', 'sent')`,
    [id, status, result, callId, at],
  )
}

/**
 * The colleague's phone on a call that has not ended: of the one who asks, if it is theirs, else whoever speaks, dialled
 * or is rung.
 */
export function phoneOnCall(
  siteId: string,
  callId: string,
  employeeId: string | null,
): RawStatement<{ exchangeId: string; extension: string }> {
  return raw(
    `select c.exchange_id as "exchangeId", coalesce(
       (select l.extension from call_leg l where l.call_id = c.id and l.extension is not null and l.ended_at is null
        order by (l.employee_id is not distinct from $3) desc, (l.answered_at is not null) desc, l.position desc limit 1),
       nullif(c.caller_extension, ''), '') as extension
     from call c where c.site_id = $1 and c.id = $2 and c.exchange_id is not null and c.ended_at is null`,
    [siteId, callId, employeeId],
  )
}

export function openHop(
  id: string,
): RawStatement<{ startedAt: Date; targetName: string; targetExtension: string }> {
  return raw(
    `select started_at as "startedAt", target_name as "targetName", target_extension as "targetExtension"
     from call_hop where id = $1 and result = 'trying' for update`,
    [id],
  )
}

/** The record of a call the exchange names. */
export function callOfExchange(siteId: string, exchangeId: string): RawStatement<{ id: string }> {
  return raw('select id from call where site_id = $1 and exchange_id = $2', [siteId, exchangeId])
}

/** Tries of these promises that have no call yet: the one dialled for the promise by the same colleague shortly before. */
export function linkAttempts(callbackIds: readonly string[]): RawStatement<unknown> {
  return raw(
    `update callback_attempt a set call_id = o.call_id
     from (select a.id, (select o.call_id from exchange_order o
             where o.callback_id = a.callback_id and o.by_id::text = a.by_id and o.call_id is not null
               and o.at between a.at - interval '1 hour' and a.at order by o.at desc limit 1) as call_id
           from callback_attempt a where a.callback_id = any($1::uuid[]) and a.call_id is null) o
     where o.id = a.id and o.call_id is not null`,
    [callbackIds],
  )
}
