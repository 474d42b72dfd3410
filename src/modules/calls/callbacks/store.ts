/** All SQL of promises to call back. Functions return statements; they never run them. */
import type { Insertable, Selectable, Updateable } from 'kysely'
import type { DB } from '../../../../db/types.ts'
import { q, type RawStatement, raw } from '../../../kernel/db/sql.ts'

export type CallbackRow = Selectable<DB['callback']>
type CallbackInsert = Insertable<DB['callback']>
export type CallbackPatch = Updateable<DB['callback']>
export type AttemptRow = Selectable<DB['callback_attempt']>

const columns = `c.id, c.site_id, c.number, c.version, c.status, c.previous_status, c.status_at, c.status_by, c.kind,
  c.call_id, c.message_id, c.contact_id, c.customer_id, c.caller_name, c.organisation, c.phone, c.matter, c.owner_kind,
  c.owner_id, c.owner_name, c.taken_by, c.taken_by_name, c.due_at, c.attempts, c.promised_at, c.promised_by,
  c.promised_by_name, c.ended_at, c.ended_by_name, c.result_note, c.in_time, c.satisfaction, c.answers, c.terms`

export const nextNumber: RawStatement<{ number: number }> = raw("select nextval('callback_number') as number")

export function lockCallback(siteId: string, id: string): RawStatement<CallbackRow> {
  return raw(`select ${columns} from callback c where c.site_id = $1 and c.id = $2 for update`, [siteId, id])
}

export function findCallback(siteId: string, id: string): RawStatement<CallbackRow> {
  return raw(`select ${columns} from callback c where c.site_id = $1 and c.id = $2`, [siteId, id])
}

export function openOfCall(siteId: string, callId: string): RawStatement<CallbackRow> {
  return raw(
    `select ${columns} from callback c where c.site_id = $1 and c.call_id = $2
       and c.status in ('promised', 'taken') order by c.id for update`,
    [siteId, callId],
  )
}

/** Owed or taken by somebody: for when they leave the house. */
export function openOfPerson(siteId: string, employeeId: string): RawStatement<CallbackRow> {
  return raw(
    `select ${columns} from callback c where c.site_id = $1 and c.status in ('promised', 'taken')
       and ((c.owner_kind = 'person' and c.owner_id = $2) or c.taken_by::text = $2) order by c.id for update`,
    [siteId, employeeId],
  )
}

export function insertCallback(row: CallbackInsert) {
  return q.insertInto('callback').values(row)
}

/** The guard of design §1.1: the status the decision was made on is part of the condition. */
export function updateCallback(id: string, from: CallbackRow['status'], patch: CallbackPatch) {
  return q.updateTable('callback').set(patch).where('id', '=', id).where('status', '=', from)
}

export function insertAttempt(row: Insertable<DB['callback_attempt']>) {
  return q.insertInto('callback_attempt').values(row)
}

export function attemptsOf(callbackId: string): RawStatement<AttemptRow> {
  return raw(
    `select id, callback_id, site_id, at, result, note, call_id, by_id, by_name from callback_attempt
     where callback_id = $1 order by at, id`,
    [callbackId],
  )
}

/** The success that is taken back; the journal keeps it (G4). */
export function removeReached(callbackId: string, at: Date): RawStatement<unknown> {
  return raw("delete from callback_attempt where callback_id = $1 and result = 'reached' and at = $2", [
    callbackId,
    at,
  ])
}

export interface CallbackFilter {
  readonly siteId: string
  /** Null: everybody's. Owned or taken by these. */
  readonly people: readonly string[] | null
  readonly posts: readonly string[]
  readonly statuses: readonly string[]
  readonly kind: string | null
  /** Open ones past their time, ended ones not kept in time; and the opposite. */
  readonly late: boolean | null
  readonly now: Date
  /** With everybody merged into them. */
  readonly contactIds: readonly string[] | null
  readonly customerIds: readonly string[] | null
  readonly from: Date | null
  readonly to: Date | null
  readonly number: number | null
  readonly terms: readonly string[] | null
  readonly phoneTail: string | null
}

