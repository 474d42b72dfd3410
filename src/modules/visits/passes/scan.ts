/** A pass before a gate or a door: may its bearer go through now (V9, V11, V12)? */
import type { RouteAnswer, RouteInput } from '../../../kernel/contract.ts'
import type { Sql } from '../../../kernel/db/sql.ts'
import { DomainError } from '../../../kernel/errors.ts'
import { type Ctx, command } from '../../../kernel/work/command.ts'
import { type AreaNode, type Bearer, mayEnter, splitAreas } from '../areas/check.ts'
import { approvalsOf, areaRows, seenAt } from '../areas/store.ts'
import { nodesOf } from '../areas/tree.ts'
import { houseOf, lensOf } from '../house.ts'
import { presentCard, texts } from '../present.ts'
import { findVisit, type VisitRow } from '../store.ts'
import { type Claim, claimOf, readAny } from './claim.ts'
import type { passes } from './contract.ts'

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

type Answer = RouteAnswer<typeof passes.scan>

/** At desk and gate the code of an invitation stands for its visit (V3); no door opens by one. */
export function scanByHand(ctx: Ctx, input: RouteInput<typeof passes.scan>): Promise<Answer> {
  return scan(ctx, input, input.body.areaId === undefined)
}

/** A code or a typed number; what is not good, and every door passed, is on record with the reason (V13). */
export async function scan(
  ctx: Ctx,
  { body }: RouteInput<typeof passes.scan>,
  byHand = false,
): Promise<Answer> {
  const house = await houseOf(ctx)
  const read = await readAny(ctx, body.code)
  return command(ctx, async (work) => {
    const claim = await claimOf(ctx, work, read, byHand, work.now)
    const { token } = claim
    const [row, lens, areas] = await Promise.all([
      claim.visitId === null ? undefined : work.maybe(findVisit(ctx.siteId, claim.visitId)),
      lensOf(ctx, work, house, work.now),
      body.areaId === undefined ? [] : work.all(areaRows(ctx.siteId, false)),
    ])
    const door = areas.find(({ id }) => id === body.areaId)
    if (body.areaId !== undefined && door === undefined)
      throw new DomainError('area.unknown', {}, [{ path: 'areaId', code: 'unknown' }])
    const found = claim.told ?? (await judge(work, claim, row, body.areaId ?? null, work.now))
    // Genuine and in time, but no pass: its bearer gets one at desk or gate.
    const verdict = found === 'valid' && token === 'invitation' && !byHand ? 'not-admitted' : found
    const area = door?.name_zh ?? ''
    const record = {
      entity: 'pass',
      entityId: row?.pass_number || body.code.slice(0, 40),
      data: {
        visitId: claim.visitId,
        ...(token === 'pass' ? {} : { token }),
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
    return { verdict, token, visit: row === undefined ? null : presentCard(row, lens), area }
  })
}

const standing: Partial<Record<VisitRow['status'], Bearer['visit']>> = {
  held: 'held',
  admitted: 'inside',
  with_host: 'inside',
  signed_off: 'inside',
  left: 'left',
  refused: 'void',
  declined: 'void',
  cancelled: 'void',
}

async function judge(
  work: Sql,
  claim: Claim,
  row: VisitRow | undefined,
  areaId: string | null,
  now: Date,
): Promise<Answer['verdict']> {
  const { from, until, forged, foreignSite, pass } = claim
  if (row === undefined && !forged && !foreignSite && pass === 'good') return 'unknown'
  const { allowed, pending, tree } =
    row === undefined ? { allowed: [], pending: [], tree: [] } : await areasOf(work, row, now)
  const status = row === undefined ? 'unknown' : (standing[row.status] ?? 'not-admitted')
  const verdict = mayEnter(
    {
      ...{ forged, foreignSite, pass },
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
