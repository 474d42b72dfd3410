/** The report of calls (G8): shares kept, by hour and person; private calls (C12). */

import type { FastifyReply } from 'fastify'
import { may } from '../../../kernel/authorize.ts'
import { startOfDay, startOfNextDay, zoneOf } from '../../../kernel/calendar/site-day.ts'
import type { RouteAnswer, RouteInput } from '../../../kernel/contract.ts'
import { DomainError, fail } from '../../../kernel/errors.ts'
import { type Ctx, command, query } from '../../../kernel/work/command.ts'
import { routesSetting, rulesSetting } from '../settings.ts'
import type { figures } from './contract.ts'
import { figuresBook } from './excel.ts'
import { figuresOf } from './rules.ts'
import * as store from './store.ts'

/** Longer spans are the reports' business, which keeps rollups. */
const mostDays = 400

interface Asked {
  readonly from: string
  readonly to: string
}

/** @throws DomainError `input.invalid` when the span is the wrong way round or too long */
async function spanOf(
  ctx: Ctx,
  { from, to }: Asked,
  handler: string | null,
): Promise<store.Span & { zone: string }> {
  const zone = await zoneOf(query(ctx), ctx.siteId)
  const span = {
    siteId: ctx.siteId,
    from: startOfDay(zone, from),
    to: startOfNextDay(zone, to),
    handler,
    zone,
  }
  const days = (span.to.getTime() - span.from.getTime()) / 86_400_000
  if (days <= 0) throw new DomainError('input.invalid', {}, [{ path: 'to', code: 'too-small' }])
  if (days > mostDays) throw new DomainError('input.invalid', {}, [{ path: 'from', code: 'too-big' }])
  return span
}

export async function callFigures(
  ctx: Ctx,
  { query: asked }: Pick<RouteInput<typeof figures.calls>, 'query'>,
): Promise<RouteAnswer<typeof figures.calls>> {
  const { zone, ...span } = await spanOf(ctx, asked, asked.handlerId ?? null)
  const rules = await ctx.kernel.settings.get(ctx.siteId, rulesSetting)
  const now = ctx.kernel.clock.now()
  const sql = query(ctx)
  const [calls, hops, callbacks, messages, scores] = await Promise.all([
    sql.all(store.callGroups(span, zone, rules.privateMinutes * 60)),
    sql.all(store.hopResults(span)),
    sql.all(store.callbacksKept(span, zone, now)),
    sql.one(store.messagesSeen(span, rules.unreadMinutes, rules.urgentUnreadMinutes, now)),
    sql.all(store.satisfaction(span)),
  ])
  return figuresOf({ calls, hops, callbacks, messages, scores }, rules.answerRings)
}

/** The numbers of the screen, sheet by sheet; the export itself is on record (G4). */
export async function exportFigures(
  ctx: Ctx,
  { query: asked }: Pick<RouteInput<typeof figures.export>, 'query'>,
  http: { readonly reply: FastifyReply },
): Promise<string> {
  const { language, ...filter } = asked
  const [report, routes] = await Promise.all([
    callFigures(ctx, { query: filter }),
    ctx.kernel.settings.get(ctx.siteId, routesSetting),
  ])
  const { name, content } = await figuresBook(report, asked, routes, language)
  await command({ ...ctx, idempotency: null }, async (work) => {
    work.journal({
      entity: 'call-figures',
      entityId: `${asked.from}–${asked.to}`,
      action: 'call-figures.exported',
      data: { filter },
    })
  })
  await http.reply
    .type('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
    .header(
      'content-disposition',
      `attachment; filename="call-figures.xlsx"; filename*=UTF-8''${encodeURIComponent(name)}.xlsx`,
    )
    .send(content)
  return ''
}

/** C12: one's own for anybody; everybody's for who reads the quality report. */
export async function privateCalls(
  ctx: Ctx,
  { query: asked }: Pick<RouteInput<typeof figures.private>, 'query'>,
): Promise<RouteAnswer<typeof figures.private>> {
  const { employeeId } = ctx.actor
  const { privateMinutes } = await ctx.kernel.settings.get(ctx.siteId, rulesSetting)
  if (asked.whose === 'all' && !may(ctx, 'call.figures')) return fail('auth.forbidden')
  if (asked.whose === 'mine' && employeeId === null) return { minutes: privateMinutes, items: [] }
  const { zone: _zone, ...span } = await spanOf(ctx, asked, asked.whose === 'mine' ? employeeId : null)
  const rows = await query(ctx).all(store.privateCalls(span, privateMinutes * 60))
  return {
    minutes: privateMinutes,
    items: rows.map((row) => ({
      id: row.id,
      number: `C-${row.number}`,
      at: row.at.toISOString(),
      name: row.name,
      talkSeconds: row.talk,
      direction: row.direction,
    })),
  }
}
