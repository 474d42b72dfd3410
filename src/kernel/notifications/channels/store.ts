/** Channels themselves; what goes through them stands in `queue/store.ts`. */
import { json, type RawStatement, raw } from '../../db/sql.ts'
import type { ChannelKind } from './rules.ts'

export interface ChannelRow {
  readonly id: string
  readonly siteId: string
  /** Whose own robot it is; null: the site's. */
  readonly personId: string | null
  readonly kind: ChannelKind
  readonly name: string
  readonly robotKey: string
  /** Null once a deleted channel's secrets were erased. */
  readonly urlSealed: string | null
  readonly urlHint: string
  readonly secretSealed: string | null
  readonly oldSecretSealed: string | null
  readonly oldSecretUntil: Date | null
  readonly enabled: boolean
  readonly language: 'zh' | 'en'
  readonly topics: readonly string[] | null
  readonly posts: readonly string[]
  readonly events: readonly string[]
  readonly details: boolean
  readonly mention: boolean
  readonly version: number
  readonly failures: number
  readonly failingSince: Date | null
  readonly createdAt: Date
  readonly deletedAt: Date | null
}

const columns = `c.id, c.site_id as "siteId", c.person_id as "personId", c.kind, c.name, c.robot_key as "robotKey",
  c.url_sealed as "urlSealed", c.url_hint as "urlHint", c.secret_sealed as "secretSealed",
  c.old_secret_sealed as "oldSecretSealed", c.old_secret_until as "oldSecretUntil", c.enabled, c.language, c.topics,
  c.posts, c.events, c.details, c.mention, c.version, c.failures, c.failing_since as "failingSince",
  c.created_at as "createdAt", c.deleted_at as "deletedAt"`

/** `personId` null: the site's channels, else this person's own. */
export interface Scope {
  readonly siteId: string
  readonly personId: string | null
}

export interface ListedRow extends ChannelRow {
  readonly waiting: number
  readonly failed: number
  readonly lastSentAt: Date | null
  readonly pausedUntil: Date | null
}

export function channelsOf({ siteId, personId }: Scope): RawStatement<ListedRow> {
  return raw(
    `select ${columns}, r.paused_until as "pausedUntil",
       (select count(*)::int from channel_delivery d
        where d.channel_id = c.id and d.status in ('waiting', 'retrying', 'sending')) as waiting,
       (select count(*)::int from channel_delivery d where d.channel_id = c.id and d.status = 'failed') as failed,
       (select max(d.sent_at) from channel_delivery d where d.channel_id = c.id) as "lastSentAt"
     from channel c join channel_robot r on r.key = c.robot_key
     where c.site_id = $1 and c.person_id is not distinct from $2::uuid and c.deleted_at is null
     order by lower(c.name), c.id`,
    [siteId, personId],
  )
}

/** The site's own robots of all these people, and the site's channels, as the follower distributes notices. */
export function liveChannels(
  siteIds: readonly string[],
  personIds: readonly string[],
): RawStatement<ChannelRow> {
  return raw(
    `select ${columns} from channel c
     where c.site_id = any($1::uuid[]) and (c.person_id is null or c.person_id = any($2::uuid[]))
       and c.enabled and c.deleted_at is null order by c.id`,
    [siteIds, personIds],
  )
}

export function webhooksWithEvents(siteIds: readonly string[]): RawStatement<ChannelRow> {
  return raw(
    `select ${columns} from channel c where c.site_id = any($1::uuid[]) and c.kind = 'webhook'
       and c.events <> '{}' and c.enabled and c.deleted_at is null order by c.id`,
    [siteIds],
  )
}

export function findChannel({ siteId, personId }: Scope, id: string): RawStatement<ChannelRow> {
  return raw(
    `select ${columns} from channel c
     where c.id = $3 and c.site_id = $1 and c.person_id is not distinct from $2::uuid`,
    [siteId, personId, id],
  )
}

export function lockChannel({ siteId, personId }: Scope, id: string): RawStatement<ChannelRow> {
  return raw(
    `select ${columns} from channel c
     where c.id = $3 and c.site_id = $1 and c.person_id is not distinct from $2::uuid for update`,
    [siteId, personId, id],
  )
}

/** How many a scope has. */
export function countOf({ siteId, personId }: Scope): RawStatement<{ n: number }> {
  return raw(
    `select count(*)::int as n from channel
     where site_id = $1 and person_id is not distinct from $2::uuid and deleted_at is null`,
    [siteId, personId],
  )
}

