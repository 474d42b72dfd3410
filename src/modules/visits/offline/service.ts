/** What a device keeps for the time without a server, and what becomes of entries the server refuses (design §1.5). */
import { dayAt, zoneOf } from '../../../kernel/calendar/site-day.ts'
import type { RouteAnswer, RouteInput } from '../../../kernel/contract.ts'
import type { NewTask } from '../../../kernel/work/command.ts'
import { type Ctx, command, query } from '../../../kernel/work/command.ts'
import { colleaguesAtGate } from '../../directory/public.ts'
import { houseOf, lensOf } from '../house.ts'
import { presentCard } from '../present.ts'
import { plus } from '../tasks.ts'
import type { offline } from './contract.ts'
import { leaseDays, mayAdd } from './rules.ts'
import * as store from './store.ts'

const dayMinutes = 24 * 60

export async function day(ctx: Ctx): Promise<RouteAnswer<typeof offline.day>> {
  const sql = query(ctx)
  const now = ctx.kernel.clock.now()
  const [house, zone] = await Promise.all([houseOf(ctx), zoneOf(sql, ctx.siteId)])
  const { from, to } = dayAt(zone, now)
  const [rows, lens] = await Promise.all([
    sql.all(store.dayForDevice(ctx.siteId, from, plus(to, dayMinutes))),
    lensOf(ctx, sql, house, now),
  ])
  return { now: now.toISOString(), items: rows.map((row) => presentCard(row, lens)) }
}

export async function directory(ctx: Ctx): Promise<RouteAnswer<typeof offline.directory>> {
  return { items: await query(ctx).all(colleaguesAtGate(ctx.siteId)) }
}

export async function lease(
  ctx: Ctx,
  { body }: Pick<RouteInput<typeof offline.lease>, 'body'>,
): Promise<RouteAnswer<typeof offline.lease>> {
  const { siteId, actor } = ctx
  // Asked for again and again: an answer remembered by its key would only grow the table.
  return await command({ ...ctx, idempotency: null }, async (work) => {
    await work.run(store.lockLeases(siteId))
    await work.run(store.clearLeases(siteId, body.device, actor.id, work.now))
    const until = plus(work.now, leaseDays * dayMinutes)
    if (body.want === 0) {
      await work.all(store.giveBack(siteId, body.device))
      return { numbers: [], until: work.now.toISOString() }
    }
    await work.run(store.keepLeases(siteId, body.device, until))
    const n = mayAdd(await work.one(store.stockFor(siteId, body.device)), body.want)
    const added = n > 0 ? await work.all(store.leaseMore(siteId, body.device, actor.id, until, n)) : []
    if (added.length > 0) {
      work.journal({
        entity: 'pass',
        entityId: added.map((one) => one.number).sort()[0] ?? '',
        action: 'pass.leased',
        data: {
          device: body.device,
          numbers: added.map((one) => one.number).sort(),
          until: until.toISOString(),
        },
      })
    }
    const numbers = await work.all(store.leasedNumbers(siteId, body.device))
    return { numbers: numbers.map((one) => one.number), until: until.toISOString() }
  })
}

const secretOf = (ctx: Ctx, userId: string, device: string) =>
  ctx.kernel.secrets.derive(`offline:${userId}:${ctx.siteId}:${device}`)

export async function key(
  ctx: Ctx,
  { body }: Pick<RouteInput<typeof offline.key>, 'body'>,
): Promise<RouteAnswer<typeof offline.key>> {
  return { secret: secretOf(ctx, ctx.actor.id, body.device) }
}

export async function takeOver(
  ctx: Ctx,
  { body }: Pick<RouteInput<typeof offline.takeOver>, 'body'>,
): Promise<RouteAnswer<typeof offline.takeOver>> {
  // The key itself must not lie among the remembered answers.
  await command({ ...ctx, idempotency: null }, async (work) => {
    work.journal({
      entity: 'offline',
      entityId: body.device,
      action: 'offline.taken-over',
      data: { userId: body.userId },
    })
  })
  return { secret: secretOf(ctx, body.userId, body.device) }
}

const conflict = (id: string) => ({ entity: 'offline-entry', id })

export async function report(
  ctx: Ctx,
  { body }: Pick<RouteInput<typeof offline.report>, 'body'>,
): Promise<RouteAnswer<typeof offline.report>> {
  return await command(ctx, async (work) => {
    work.journal({
      entity: 'offline-entry',
      entityId: body.id,
      action: 'offline.conflicted',
      data: { ...body, people: [] },
    })
    work.openTask(conflictTask(body, work.now))
    return { id: body.id }
  })
}

/** Whoever is at the gate decides on the device; nobody there, the duty manager has to know who may stand inside. */
function conflictTask(body: RouteInput<typeof offline.report>['body'], now: Date): NewTask {
  return {
    kind: 'visit.offline-conflict',
    subject: conflict(body.id),
    facts: { visitorName: body.label, at: body.occurredAt },
    owner: { kind: 'post', id: 'gate' },
    dueAt: plus(now, 10),
    ladder: [{ afterMinutes: 15, owner: { kind: 'post', id: 'duty_manager' } }],
  }
}

export async function settle(
  ctx: Ctx,
  { params, body }: Pick<RouteInput<typeof offline.settle>, 'params' | 'body'>,
): Promise<RouteAnswer<typeof offline.settle>> {
  const { decision, reason, what, ...entry } = body
  return await command(ctx, async (work) => {
    work.settleTasks(conflict(params.id), [], decision)
    work.journal({
      entity: 'offline-entry',
      entityId: params.id,
      action: decision === 'dropped' ? 'offline.dropped' : 'offline.settled',
      data: { ...entry, decision, reason, what, people: [] },
    })
    return { id: params.id }
  })
}
