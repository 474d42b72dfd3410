/** What the screens of the list read, and the two sheets. */
import type { FastifyReply } from 'fastify'
import { may } from '../../../kernel/authorize.ts'
import { startOfDay, startOfNextDay, zoneOf } from '../../../kernel/calendar/site-day.ts'
import type { RouteAnswer, RouteInput } from '../../../kernel/contract.ts'
import { DomainError, fail } from '../../../kernel/errors.ts'
import { entriesOf } from '../../../kernel/journal/store.ts'
import { maskNumber } from '../../../kernel/telephone/mask.ts'
import { type Ctx, command, query } from '../../../kernel/work/command.ts'
import { normaliseNumber } from '../identity/rules.ts'
import { indexesOf } from '../people.ts'
import { visitNumber } from '../present.ts'
import { maskDocument } from '../rules.ts'
import { knownTerms } from '../search.ts'
import { findVisit } from '../store.ts'
import type { refusals, watchList } from './contract.ts'
import { decode, pageFrom } from './cursor.ts'
import * as store from './entries-store.ts'
import { type Sheet, sheetOf } from './excel.ts'
import { foldPlate } from './keys.ts'
import { presentEntry, presentHit } from './present.ts'
import * as refused from './refusals-store.ts'

type Filter = Pick<RouteInput<typeof watchList.list>['query'], 'q' | 'status' | 'level'>

function filterOf(ctx: Ctx, asked: Filter): store.EntryFilter {
  const { q = '', status = null, level = null } = asked
  const terms = knownTerms(q)
  const number = normaliseNumber(q)
  const digits = q.replace(/\D/g, '')
  return {
    siteId: ctx.siteId,
    status,
    level,
    text:
      q === ''
        ? null
        : {
            prefix: terms.namePrefix.replace(/[%_\\]/g, '\\$&'),
            pinyin: terms.pinyin,
            grams: terms.grams,
            phone: digits.length >= 4 && /^[\d +()-]+$/.test(q) ? digits : null,
            plate: foldPlate(q).length >= 4 && /\d/.test(q) ? foldPlate(q) : '',
            documents: /^[A-Z0-9]{6,20}$/.test(number) ? indexesOf(ctx.kernel.secrets, number) : [],
          },
  }
}

export async function list(
  ctx: Ctx,
  { query: asked }: RouteInput<typeof watchList.list>,
): Promise<RouteAnswer<typeof watchList.list>> {
  const sql = query(ctx)
  const filter = filterOf(ctx, asked)
  const after = asked.cursor === undefined ? null : decode(asked.cursor)
  const [rows, counted] = await Promise.all([
    sql.all(store.entryPage(filter, after, asked.limit + 1)),
    after === null ? sql.one(store.entryCount(filter)) : undefined,
  ])
  const manages = may(ctx, 'watch-list.manage')
  return {
    ...pageFrom(
      rows,
      asked.limit,
      (row) => ({ at: row.created_at, id: row.id }),
      (row) => presentEntry(row, manages),
    ),
    ...totals(counted?.n),
  }
}

function totals(n: number | undefined) {
  if (n === undefined) return {}
  return { total: Math.min(n, store.mostCounted), totalIsFloor: n > store.mostCounted }
}

export async function get(
  ctx: Ctx,
  { params }: RouteInput<typeof watchList.get>,
): Promise<RouteAnswer<typeof watchList.get>> {
  const sql = query(ctx)
  const [row, entries] = await Promise.all([
    sql.maybe(store.findEntry(ctx.siteId, params.id)),
    sql.all(entriesOf('watch-entry', params.id, 100)),
  ])
  if (row === undefined) return fail('entity.not-found')
  return {
    ...presentEntry(row, may(ctx, 'watch-list.manage')),
    history: entries.reverse().map((one) => ({
      at: one.at.toISOString(),
      action: one.action,
      actorName: one.actorName,
      data: one.data ?? {},
    })),
  }
}

const viewerOf = (ctx: Ctx) => ({
  id: ctx.actor.employeeId ?? ctx.actor.id,
  decides: may(ctx, 'watch-list.decide'),
})

export async function hits(
  ctx: Ctx,
  { query: asked }: RouteInput<typeof watchList.hits>,
): Promise<RouteAnswer<typeof watchList.hits>> {
  const after = asked.cursor === undefined ? null : decode(asked.cursor)
  const filter = {
    open: asked.open === undefined ? null : asked.open === 'yes',
    entryId: asked.entryId ?? null,
  }
  const rows = await query(ctx).all(store.hitPage(ctx.siteId, filter, after, asked.limit + 1))
  const viewer = viewerOf(ctx)
  return pageFrom(
    rows,
    asked.limit,
    (row) => ({ at: row.at, id: row.id }),
    (row) => presentHit(row, viewer),
  )
}

