/** Whose a scanned thing is, and whether it is good at this door: the gate's own judge, then the door's area. */
import { type Ctx, query } from '../../../kernel/work/command.ts'
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
  const pass = told?.active === true && told.visitId === visit?.id ? told : undefined
  return {
    kind: 'pass',
    verdict: late(atDoor(ofGate(verdict), pass, { area: door.area, direction, at }), pass, at),
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

/** The words of the gate in those of a door: whoever stands still or has left is not let through. */
function ofGate(verdict: Awaited<ReturnType<typeof scan>>['verdict']): ScanVerdict {
  switch (verdict) {
    case 'early':
    case 'not-admitted':
      return 'not-yet'
    case 'held':
      return 'suspended'
    case 'left':
      return 'returned'
    case 'not-approved':
    case 'not-on-pass':
      return 'wrong-area'
    default:
      return verdict
  }
}
