/** Standing permits read: one with its course, the list with what runs out first, the card to print (V22, E2). */
import { may } from '../../../kernel/authorize.ts'
import { dayAt, zoneOf } from '../../../kernel/calendar/site-day.ts'
import type { RouteAnswer, RouteInput } from '../../../kernel/contract.ts'
import type { Sql } from '../../../kernel/db/sql.ts'
import { DomainError, fail } from '../../../kernel/errors.ts'
import { tidy } from '../../../kernel/find/spelling.ts'
import { entriesOf } from '../../../kernel/journal/store.ts'
import { type Ctx, query } from '../../../kernel/work/command.ts'
import { sitesWith } from '../../identity/public.ts'
import { passSigner, qrSvg } from '../passes/code.ts'
import type { PermitCard, PermitDetail, permits } from './contract.ts'
import { numberOfPermit, type PermitLens, permitNumber, presentPermit } from './present.ts'
import { permitsSetting } from './settings.ts'
import * as store from './store.ts'

export async function permitLens(ctx: Ctx, sql: Sql): Promise<PermitLens> {
  const [zone, { remindDays }] = await Promise.all([
    zoneOf(sql, ctx.siteId),
    ctx.kernel.settings.get(ctx.siteId, permitsSetting),
  ])
  return {
    now: ctx.kernel.clock.now(),
    zone,
    warnDays: remindDays,
    manages: may(ctx, 'permit.manage'),
    registers: may(ctx, 'visit.register'),
  }
}

/** Whoever neither stands at the desk nor manages permits sees those they are the host of. */
const ownOnly = (ctx: Ctx) => !may(ctx, 'permit.manage') && !may(ctx, 'visit.register')

export async function permitOf(ctx: Ctx, sql: Sql, id: string): Promise<PermitCard> {
  const [row, papers, lens] = await Promise.all([
    sql.maybe(store.findPermit(ctx.siteId, id)),
    sql.all(store.papersOf([id])),
    permitLens(ctx, sql),
  ])
  if (row === undefined || (ownOnly(ctx) && row.host_id !== ctx.actor.employeeId))
    return fail('entity.not-found')
  return presentPermit(row, papers, lens)
}

export async function get(ctx: Ctx, { params }: RouteInput<typeof permits.get>): Promise<PermitDetail> {
  const sql = query(ctx)
  const [permit, entries] = await Promise.all([
    permitOf(ctx, sql, params.id),
    sql.all(entriesOf('permit', params.id, 100)),
  ])
  return {
    ...permit,
    history: entries.map((one) => ({
      at: one.at.toISOString(),
      action: one.action,
      actorName: one.actorName,
      reason: word(one.data?.reason ?? one.after?.status_reason),
      paper: word(one.data?.paper),
    })),
  }
}

const word = (value: unknown) => (typeof value === 'string' ? value : '')

type Filter = Pick<RouteInput<typeof permits.list>['query'], 'status' | 'hostId' | 'q'>

export function filterOf(ctx: Ctx, asked: Filter, lens: PermitLens): store.PermitFilter {
  const soon = dayAt(lens.zone, new Date(lens.now.getTime() + 30 * 86_400_000)).day
  return {
    siteId: ctx.siteId,
    status: asked.status === undefined || asked.status === 'expiring' ? null : asked.status,
    expiringBy: asked.status === 'expiring' ? soon : null,
    hostId: ownOnly(ctx)
      ? (ctx.actor.employeeId ?? '00000000-0000-0000-0000-000000000000')
      : (asked.hostId ?? null),
    text: asked.q === undefined || asked.q === '' ? null : tidy(asked.q),
    number: asked.q === undefined ? null : numberOfPermit(asked.q),
  }
}

export async function list(
  ctx: Ctx,
  input: RouteInput<typeof permits.list>,
): Promise<RouteAnswer<typeof permits.list>> {
  const { cursor, limit } = input.query
  const sql = query(ctx)
  const lens = await permitLens(ctx, sql)
  const after = cursor === undefined ? null : /^([01])_(\d{4}-\d\d-\d\d)_([0-9a-f-]{36})$/.exec(cursor)
  const [, over, on, id] = after ?? []
  if (cursor !== undefined && id === undefined)
    throw new DomainError('input.invalid', {}, [{ path: 'cursor', code: 'pattern' }])
  const rows = await sql.all(
    store.permitPage(
      filterOf(ctx, input.query, lens),
      on === undefined || id === undefined ? null : { over: over === '1', on, id },
      limit + 1,
    ),
  )
  const shown = rows.slice(0, limit)
  const papers = shown.length === 0 ? [] : await sql.all(store.papersOf(shown.map((row) => row.id)))
  const last = shown.at(-1)
  return {
    items: shown.map((row) =>
      presentPermit(
        row,
        papers.filter((paper) => paper.permit_id === row.id),
        lens,
      ),
    ),
    next:
      rows.length > limit && last !== undefined
        ? `${last.status === 'ended' ? 1 : 0}_${last.runs_out}_${last.id}`
        : null,
  }
}

/** The code says whose permit; whether it is good is asked of the permit itself each time. */
export async function paper(
  ctx: Ctx,
  { params }: RouteInput<typeof permits.paper>,
): Promise<RouteAnswer<typeof permits.paper>> {
  const sql = query(ctx)
  const [permit, site, row] = await Promise.all([
    permitOf(ctx, sql, params.id),
    sql.maybe(sitesWith([ctx.siteId])),
    sql.maybe(store.findPermit(ctx.siteId, params.id)),
  ])
  const code = await passSigner(ctx.kernel).sign({
    s: ctx.siteId,
    p: permit.id,
    n: permitNumber(row?.number ?? 0),
  })
  return { siteName: site?.name ?? '', permit, qrSvg: qrSvg(code) }
}
