import type { z } from 'zod'
import { may } from '../authorize.ts'
import type { RouteInput } from '../contract.ts'
import { fail, failWith } from '../errors.ts'
import { addJobs } from '../journal/followers.ts'
import { type Ctx, command, query, type Work } from '../work/command.ts'
import {
  type delivery,
  type deliveryRoutes,
  notificationErrors,
  type notificationRoutes,
} from './contract.ts'
import { emailJob } from './email.ts'
import { contactsOf } from './notice.ts'
import * as store from './store.ts'

const refuse = failWith(notificationErrors)
type Routes = typeof notificationRoutes
type Deliveries = typeof deliveryRoutes
type Answer<R extends { response: z.ZodType }> = z.input<R['response']>

export async function list(ctx: Ctx, input: RouteInput<Routes['list']>): Promise<Answer<Routes['list']>> {
  const { cursor, limit } = input.query
  const personId = ctx.actor.employeeId
  if (personId === null) return { items: [], next: null, unread: 0 }
  const [rows, { n }] = await Promise.all([
    query(ctx).all(
      store.notificationPage({ siteId: ctx.siteId, personId, after: placeOf(cursor), limit: limit + 1 }),
    ),
    query(ctx).one(store.unreadCount(ctx.siteId, personId)),
  ])
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return {
    items: items.map(({ at, readAt, ...rest }) => ({
      ...rest,
      at: at.toISOString(),
      readAt: readAt?.toISOString() ?? null,
    })),
    next: rows.length > limit && last !== undefined ? `${last.readAt === null ? 'u' : 'r'}${last.id}` : null,
    unread: n,
  }
}

export async function count(ctx: Ctx): Promise<{ unread: number }> {
  if (ctx.actor.employeeId === null) return { unread: 0 }
  const { n } = await query(ctx).one(store.unreadCount(ctx.siteId, ctx.actor.employeeId))
  return { unread: n }
}

export async function read(ctx: Ctx, input: RouteInput<Routes['read']>): Promise<{ unread: number }> {
  const personId = ctx.actor.employeeId
  return command(ctx, async (work) => {
    const found =
      personId === null
        ? undefined
        : await work.maybe(store.ownNotification(ctx.siteId, personId, input.params.id))
    if (personId === null || found === undefined) return fail('entity.not-found')
    return markRead(work, personId, input.params.id)
  })
}

export async function readAll(ctx: Ctx): Promise<{ unread: number }> {
  const personId = ctx.actor.employeeId
  if (personId === null) return { unread: 0 }
  return command(ctx, (work) => markRead(work, personId, null))
}

/** The person's other consoles learn of it through the journal. */
async function markRead(work: Work, personId: string, id: string | null): Promise<{ unread: number }> {
  const { siteId } = work.ctx
  const touched = await work.run(store.markRead(siteId, personId, id, work.now))
  const { n } = await work.one(store.unreadCount(siteId, personId))
  if (touched > 0) {
    work.journal({
      entity: 'notification',
      entityId: id ?? personId,
      action: 'notification.read',
      data: { people: [personId], count: touched },
    })
  }
  return { unread: n }
}

export async function deliveries(
  ctx: Ctx,
  input: RouteInput<Deliveries['list']>,
): Promise<Answer<Deliveries['list']>> {
  const { cursor, limit, status } = input.query
  const [rows, failed] = await Promise.all([
    query(ctx).all(
      store.deliveryPage({
        siteId: ctx.siteId,
        status: status ?? null,
        beforeId: cursor === undefined ? null : mustBeId(cursor),
        limit: limit + 1,
      }),
    ),
    query(ctx).one(store.failedCount(ctx.siteId)),
  ])
  const items = rows.slice(0, limit)
  const names = await contactsOf(
    ctx.kernel,
    query(ctx),
    items.map((row) => row.personId),
  )
  return {
    items: items.map((row) => present(ctx, row, names.get(row.personId)?.name ?? null)),
    next: rows.length > limit ? (items.at(-1)?.id ?? null) : null,
    email: ctx.kernel.config.smtpUrl !== undefined,
    failed: failed.n,
  }
}

/**
 * @throws DomainError `delivery.not-failed` (sent, or still being tried), `delivery.no-email` without a mail server
 */
export async function retry(
  ctx: Ctx,
  input: RouteInput<Deliveries['retry']>,
): Promise<z.input<typeof delivery>> {
  if (ctx.kernel.config.smtpUrl === undefined) return refuse('delivery.no-email')
  return command(ctx, async (work) => {
    const row = await work.maybe(store.lockDelivery(ctx.siteId, input.params.id))
    if (row === undefined) return fail('entity.not-found')
    if (row.status !== 'failed') return refuse('delivery.not-failed', { status: row.status })
    work.write(store.requeue(row.id))
    work.write(addJobs([emailJob(row.id)]))
    work.journal({
      entity: 'delivery',
      entityId: row.id,
      action: 'delivery.retried',
      before: { status: 'failed', attempts: row.attempts },
      after: { status: 'queued', attempts: 0 },
    })
    const names = await contactsOf(ctx.kernel, work, [row.personId])
    return present(ctx, { ...row, status: 'queued', attempts: 0 }, names.get(row.personId)?.name ?? null)
  })
}

function present(ctx: Ctx, row: store.DeliveryRow, person: string | null): z.input<typeof delivery> {
  const { id, status, channel, address, template, facts, messageId, attempts, lastError } = row
  return {
    ...{ id, status, channel, person, address, template, facts, messageId, attempts, lastError },
    at: row.at.toISOString(),
    sentAt: row.sentAt?.toISOString() ?? null,
    can: {
      retry: status === 'failed' && may(ctx, 'delivery.manage') && ctx.kernel.config.smtpUrl !== undefined,
    },
  }
}

const idPattern = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i

function mustBeId(text: string): string {
  return idPattern.test(text) ? text : fail('input.invalid', {}, [{ path: 'cursor', code: 'invalid_format' }])
}

/** `u<id>`: the page ended among the unread ones, `r<id>`: among the read ones. */
function placeOf(cursor: string | undefined): { read: boolean; id: string } | null {
  if (cursor === undefined) return null
  const id = mustBeId(cursor.slice(1))
  return { read: cursor.startsWith('r'), id }
}
