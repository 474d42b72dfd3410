/** All SQL of messages. Functions return statements; they never run them. */
import type { Insertable, Selectable, Updateable } from 'kysely'
import type { DB } from '../../../../db/types.ts'
import { q, type RawStatement, raw } from '../../../kernel/db/sql.ts'

export type MessageRow = Selectable<DB['message']>
type MessageInsert = Insertable<DB['message']>
export type MessagePatch = Updateable<DB['message']>

const columns = `m.id, m.site_id, m.number, m.version, m.status, m.previous_status, m.status_at, m.status_by, m.call_id,
  m.contact_id, m.customer_id, m.caller_name, m.organisation, m.phone, m.matter, m.urgent, m.report_back, m.to_kind,
  m.to_id, m.to_name, m.taken_at, m.taken_by, m.taken_by_name, m.presented_at, m.presented_how, m.seen_at,
  m.seen_by_name, m.done_at, m.done_by_name, m.done_note, m.reported_at, m.reported_by_name, m.reported_how,
  m.reported_note, m.terms`

export const nextNumber: RawStatement<{ number: number }> = raw("select nextval('message_number') as number")

export function lockMessage(siteId: string, id: string): RawStatement<MessageRow> {
  return raw(`select ${columns} from message m where m.site_id = $1 and m.id = $2 for update`, [siteId, id])
}

export function findMessage(siteId: string, id: string): RawStatement<MessageRow> {
  return raw(`select ${columns} from message m where m.site_id = $1 and m.id = $2`, [siteId, id])
}

export function openOfCall(siteId: string, callId: string): RawStatement<MessageRow> {
  return raw(
    `select ${columns} from message m where m.site_id = $1 and m.call_id = $2 and m.status in ('new', 'seen')
     order by m.id for update`,
    [siteId, callId],
  )
}

/** Waiting for their recipient to have somebody else: colleague left the house. */
export function openOfPerson(siteId: string, employeeId: string): RawStatement<MessageRow> {
  return raw(
    `select ${columns} from message m where m.site_id = $1 and m.to_kind = 'person' and m.to_id = $2
       and m.status in ('new', 'seen') order by m.id for update`,
    [siteId, employeeId],
  )
}

export function insertMessage(row: MessageInsert) {
  return q.insertInto('message').values(row)
}

/** The guard of design §1.1: the status the decision was made on is part of the condition. */
export function updateMessage(id: string, from: MessageRow['status'], patch: MessagePatch) {
  return q.updateTable('message').set(patch).where('id', '=', id).where('status', '=', from)
}

interface Presented {
  readonly id: string
  readonly version: number
  readonly to_id: string
  readonly urgent: boolean
  readonly taken_at: Date
}

/**
 * Puts the waiting ones before their colleagues. One that is being read or handed on at this moment is skipped: waiting
 * for it could be a deadlock, and the minute's sweep looks again.
 */
export function presentWaiting(
  siteId: string,
  employeeIds: readonly string[],
  at: Date,
  how: NonNullable<MessageRow['presented_how']>,
): RawStatement<Presented> {
  return raw(
    `with waiting as (
       select id from message where site_id = $1 and to_kind = 'person' and to_id = any($2::text[])
         and status = 'new' and presented_at is null for update skip locked)
     update message m set presented_at = $3, presented_how = $4, version = m.version + 1
     from waiting w where m.id = w.id returning m.id, m.version, m.to_id, m.urgent, m.taken_at`,
    [siteId, employeeIds, at, how],
  )
}

/** Sites with messages that have waited since before `before`. */
export function sitesWaiting(before: Date): RawStatement<{ siteId: string }> {
  return raw(
    `select distinct site_id as "siteId" from message
     where to_kind = 'person' and status = 'new' and presented_at is null and taken_at < $1`,
    [before],
  )
}

export function waitingSince(siteId: string, before: Date): RawStatement<{ employeeId: string }> {
  return raw(
    `select distinct to_id as "employeeId" from message where site_id = $1 and to_kind = 'person' and status = 'new'
       and presented_at is null and taken_at < $2`,
    [siteId, before],
  )
}

