/** Whose a scanned thing is, and whether it is good at this door: the gate's own judge, then the door's area. */
import { type Ctx, query } from '../../../kernel/work/command.ts'
import { covers } from '../areas/check.ts'
import { areaRows } from '../areas/store.ts'
import { nodesOf } from '../areas/tree.ts'
import { scan } from '../passes/scan.ts'
import { cardsOf } from '../staff-register/store.ts'
import { atDoor, type ScanDirection, type ScanVerdict } from './rules.ts'
import * as store from './store.ts'

export interface Judged {
  readonly kind: 'pass' | 'staff'
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
      verdict: 'staff',
      passNumber: '',
      visitId: null,
      validUntil: null,
      visit: null,
    }
  const { verdict, visit } = await scan(ctx, { params: undefined, query: undefined, body: { code: text } })
  const passNumber = visit?.passNumber ?? ''
  const told = passNumber === '' ? undefined : await sql.maybe(store.passTold(ctx.siteId, passNumber))
  const own = told?.active === true && told.visitId === visit?.id ? told : undefined
  const tree =
    own === undefined || door.area === '' ? [] : nodesOf(await sql.all(areaRows(ctx.siteId, false)))
  const node = tree.find(({ zh, en }) => zh === door.area || en === door.area)
  // A name that stands in no tree is only itself.
  const covered =
    node === undefined ? own?.areas.includes(door.area) === true : covers(own?.areas ?? [], node.id, tree)
  const pass = own === undefined ? undefined : { ...own, covers: covered }
  return {
    kind: 'pass',
    verdict: late(atDoor(verdict, pass, { area: door.area, direction, at }), pass, at),
    passNumber: passNumber || (said.passNumber || '').slice(0, 20),
    visitId: visit?.id ?? null,
    validUntil: pass?.validUntil ?? null,
    visit,
  }
}

/** A number that is typed carries no time of its own: the one told to the doors counts. */
function late(verdict: ScanVerdict, pass: store.AccessRow | undefined, at: Date): ScanVerdict {
  const over = pass?.validUntil !== null && pass !== undefined && pass.validUntil < at
  return verdict === 'valid' && over ? 'expired' : verdict
}
