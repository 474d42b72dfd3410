/** The pass printed at the kiosk, and leaving by it (V11). */
import type { RouteAnswer, RouteInput } from '../../../kernel/contract.ts'
import { DomainError, failWith } from '../../../kernel/errors.ts'
import { type Ctx, query } from '../../../kernel/work/command.ts'
import { scan } from '../passes/scan.ts'
import { paper } from '../passes/service.ts'
import { release } from '../stay/exit.ts'
import { issuePass } from '../stay/inside.ts'
import { findVisit } from '../store.ts'
import { kioskErrors, type kiosks } from './contract.ts'
import { forDesk } from './service.ts'
import { kioskSetting } from './settings.ts'
import { visitOfTicket } from './ticket.ts'
import { countWrong, mustBeFree } from './tries.ts'

const refuse = failWith(kioskErrors)

/** Printed twice, it is the same pass: a paper jam costs no second number. */
export async function pass(
  ctx: Ctx,
  { body }: RouteInput<typeof kiosks.pass>,
): Promise<RouteAnswer<typeof kiosks.pass>> {
  const { print } = await ctx.kernel.settings.get(ctx.siteId, kioskSetting)
  if (print === 'off') return refuse('kiosk.off', { what: 'print' })
  const id = await visitOfTicket(ctx, body.ticket)
  const visit = await query(ctx).maybe(findVisit(ctx.siteId, id))
  if (visit === undefined) throw new DomainError('entity.not-found')
  // Before somebody said yes, and before everything is signed, nobody gets a pass (V5, V11).
  if (!['admitted', 'with_host'].includes(visit.status) || visit.agreements_due > 0) {
    return refuse('kiosk.at-the-desk')
  }
  const desk = forDesk(ctx)
  if (visit.pass_number === null) {
    await issuePass(desk, { params: { id }, query: undefined, body: {} })
  }
  const printed = await paper(desk, { params: { id }, query: undefined, body: undefined })
  return {
    siteName: printed.siteName,
    visitorName: printed.visit.visitorName,
    organisation: printed.visit.organisation,
    hostName: printed.visit.receiverName || printed.visit.hostName,
    passNumber: printed.visit.passNumber,
    areas: printed.visit.areas,
    validUntil: printed.visit.validUntil,
    qrSvg: printed.qrSvg,
    safetyNotes: printed.safetyNotes,
  }
}

/** Only where nothing is left to settle: a signature that is due is the desk's to see to (V10). */
export async function leave(
  ctx: Ctx,
  { body }: RouteInput<typeof kiosks.leave>,
): Promise<RouteAnswer<typeof kiosks.leave>> {
  const { checkOut } = await ctx.kernel.settings.get(ctx.siteId, kioskSetting)
  if (!checkOut) return refuse('kiosk.off', { what: 'checkOut' })
  await mustBeFree(ctx)
  // One request, two commands: the look at the pass must not take the key of the release.
  const desk = forDesk(ctx)
  const found = await scan({ ...desk, idempotency: null }, { params: undefined, query: undefined, body })
  // The pass goes into the box: neither an invitation nor the card of a permit does (V11).
  if (found.visit === null || found.token !== 'pass' || !['valid', 'expired'].includes(found.verdict)) {
    await countWrong(ctx, 'pass')
    return refuse('kiosk.not-found')
  }
  try {
    const left = await release(desk, {
      params: { id: found.visit.id },
      query: undefined,
      body: { passReturned: true, slipReturned: true },
    })
    return { visitorName: left.visitorName }
  } catch (error) {
    if (
      error instanceof DomainError &&
      ['visit.host-must-confirm', 'visit.escort-missing', 'transition.refused'].includes(error.code)
    ) {
      return refuse('kiosk.at-the-desk')
    }
    throw error
  }
}
