/** A visitor stands here without appointment (V1, V4, V6, V8). */
import type { RouteInput } from '../../../kernel/contract.ts'
import { DomainError } from '../../../kernel/errors.ts'
import { tidy } from '../../../kernel/find/spelling.ts'
import { newId } from '../../../kernel/ids.ts'
import { type Ctx, command, type Work } from '../../../kernel/work/command.ts'
import { employeeCard } from '../../directory/public.ts'
import { chosenAreas } from '../areas/chosen.ts'
import type { VisitCard } from '../card/contract.ts'
import type { visits } from '../contract.ts'
import { categoryOf, type House, houseOf } from '../house.ts'
import { normalisePhone, sealDocument } from '../people.ts'
import { visitNumber } from '../present.ts'
import { type Arriving, type Led, lead, mustHaveAnswered, mustKnowTopic } from '../routes/lead.ts'
import { goesWithoutHost, openQuestions } from '../routes/rules.ts'
import { visitorBehind } from '../routes/store.ts'
import { visitorId } from '../search.ts'
import type { Category } from '../settings.ts'
import { nextNumber } from '../store.ts'
import { plus, type TaskSubject } from '../tasks.ts'
import { begin, taskSubject } from './begin.ts'
import {
  hostOf,
  knownPerson,
  mustHaveRequired,
  plateOf,
  takePass,
  unknownHost,
  whoIs,
} from './particulars.ts'

export async function register(
  ctx: Ctx,
  input: Pick<RouteInput<typeof visits.register>, 'body'>,
): Promise<VisitCard> {
  const { body } = input
  const house = await houseOf(ctx)
  const category = categoryOf(house, body.kind, body.category)
  mustKnowTopic(house, body.kind, body.topic)
  const refused = category.refuseByDefault && body.despiteDefault === undefined
  // Somebody's yes is no reason to refuse: who allowed it, and why, has to be said.
  if (refused && body.consent !== undefined)
    throw new DomainError('visit.refused-by-default', { category: category.key })
  const phone = normalisePhone(body.phone, 'phone')
  const plate = plateOf(ctx, body.plate, body.plateForeign)
  const document =
    body.document === undefined
      ? null
      : await sealDocument(ctx.kernel.secrets, body.document, 'document.number', ctx.kernel.clock.now())
  const derivedId = visitorId(ctx.siteId, tidy(body.visitorName), phone, tidy(body.organisation))
  return command(ctx, async (work) => {
    const [host, person, consentBy, { number }, passNumber, met, areas] = await Promise.all([
      hostOf(ctx, work, body),
      knownPerson(ctx, work, body),
      body.consent === undefined ? undefined : work.maybe(employeeCard(ctx.siteId, body.consent.byId)),
      work.one(nextNumber),
      body.issuePass && !refused ? takePass(ctx, work, body.passNumber) : null,
      // A bare name tells nobody from the next one of that name.
      body.visitorId === undefined && (phone !== '' || body.organisation !== '')
        ? work.maybe(visitorBehind(ctx.siteId, derivedId))
        : undefined,
      chosenAreas(work, body.areaIds),
    ])
    if (body.consent !== undefined && consentBy === undefined) throw unknownHost('consent.byId')
    const who = whoIs(body, phone, person)
    const knownAs = who.visitorId ?? (met === undefined ? null : derivedId)
    const id = body.id ?? newId()
    const subject = taskSubject(id, number, body, host)
    const led = refused
      ? turnedAway(category)
      : await asked(work, house, subject, {
          category,
          kind: body.kind,
          topic: body.topic,
          announced: false,
          known: knownAs !== null,
          matter: body.purpose,
          whom: { hostId: host?.id ?? null, visitorId: knownAs, organisation: tidy(body.organisation) },
          host,
          consent: consentBy === undefined ? undefined : { by: consentBy, how: body.consent?.how ?? 'phone' },
          said: { ...body, ...who },
        })
    const card = await begin(
      ctx,
      work,
      house,
      category,
      { ...body, plate, areas, ...who, id },
      {
        host,
        number,
        status: led.status,
        action: 'visit.registered',
        expectedAt: null,
        validUntil: plus(work.now, category.stayMinutes),
        asked: led.asked,
        consent: consentBy === undefined ? null : { by: consentBy, how: body.consent?.how ?? 'phone' },
        document,
        // A route that turns away leaves the pass in its place.
        passNumber: led.status === 'admitted' || led.status === 'asking' ? passNumber : null,
        questionsAt: knownAs === null && openQuestions(body).length === 0 ? work.now : null,
        route: led.route,
        receiver: led.receiver,
        declineReason: led.declineReason,
        refuseReason: led.status === 'refused' ? led.refuseReason : '',
      },
    )
    if (led.status === 'declined' || led.status === 'refused') endedAtOnce(work, id, number, led)
    return card
  })
}

type Refused = Omit<Led, 'status'> & { readonly status: 'refused'; readonly refuseReason: string }

/** V12: turned away by the rules of the house, and on record: who came, when, and who refused. */
function turnedAway(category: Category): Refused {
  const nothing = { asked: null, route: '', receiver: null, declineReason: '' }
  return { ...nothing, status: 'refused', refuseReason: category.name.zh }
}

/** V4: the three questions, what the category wants; only then anybody is disturbed. */
async function asked(
  work: Work,
  house: House,
  subject: TaskSubject,
  arriving: Arriving & { readonly said: RouteInput<typeof visits.register>['body'] },
): Promise<Led> {
  const { category, kind, known, said } = arriving
  mustHaveAnswered(house, category, kind, known, said)
  mustHaveRequired(category, said, goesWithoutHost(house.routes, kind, arriving.topic))
  return lead(work, house, subject, arriving)
}

/** A second line of the record: it was written down, and it ended here. */
function endedAtOnce(work: Work, id: string, number: number, led: Led | Refused): void {
  work.journal({
    entity: 'visit',
    entityId: id,
    action: `visit.${led.status}`,
    version: 1,
    after: { status: led.status },
    data: { number: visitNumber(number), byRule: true, route: led.route, people: [] },
  })
}
