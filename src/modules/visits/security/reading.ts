/** What is read of incidents: alarms of this minute, the record, one with its course (V16). */
import type { FastifyReply } from 'fastify'
import { startOfDay, startOfNextDay, zoneOf } from '../../../kernel/calendar/site-day.ts'
import type { RouteAnswer, RouteInput } from '../../../kernel/contract.ts'
import { DomainError, fail } from '../../../kernel/errors.ts'
import { entriesOf } from '../../../kernel/journal/store.ts'
import { type Ctx, command, query } from '../../../kernel/work/command.ts'
import { cursorOf, placeIn } from '../vehicles/reading.ts'
import type { Incident, incidents } from './contract.ts'
import { incidentSheet } from './excel.ts'
import { presentIncident, viewerOf } from './present.ts'
import { liveStatuses } from './rules.ts'
import { securitySetting } from './settings.ts'
import * as store from './store.ts'

async function presenter(ctx: Ctx): Promise<(row: store.IncidentRow) => Incident> {
  const { undoMinutes } = await ctx.kernel.settings.get(ctx.siteId, securitySetting)
  const [viewer, now] = [viewerOf(ctx), ctx.kernel.clock.now()]
  return (row) => presentIncident(row, viewer, now, undoMinutes)
}

export async function live(ctx: Ctx): Promise<RouteAnswer<typeof incidents.live>> {
  const [rows, present] = await Promise.all([query(ctx).all(store.liveIncidents(ctx.siteId)), presenter(ctx)])
  return { items: rows.map(present) }
}

export async function options(ctx: Ctx): Promise<RouteAnswer<typeof incidents.options>> {
  const { places } = await ctx.kernel.settings.get(ctx.siteId, securitySetting)
  return { places }
}

type Filter = Pick<RouteInput<typeof incidents.list>['query'], 'status' | 'from' | 'to' | 'q'>

async function filterOf(ctx: Ctx, asked: Filter): Promise<store.IncidentFilter> {
  const zone = await zoneOf(query(ctx), ctx.siteId)
  return {
    siteId: ctx.siteId,
    statuses: asked.status === undefined ? null : asked.status === 'live' ? liveStatuses : [asked.status],
    from: asked.from === undefined ? null : startOfDay(zone, asked.from),
    to: asked.to === undefined ? null : startOfNextDay(zone, asked.to),
    text: asked.q === undefined || asked.q === '' ? null : asked.q,
  }
}

export async function list(
  ctx: Ctx,
  input: RouteInput<typeof incidents.list>,
): Promise<RouteAnswer<typeof incidents.list>> {
  const { cursor, limit } = input.query
  const filter = await filterOf(ctx, input.query)
  const sql = query(ctx)
  const [rows, counted, present] = await Promise.all([
    sql.all(store.incidentPage(filter, cursor === undefined ? null : placeIn(cursor), limit + 1)),
    cursor === undefined ? sql.one(store.incidentCount(filter)) : undefined,
    presenter(ctx),
  ])
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return {
    items: shown.map(present),
    next: rows.length > limit && last !== undefined ? cursorOf(last.raised_at, last.id) : null,
    ...(counted === undefined
      ? {}
      : { total: Math.min(counted.n, store.mostCounted), totalIsFloor: counted.n > store.mostCounted }),
  }
}

export async function get(
  ctx: Ctx,
  { params }: RouteInput<typeof incidents.get>,
): Promise<RouteAnswer<typeof incidents.get>> {
  const sql = query(ctx)
  const [row, entries, present] = await Promise.all([
    sql.maybe(store.findIncident(ctx.siteId, params.id)),
    sql.all(entriesOf('incident', params.id, 200)),
    presenter(ctx),
  ])
  if (row === undefined) return fail('entity.not-found')
  return {
    ...present(row),
    timeline: entries.reverse().map((entry) => ({
      at: entry.at.toISOString(),
      action: entry.action,
      actorName: entry.actorName,
      data: Object.fromEntries(
        Object.entries(entry.data ?? {}).filter(([key]) => !['people', 'tasks'].includes(key)),
      ),
    })),
  }
}

const most = 20_000

export async function exportIncidents(
  ctx: Ctx,
  input: RouteInput<typeof incidents.export>,
  http: { readonly reply: FastifyReply },
): Promise<string> {
  const sql = query(ctx)
  const [filter, zone, present] = await Promise.all([
    filterOf(ctx, input.query),
    zoneOf(sql, ctx.siteId),
    presenter(ctx),
  ])
  const rows = await sql.all(store.incidentPage(filter, null, most + 1))
  if (rows.length > most) throw new DomainError('visit.too-many-rows', { most })
  const { name, content } = await incidentSheet(rows.map(present), input.query.language, zone)
  await command({ ...ctx, idempotency: null }, async (work) => {
    work.journal({
      entity: 'incident',
      entityId: 'record',
      action: 'incident.exported',
      data: { rows: rows.length },
    })
  })
  await http.reply
    .type('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
    .header(
      'content-disposition',
      `attachment; filename="incidents.xlsx"; filename*=UTF-8''${encodeURIComponent(name)}.xlsx`,
    )
    .send(content)
  return ''
}
