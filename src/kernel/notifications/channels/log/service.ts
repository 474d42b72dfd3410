/** What goes through channels, for those who look after them: test messages, the log, another attempt (G2). */
import type { z } from 'zod'
import { type RouteInput, uuid } from '../../../contract.ts'
import { fail, failWith } from '../../../errors.ts'
import { newId } from '../../../ids.ts'
import { addJobs } from '../../../journal/followers.ts'
import { serverTexts, translator } from '../../../texts.ts'
import { type Ctx, command, query, type Work } from '../../../work/command.ts'
import { type ChannelDelivery, channelErrors, type channelRoutes } from '../contract.ts'
import { eventEntities } from '../events.ts'
import { mayRetry, presentDelivery } from '../present.ts'
import { channelJob } from '../queue/run.ts'
import { insertDeliveries } from '../queue/store.ts'
import { bare } from '../queue/words.ts'
import { type ChannelRow, findChannel, lockChannel, type Scope, wakeRobot } from '../store.ts'
import * as store from './store.ts'

const refuse = failWith(channelErrors)
type Routes = typeof channelRoutes
type Answer<R extends { response: z.ZodType }> = z.input<R['response']>

const statuses = {
  open: ['waiting', 'sending', 'retrying'],
  sent: ['sent'],
  failed: ['failed'],
} as const
/** Has no texts of a notice: its words are the channel's own. */
const testTemplate = 'channel.test'
const everything = [...statuses.open, ...statuses.sent, ...statuses.failed]

/** Templates and kinds of tasks that people are told of, each with a name made of its text. */
export async function options(ctx: Ctx): Promise<Answer<Routes['options']>> {
  const texts = await serverTexts()
  const nameOf = (key: string) => {
    const of = (language: 'zh' | 'en') => bare(translator(texts[language], language)(key, {}) ?? key)
    return { zh: of('zh'), en: of('en') }
  }
  const templates = [...texts.zh.keys()].flatMap(
    (key) => /^notice\.(?!task\.)(.+)\.subject$/.exec(key)?.[1] ?? [],
  )
  const kinds = [...ctx.kernel.modules.taskKinds].filter(([, kind]) => kind.notify !== false)
  return {
    topics: [
      ...templates.map((topic) => ({ topic, name: nameOf(`notice.${topic}.subject`) })),
      ...kinds.map(([kind]) => ({ topic: `task:${kind}`, name: nameOf(`task.${kind}`) })),
    ],
    entities: eventEntities(ctx.kernel),
  }
}

/** Not sent from in here: it waits its turn like every message, and its row tells what came of it. */
export async function test(
  ctx: Ctx,
  scope: Scope,
  { params }: { params: { id: string } },
): Promise<ChannelDelivery> {
  return await command(ctx, async (work) => {
    const channel = await mustBeOn(work, scope, params.id)
    const id = newId()
    await work.run(
      insertDeliveries([
        {
          ...{ id, siteId: channel.siteId, channelId: channel.id, kind: 'test', template: testTemplate },
          ...{ facts: {}, link: null, people: [], event: null, at: work.now },
        },
      ]),
    )
    work.write(wakeRobot(channel.robotKey))
    work.write(addJobs([channelJob(channel.robotKey)]))
    journal(work, scope, id, 'channel-delivery.tested', { channel: channel.id })
    return presentDelivery(await work.one(store.lockDelivery(scope.siteId, scope.personId, id)), true)
  })
}

export async function deliveries(
  ctx: Ctx,
  scope: Scope,
  input: Pick<RouteInput<Routes['deliveries']>, 'query'>,
) {
  const { cursor, limit, channel, status, from = null, until = null, about = '' } = input.query
  const rows = await query(ctx).all(
    store.deliveryPage({
      ...scope,
      channelId: channel ?? null,
      ...{ from, until, about },
      statuses: status === undefined ? everything : statuses[status],
      beforeId: cursor === undefined ? null : mustBeId(cursor),
      limit: limit + 1,
    }),
  )
  const items = rows.slice(0, limit).map((row) => presentDelivery(row, row.usable))
  return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null }
}

export async function siteDeliveries(
  ctx: Ctx,
  input: RouteInput<Routes['deliveries']>,
): Promise<Answer<Routes['deliveries']>> {
  const scope = { siteId: ctx.siteId, personId: null }
  const [page, failed] = await Promise.all([
    deliveries(ctx, scope, input),
    query(ctx).one(store.failedCount(ctx.siteId)),
  ])
  return { ...page, failed: failed.n }
}

