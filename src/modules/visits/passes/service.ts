/** Stock of numbered passes, their printing and their scanning (V11). */
import type { RouteAnswer, RouteInput } from '../../../kernel/contract.ts'
import { DomainError, fail } from '../../../kernel/errors.ts'
import { type Ctx, command, query } from '../../../kernel/work/command.ts'
import { sitesWith } from '../../identity/public.ts'
import { waysOf } from '../areas/ways.ts'
import { houseOf, lensOf } from '../house.ts'
import { invitationSigner } from '../invitations/code.ts'
import { bilingual, presentCard, texts } from '../present.ts'
import { maskDocument } from '../rules.ts'
import { wordingSetting } from '../settings.ts'
import { findVisit } from '../store.ts'
import { passSigner, qrSvg } from './code.ts'
import type { passes } from './contract.ts'
import { areasOf } from './scan.ts'
import * as store from './store.ts'
import type { PassToken } from './token.ts'

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
  const [own, invited] = await Promise.all([
    passSigner(ctx.kernel).publicKeys(),
    invitationSigner(ctx.kernel).publicKeys(),
  ])
  const told = (purpose: PassToken) => (key: object) => ({ ...key, purpose })
  return { keys: [...own.map(told('pass')), ...invited.map(told('invitation'))] }
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
  const [{ allowed }, ways] = await Promise.all([areasOf(sql, row, now), waysOf(sql, row, now)])
  const code = await passSigner(ctx.kernel).sign({
    s: ctx.siteId,
    v: row.id,
    n: row.pass_number ?? '',
    // A restricted area only with its head's word: a gate without a server believes the code (V9).
    a: allowed,
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
    ways,
    code,
    qrSvg: qrSvg(code),
  }
}
