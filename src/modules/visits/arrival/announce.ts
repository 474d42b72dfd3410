/** A visitor is announced: by the host, the desk, or an assistant (V3). */
import type { RouteInput } from '../../../kernel/contract.ts'
import { DomainError } from '../../../kernel/errors.ts'
import { type Ctx, command } from '../../../kernel/work/command.ts'
import { chosenAreas } from '../areas/chosen.ts'
import type { VisitCard } from '../card/contract.ts'
import type { visits } from '../contract.ts'
import { categoryOf, houseOf } from '../house.ts'
import { invite } from '../invitations/service.ts'
import { normalisePhone } from '../people.ts'
import { mustKnowTopic } from '../routes/lead.ts'
import { nextNumber } from '../store.ts'
import { plus } from '../tasks.ts'
import { begin } from './begin.ts'
import { hostOf, knownPerson, plateOf, whoIs } from './particulars.ts'

export async function announce(
  ctx: Ctx,
  input: Pick<RouteInput<typeof visits.announce>, 'body'>,
): Promise<VisitCard> {
  const { body } = input
  const house = await houseOf(ctx)
  const category = categoryOf(house, body.kind, body.category)
  mustKnowTopic(house, body.kind, body.topic)
  const expectedAt = new Date(body.expectedAt)
  const validUntil =
    body.validUntil === undefined ? plus(expectedAt, category.stayMinutes) : new Date(body.validUntil)
  if (validUntil <= expectedAt) {
    throw new DomainError('input.invalid', {}, [{ path: 'validUntil', code: 'before-start' }])
  }
  const phone = normalisePhone(body.phone, 'phone')
  const plate = plateOf(ctx, body.plate, body.plateForeign)
  return command(ctx, async (work) => {
    const [host, { number }, person, areas] = await Promise.all([
      hostOf(ctx, work, body),
      work.one(nextNumber),
      knownPerson(ctx, work, body),
      chosenAreas(work, body.areaIds),
    ])
    const visit = await begin(
      ctx,
      work,
      house,
      category,
      { ...body, plate, areas, ...whoIs(body, phone, person) },
      {
        host,
        number,
        status: 'expected',
        action: 'visit.announced',
        expectedAt,
        validUntil,
        asked: null,
        consent: null,
        document: null,
        passNumber: null,
      },
    )
    invite(work, visit.id, body)
    return visit
  })
}