export async function delivery(
  ctx: Ctx,
  scope: Scope,
  { params }: { params: { id: string } },
): Promise<ChannelDelivery> {
  const row = await query(ctx).maybe(store.oneDelivery(scope.siteId, scope.personId, params.id))
  return row === undefined ? fail('entity.not-found') : presentDelivery(row, row.usable)
}

/** @throws DomainError `channel-delivery.not-failed`, `channel.off` */
export async function retry(
  ctx: Ctx,
  scope: Scope,
  { params }: { params: { id: string } },
): Promise<ChannelDelivery> {
  return await command(ctx, async (work) => {
    const row = await work.maybe(store.lockDelivery(scope.siteId, scope.personId, params.id))
    if (row === undefined) return fail('entity.not-found')
    if (!mayRetry(row)) return refuse('channel-delivery.not-failed', { status: row.status })
    if (!row.usable) return refuse('channel.off')
    work.write(store.requeue(row.id, work.now))
    work.write(wakeRobot(row.robotKey))
    work.write(addJobs([channelJob(row.robotKey)]))
    journal(work, scope, row.id, 'channel-delivery.retried', { channel: row.channelId, before: row.status })
    return presentDelivery({ ...row, status: 'waiting', attempts: 0, nextAt: work.now, sentAt: null }, true)
  })
}

export async function retryFailed(
  ctx: Ctx,
  scope: Scope,
  { params }: { params: { id: string } },
): Promise<{ count: number }> {
  return await command(ctx, async (work) => {
    const channel = await mustBeOn(work, scope, params.id)
    const count = await work.run(store.requeueFailed(channel.id, work.now))
    if (count === 0) return { count }
    work.write(wakeRobot(channel.robotKey))
    work.write(addJobs([channelJob(channel.robotKey)]))
    journal(work, scope, channel.id, 'channel-delivery.retried', { channel: channel.id, count })
    return { count }
  })
}

/** Minutes of the limit of three hundred a minute: what takes longer than an afternoon is asked for in parts. */
const mostReplayed = 50_000

function stretchOf(now: Date, { from, until }: { from: string; until?: string | undefined }): [Date, Date] {
  const ends = until === undefined ? now : new Date(until)
  return [new Date(from), ends < now ? ends : now]
}

export async function replayable(
  ctx: Ctx,
  scope: Scope,
  { params, query: asked }: Pick<RouteInput<Routes['replayable']>, 'params' | 'query'>,
): Promise<Answer<Routes['replayable']>> {
  const sql = query(ctx)
  const channel = await sql.maybe(findChannel(scope, params.id))
  if (channel === undefined) return fail('entity.not-found')
  if (channel.kind !== 'webhook') return refuse('channel.no-replay')
  const [from, until] = stretchOf(ctx.kernel.clock.now(), asked)
  const { n } = await sql.one(store.replayable(channel.id, from, until))
  return { count: n, most: mostReplayed }
}

/** G2: a program that lost what it was told is told again; a chat would only be flooded. */
export async function replay(
  ctx: Ctx,
  scope: Scope,
  { params, body }: Pick<RouteInput<Routes['replay']>, 'params' | 'body'>,
): Promise<{ count: number }> {
  return await command(ctx, async (work) => {
    const channel = await mustBeOn(work, scope, params.id)
    if (channel.kind !== 'webhook') return refuse('channel.no-replay')
    const [from, until] = stretchOf(work.now, body)
    const { n } = await work.one(store.replayable(channel.id, from, until))
    if (n > mostReplayed) return refuse('channel-delivery.too-many', { most: mostReplayed })
    if (n !== body.expected) return fail('edit.stale')
    if (n === 0) return { count: 0 }
    work.write(store.requeueStretch(channel.id, from, until, work.now))
    work.write(wakeRobot(channel.robotKey))
    work.write(addJobs([channelJob(channel.robotKey)]))
    const stretch = { from: from.toISOString(), until: until.toISOString() }
    journal(work, scope, channel.id, 'channel-delivery.replayed', {
      channel: channel.id,
      count: n,
      ...stretch,
    })
    return { count: n }
  })
}

async function mustBeOn(work: Work, scope: Scope, id: string): Promise<ChannelRow> {
  const channel = await work.maybe(lockChannel(scope, id))
  if (channel === undefined || channel.deletedAt !== null) return fail('entity.not-found')
  return channel.enabled ? channel : refuse('channel.off')
}

function journal(work: Work, scope: Scope, id: string, action: string, after: Record<string, unknown>) {
  const people = scope.personId === null ? [] : [scope.personId]
  work.journal({ entity: 'channel-delivery', entityId: id, action, after, data: { people } })
}

function mustBeId(text: string): string {
  return uuid.safeParse(text).success
    ? text
    : fail('input.invalid', {}, [{ path: 'cursor', code: 'invalid_format' }])
}
