/** The single window's and the one timeline's look at calls, messages and promises (C5). Each part ends by itself. */
import { type RawStatement, raw } from '../../../kernel/db/sql.ts'
import { endOf } from '../../../kernel/find/range.ts'
import type { CallbackKind, CallbackStatus } from '../callbacks/rules.ts'
import type { MessageStatus } from '../messages/rules.ts'
import type { CallRow } from '../store.ts'

export interface FoundCall {
  readonly id: string
  readonly number: number
  readonly name: string
  readonly organisation: string
  readonly other: string
  readonly status: CallRow['status']
  readonly outcome: CallRow['outcome']
  readonly at: Date
}

const call = `c.id, c.number, coalesce(nullif(c.contact_name, ''), c.caller_shown) as name, c.organisation,
  case when c.direction = 'out' then c.dialled else c.caller_number end as other, c.status, c.outcome, c.started_at as at`

/** @param own null: all of the site; else only what the colleague handled or was asked for in */
export function callNumbered(siteId: string, number: number, own: string | null): RawStatement<FoundCall> {
  return raw(
    `select ${call} from call c where c.number = $1 and c.site_id = $2
       and (($3::uuid is null and not c.private) or c.handler_id = $3 or c.wanted_id = $3)`,
    [number, siteId, own],
  )
}

/**
 * The newest call of each number that ends in this and is nobody's yet: contacts are found by their own module. Jumps
 * from number to number, so that one who rings every day does not hide the others.
 */
export function callsByTail(siteId: string, tail: string, limit: number): RawStatement<FoundCall> {
  return raw(
    `with recursive hit as (
       (select caller_number_reversed as key from call where site_id = $1 and caller_number <> ''
          and caller_number_reversed >= $2 and caller_number_reversed < $3 order by caller_number_reversed limit 1)
       union all
       select n.key from hit cross join lateral (
         select caller_number_reversed as key from call where site_id = $1 and caller_number <> ''
           and caller_number_reversed > hit.key and caller_number_reversed < $3 order by caller_number_reversed limit 1) n
     )
     select newest.* from (select key from hit limit 60) near cross join lateral (
       select ${call} from call c where c.site_id = $1 and c.caller_number <> '' and c.caller_number_reversed = near.key
         and c.contact_id is null and not c.private order by c.started_at desc limit 1) newest
     order by newest.at desc limit $4`,
    [siteId, tail, endOf(tail), limit],
  )
}

export interface FoundPaper {
  readonly id: string
  readonly number: number
  readonly name: string
  readonly organisation: string
  /** Whose it is. */
  readonly owner: string
  readonly status: string
  readonly at: Date
}

export function messageNumbered(
  siteId: string,
  number: number,
  own: string | null,
): RawStatement<FoundPaper> {
  return raw(
    `select id, number, caller_name as name, organisation, to_name as owner, status, taken_at as at from message
     where number = $1 and site_id = $2 and ($3::text is null or to_id = $3 or taken_by = $3)`,
    [number, siteId, own],
  )
}

export function callbackNumbered(
  siteId: string,
  number: number,
  own: string | null,
): RawStatement<FoundPaper> {
  return raw(
    `select id, number, caller_name as name, organisation, owner_name as owner, status, promised_at as at from callback
     where number = $1 and site_id = $2
       and ($3::text is null or owner_id = $3 or taken_by::text = $3 or promised_by = $3)`,
    [number, siteId, own],
  )
}

export interface About {
  readonly siteId: string
  readonly contacts: readonly string[]
  readonly customers: readonly string[]
  readonly before: Date | null
  readonly limit: number
}

/** Of each contact and company the newest ones off its own index, then the newest of all. */
function newestOf(table: string, at: string, columns: string, own: string): string {
  const part = (ids: string, column: string) => `
    select r.* from unnest(${ids}::uuid[]) as subject(id) cross join lateral (
      select * from ${table} where ${column} = subject.id and ($4::timestamptz is null or ${at} < $4)
      order by ${at} desc limit $5) r`
  return `select ${columns} from (${part('$2', 'contact_id')} union ${part('$3', 'customer_id')}) r
    where r.site_id = $1 and ${own} order by r.${at} desc, r.id desc limit $5`
}

const values = ({ siteId, contacts, customers, before, limit }: About, own: string | null) => [
  siteId,
  contacts,
  customers,
  before,
  limit,
  own,
]

export interface TimelineCall {
  readonly id: string
  readonly number: number
  readonly direction: CallRow['direction']
  readonly status: CallRow['status']
  readonly outcome: CallRow['outcome']
  readonly handler: string
  readonly wanted: string
  readonly reason: string
  readonly at: Date
}

const timelineCalls = newestOf(
  'call',
  'started_at',
  `r.id, r.number, r.direction, r.status, r.outcome, r.handler_name as handler, r.wanted_name as wanted, r.reason,
   r.started_at as at`,
  `(($6::uuid is null and not r.private) or r.handler_id = $6 or r.wanted_id = $6)`,
)

export function callsAbout(about: About, own: string | null): RawStatement<TimelineCall> {
  return raw(timelineCalls, values(about, own))
}

export interface TimelineMessage {
  readonly id: string
  readonly number: number
  readonly status: MessageStatus
  readonly urgent: boolean
  readonly toName: string
  readonly matter: string
  readonly at: Date
}

const timelineMessages = newestOf(
  'message',
  'taken_at',
  'r.id, r.number, r.status, r.urgent, r.to_name as "toName", r.matter, r.taken_at as at',
  '($6::text is null or r.to_id = $6 or r.taken_by = $6)',
)

export function messagesAbout(about: About, own: string | null): RawStatement<TimelineMessage> {
  return raw(timelineMessages, values(about, own))
}

export interface TimelineCallback {
  readonly id: string
  readonly number: number
  readonly kind: CallbackKind
  readonly status: CallbackStatus
  readonly owner: string
  readonly matter: string
  readonly dueAt: Date
  readonly at: Date
}

const timelineCallbacks = newestOf(
  'callback',
  'promised_at',
  `r.id, r.number, r.kind, r.status, coalesce(nullif(r.taken_by_name, ''), r.owner_name) as owner, r.matter,
   r.due_at as "dueAt", r.promised_at as at`,
  '($6::text is null or r.owner_id = $6 or r.taken_by::text = $6 or r.promised_by = $6)',
)

export function callbacksAbout(about: About, own: string | null): RawStatement<TimelineCallback> {
  return raw(timelineCallbacks, values(about, own))
}
