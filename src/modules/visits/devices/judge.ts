/** Whose a scanned thing is, and whether it is good at this door: the gate's own judge, then the door's area. */
import { type Ctx, query } from '../../../kernel/work/command.ts'
import { covers } from '../areas/check.ts'
import { areaRows } from '../areas/store.ts'
import { nodesOf } from '../areas/tree.ts'
import { areasOf, scan } from '../passes/scan.ts'
import type { PassToken } from '../passes/token.ts'
import { cardsOf } from '../staff-register/store.ts'
import { findVisit } from '../store.ts'
import { atDoor, type PassTold, type ScanDirection, type ScanVerdict } from './rules.ts'
import * as store from './store.ts'

export interface Judged {
  readonly kind: 'pass' | 'staff'
  readonly token: PassToken
  readonly verdict: ScanVerdict
  readonly passNumber: string
  readonly visitId: string | null
  readonly validUntil: Date | null
  readonly visit: Awaited<ReturnType<typeof scan>>['visit']
}

/** @param ctx its `idempotency` makes the judgement happen once; its `occurred` says when it is judged */
export async function judge(
  ctx: Ctx,
  said: { readonly code: string; readonly passNumber: string; readonly card: string },
  door: { readonly area: string },
  direction: ScanDirection,
  at: Date,
): Promise<Judged> {
  const sql = query(ctx)
  const text = said.code || said.passNumber || said.card
  const cards = [said.card, said.code].filter((one) => one !== '' && one.length <= 120)
  if (cards.length > 0 && (await sql.all(cardsOf(ctx.siteId, cards))).length > 0)
    return {
      kind: 'staff',
      token: 'pass',
      verdict: 'staff',
      passNumber: '',
      visitId: null,
      validUntil: null,
      visit: null,
    }
  const { verdict, token, visit } = await scan(ctx, {
    ...{ params: undefined, query: undefined },
    body: { code: text },
  })
  const passNumber = visit?.passNumber ?? ''
  const told = passNumber === '' ? undefined : await sql.maybe(store.passTold(ctx.siteId, passNumber))
  const own = told?.active === true && told.visitId === visit?.id ? told : undefined
  const pass = visit === null ? undefined : await atThisDoor(ctx, visit.id, own, door.area)
  const found = late(atDoor(verdict, pass, { area: door.area, direction, at }), own, at)
  return {
    kind: 'pass',
    token,
    // Leaving, whoever was let in goes also when time is over; an invitation let nobody in.
    verdict: token === 'invitation' && found === 'expired' && direction === 'out' ? 'not-admitted' : found,
    passNumber: passNumber || (said.passNumber || '').slice(0, 20),
    visitId: visit?.id ?? null,
    validUntil: own?.validUntil ?? null,
    visit,
  }
}

/** V13: what the doors were told of this pass; of one they were told nothing about (no number), what its visit says. */
async function atThisDoor(
  ctx: Ctx,
  visitId: string,
  own: store.AccessRow | undefined,
  area: string,
): Promise<PassTold> {
  const sql = query(ctx)
  const terms = own ?? { areas: await areasOfVisit(ctx, visitId), validFrom: new Date(0), suspended: false }
  const tree = area === '' ? [] : nodesOf(await sql.all(areaRows(ctx.siteId, false)))
  const node = tree.find(({ zh, en }) => zh === area || en === area)
  // A name that stands in no tree is only itself.
  const covered = node === undefined ? terms.areas.includes(area) : covers(terms.areas, node.id, tree)
  return { covers: covered, validFrom: terms.validFrom, suspended: terms.suspended }
}

async function areasOfVisit(ctx: Ctx, visitId: string): Promise<string[]> {
  const sql = query(ctx)
  const row = await sql.maybe(findVisit(ctx.siteId, visitId))
  return row === undefined
    ? []
    : (await areasOf(sql, row, ctx.occurred?.at ?? ctx.kernel.clock.now())).allowed
}

/** A number that is typed carries no time of its own: the one told to the doors counts. */
function late(verdict: ScanVerdict, pass: store.AccessRow | undefined, at: Date): ScanVerdict {
  const over = pass?.validUntil !== null && pass !== undefined && pass.validUntil < at
  return verdict === 'valid' && over ? 'expired' : verdict
}
