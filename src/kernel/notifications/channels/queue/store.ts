/** What waits, goes and went through channels, and the robots' places in the minute. */
import { json, type RawStatement, raw } from '../../../db/sql.ts'
import type { Facts } from '../../rules.ts'
import type { ChannelKind, Waiting } from '../rules.ts'

/** A change as webhooks tell it. */
export interface EventFacts {
  readonly entity: string
  readonly id: string
  readonly action: string
  readonly version: number | null
  readonly at: string
  readonly details: {
    readonly actor: string
    readonly before: Record<string, unknown> | null
    readonly after: Record<string, unknown> | null
  } | null
  /** Sent with or without details; rows of before have none. */
  readonly facts?: Record<string, unknown> | null
}

export interface NewChannelDelivery {
  readonly id: string
  readonly siteId: string
  readonly channelId: string
  readonly kind: 'notice' | 'event' | 'test'
  readonly template: string
  readonly facts: Facts
  readonly link: string | null
  readonly people: readonly string[]
  readonly event: EventFacts | null
  readonly at: Date
}

export function insertDeliveries(rows: readonly NewChannelDelivery[]): RawStatement<unknown> {
  return raw(
    `insert into channel_delivery (id, site_id, channel_id, kind, template, facts, link, people, event, alone,
       next_at, created_at, queued_at)
     select id, "siteId", "channelId", kind, template, facts, link,
       array(select jsonb_array_elements_text(people))::uuid[], nullif(event, 'null'::jsonb), kind = 'test', at, at, at
     from jsonb_to_recordset($1::jsonb) as d(id uuid, "siteId" uuid, "channelId" uuid, kind text, template text,
       facts jsonb, link text, people jsonb, event jsonb, at timestamptz)`,
    [json(rows)],
  )
}

export interface RobotRow {
  readonly recent: readonly Date[]
  readonly failures: number
  readonly pausedUntil: Date | null
  readonly busyUntil: Date | null
  readonly busyBy: string | null
}

/** Everybody who sends to a robot stands in this one line: the row is the queue's lock and its counter. */
export function lockRobot(key: string): RawStatement<RobotRow> {
  return raw(
    `select recent, failures, paused_until as "pausedUntil", busy_until as "busyUntil", busy_by as "busyBy"
     from channel_robot where key = $1 for update`,
    [key],
  )
}

export function takeRobot(
  key: string,
  recent: readonly Date[],
  until: Date,
  by: string,
): RawStatement<unknown> {
  return raw(
    'update channel_robot set recent = $2::timestamptz[], busy_until = $3, busy_by = $4 where key = $1',
    [key, recent, until, by],
  )
}

/** Only by who holds it: a process that woke up late must not free what another one took meanwhile. */
export function freeRobot(
  key: string,
  by: string,
  failures: number,
  pausedUntil: Date | null,
): RawStatement<unknown> {
  return raw(
    `update channel_robot set busy_until = null, busy_by = null, failures = $3, paused_until = $4
     where key = $1 and busy_by = $2`,
    [key, by, failures, pausedUntil],
  )
}

const open = `c.robot_key = $1 and c.enabled and c.deleted_at is null`

export interface DueRow extends Waiting {
  readonly kind: ChannelKind
  readonly total: number
}

/** What may go now, oldest first; `total` counts all of it. */
export function due(robotKey: string, now: Date, limit: number): RawStatement<DueRow> {
  return raw(
    `select d.id, d.channel_id as "channelId", d.alone, c.kind, count(*) over ()::int as total
     from channel_delivery d join channel c on c.id = d.channel_id
     where ${open} and d.status in ('waiting', 'retrying') and d.next_at <= $2
     order by d.next_at, d.id limit $3`,
    [robotKey, now, limit],
  )
}

/** When the next one may be tried; null: nothing waits. */
export function nextDue(robotKey: string): RawStatement<{ at: Date | null }> {
  return raw(
    `select min(d.next_at) as at from channel_delivery d join channel c on c.id = d.channel_id
     where ${open} and d.status in ('waiting', 'retrying')`,
    [robotKey],
  )
}

/** Whoever was sending these is gone: its time is over. They go again, with the same id. */
export function takeUpAbandoned(robotKey: string, now: Date): RawStatement<unknown> {
  return raw(
    `update channel_delivery d set status = 'retrying', next_at = $2 from channel c
     where c.id = d.channel_id and c.robot_key = $1 and d.status = 'sending' and d.next_at <= $2`,
    [robotKey, now],
  )
}

/** Too old for a chat: given up visibly instead of being told a day late. */
export function expire(robotKey: string, before: Date): RawStatement<{ id: string; channelId: string }> {
  return raw(
    `update channel_delivery d set status = 'failed', error = 'stale', error_words = null from channel c
     where c.id = d.channel_id and ${open} and c.kind <> 'webhook' and d.status in ('waiting', 'retrying')
       and d.queued_at < $2 returning d.id, d.channel_id as "channelId"`,
    [robotKey, before],
  )
}

