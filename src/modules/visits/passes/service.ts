/** Stock of numbered passes, their printing and their scanning (V11). */
import type { RouteAnswer, RouteInput } from '../../../kernel/contract.ts'
import { DomainError, fail } from '../../../kernel/errors.ts'
import { type Ctx, command, query } from '../../../kernel/work/command.ts'
import { sitesWith } from '../../identity/public.ts'
import { houseOf, lensOf } from '../house.ts'
import { bilingual, presentCard, texts } from '../present.ts'
import { maskDocument } from '../rules.ts'
import { wordingSetting } from '../settings.ts'
import { findVisit } from '../store.ts'
import { passPayload, passSigner, qrSvg } from './code.ts'
import type { passes } from './contract.ts'
import * as store from './store.ts'

type Pass = RouteAnswer<typeof passes.list>['items'][number]

function present(row: store.PassRow): Pass {
  return {
    number: row.number,
    status: row.status,
    visitId: row.visit_id,
    visitorName: row.visitor_name ?? '',
    issuedAt: row.issued_at?.toISOString() ?? null,
    version: row.version,
  }
}

export async function list(
  ctx: Ctx,
  input: RouteInput<typeof passes.list>,
): Promise<RouteAnswer<typeof passes.list>> {
  const sql = query(ctx)
  const [rows, counted] = await Promise.all([
    sql.all(store.passPage(ctx.siteId, input.query.status ?? null)),
    sql.all(store.passCounts(ctx.siteId)),
  ])
  const counts = { in_stock: 0, issued: 0, missing: 0, void: 0 }
  for (const { status, n } of counted) counts[status] = n
  return { items: rows.map(present), counts }
}

const mostAtOnce = 5000

export async function add(
  ctx: Ctx,
  { body }: RouteInput<typeof passes.add>,
): Promise<RouteAnswer<typeof passes.add>> {
  const count = body.to - body.from + 1
  if (count < 1 || count > mostAtOnce) {
    throw new DomainError('input.invalid', {}, [{ path: 'to', code: 'range', data: { most: mostAtOnce } }])
  }
  const numbers = Array.from(
    { length: count },
    (_, i) => `${body.prefix}${String(body.from + i).padStart(body.digits, '0')}`,
  )
  return command(ctx, async (work) => {
    const added = await work.all(store.addPasses(ctx.siteId, numbers))
    work.journal({
      entity: 'pass',
      entityId: `${numbers[0]}–${numbers.at(-1)}`,
      action: 'pass.added',
      after: { from: numbers[0], to: numbers.at(-1), added: added.length },
    })
    return { added: added.length, known: numbers.length - added.length }
  })
}

async function locked(
  ctx: Ctx,
  work: Parameters<Parameters<typeof command>[1]>[0],
  number: string,
): Promise<store.PassRow> {
  const found = await work.maybe(store.lockPass(ctx.siteId, number))
  if (found === undefined) throw new DomainError('pass.unknown', { number })
  return found
}

/** An issued pass is somebody's: it comes back by the exit, not by the stock list. */
export async function voidPass(ctx: Ctx, { params, body }: RouteInput<typeof passes.void>): Promise<Pass> {
  return command(ctx, async (work) => {
    const pass = await locked(ctx, work, params.number)
    if (pass.status === 'issued' || pass.status === 'void') {
      throw new DomainError('transition.refused', { from: pass.status, command: 'void' })
    }
    return set(ctx, work, pass, 'void', body.reason, 'pass.voided')
  })
}

export async function found(ctx: Ctx, { params }: RouteInput<typeof passes.found>): Promise<Pass> {
  return command(ctx, async (work) => {
    const pass = await locked(ctx, work, params.number)
    if (pass.status !== 'missing' && pass.status !== 'void') {
      throw new DomainError('transition.refused', { from: pass.status, command: 'found' })
    }
    if (pass.visit_id !== null) {
      work.settleTasks({ entity: 'visit', id: pass.visit_id }, ['visit.pass-missing'], 'found')
    }
    return set(ctx, work, pass, 'in_stock', '', 'pass.found')
  })
}

function set(
  ctx: Ctx,
  work: Parameters<Parameters<typeof command>[1]>[0],
  pass: store.PassRow,
  status: 'in_stock' | 'void',
  reason: string,
  action: string,
): Pass {
  work.write(store.setPass(ctx.siteId, pass.number, status, reason))
  work.journal({
    entity: 'pass',
    entityId: pass.number,
    action,
    version: pass.version + 1,
    before: { status: pass.status },
    after: { status, reason },
  })
  return present({
    ...pass,
    status,
    visit_id: null,
    visitor_name: null,
    issued_at: null,
    version: pass.version + 1,
  })
}

