/** A pass before a gate or a door: may its bearer go through now (V9, V11, V12)? */
import type { RouteAnswer, RouteInput } from '../../../kernel/contract.ts'
import type { Sql } from '../../../kernel/db/sql.ts'
import { DomainError } from '../../../kernel/errors.ts'
import { type Ctx, command } from '../../../kernel/work/command.ts'
import { type AreaNode, type Bearer, mayEnter, splitAreas } from '../areas/check.ts'
import { approvalsOf, areaRows, seenAt } from '../areas/store.ts'
import { nodesOf } from '../areas/tree.ts'
import { houseOf, lensOf } from '../house.ts'
import { codeOf } from '../invitations/code.ts'
import { visitOfCode } from '../invitations/store.ts'
import { presentCard, texts } from '../present.ts'
import { findVisit, type VisitRow } from '../store.ts'
import { passPayload, passSigner } from './code.ts'
import type { passes } from './contract.ts'
import * as store from './store.ts'

/** Where the visit may go now, and where the head has not agreed. */
export async function areasOf(
  sql: Sql,
  visit: VisitRow,
  now: Date,
): Promise<{ allowed: string[]; pending: string[]; tree: AreaNode[] }> {
  const [rows, approvals] = await Promise.all([
    sql.all(areaRows(visit.site_id, false)),
    sql.all(approvalsOf(visit.id)),
  ])
  const tree = nodesOf(rows)
  const approved = approvals.filter(
    ({ status, until }) => status === 'approved' && (until === null || until > now),
  )
  return { ...splitAreas(texts(visit.areas), tree, new Set(approved.map((one) => one.area_id))), tree }
}

/** At desk and gate the code of an invitation stands for its visit (V3); no door opens by one. */
export function scanByHand(
  ctx: Ctx,
  input: RouteInput<typeof passes.scan>,
): Promise<RouteAnswer<typeof passes.scan>> {
  return scan(ctx, input, input.body.areaId === undefined)
}

/** A code or a typed number; what is not good, and every door passed, is on record. */
export async function scan(
  ctx: Ctx,
  { body }: RouteInput<typeof passes.scan>,
  invitations = false,
): Promise<RouteAnswer<typeof passes.scan>> {
  const house = await houseOf(ctx)
  const signed = body.code.split('.').length === 3 ? await passSigner(ctx.kernel).verify(body.code) : null
  return command(ctx, async (work) => {
    const invited = invitations ? await invitedBy(ctx, work, body.code) : undefined
    const claim = invited ?? (await claimOf(ctx, work, body.code, signed))
    const [row, lens, areas] = await Promise.all([
      claim.visitId === null ? undefined : work.maybe(findVisit(ctx.siteId, claim.visitId)),
      lensOf(ctx, work, house, work.now),
      body.areaId === undefined ? [] : work.all(areaRows(ctx.siteId, false)),
    ])
    const door = areas.find(({ id }) => id === body.areaId)
    if (body.areaId !== undefined && door === undefined)
      throw new DomainError('area.unknown', {}, [{ path: 'areaId', code: 'unknown' }])
    const verdict = await judge(work, claim, row, body.areaId ?? null, work.now)
    const area = door?.name_zh ?? ''
    const record = {
      entity: 'pass',
      entityId: row?.pass_number || body.code.slice(0, 40),
      data: {
        visitId: claim.visitId,
        ...(area === '' ? {} : { area }),
        ...(body.door ? { door: body.door } : {}),
      },
    }
    if (verdict !== 'valid') {
      work.journal({ ...record, action: 'pass.scan-refused', data: { verdict, ...record.data } })
    } else if (row !== undefined && door !== undefined) {
      work.journal({ ...record, action: 'pass.scanned' })
      work.write(seenAt(row.id, area, work.now))
    }
    return { verdict, visit: row === undefined ? null : presentCard(row, lens), area }
  })
}

type Verdict = RouteAnswer<typeof passes.scan>['verdict']

interface Claim extends Pick<Bearer, 'forged' | 'foreignSite' | 'pass'> {
  readonly visitId: string | null
  /** Of a signed code; a typed number says nothing about time. */
  readonly from: number | null
  readonly until: number | null
}

const nothing: Claim = {
  forged: false,
  foreignSite: false,
  pass: 'good',
  visitId: null,
  from: null,
  until: null,
}

async function invitedBy(ctx: Ctx, work: Sql, code: string): Promise<Claim | undefined> {
  const key = await codeOf(ctx.kernel, ctx.siteId, code, ctx.kernel.clock.now())
  // A number of the stock comes first, should one look like the eight signs of an invitation.
  if (key === undefined || (await work.maybe(store.visitOfPass(ctx.siteId, code))) !== undefined)
    return undefined
  const found = await work.maybe(visitOfCode(ctx.siteId, key))
  return found && { ...nothing, visitId: found.visitId }
}

async function claimOf(
  ctx: Ctx,
  work: Sql,
  code: string,
  signed: Record<string, unknown> | undefined | null,
): Promise<Claim> {
  const state = (status: store.PassRow['status']) =>
    status === 'issued' ? 'good' : status === 'in_stock' ? 'returned' : 'void'
  if (signed === null) {
    const pass = await work.maybe(store.visitOfPass(ctx.siteId, code))
    return pass === undefined ? nothing : { ...nothing, pass: state(pass.status), visitId: pass.visit_id }
  }
  const parsed = passPayload.safeParse(signed)
  if (!parsed.success) return { ...nothing, forged: true }
  const { s, v, n, nbf, exp } = parsed.data
  if (s !== ctx.siteId) return { ...nothing, foreignSite: true }
  const claim = { ...nothing, visitId: v, from: nbf * 1000, until: exp * 1000 }
  const pass = n === '' ? undefined : await work.maybe(store.visitOfPass(ctx.siteId, n))
  if (pass === undefined) return claim
  // The number was handed on: the paper in hand is an old one.
  const handedOn = pass.status === 'issued' && pass.visit_id !== v
  return { ...claim, pass: handedOn ? 'returned' : state(pass.status) }
}

const standing: Partial<Record<VisitRow['status'], Bearer['visit']>> = {
  held: 'held',
  admitted: 'inside',
  with_host: 'inside',
  signed_off: 'inside',
  left: 'left',
  refused: 'left',
  declined: 'left',
  cancelled: 'left',
}

async function judge(
  work: Sql,
  claim: Claim,
  row: VisitRow | undefined,
  areaId: string | null,
  now: Date,
): Promise<Verdict> {
  const { visitId, from, until, ...bearer } = claim
  if (row === undefined && !claim.forged && !claim.foreignSite && claim.pass === 'good') return 'unknown'
  const { allowed, pending, tree } =
    row === undefined ? { allowed: [], pending: [], tree: [] } : await areasOf(work, row, now)
  const status = row === undefined ? 'unknown' : (standing[row.status] ?? 'not-admitted')
  const verdict = mayEnter(
    {
      ...bearer,
      // At the gate itself nobody has been let in yet, and one may be early: the guard is there to see to it.
      visit: areaId === null && status === 'not-admitted' ? 'unknown' : status,
      areas: allowed,
      pending,
      from: areaId === null ? 0 : (from ?? 0),
      until: until ?? row?.valid_until?.getTime() ?? Number.POSITIVE_INFINITY,
    },
    areaId,
    tree,
    now.getTime(),
  )
  return verdict === 'ok' ? 'valid' : verdict
}