export interface DeliveryRow {
  readonly id: string
  readonly siteId: string
  readonly channelId: string
  readonly kind: 'notice' | 'event' | 'test'
  readonly template: string
  readonly facts: Facts
  readonly link: string | null
  readonly people: readonly string[]
  readonly event: EventFacts | null
  readonly status: 'waiting' | 'sending' | 'retrying' | 'sent' | 'failed'
  readonly attempts: number
  readonly nextAt: Date
  readonly digest: boolean
  readonly error: string | null
  readonly errorWords: string | null
  readonly at: Date
  readonly sentAt: Date | null
}

/** Of a delivery `d`. */
export const columns = `d.id, d.site_id as "siteId", d.channel_id as "channelId", d.kind, d.template, d.facts, d.link,
  d.people::text[] as people, d.event, d.status, d.attempts, d.next_at as "nextAt", d.digest, d.error,
  d.error_words as "errorWords", d.created_at as at, d.sent_at as "sentAt"`

/** Begins an attempt of these; only what is still to go comes back. `until`: after it whoever sends counts as dead. */
export function begin(
  ids: readonly string[],
  batch: string,
  digest: boolean,
  until: Date,
): RawStatement<DeliveryRow> {
  return raw(
    `update channel_delivery d set status = 'sending', attempts = d.attempts + 1, batch = $2, digest = $3, next_at = $4
     where d.id = any($1::uuid[]) and d.status in ('waiting', 'retrying') returning ${columns}`,
    [ids, batch, digest, until],
  )
}

const ofBatch = `batch = $1 and status = 'sending'`

export function markSent(batch: string, now: Date): RawStatement<unknown> {
  return raw(
    `update channel_delivery set status = 'sent', sent_at = $2, error = null, error_words = null where ${ofBatch}`,
    [batch, now],
  )
}

export interface Missed {
  readonly error: string
  readonly words: string
}

/** `counts` false: a pause asked for by the vendor is no attempt of the message's own. */
export function markLater(
  batch: string,
  { error, words }: Missed,
  at: Date,
  more: { readonly counts: boolean; readonly alone: boolean },
): RawStatement<unknown> {
  return raw(
    `update channel_delivery set status = 'retrying', error = $2, error_words = $3, next_at = $4,
       attempts = attempts - case when $5::boolean then 0 else 1 end, alone = alone or $6::boolean where ${ofBatch}`,
    [batch, error, words, at, more.counts, more.alone],
  )
}

export function markFailed(batch: string, { error, words }: Missed): RawStatement<unknown> {
  return raw(`update channel_delivery set status = 'failed', error = $2, error_words = $3 where ${ofBatch}`, [
    batch,
    error,
    words,
  ])
}

/** Failed messages in a row, with this one; from `tellAt` on the channel counts as failing. */
export function countFailure(
  channelId: string,
  now: Date,
  tellAt: number,
): RawStatement<{ failures: number }> {
  return raw(
    `update channel set failures = failures + 1,
       failing_since = case when failures + 1 >= $3 then coalesce(failing_since, $2) else failing_since end
     where id = $1 returning failures`,
    [channelId, now, tellAt],
  )
}

/** The receiver said never again (410 Gone). */
export function disable(channelId: string): RawStatement<unknown> {
  return raw('update channel set enabled = false, version = version + 1 where id = $1', [channelId])
}

export function clearFailures(channelId: string): RawStatement<unknown> {
  return raw('update channel set failures = 0, failing_since = null where id = $1', [channelId])
}

/** Robots with something due that nobody is sending to: after a crash, a pause, a lost job. */
export function idleRobots(now: Date): RawStatement<{ key: string }> {
  return raw(
    `select r.key from channel_robot r
     where (r.paused_until is null or r.paused_until <= $1) and (r.busy_until is null or r.busy_until <= $1)
       and exists (select 1 from channel c join channel_delivery d on d.channel_id = c.id
         where c.robot_key = r.key and c.enabled and c.deleted_at is null
           and d.status in ('waiting', 'retrying', 'sending') and d.next_at <= $1)`,
    [now],
  )
}

export function forgetOld(before: Date): readonly RawStatement<unknown>[] {
  return [
    raw('delete from channel_delivery where created_at < $1', [before]),
    raw(
      `delete from channel c where c.deleted_at < $1
         and not exists (select 1 from channel_delivery d where d.channel_id = c.id)`,
      [before],
    ),
    raw('delete from channel_robot r where not exists (select 1 from channel c where c.robot_key = r.key)'),
  ]
}
