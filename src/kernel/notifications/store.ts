import { json, type RawStatement, raw } from '../db/sql.ts'
import type { SignedLink } from './notice.ts'
import type { Facts } from './rules.ts'

export interface NewNotification {
  readonly id: string
  readonly siteId: string
  readonly personId: string
  readonly template: string
  readonly facts: Facts
  readonly link: string | null
  readonly signed: SignedLink | null
  readonly at: Date
}

export function insertNotifications(rows: readonly NewNotification[]): RawStatement<unknown> {
  return raw(
    `insert into notification (id, site_id, person_id, template, facts, link, signed, created_at)
     select id, "siteId", "personId", template, facts, link, nullif(signed, 'null'::jsonb), at
     from jsonb_to_recordset($1::jsonb) as n(id uuid, "siteId" uuid, "personId" uuid, template text, facts jsonb,
       link text, signed jsonb, at timestamptz)`,
    [json(rows)],
  )
}

export interface NewDelivery {
  readonly id: string
  readonly notificationId: string
  readonly siteId: string
  readonly address: string
  readonly messageId: string
  readonly at: Date
}

export function insertDeliveries(rows: readonly NewDelivery[]): RawStatement<unknown> {
  return raw(
    `insert into delivery (id, notification_id, site_id, channel, address, message_id, created_at)
     select id, "notificationId", "siteId", 'email', address, "messageId", at
     from jsonb_to_recordset($1::jsonb) as d(id uuid, "notificationId" uuid, "siteId" uuid, address text,
       "messageId" text, at timestamptz)`,
    [json(rows)],
  )
}

export interface NoticeTask {
  readonly id: string
  readonly siteId: string
  readonly kind: string
  readonly subjectEntity: string
  readonly subjectId: string
  readonly facts: Record<string, unknown>
  readonly ownerKind: 'person' | 'post'
  readonly ownerId: string
  readonly dueAt: Date
  readonly createdBy: string
}

/** Only what is still open: nobody wants to hear of what is done already. */
export function openTasksByIds(ids: readonly string[]): RawStatement<NoticeTask> {
  return raw(
    `select id, site_id as "siteId", kind, subject_entity as "subjectEntity", subject_id as "subjectId", facts,
       owner_kind as "ownerKind", owner_id as "ownerId", due_at as "dueAt", created_by as "createdBy"
     from task where id = any($1::uuid[]) and status = 'open'`,
    [ids],
  )
}

export interface NotificationRow {
  readonly id: string
  readonly template: string
  readonly facts: Facts
  readonly link: string | null
  readonly at: Date
  readonly readAt: Date | null
}

/** Unread first, each part newest first; `id` is made in time order. */
export function notificationPage(filter: {
  readonly siteId: string
  readonly personId: string
  readonly after: { readonly read: boolean; readonly id: string } | null
  readonly limit: number
}): RawStatement<NotificationRow> {
  return raw(
    `select id, template, facts, link, created_at as at, read_at as "readAt" from notification
     where person_id = $1 and site_id = $2
       and ($3::uuid is null or ((read_at is not null) = $4 and id < $3) or ((read_at is not null) and not $4))
     order by (read_at is not null), id desc limit $5`,
    [filter.personId, filter.siteId, filter.after?.id ?? null, filter.after?.read ?? false, filter.limit],
  )
}

export function unreadCount(siteId: string, personId: string): RawStatement<{ n: number }> {
  return raw(
    `select count(*)::int as n from notification where person_id = $1 and site_id = $2 and read_at is null`,
    [personId, siteId],
  )
}

/** `id` null: all of the person at the site. */
export function markRead(
  siteId: string,
  personId: string,
  id: string | null,
  at: Date,
): RawStatement<unknown> {
  return raw(
    `update notification set read_at = $4 where person_id = $1 and site_id = $2 and read_at is null
       and ($3::uuid is null or id = $3)`,
    [personId, siteId, id, at],
  )
}

