/** What went through channels, as those see it who look after them. */
import { type RawStatement, raw } from '../../../db/sql.ts'
import { columns, type DeliveryRow } from '../queue/store.ts'
import type { ChannelKind } from '../rules.ts'

export interface ListedDelivery extends DeliveryRow {
  readonly channelName: string
  readonly channelKind: ChannelKind
  readonly robotKey: string
  /** Switched on and not deleted. */
  readonly usable: boolean
}

const listed = `${columns}, c.name as "channelName", c.kind as "channelKind", c.robot_key as "robotKey",
  c.enabled and c.deleted_at is null as usable`

/** When it happened, not when it was queued: a follower may be behind. */
const happened = `coalesce((d.event->>'at')::timestamptz, d.created_at)`

export interface DeliveryFilter {
  readonly siteId: string
  readonly personId: string | null
  readonly channelId: string | null
  readonly statuses: readonly string[]
  readonly from: string | null
  readonly until: string | null
  readonly about: string
  readonly beforeId: string | null
  readonly limit: number
}

export function deliveryPage(filter: DeliveryFilter): RawStatement<ListedDelivery> {
  return raw(
    `select ${listed}
     from channel_delivery d join channel c on c.id = d.channel_id
     where d.site_id = $1 and c.person_id is not distinct from $2::uuid and ($3::uuid is null or d.channel_id = $3)
       and d.status = any($4::text[]) and ($5::uuid is null or d.id < $5)
       and ($7::timestamptz is null or ${happened} >= $7) and ($8::timestamptz is null or ${happened} < $8)
       and ($9 = '' or strpos(lower(d.template), lower($9)) > 0 or strpos(lower(d.event->>'entity'), lower($9)) > 0
         or d.event->>'id' = $9 or strpos(d.event->'facts'->>'number', $9) > 0)
     order by d.id desc limit $6`,
    [
      ...[filter.siteId, filter.personId, filter.channelId, filter.statuses, filter.beforeId, filter.limit],
      ...[filter.from, filter.until, filter.about],
    ],
  )
}

export function failedCount(siteId: string): RawStatement<{ n: number }> {
  return raw(
    `select count(*)::int as n from channel_delivery d join channel c on c.id = d.channel_id
     where d.site_id = $1 and c.person_id is null and c.deleted_at is null and d.status = 'failed'`,
    [siteId],
  )
}

export function oneDelivery(
  siteId: string,
  personId: string | null,
  id: string,
): RawStatement<ListedDelivery> {
  return raw(
    `select ${listed} from channel_delivery d join channel c on c.id = d.channel_id
     where d.id = $3 and d.site_id = $1 and c.person_id is not distinct from $2::uuid`,
    [siteId, personId, id],
  )
}

export function lockDelivery(
  siteId: string,
  personId: string | null,
  id: string,
): RawStatement<ListedDelivery> {
  return raw(
    `select ${listed} from channel_delivery d join channel c on c.id = d.channel_id
     where d.id = $3 and d.site_id = $1 and c.person_id is not distinct from $2::uuid for update of d`,
    [siteId, personId, id],
  )
}

/** From the beginning. What is asked for by hand is never too old: it counts as of now. */
export function requeue(id: string, now: Date): RawStatement<unknown> {
  return raw(
    `update channel_delivery set status = 'waiting', attempts = 0, next_at = $2, queued_at = $2, sent_at = null,
       alone = false where id = $1`,
    [id, now],
  )
}

export function requeueFailed(channelId: string, now: Date): RawStatement<unknown> {
  return raw(
    `update channel_delivery set status = 'waiting', attempts = 0, next_at = $2, queued_at = $2, alone = false
     where channel_id = $1 and status = 'failed'`,
    [channelId, now],
  )
}

const ofStretch = `d.channel_id = $1 and d.kind <> 'test' and d.status in ('sent', 'failed')
  and ${happened} >= $2::timestamptz and ${happened} < $3::timestamptz`

export function replayable(channelId: string, from: Date, until: Date): RawStatement<{ n: number }> {
  return raw(`select count(*)::int as n from channel_delivery d where ${ofStretch}`, [channelId, from, until])
}

/** The queue goes by its time, then by id: a microsecond apart, all of them due now, they go as they happened. */
export function requeueStretch(channelId: string, from: Date, until: Date, now: Date): RawStatement<unknown> {
  return raw(
    `with again as (
       select d.id, row_number() over (order by ${happened} desc, d.id desc) as n from channel_delivery d where ${ofStretch}
     )
     update channel_delivery d set status = 'waiting', attempts = 0, alone = false, sent_at = null, queued_at = $4,
       next_at = $4::timestamptz - again.n * interval '1 microsecond'
     from again where d.id = again.id`,
    [channelId, from, until, now],
  )
}