export async function keys(ctx: Ctx): Promise<RouteAnswer<typeof passes.keys>> {
  return { keys: (await passSigner(ctx.kernel).publicKeys()).map((key) => ({ ...key })) }
}

export async function paper(
  ctx: Ctx,
  { params }: RouteInput<typeof passes.print>,
): Promise<RouteAnswer<typeof passes.print>> {
  const sql = query(ctx)
  const now = ctx.kernel.clock.now()
  const house = await houseOf(ctx)
  const [row, site, wording, lens] = await Promise.all([
    sql.maybe(findVisit(ctx.siteId, params.id)),
    sql.maybe(sitesWith([ctx.siteId])),
    ctx.kernel.settings.get(ctx.siteId, wordingSetting),
    lensOf(ctx, sql, house, now),
  ])
  if (row === undefined) return fail('entity.not-found')
  const from = row.arrived_at ?? row.expected_at ?? row.created_at
  const code = await passSigner(ctx.kernel).sign({
    s: ctx.siteId,
    v: row.id,
    n: row.pass_number ?? '',
    a: texts(row.areas),
    nbf: Math.floor(from.getTime() / 1000) - 60,
    exp: Math.floor((row.valid_until ?? from).getTime() / 1000),
  })
  return {
    siteName: site?.name ?? '',
    visit: presentCard(row, lens),
    phone: row.phone,
    companions: texts(row.companions),
    documentMasked: row.document_tail === null ? '' : maskDocument(row.document_tail),
    safetyNotes: bilingual(wording.safetyNotes),
    code,
    qrSvg: qrSvg(code),
  }
}

type Verdict = RouteAnswer<typeof passes.scan>['verdict']

/** A code or a typed number: whose it is and whether it is good now; what is not good is on record (V11, V12). */
export async function scan(
  ctx: Ctx,
  { body }: RouteInput<typeof passes.scan>,
): Promise<RouteAnswer<typeof passes.scan>> {
  const house = await houseOf(ctx)
  const signed = body.code.split('.').length === 3 ? await passSigner(ctx.kernel).verify(body.code) : null
  return command(ctx, async (work) => {
    const { verdict, visitId } = await judge(ctx, work, body.code, signed)
    const row = visitId === null ? undefined : await work.maybe(findVisit(ctx.siteId, visitId))
    const lens = await lensOf(ctx, work, house, work.now)
    if (verdict !== 'valid') {
      work.journal({
        entity: 'pass',
        entityId: row?.pass_number ?? body.code.slice(0, 40),
        action: 'pass.scan-refused',
        data: { verdict, visitId },
      })
    }
    return {
      verdict: row === undefined && verdict === 'valid' ? 'unknown' : verdict,
      visit: row === undefined ? null : presentCard(row, lens),
    }
  })
}

async function judge(
  ctx: Ctx,
  work: Parameters<Parameters<typeof command>[1]>[0],
  code: string,
  signed: Record<string, unknown> | undefined | null,
): Promise<{ verdict: Verdict; visitId: string | null }> {
  if (signed === null) {
    const pass = await work.maybe(store.visitOfPass(ctx.siteId, code))
    if (pass === undefined) return { verdict: 'unknown', visitId: null }
    const verdict = pass.status === 'issued' ? 'valid' : pass.status === 'in_stock' ? 'returned' : 'void'
    return { verdict, visitId: pass.visit_id }
  }
  const parsed = passPayload.safeParse(signed)
  if (!parsed.success) return { verdict: 'forged', visitId: null }
  const { s, v, n, exp } = parsed.data
  if (s !== ctx.siteId) return { verdict: 'other-site', visitId: null }
  const pass = n === '' ? undefined : await work.maybe(store.visitOfPass(ctx.siteId, n))
  if (pass !== undefined && pass.status !== 'issued') {
    return { verdict: pass.status === 'in_stock' ? 'returned' : 'void', visitId: v }
  }
  // The number was handed on: the paper in hand is an old one.
  if (pass !== undefined && pass.visit_id !== v) return { verdict: 'returned', visitId: v }
  return { verdict: exp * 1000 < work.now.getTime() ? 'expired' : 'valid', visitId: v }
}