export interface MessageFilter {
  readonly siteId: string
  /** Null: everybody's. */
  readonly people: readonly string[] | null
  readonly posts: readonly string[]
  readonly takenBy: string | null
  readonly statuses: readonly string[]
  /** Done ones count only while the caller is still to be told. */
  readonly openOnly: boolean
  readonly toId: string | null
  /** With everybody merged into them. */
  readonly contactIds: readonly string[] | null
  readonly customerIds: readonly string[] | null
  readonly number: number | null
  readonly terms: readonly string[] | null
  readonly phoneTail: string | null
}

export interface Place {
  readonly at: Date
  readonly id: string
}

/** Conditions with their parameters; a filter that is absent is absent from the text, so that plans stay simple. */
function where(filter: MessageFilter): { text: string; values: unknown[] } {
  const values: unknown[] = [filter.siteId, filter.statuses]
  const parts = ['m.site_id = $1', 'm.status = any($2::text[])']
  const add = (build: (n: string) => string, value: unknown) => {
    values.push(value)
    parts.push(build(`$${values.length}`))
  }
  if (filter.openOnly) parts.push("(m.status <> 'done' or m.report_back)")
  if (filter.people !== null) {
    values.push(filter.people, filter.posts)
    parts.push(
      `((m.to_kind = 'person' and m.to_id = any($${values.length - 1}::text[]))
        or (m.to_kind = 'post' and m.to_id = any($${values.length}::text[])))`,
    )
  }
  if (filter.takenBy !== null) add((n) => `m.taken_by = ${n}`, filter.takenBy)
  if (filter.toId !== null) add((n) => `m.to_id = ${n}`, filter.toId)
  if (filter.contactIds !== null) add((n) => `m.contact_id = any(${n}::uuid[])`, filter.contactIds)
  if (filter.customerIds !== null) add((n) => `m.customer_id = any(${n}::uuid[])`, filter.customerIds)
  const text: string[] = []
  const either = (build: (n: string) => string, value: unknown) => {
    values.push(value)
    text.push(build(`$${values.length}`))
  }
  if (filter.number !== null) either((n) => `m.number = ${n}`, filter.number)
  if (filter.phoneTail !== null)
    either((n) => `(m.phone <> '' and reverse(m.phone) like ${n} || '%')`, filter.phoneTail)
  if (filter.terms !== null) either((n) => `m.terms @> ${n}::text[]`, filter.terms)
  if (text.length > 0) parts.push(`(${text.join(' or ')})`)
  return { text: parts.join(' and '), values }
}

export function messagePage(
  filter: MessageFilter,
  after: Place | null,
  limit: number,
): RawStatement<MessageRow> {
  const { text, values } = where(filter)
  let place = ''
  if (after !== null) {
    values.push(after.at, after.id)
    place = ` and (m.taken_at, m.id) < ($${values.length - 1}, $${values.length}::uuid)`
  }
  values.push(limit)
  return raw(
    `select ${columns} from message m where ${text}${place} order by m.taken_at desc, m.id desc limit $${values.length}`,
    values,
  )
}

export const mostCounted = 10_000

export function messageCount(filter: MessageFilter): RawStatement<{ n: number }> {
  const { text, values } = where(filter)
  return raw(
    `select count(*)::int as n from (select 1 from message m where ${text} limit ${mostCounted + 1}) found`,
    values,
  )
}

/** What the bell of the board counts: unread, and done but still to report; `people` null: the whole site. */
export function messageSums(
  siteId: string,
  people: readonly string[] | null,
  posts: readonly string[],
  takenBy: string | null,
): RawStatement<{ unread: number; toReport: number }> {
  return raw(
    `select count(*) filter (where status = 'new')::int as unread,
       count(*) filter (where status = 'done' and report_back)::int as "toReport"
     from message where site_id = $1 and status in ('new', 'done')
       and (($4::text is not null and taken_by = $4) or ($4::text is null and ($2::text[] is null
         or (to_kind = 'person' and to_id = any($2)) or (to_kind = 'post' and to_id = any($3::text[])))))`,
    [siteId, people, posts, takenBy],
  )
}