export async function ofVisit(
  ctx: Ctx,
  { params }: RouteInput<typeof watchList.ofVisit>,
): Promise<RouteAnswer<typeof watchList.ofVisit>> {
  const sql = query(ctx)
  const [visit, rows] = await Promise.all([
    sql.maybe(findVisit(ctx.siteId, params.id)),
    sql.all(store.hitsOfVisit(ctx.siteId, params.id)),
  ])
  if (visit === undefined) return fail('entity.not-found')
  const viewer = viewerOf(ctx)
  return { items: rows.map((row) => presentHit(row, viewer)) }
}

type Reply = { readonly reply: FastifyReply }
const most = 100_000

/** Goes out only with a line in the journal of who took how much (G4, G5). */
async function sendSheet(
  ctx: Ctx,
  { reply }: Reply,
  sheet: Sheet,
  what: string,
  rows: number,
): Promise<string> {
  await command({ ...ctx, idempotency: null }, async (work) => {
    work.journal({ entity: 'watch-entry', entityId: what, action: `${what}.exported`, data: { rows } })
  })
  await reply
    .type('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
    .header(
      'content-disposition',
      `attachment; filename="${what}.xlsx"; filename*=UTF-8''${encodeURIComponent(sheet.name)}.xlsx`,
    )
    .send(sheet.content)
  return ''
}

export async function exportList(
  ctx: Ctx,
  { query: asked }: RouteInput<typeof watchList.export>,
  http: Reply,
): Promise<string> {
  const sql = query(ctx)
  const [zone, rows] = await Promise.all([
    zoneOf(sql, ctx.siteId),
    sql.all(store.entryPage(filterOf(ctx, asked), null, most + 1)),
  ])
  if (rows.length > most) throw new DomainError('watch-list.too-many-rows', { most })
  const entries = rows.map((row) => presentEntry(row, false))
  return sendSheet(
    ctx,
    http,
    await sheetOf('entries', entries, asked.language, zone),
    'watch-list',
    rows.length,
  )
}

type RefusalQuery = Pick<RouteInput<typeof refusals.list>['query'], 'from' | 'to' | 'q' | 'suspicious'>

async function refusalFilter(ctx: Ctx, asked: RefusalQuery): Promise<refused.RefusalFilter> {
  const zone = await zoneOf(query(ctx), ctx.siteId)
  return {
    siteId: ctx.siteId,
    from: asked.from === undefined ? null : startOfDay(zone, asked.from),
    to: asked.to === undefined ? null : startOfNextDay(zone, asked.to),
    suspicious: asked.suspicious === 'yes',
    text: asked.q === undefined || asked.q === '' ? null : asked.q,
  }
}

function presentRefusal(row: refused.RefusalRow): RouteAnswer<typeof refusals.list>['items'][number] {
  return {
    id: row.id,
    visitId: row.visit_id,
    number: visitNumber(row.number),
    at: row.at.toISOString(),
    visitorName: row.visitor_name,
    organisation: row.organisation,
    phoneMasked: row.phone === '' ? '' : maskNumber(row.phone),
    documentMasked: row.document_tail === null ? '' : maskDocument(row.document_tail),
    hostName: row.host_name,
    purpose: row.purpose,
    reason: row.reason,
    suspicious: row.suspicious,
    told: [...row.told],
    byName: row.by_name,
    undoneAt: row.undone_at?.toISOString() ?? null,
  }
}

export async function listRefusals(
  ctx: Ctx,
  { query: asked }: RouteInput<typeof refusals.list>,
): Promise<RouteAnswer<typeof refusals.list>> {
  const filter = await refusalFilter(ctx, asked)
  const after = asked.cursor === undefined ? null : decode(asked.cursor)
  const [rows, counted] = await Promise.all([
    query(ctx).all(refused.refusalPage(filter, after, asked.limit + 1)),
    after === null ? query(ctx).one(refused.refusalCount(filter)) : undefined,
  ])
  return {
    ...pageFrom(rows, asked.limit, (row) => ({ at: row.at, id: row.id }), presentRefusal),
    ...totals(counted?.n),
  }
}

export async function exportRefusals(
  ctx: Ctx,
  { query: asked }: RouteInput<typeof refusals.export>,
  http: Reply,
): Promise<string> {
  const [zone, filter] = await Promise.all([zoneOf(query(ctx), ctx.siteId), refusalFilter(ctx, asked)])
  const rows = await query(ctx).all(refused.refusalPage(filter, null, most + 1))
  if (rows.length > most) throw new DomainError('watch-list.too-many-rows', { most })
  const sheet = await sheetOf('refusals', rows.map(presentRefusal), asked.language, zone)
  return sendSheet(ctx, http, sheet, 'refusals', rows.length)
}
