/** All SQL of calls and their hops (routing, log, messages, callbacks and lines have their own). Nothing runs here. */
import type { Insertable, Selectable, Updateable } from 'kysely'
import type { DB } from '../../../db/types.ts'
import { q, type RawStatement, raw } from '../../kernel/db/sql.ts'

export type CallRow = Omit<Selectable<DB['call']>, 'caller_number_reversed' | 'terms'>
export type CallInsert = Insertable<DB['call']>
export type CallPatch = Updateable<DB['call']>
export type HopRow = Selectable<DB['call_hop']>
export type HopInsert = Insertable<DB['call_hop']>
export type HopPatch = Updateable<DB['call_hop']>
export type LegRow = Selectable<DB['call_leg']>

/** Written out, not `select *`: the statement is prepared by its text, and a new column must not change it unseen. */
const columns = `c.id, c.site_id, c.number, c.version, c.status, c.previous_status, c.status_at, c.status_by, c.direction,
  c.source, c.caller_number, c.caller_shown, c.caller_extension, c.dialled, c.contact_id, c.customer_id, c.contact_name,
  c.organisation, c.contact_phone, c.reason, c.route, c.wanted_id, c.wanted_name, c.department_id, c.department_name,
  c.questions_asked, c.ask_anyway, c.situations, c.private, c.handler_id, c.handler_name, c.handler_extension, c.started_at,
  c.ringing_at, c.answered_at, c.ended_at, c.ended_by, c.ring_seconds, c.rings, c.talk_seconds, c.outcome, c.outcome_note,
  c.outcome_at, c.outcome_by, c.outcome_by_name, c.exchange_id, c.exchange_term, c.exchange_revision, c.exchange_outcome, c.created_at,
  c.created_by, c.updated_at`

export const selectCall = `select ${columns} from call c`

/** Locked for the rest of the transaction: the decision made on it stays true until the commit. */
export function lockCall(siteId: string, id: string): RawStatement<CallRow> {
  return raw(`${selectCall} where c.site_id = $1 and c.id = $2 for update`, [siteId, id])
}

export function findCall(siteId: string, id: string): RawStatement<CallRow> {
  return raw(`${selectCall} where c.site_id = $1 and c.id = $2`, [siteId, id])
}

export function nextNumber(): RawStatement<{ number: number }> {
  return raw("select nextval('call_number') as number")
}

export function insertCall(row: CallInsert) {
  return q.insertInto('call').values(row)
}

/** The guard of design §1.1: the status the decision was made on is part of the condition. */
export function updateCall(id: string, from: CallRow['status'], patch: CallPatch) {
  return q.updateTable('call').set(patch).where('id', '=', id).where('status', '=', from)
}

const hopColumns = `h.id, h.site_id, h.call_id, h.position, h.step, h.target_kind, h.target_id, h.target_name,
  h.target_extension, h.told_caller, h.started_at, h.ended_at, h.seconds, h.result, h.measured, h.transfer_at, h.note, h.by_id, h.by_name`

/** In the order they were tried. */
export function hopsOf(callId: string): RawStatement<HopRow> {
  return raw(`select ${hopColumns} from call_hop h where h.call_id = $1 order by h.position`, [callId])
}

export function insertHop(row: HopInsert) {
  return q.insertInto('call_hop').values(row)
}

/** Only one that is still open: what became of it is written once. */
export function endHop(id: string, patch: HopPatch) {
  return q.updateTable('call_hop').set(patch).where('id', '=', id).where('result', '=', 'trying')
}

export function legsOf(callId: string): RawStatement<LegRow> {
  return raw(
    `select l.call_id, l.position, l.channel, l.extension, l.number, l.employee_id, l.employee_name, l.cause, l.sent_by,
       l.began_at, l.ringing_at, l.answered_at, l.ended_at, l.result, l.ring_seconds, l.rings, l.talk_seconds,
       l.held_seconds
     from call_leg l where l.call_id = $1 order by l.position`,
    [callId],
  )
}

export interface NowFilter {
  readonly siteId: string
  /** Handles calls: sees what rings at the desk. */
  readonly handles: boolean
  /** Empty: the site has named none, so every call from outside is the desk's. */
  readonly deskExtensions: readonly string[]
  readonly employeeId: string | null
}

const atDesk = `$2::boolean and (c.source <> 'exchange' or (cardinality($3::text[]) = 0 and c.direction = 'in')
  or c.dialled = any($3) or c.handler_extension = any($3) or c.caller_extension = any($3)
  or exists (select 1 from call_leg l where l.call_id = c.id and l.extension = any($3)))`

export function callsNow({ siteId, handles, deskExtensions, employeeId }: NowFilter): RawStatement<CallRow> {
  return raw(
    `${selectCall} where c.site_id = $1 and c.status in ('ringing', 'open', 'after') and ((${atDesk})
       or c.handler_id = $4 or c.wanted_id = $4
       or exists (select 1 from call_leg l where l.call_id = c.id and l.employee_id = $4))
     order by c.started_at, c.id limit 200`,
    [siteId, handles, deskExtensions, employeeId],
  )
}

