/** The register (来访人员登记表): filters, keyset pages over any amount of rows, Excel. */
import type { FastifyReply } from 'fastify'
import { may } from '../../../kernel/authorize.ts'
import { startOfDay, startOfNextDay, zoneOf } from '../../../kernel/calendar/site-day.ts'
import type { RouteAnswer, RouteInput } from '../../../kernel/contract.ts'
import { DomainError } from '../../../kernel/errors.ts'
import { disposition } from '../../../kernel/files/rules.ts'
import { type Ctx, command, query } from '../../../kernel/work/command.ts'
import { sitesWith } from '../../identity/public.ts'
import type { Behind } from '../figures/store.ts'
import { houseOf, lensOf } from '../house.ts'
import { presentCard } from '../present.ts'
import { insideStatuses } from '../rules.ts'
import { knownTerms } from '../search.ts'
import type { VisitRow } from '../store.ts'
import type { register } from './contract.ts'
import { formSheet } from './excel.ts'
import type { Rendering } from './forms.ts'
import { registerPdf } from './pdf.ts'
import { mostCounted, type Place, type RegisterFilter, registerCount, registerPage } from './store.ts'

type ListQuery = RouteInput<typeof register.list>['query']
type Filter = Omit<ListQuery, 'cursor' | 'limit' | 'order'>

async function filterOf(ctx: Ctx, asked: Filter, scope: Scope = {}): Promise<RegisterFilter> {
  const zone = await zoneOf(query(ctx), ctx.siteId)
  const { status, q } = asked
  return {
    siteId: ctx.siteId,
    from: asked.from === undefined ? null : startOfDay(zone, asked.from),
    to: asked.to === undefined ? null : startOfNextDay(zone, asked.to),
    statuses:
      status === undefined || status === 'late_signature'
        ? null
        : status === 'inside'
          ? insideStatuses
          : [status],
    lateSignature: status === 'late_signature',
    category: asked.category ?? null,
    kind: asked.kind ?? null,
    hostId: asked.hostId ?? null,
    departmentId: asked.departmentId ?? null,
    behind: { ...asked, ...scope },
    text:
      q === undefined || q === '' ? null : { ...knownTerms(q), number: numberIn(q), plate: q.toUpperCase() },
  }
}

function numberIn(text: string): number | null {
  const match = /^v?0*(\d{1,12})$/i.exec(text.trim())
  return match?.[1] === undefined ? null : Number(match[1])
}

function encode(row: VisitRow): string {
  return Buffer.from(`${row.sort_at.toISOString()}|${row.id}`).toString('base64url')
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
  input: RouteInput<typeof register.list>,
): Promise<RouteAnswer<typeof register.list>> {
  return await listWithin(ctx, input.query, {})
}

/** Whose visits one may see beyond the register's own right: the rows behind figures. */
type Scope = Pick<Behind, 'departments' | 'ownId'>

export async function listWithin(
  ctx: Ctx,
  asked: ListQuery,
  scope: Scope,
): Promise<RouteAnswer<typeof register.list>> {
  const { cursor, limit, order } = asked
  const sql = query(ctx)
  const [filter, house] = await Promise.all([filterOf(ctx, asked, scope), houseOf(ctx)])
  const after = cursor === undefined ? null : decode(cursor)
  const [rows, counted, lens] = await Promise.all([
    sql.all(registerPage(filter, order, after, limit + 1)),
    cursor === undefined ? sql.one(registerCount(filter)) : undefined,
    lensOf(ctx, sql, house, ctx.kernel.clock.now()),
  ])
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return {
    items: shown.map((row) => presentCard(row, lens)),
    next: rows.length > limit && last !== undefined ? encode(last) : null,
    ...(counted === undefined
      ? {}
      : { total: Math.min(counted.n, mostCounted), totalIsFloor: counted.n > mostCounted }),
  }
}

const mostExported = 100_000
const chunk = 2_000

/** All rows of a filter, read page by page so that a long register does not stand in memory twice. */
async function* everyVisit(ctx: Ctx, asked: Filter): AsyncGenerator<VisitRow> {
  const filter = await filterOf(ctx, asked)
  let after: Place | null = null
  for (;;) {
    const rows: VisitRow[] = await query(ctx).all(registerPage(filter, 'oldest', after, chunk))
    yield* rows
    const last = rows.at(-1)
    if (last === undefined || rows.length < chunk) return
    after = { at: last.sort_at, id: last.id }
  }
}

type Wanted = RouteInput<typeof register.export>['query']
type Rows = { readonly rows: readonly VisitRow[]; readonly how: Rendering }

/** G5: complete phones only for those who may reveal them; what leaves the house is on record (G4). */
async function taken(ctx: Ctx, wanted: Wanted, as: 'excel' | 'pdf', most: number): Promise<Rows> {
  const { form, language, from, to, status, category, kind } = wanted
  const [zone, house] = await Promise.all([zoneOf(query(ctx), ctx.siteId), houseOf(ctx)])
  const rows: VisitRow[] = []
  for await (const row of everyVisit(ctx, wanted)) {
    rows.push(row)
    if (rows.length > most) throw new DomainError('visit.too-many-rows', { most })
  }
  const full = may(ctx, 'visit.register')
  await command({ ...ctx, idempotency: null }, async (work) => {
    work.journal({
      entity: 'visit',
      entityId: 'register',
      action: 'visit.exported',
      data: { form, as, rows: rows.length, full, filter: { from, to, status, category, kind } },
    })
  })
  return { rows, how: { language, zone, full, house } }
}

export async function exportRegister(
  ctx: Ctx,
  input: RouteInput<typeof register.export>,
  http: { readonly reply: FastifyReply },
): Promise<string> {
  const { rows, how } = await taken(ctx, input.query, 'excel', mostExported)
  const { name, content } = await formSheet(input.query.form, rows, how)
  await http.reply
    .type('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
    .header('content-disposition', disposition('attachment', `${name}.xlsx`))
    .send(content)
  return ''
}

/** A browser and a printer give up long before Excel does. */
const mostOnPaper = 5_000

export async function paperRegister(
  ctx: Ctx,
  input: RouteInput<typeof register.paper>,
  http: { readonly reply: FastifyReply },
): Promise<string> {
  const { from, to, form } = input.query
  const { rows, how } = await taken(ctx, input.query, 'pdf', mostOnPaper)
  const site = await query(ctx).maybe(sitesWith([ctx.siteId]))
  const { name, content } = await registerPdf(form, rows, how, {
    siteName: site?.name ?? '',
    days: [from, to].filter((day) => day !== undefined).join(' — '),
    preparedBy: ctx.actor.name,
    at: ctx.kernel.clock.now(),
  })
  await http.reply
    .type('application/pdf')
    .header('content-disposition', disposition('attachment', `${name}.pdf`))
    .send(content)
  return ''
}