export function ownNotification(siteId: string, personId: string, id: string): RawStatement<{ id: string }> {
  return raw('select id from notification where id = $3 and person_id = $1 and site_id = $2', [
    personId,
    siteId,
    id,
  ])
}

export interface DeliveryRow {
  readonly id: string
  readonly siteId: string
  readonly personId: string
  readonly channel: string
  readonly address: string
  readonly messageId: string
  readonly status: 'queued' | 'sent' | 'failed'
  readonly attempts: number
  readonly lastError: string | null
  readonly at: Date
  readonly sentAt: Date | null
  readonly template: string
  readonly facts: Facts
  readonly link: string | null
  readonly signed: SignedLink | null
}

const deliveryColumns = `d.id, d.site_id as "siteId", n.person_id as "personId", d.channel, d.address,
  d.message_id as "messageId", d.status, d.attempts, d.last_error as "lastError", d.created_at as at,
  d.sent_at as "sentAt", n.template, n.facts, n.link, n.signed`

export function deliveryPage(filter: {
  readonly siteId: string
  readonly status: string | null
  readonly beforeId: string | null
  readonly limit: number
}): RawStatement<DeliveryRow> {
  return raw(
    `select ${deliveryColumns} from delivery d join notification n on n.id = d.notification_id
     where d.site_id = $1 and ($2::text is null or d.status = $2) and ($3::uuid is null or d.id < $3)
     order by d.id desc limit $4`,
    [filter.siteId, filter.status, filter.beforeId, filter.limit],
  )
}

export function failedCount(siteId: string): RawStatement<{ n: number }> {
  return raw(`select count(*)::int as n from delivery where site_id = $1 and status = 'failed'`, [siteId])
}

export function lockDelivery(siteId: string, id: string): RawStatement<DeliveryRow> {
  return raw(
    `select ${deliveryColumns} from delivery d join notification n on n.id = d.notification_id
     where d.site_id = $1 and d.id = $2 for update of d`,
    [siteId, id],
  )
}

/** Begins an attempt; nothing comes back for a delivery that is sent or given up. */
export function beginAttempt(id: string, at: Date): RawStatement<DeliveryRow> {
  return raw(
    `update delivery d set attempts = d.attempts + 1, tried_at = $2 from notification n
     where d.id = $1 and d.status = 'queued' and n.id = d.notification_id returning ${deliveryColumns}`,
    [id, at],
  )
}

export function markSent(id: string, at: Date): RawStatement<unknown> {
  return raw(
    `update delivery set status = 'sent', sent_at = $2, tried_at = null, last_error = null where id = $1`,
    [id, at],
  )
}

export function attemptFailed(id: string, status: 'queued' | 'failed', error: string): RawStatement<unknown> {
  return raw(
    `update delivery set status = $2, last_error = $3, tried_at = null where id = $1 and status = 'queued'`,
    [id, status, error],
  )
}

export function requeue(id: string): RawStatement<unknown> {
  return raw(`update delivery set status = 'queued', attempts = 0, tried_at = null where id = $1`, [id])
}

/** Attempts whose process died; taken up by whoever asks first. */
export function abandonedAttempts(before: Date): RawStatement<{ id: string }> {
  return raw(
    `update delivery set tried_at = null where id in (select id from delivery
       where status = 'queued' and tried_at < $1 order by tried_at limit 1000 for update skip locked) returning id`,
    [before],
  )
}

/** Copies of what the journal keeps; gone after their time (G5). */
export function forgetOld(before: Date): readonly RawStatement<unknown>[] {
  return [
    raw('delete from delivery d using notification n where n.id = d.notification_id and n.created_at < $1', [
      before,
    ]),
    raw('delete from notification where created_at < $1', [before]),
  ]
}

export interface SiteRow {
  readonly id: string
  readonly name: string
  readonly zone: string
}

export function siteOf(id: string): RawStatement<SiteRow> {
  return raw('select id, name, zone from site where id = $1', [id])
}