/** Callers who gave up and whom nobody has dealt with yet. */
export function missedOpen(filter: NowFilter, since: Date): RawStatement<{ n: number }> {
  return raw(
    `select count(*)::int as n from call c where c.site_id = $1 and c.outcome = 'missed' and c.status = 'missed'
       and c.started_at >= $5 and ((${atDesk}) or c.wanted_id = $4)
       and not exists (select 1 from callback b where b.call_id = c.id and b.status not in ('promised', 'taken'))`,
    [filter.siteId, filter.handles, filter.deskExtensions, filter.employeeId, since],
  )
}

/** Whether a colleague had to do with the call: rang, was tried, got its message, owes its callback. */
export function concerns(callId: string, employeeId: string): RawStatement<{ yes: boolean }> {
  return raw(
    `select exists (select 1 from call_leg where call_id = $1 and employee_id = $2::uuid)
       or exists (select 1 from call_hop where call_id = $1 and target_id = $2::text)
       or exists (select 1 from message where call_id = $1 and to_id = $2::text)
       or exists (select 1 from callback where call_id = $1 and (owner_id = $2::text or taken_by = $2::uuid)) as yes`,
    [callId, employeeId],
  )
}

export interface MessageOfCall {
  readonly id: string
  readonly number: number
  readonly status: string
  readonly to_name: string
  readonly matter: string
}

export function messagesOf(callId: string): RawStatement<MessageOfCall> {
  return raw(
    'select id, number, status, to_name, matter from message where call_id = $1 order by taken_at, id',
    [callId],
  )
}

export interface CallbackOfCall {
  readonly id: string
  readonly number: number
  readonly status: string
  readonly owner_name: string
  readonly due_at: Date
}

export function callbacksOf(callId: string): RawStatement<CallbackOfCall> {
  return raw(
    'select id, number, status, owner_name, due_at from callback where call_id = $1 order by promised_at, id',
    [callId],
  )
}

const mostBefore = 1000

/** Calls of the same contact, or of the same number while nobody knows whose it is. */
/** @param contactIds of the caller, with everybody merged into them; null while nobody is known */
export function callsBefore(
  call: CallRow,
  contactIds: readonly string[] | null,
): RawStatement<{ n: number }> {
  const { caller_number, site_id, started_at } = call
  return contactIds === null
    ? raw(
        `select count(*)::int as n from (select 1 from call where site_id = $1 and caller_number <> ''
           and caller_number_reversed = reverse($2) and started_at < $3 limit ${mostBefore}) earlier`,
        [site_id, caller_number, started_at],
      )
    : raw(
        `select count(*)::int as n from (select 1 from call where contact_id = any($1::uuid[]) and started_at < $2
           limit ${mostBefore}) earlier`,
        [contactIds, started_at],
      )
}

/** Messages and promises of this contact, company or number that are not settled yet, those of this call left out. */
export function promisesOpen(
  call: CallRow,
  phone: string,
  contactIds: readonly string[] | null,
  customerIds: readonly string[] | null,
): RawStatement<{ n: number }> {
  return raw(
    `select count(*)::int as n from (
       (select id from callback where status in ('promised', 'taken') and contact_id = any($1::uuid[]) and call_id is distinct from $3
        limit 100)
       union
       (select id from callback where status in ('promised', 'taken') and customer_id = any($2::uuid[])
          and call_id is distinct from $3 limit 100)
       union
       (select id from callback where status in ('promised', 'taken') and site_id = $4 and phone = $5 and $5 <> ''
          and call_id is distinct from $3 limit 100)
       union
       (select id from message where status in ('new', 'seen') and contact_id = any($1::uuid[]) and call_id is distinct from $3
        limit 100)
       union
       (select id from message where status in ('new', 'seen') and customer_id = any($2::uuid[]) and call_id is distinct from $3
        limit 100)) owed`,
    [contactIds, customerIds, call.id, call.site_id, phone],
  )
}

/** A promise to call this number back is open already: a caller who tries three times is called back once. */
export function missedPromise(
  siteId: string,
  phone: string,
): RawStatement<{ callId: string | null; status: string }> {
  return raw(
    `select call_id as "callId", status from callback
     where site_id = $1 and kind = 'missed' and phone = $2 and status in ('promised', 'taken') limit 1`,
    [siteId, phone],
  )
}

export function openTrying(callId: string): RawStatement<HopRow> {
  return raw(`select ${hopColumns} from call_hop h where h.call_id = $1 and h.result = 'trying'`, [callId])
}

export function departmentName(siteId: string, id: string): RawStatement<{ id: string; name: string }> {
  return raw('select id, name from department where site_id = $1 and id = $2 and active', [siteId, id])
}

export function vipContacts(ids: readonly string[]): RawStatement<{ id: string }> {
  return raw(
    `select c.id from contact c left join customer k on k.id = c.customer_id
     where c.id = any($1::uuid[]) and (c.vip or k.grade = 'vip')`,
    [ids],
  )
}

/** Columns that people changed on the record after a version; what the exchange told is left out. */
export function editsSince(callId: string, version: number): RawStatement<{ columns: string[] }> {
  return raw(
    `select array(select jsonb_object_keys(coalesce(after, '{}'))) as columns from journal
     where entity = 'call' and entity_id = $1::text and version > $2 and action = 'call.edited'`,
    [callId, version],
  )
}