export interface Place {
  readonly at: Date
  readonly id: string
}

/** Conditions with their parameters; a filter that is absent is absent from the text, so that plans stay simple. */
function where(filter: CallbackFilter): { text: string; values: unknown[] } {
  const values: unknown[] = [filter.siteId, filter.statuses]
  const parts = ['c.site_id = $1', 'c.status = any($2::text[])']
  const add = (build: (n: string) => string, value: unknown) => {
    values.push(value)
    parts.push(build(`$${values.length}`))
  }
  if (filter.people !== null) parts.push(owned(filter.people, filter.posts, values))
  if (filter.kind !== null) add((n) => `c.kind = ${n}`, filter.kind)
  if (filter.late !== null) {
    const late = (n: string) =>
      `((c.ended_at is null and c.due_at < ${n}) or (c.ended_at is not null and c.in_time is false))`
    add((n) => (filter.late === true ? late(n) : `not ${late(n)}`), filter.now)
  }
  if (filter.contactIds !== null) add((n) => `c.contact_id = any(${n}::uuid[])`, filter.contactIds)
  if (filter.customerIds !== null) add((n) => `c.customer_id = any(${n}::uuid[])`, filter.customerIds)
  if (filter.from !== null) add((n) => `c.promised_at >= ${n}`, filter.from)
  if (filter.to !== null) add((n) => `c.promised_at < ${n}`, filter.to)
  const text: string[] = []
  const either = (build: (n: string) => string, value: unknown) => {
    values.push(value)
    text.push(build(`$${values.length}`))
  }
  if (filter.number !== null) either((n) => `c.number = ${n}`, filter.number)
  if (filter.phoneTail !== null) either((n) => `reverse(c.phone) like ${n} || '%'`, filter.phoneTail)
  if (filter.terms !== null) either((n) => `c.terms @> ${n}::text[]`, filter.terms)
  if (text.length > 0) parts.push(`(${text.join(' or ')})`)
  return { text: parts.join(' and '), values }
}

/** A promise somebody has taken is theirs and no longer the post's. */
function owned(people: readonly string[], posts: readonly string[], values: unknown[]): string {
  values.push(people, posts)
  const [who, where] = [`$${values.length - 1}`, `$${values.length}`]
  return `(c.taken_by::text = any(${who}::text[])
    or (c.taken_by is null and c.owner_kind = 'person' and c.owner_id = any(${who}::text[]))
    or (c.taken_by is null and c.owner_kind = 'post' and c.owner_id = any(${where}::text[])))`
}

/** Open ones by their due time, the others newest first. */
export function callbackPage(
  filter: CallbackFilter,
  order: 'due' | 'newest',
  after: Place | null,
  limit: number,
): RawStatement<CallbackRow> {
  const { text, values } = where(filter)
  const [column, than, direction] = order === 'due' ? ['due_at', '>', 'asc'] : ['promised_at', '<', 'desc']
  let place = ''
  if (after !== null) {
    values.push(after.at, after.id)
    place = ` and (c.${column}, c.id) ${than} ($${values.length - 1}, $${values.length}::uuid)`
  }
  values.push(limit)
  return raw(
    `select ${columns} from callback c where ${text}${place}
     order by c.${column} ${direction}, c.id ${direction} limit $${values.length}`,
    values,
  )
}

export const mostCounted = 10_000

export function callbackCount(filter: CallbackFilter): RawStatement<{ n: number }> {
  const { text, values } = where(filter)
  return raw(
    `select count(*)::int as n from (select 1 from callback c where ${text} limit ${mostCounted + 1}) found`,
    values,
  )
}

export function overdueCount(
  siteId: string,
  people: readonly string[] | null,
  posts: readonly string[],
  now: Date,
): RawStatement<{ n: number }> {
  const values: unknown[] = [siteId, now]
  const whose = people === null ? '' : ` and ${owned(people, posts, values)}`
  return raw(
    `select count(*)::int as n from callback c
     where c.site_id = $1 and c.status in ('promised', 'taken') and c.due_at < $2${whose}`,
    values,
  )
}
