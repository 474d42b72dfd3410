import type { Sql } from '../../db/sql.ts'
import type { Ctx, Work } from '../../work/command.ts'
import type { Channel, ChannelDelivery } from './contract.ts'
import type { ListedDelivery } from './log/store.ts'
import type { ChannelRow, ListedRow } from './store.ts'

type Counts = Pick<ListedRow, 'waiting' | 'failed' | 'lastSentAt' | 'pausedUntil'>

const fresh: Counts = { waiting: 0, failed: 0, lastSentAt: null, pausedUntil: null }

/** A channel as it will be when the use case commits; what waits in it, the list tells. */
export async function presentChannel(work: Work, row: ChannelRow): Promise<Channel> {
  const names = await postNamesOf(work.ctx, work, [row])
  return presentRow(row, fresh, names, work.now)
}

export function presentRow(
  row: ChannelRow,
  counts: Counts,
  names: ReadonlyMap<string, string>,
  now: Date,
): Channel {
  const { id, kind, name, enabled, language, topics, events, details, mention, version } = row
  const resting = counts.pausedUntil !== null && counts.pausedUntil > now ? counts.pausedUntil : null
  return {
    ...{ id, kind, name, enabled, language, details, mention, version },
    topics: topics === null ? null : [...topics],
    events: [...events],
    address: row.urlHint,
    signed: row.secretSealed !== null,
    oldSecretUntil: iso(row.oldSecretUntil !== null && row.oldSecretUntil > now ? row.oldSecretUntil : null),
    posts: row.posts.map((post) => ({ id: post, name: names.get(post) ?? null })),
    state: !enabled
      ? 'off'
      : row.failingSince !== null
        ? 'failing'
        : resting === null
          ? 'working'
          : 'resting',
    failingSince: iso(row.failingSince),
    restingUntil: iso(resting),
    waiting: counts.waiting,
    failed: counts.failed,
    lastSentAt: iso(counts.lastSentAt),
  }
}

/** Names of posts that come with no role (`department:<id>`). */
export async function postNamesOf(
  ctx: Ctx,
  sql: Sql,
  rows: readonly ChannelRow[],
): Promise<ReadonlyMap<string, string>> {
  const posts = [...new Set(rows.flatMap((row) => row.posts))]
  if (posts.length === 0) return new Map()
  const found = await Promise.all(
    ctx.kernel.modules.list.map(
      (module) => module.postNames?.(sql, ctx.siteId, posts, ctx.kernel) ?? new Map(),
    ),
  )
  return new Map(found.flatMap((part) => [...part]))
}

export function presentDelivery(row: ListedDelivery, usable: boolean): ChannelDelivery {
  const { id, kind, template, status, attempts, digest, error, errorWords } = row
  const going = status === 'waiting' || status === 'retrying'
  return {
    ...{ id, kind, template, facts: { ...row.facts }, status, attempts, digest, error, errorWords },
    channel: { id: row.channelId, name: row.channelName, kind: row.channelKind },
    subject: row.event === null ? null : `${row.event.entity} ${row.event.id}`,
    nextAt: iso(going ? row.nextAt : null),
    at: row.at.toISOString(),
    sentAt: iso(row.sentAt),
    can: { retry: usable && mayRetry(row) },
  }
}

export function mayRetry(row: Pick<ListedDelivery, 'status' | 'channelKind'>): boolean {
  return row.status === 'failed' || (row.status === 'sent' && row.channelKind === 'webhook')
}

function iso(at: Date | null): string | null {
  return at?.toISOString() ?? null
}