export function channelById(id: string): RawStatement<ChannelRow> {
  return raw(`select ${columns} from channel c where c.id = $1`, [id])
}

/** Touches the row also when it is there, so that the nightly cleaning cannot take it away meanwhile. */
export function addRobot(key: string): RawStatement<unknown> {
  return raw(
    'insert into channel_robot (key) values ($1) on conflict (key) do update set key = excluded.key',
    [key],
  )
}

/** Whatever it rested for is over: somebody has mended it. */
export function wakeRobot(key: string): RawStatement<unknown> {
  return raw('update channel_robot set failures = 0, paused_until = null where key = $1', [key])
}

/** Inserted, or every column that may change written anew. */
export function putChannel(row: ChannelRow): RawStatement<unknown> {
  return raw(
    `insert into channel (id, site_id, person_id, kind, name, robot_key, url_sealed, url_hint, secret_sealed,
       old_secret_sealed, old_secret_until, enabled, language, topics, posts, events, details, mention, version,
       failures, failing_since, created_at, deleted_at)
     select id, "siteId", "personId", kind, name, "robotKey", "urlSealed", "urlHint", "secretSealed",
       "oldSecretSealed", "oldSecretUntil", enabled, language, topics, posts, events, details, mention, version,
       failures, "failingSince", "createdAt", "deletedAt"
     from jsonb_to_record($1::jsonb) as c(id uuid, "siteId" uuid, "personId" uuid, kind text, name text,
       "robotKey" text, "urlSealed" text, "urlHint" text, "secretSealed" text, "oldSecretSealed" text,
       "oldSecretUntil" timestamptz, enabled boolean, language text, topics text[], posts text[], events text[],
       details boolean, mention boolean, version integer, failures integer, "failingSince" timestamptz,
       "createdAt" timestamptz, "deletedAt" timestamptz)`,
    [json(row)],
  )
}

export function updateChannel(row: ChannelRow): RawStatement<unknown> {
  return raw(
    `update channel set name = $2, robot_key = $3, url_sealed = $4, url_hint = $5, secret_sealed = $6,
       old_secret_sealed = $7, old_secret_until = $8, enabled = $9, language = $10, topics = $11, posts = $12,
       events = $13, details = $14, mention = $15, version = $16, deleted_at = $17, failures = 0,
       failing_since = null where id = $1`,
    [
      ...[row.id, row.name, row.robotKey, row.urlSealed, row.urlHint, row.secretSealed, row.oldSecretSealed],
      ...[row.oldSecretUntil, row.enabled, row.language, row.topics, row.posts, row.events, row.details],
      ...[row.mention, row.version, row.deletedAt],
    ],
  )
}

/** What was deleted a day ago can no longer be brought back; nobody can send with it any more (G5). */
export function eraseDeleted(before: Date): RawStatement<unknown> {
  return raw(
    `update channel set url_sealed = null, secret_sealed = null, old_secret_sealed = null
     where deleted_at < $1 and url_sealed is not null`,
    [before],
  )
}

export function dropOldSecrets(now: Date): RawStatement<unknown> {
  return raw(
    'update channel set old_secret_sealed = null, old_secret_until = null where old_secret_until < $1',
    [now],
  )
}

export interface Preference {
  readonly personId: string
  readonly topic: string
  readonly email: boolean
  readonly chat: boolean
}

export function preferencesOf(
  siteIds: readonly string[],
  personIds: readonly string[],
): RawStatement<Preference> {
  return raw(
    `select person_id as "personId", topic, email, chat from notice_preference
     where person_id = any($2::uuid[]) and site_id = any($1::uuid[]) order by topic`,
    [siteIds, personIds],
  )
}

export function forgetPreferences(siteId: string, personId: string): RawStatement<unknown> {
  return raw('delete from notice_preference where person_id = $2 and site_id = $1', [siteId, personId])
}

export function putPreferences(
  siteId: string,
  personId: string,
  rows: readonly { readonly topic: string; readonly email: boolean; readonly chat: boolean }[],
): RawStatement<unknown> {
  return raw(
    `insert into notice_preference (site_id, person_id, topic, email, chat)
     select $1, $2, topic, email, chat from jsonb_to_recordset($3::jsonb) as p(topic text, email boolean, chat boolean)`,
    [siteId, personId, json(rows)],
  )
}
