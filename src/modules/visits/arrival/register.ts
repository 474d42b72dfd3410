/** A visitor stands here without appointment (V1, V8). */
import type { RouteInput } from '../../../kernel/contract.ts'
import { DomainError } from '../../../kernel/errors.ts'
import { newId } from '../../../kernel/ids.ts'
import { type Ctx, command } from '../../../kernel/work/command.ts'
import { employeeCard } from '../../directory/public.ts'
import type { VisitCard } from '../card/contract.ts'
import type { visits } from '../contract.ts'
import { categoryOf, houseOf } from '../house.ts'
import { normalisePhone, sealDocument } from '../people.ts'
import { arrivalStatus } from '../rules.ts'
import { nextNumber } from '../store.ts'
import { plus } from '../tasks.ts'
import { begin, firstAsked, taskSubject } from './begin.ts'
import { hostOf, knownPerson, mustHaveRequired, takePass, unknownHost, whoIs } from './particulars.ts'

export async function register(
  ctx: Ctx,
  input: Pick<RouteInput<typeof visits.register>, 'body'>,
): Promise<VisitCard> {
  const { body } = input
  const house = await houseOf(ctx)
  const category = categoryOf(house, body.kind, body.category)
  if (category.refuseByDefault && body.despiteDefault === undefined) {
    throw new DomainError('visit.refused-by-default', { category: category.key })
  }
  const phone = normalisePhone(body.phone, 'phone')
  const document =
    body.document === undefined
      ? null
      : await sealDocument(ctx.kernel.secrets, body.document, 'document.number')
  return command(ctx, async (work) => {
    const [host, person, consentBy, { number }, passNumber] = await Promise.all([
      hostOf(ctx, work, body),
      knownPerson(ctx, work, body),
      body.consent === undefined ? undefined : work.maybe(employeeCard(ctx.siteId, body.consent.byId)),
      work.one(nextNumber),
      body.issuePass ? takePass(ctx, work, body.passNumber) : null,
    ])
    if (body.consent !== undefined && consentBy === undefined) throw unknownHost('consent.byId')
    const who = whoIs(body, phone, person)
    mustHaveRequired(category, { ...body, ...who })
    const status = arrivalStatus(category, { announced: false, consentGiven: consentBy !== undefined })
    const id = body.id ?? newId()
    const subject = taskSubject(id, number, body, host)
    const asked = status === 'asking' ? firstAsked(work, house, subject, host) : null
    return begin(
      ctx,
      work,
      house,
      category,
      { ...body, ...who, id },
      {
        host,
        number,
        status,
        action: 'visit.registered',
        expectedAt: null,
        validUntil: plus(work.now, category.stayMinutes),
        asked,
        consent: consentBy === undefined ? null : { by: consentBy, how: body.consent?.how ?? 'phone' },
        document,
        passNumber,
      },
    )
  })
}
