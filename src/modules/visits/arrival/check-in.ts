/** An announced visitor has arrived, or one who had been given up (V3). */
import type { RouteInput } from '../../../kernel/contract.ts'
import type { Ctx } from '../../../kernel/work/command.ts'
import { employeeCard } from '../../directory/public.ts'
import type { VisitCard } from '../card/contract.ts'
import type { visits } from '../contract.ts'
import { categoryOf } from '../house.ts'
import { markIssued } from '../passes/store.ts'
import { sealDocument } from '../people.ts'
import { arrivalStatus } from '../rules.ts'
import type { Category } from '../settings.ts'
import { type Step, step, subjectOf } from '../step.ts'
import * as store from '../store.ts'
import { asking, openStay, plus } from '../tasks.ts'
import { firstAsked } from './begin.ts'
import { documentColumns, takePass, unknownHost } from './particulars.ts'

export async function checkIn(ctx: Ctx, input: RouteInput<typeof visits.checkIn>): Promise<VisitCard> {
  const { body, params } = input
  const document =
    body.document === undefined
      ? null
      : await sealDocument(ctx.kernel.secrets, body.document, 'document.number')
  return step(ctx, params.id, 'checkIn', async (at) => {
    const { work, house, visit } = at
    const category = categoryOf(house, visit.kind, visit.category)
    const [host, consentBy, passNumber] = await Promise.all([
      visit.host_id === null ? undefined : work.maybe(employeeCard(ctx.siteId, visit.host_id)),
      body.consent === undefined ? undefined : work.maybe(employeeCard(ctx.siteId, body.consent.byId)),
      body.issuePass ? takePass(ctx, work, body.passNumber) : null,
    ])
    if (body.consent !== undefined && consentBy === undefined) throw unknownHost('consent.byId')
    const to = arrivalStatus(category, { announced: visit.announced, consentGiven: consentBy !== undefined })
    if (passNumber !== null) work.write(markIssued(ctx.siteId, passNumber, visit.id, work.now))
    if (document !== null) work.write(store.sealVisitorDocument(visit.visitor_id, document))
    const validUntil = validityFrom(work.now, visit.valid_until, category)
    return {
      to,
      action: 'visit.checked-in',
      patch: {
        arrived_at: work.now,
        sort_at: work.now,
        valid_until: validUntil,
        ...(body.partySize === undefined ? {} : { party_size: body.partySize }),
        ...(body.plate === undefined ? {} : { plate: body.plate }),
        ...documentColumns(document, work.now, at.viewer.id),
        ...(passNumber === null ? {} : { pass_number: passNumber, pass_returned: null }),
        ...(to === 'admitted' ? admit(at, validUntil) : firstAsked(work, house, subjectOf(visit), host)),
        ...(consentBy === undefined
          ? {}
          : {
              consent_by: consentBy.id,
              consent_by_name: consentBy.name,
              consent_how: body.consent?.how ?? 'phone',
              consent_at: work.now,
            }),
      },
      data: { passNumber },
    }
  })
}

/** A visit planned for the morning and begun in the afternoon is not overstayed on arrival. */
function validityFrom(now: Date, planned: Date | null, category: Category): Date {
  const usual = plus(now, category.stayMinutes)
  return planned !== null && planned > usual ? planned : usual
}

/** Consent is there: the guest waits, looked after (V17) and watched (V18). */
function admit({ work, house, visit, subject }: Step, validUntil: Date): store.VisitPatch {
  work.settleTasks(subject, asking, 'admitted')
  openStay(work, subjectOf(visit), work.now, validUntil, house.timings)
  return { admitted_at: work.now }
}
