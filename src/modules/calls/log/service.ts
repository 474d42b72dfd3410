/** The call log (客户来电记录单): filters, keyset pages over any amount of rows, Excel (C2). */
import type { FastifyReply } from 'fastify'
import { may } from '../../../kernel/authorize.ts'
import { zoneOf } from '../../../kernel/calendar/site-day.ts'
import type { RouteAnswer, RouteInput } from '../../../kernel/contract.ts'
import { DomainError } from '../../../kernel/errors.ts'
import { type Ctx, command, query } from '../../../kernel/work/command.ts'
import { sameParties } from '../../customers/public.ts'
import type { calls } from '../contract.ts'
import { houseOf, lensOf } from '../house.ts'
import { presentCard } from '../present.ts'
import { isOneOf, vipsAmong } from '../reading.ts'
import type { CallRow } from '../store.ts'
import { logSheet } from './excel.ts'
import { textOf } from './rules.ts'
import {
  type HopLine,
  hopsOfAll,
  type LogFilter,
  logCount,
  logPage,
  mostCounted,
  type Place,
} from './store.ts'

type ListQuery = RouteInput<typeof calls.log>['query']
type Asked = Omit<ListQuery, 'cursor' | 'limit'>

async function filterOf(ctx: Ctx, asked: Asked, allowedRings: number): Promise<LogFilter> {
  const at = (instant: string | undefined) => (instant === undefined ? null : new Date(instant))
  return {
    siteId: ctx.siteId,
    from: at(asked.from),
    to: at(asked.to),
    direction: asked.direction ?? null,
    status: asked.status ?? null,
    outcome: asked.outcome ?? null,
    route: asked.route ?? null,
    handlerId: asked.handlerId ?? null,
    wantedId: asked.wantedId ?? null,
    ...(await sameParties(query(ctx), ctx.siteId, asked)),
    late: asked.late === undefined ? null : { yes: asked.late === 'true', rings: allowedRings },
    private: asked.private === undefined ? null : asked.private === 'true',
    text: textOf(asked.text ?? '', may(ctx, 'call.reveal')),
    viewerId: ctx.actor.employeeId,
  }
}

function encode(row: CallRow): string {
  return Buffer.from(`${row.started_at.toISOString()}|${row.id}`).toString('base64url')
}

/** @throws DomainError `input.invalid` for a cursor that is not ours */
function decode(cursor: string): Place {
  const [at, id] = Buffer.from(cursor, 'base64url').toString('utf8').split('|')
  const instant = new Date(at ?? '')
  if (Number.isNaN(instant.getTime()) || id === undefined || !/^[0-9a-f-]{36}$/.test(id)) {
    throw new DomainError('input.invalid', {}, [{ path: 'cursor', code: 'pattern' }])
  }
  return { at: instant, id }
}

export async function list(
  ctx: Ctx,
  input: RouteInput<typeof calls.log>,
): Promise<RouteAnswer<typeof calls.log>> {
  const { cursor, limit } = input.query
  const sql = query(ctx)
  const house = await houseOf(ctx)
  const filter = await filterOf(ctx, input.query, house.rules.answerRings)
  const after = cursor === undefined ? null : decode(cursor)
  const [rows, counted] = await Promise.all([
    sql.all(logPage(filter, 'newest', after, limit + 1)),
    cursor === undefined ? sql.one(logCount(filter)) : undefined,
  ])
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  const lens = lensOf(ctx, house, ctx.kernel.clock.now())
  const vips = await vipsAmong(sql, shown)
  return {
    items: shown.map((row) => presentCard(row, lens, { vip: isOneOf(vips, row) })),
    next: rows.length > limit && last !== undefined ? encode(last) : null,
    ...(counted === undefined
      ? {}
      : { total: Math.min(counted.n, mostCounted), totalIsFloor: counted.n > mostCounted }),
  }
}

const mostExported = 100_000
const chunk = 2_000

/** All rows of a filter with their hops, read page by page so that a long log does not stand in memory twice. */
async function* everyCall(
  ctx: Ctx,
  filter: LogFilter,
): AsyncGenerator<{ row: CallRow; hops: readonly HopLine[] }> {
  let after: Place | null = null
  for (;;) {
    const rows: CallRow[] = await query(ctx).all(logPage(filter, 'oldest', after, chunk))
    const hops = Map.groupBy(await query(ctx).all(hopsOfAll(rows.map(({ id }) => id))), (hop) => hop.call_id)
    for (const row of rows) yield { row, hops: hops.get(row.id) ?? [] }
    const last = rows.at(-1)
    if (last === undefined || rows.length < chunk) return
    after = { at: last.started_at, id: last.id }
  }
}

/** G5: complete numbers only for those who may have them revealed; the export itself is on record (G4). */
export async function exportLog(
  ctx: Ctx,
  input: RouteInput<typeof calls.exportLog>,
  http: { readonly reply: FastifyReply },
): Promise<string> {
  const { language, ...asked } = input.query
  const [zone, house] = await Promise.all([zoneOf(query(ctx), ctx.siteId), houseOf(ctx)])
  const filter = await filterOf(ctx, asked, house.rules.answerRings)
  const lines: { row: CallRow; hops: readonly HopLine[] }[] = []
  for await (const line of everyCall(ctx, filter)) {
    lines.push(line)
    if (lines.length > mostExported) throw new DomainError('call.too-many-rows', { most: mostExported })
  }
  const full = may(ctx, 'call.handle')
  const { viewer } = lensOf(ctx, house, ctx.kernel.clock.now())
  const { name, content } = await logSheet(lines, { language, zone, full, viewer, routes: house.routes })
  await command({ ...ctx, idempotency: null }, async (work) => {
    const { text, ...rest } = asked
    work.journal({
      entity: 'call',
      entityId: 'log',
      action: 'call.exported',
      data: { rows: lines.length, full, filter: { ...rest, byText: text !== undefined } },
    })
  })
  await http.reply
    .type('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
    .header(
      'content-disposition',
      `attachment; filename="calls.xlsx"; filename*=UTF-8''${encodeURIComponent(name)}.xlsx`,
    )
    .send(content)
  return ''
}
