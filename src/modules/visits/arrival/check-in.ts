/** An announced visitor has arrived, or one who had been given up (V3). */
import type { RouteInput } from '../../../kernel/contract.ts'
import type { Ctx } from '../../../kernel/work/command.ts'
import { employeeCard } from '../../directory/public.ts'
import type { VisitCard } from '../card/contract.ts'
import type { visits } from '../contract.ts'
import { categoryOf } from '../house.ts'
import { keepLook } from '../identity/look.ts'
import { guestIsHere } from '../important/arrived.ts'
import { markIssued } from '../passes/store.ts'
import { sealDocument } from '../people.ts'
import { lead, mustHaveAnswered, mustKnowTopic } from '../routes/lead.ts'
import { openQuestions } from '../routes/rules.ts'
import type { Category } from '../settings.ts'
import { type Change, merge, type Step, step, subjectOf } from '../step.ts'
import * as store from '../store.ts'
import { asking, openStay, plus } from '../tasks.ts'
import { heldColumns, standsStill } from '../watch-list/screen.ts'
import { documentColumns, plateOf, takePass, unknownHost } from './particulars.ts'

export async function checkIn(ctx: Ctx, input: RouteInput<typeof visits.checkIn>): Promise<VisitCard> {
  const { body, params } = input
  const document =
    body.document === undefined
      ? null
      : await sealDocument(ctx.kernel.secrets, body.document, 'document.number', ctx.kernel.clock.now())
  const plate = body.plate === undefined ? undefined : plateOf(ctx, body.plate, body.plateForeign)
  return step(ctx, params.id, 'checkIn', async (at) => {
    const { work, house, visit } = at
    const category = categoryOf(house, visit.kind, visit.category)
    const said = {
      visitorName: visit.visitor_name,
      organisation: body.organisation ?? visit.organisation,
      purpose: body.purpose ?? visit.purpose,
    }
    const topic = body.topic ?? visit.topic
    mustKnowTopic(house, visit.kind, topic)
    const [host, consentBy, passNumber, before] = await Promise.all([
      visit.host_id === null ? undefined : work.maybe(employeeCard(ctx.siteId, visit.host_id)),
      body.consent === undefined ? undefined : work.maybe(employeeCard(ctx.siteId, body.consent.byId)),
      body.issuePass ? takePass(ctx, work, body.passNumber) : null,
      work.one(store.visitsBefore(visit.visitor_id, visit.sort_at)),
    ])
    const known = before.n > 0
    if (body.consent !== undefined && consentBy === undefined) throw unknownHost('consent.byId')
    const led = await lead(work, house, subjectOf(visit), {
      category,
      kind: visit.kind,
      topic,
      announced: visit.announced,
      known,
      matter: said.purpose,
      whom: { hostId: visit.host_id, visitorId: visit.visitor_id, organisation: said.organisation },
      host,
      consent: consentBy === undefined ? undefined : { by: consentBy, how: body.consent?.how ?? 'phone' },
    })
    // An appointment is the house's own word: no row turns it away by itself, the desk decides.
    const to = led.status === 'admitted' ? 'admitted' : 'asking'
    if (to === 'asking') mustHaveAnswered(house, category, visit.kind, known, said)
    if (passNumber !== null) work.write(markIssued(ctx.siteId, passNumber, visit.id, work.now))
    if (document !== null) work.write(store.sealVisitorDocument(visit.visitor_id, document))
    const validUntil = validityFrom(work.now, visit.valid_until, category)
    const change: Change = {
      to,
      action: 'visit.checked-in',
      patch: {
        arrived_at: work.now,
        sort_at: work.now,
        valid_until: validUntil,
        ...(body.partySize === undefined ? {} : { party_size: body.partySize }),
        ...(plate === undefined ? {} : { plate }),
        ...documentColumns(document, work.now, at.viewer.id),
        ...(passNumber === null ? {} : { pass_number: passNumber, pass_returned: null }),
        ...(to === 'admitted' ? admit(at, validUntil) : led.asked),
        organisation: said.organisation,
        purpose: said.purpose,
        topic,
        route: led.route,
        questions_at: !known && openQuestions(said).length === 0 ? work.now : null,
        ...(led.receiver === null ? {} : { receiver_id: led.receiver.id, receiver_name: led.receiver.name }),
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
    if (document !== null) keepLook(work, visit, document)
    const after = merge(visit, { ...change.patch, version: visit.version + 1 })
    if (!(await standsStill(work, after, 'checked-in'))) {
      if (to === 'admitted') await guestIsHere(ctx, work, category, after)
      return change
    }
    // Held (V12): where it would have gone is decided with the visitor.
    return {
      ...change,
      to: heldColumns.status,
      patch: { ...change.patch, hold_reason: heldColumns.hold_reason, admitted_at: null },
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
