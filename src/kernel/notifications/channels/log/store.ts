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

export interface DeliveryFilter {
  readonly siteId: string
  readonly personId: string | null
  readonly channelId: string | null
  readonly statuses: readonly string[]
  readonly beforeId: string | null
  readonly limit: number
}

export function deliveryPage(filter: DeliveryFilter): RawStatement<ListedDelivery> {
  return raw(
    `select ${listed}
     from channel_delivery d join channel c on c.id = d.channel_id
     where d.site_id = $1 and c.person_id is not distinct from $2::uuid and ($3::uuid is null or d.channel_id = $3)
       and d.status = any($4::text[]) and ($5::uuid is null or d.id < $5) order by d.id desc limit $6`,
    [filter.siteId, filter.personId, filter.channelId, filter.statuses, filter.beforeId, filter.limit],
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
