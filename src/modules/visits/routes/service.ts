/** V6: trying the table, proposing whom to ask, writing down what the one called said. */
import type { RouteAnswer, RouteInput } from '../../../kernel/contract.ts'
import { DomainError, fail } from '../../../kernel/errors.ts'
import { tidy } from '../../../kernel/find/spelling.ts'
import { type Ctx, query } from '../../../kernel/work/command.ts'
import { employeeCard } from '../../directory/public.ts'
import { askNext } from '../consent.ts'
import { categoryOf, houseOf, lensOf } from '../house.ts'
import { normalisePhone } from '../people.ts'
import { maySee } from '../policy.ts'
import { texts } from '../present.ts'
import { visitorId } from '../search.ts'
import { answered } from '../stay/answers.ts'
import { type Step, step } from '../step.ts'
import { findVisit } from '../store.ts'
import type { VisitRoute, visitRoutes } from './contract.ts'
import { decideOn, mustKnowTopic, workingNow } from './lead.ts'
import { ledBy, presentHop } from './present.ts'
import { type Askee, resolveTargets, type Whom } from './resolve.ts'
import { type Decided, lastFor } from './rules.ts'
import { hopsOf, openHop, visitorBehind } from './store.ts'
import { routeOf, usualRoute } from './table.ts'

type Routes = typeof visitRoutes

function shown(one: Askee): RouteAnswer<Routes['whom']>['next'][number] {
  const { id, kind, target, name, nameEn, department, extension } = one
  return { id, kind, target, name: { zh: name, en: nameEn }, department, extension }
}

/** The row with what is said; the people it leads to, if it asks or tells anybody. */
async function presentDecision(ctx: Ctx, { row, decision, last }: Decided<VisitRoute>, whom: Whom) {
  const asks = decision === 'ask' || decision === 'notify'
  const targets = row?.targets ?? usualRoute.targets
  const people = asks ? await resolveTargets(ctx, query(ctx), targets, whom) : []
  const route = row === null ? null : { key: row.key, name: row.name, say: row.say, note: row.note }
  return { route, decision, last, targets: people.map(shown) }
}

async function mustKnowHost(ctx: Ctx, hostId: string | null): Promise<void> {
  if (hostId === null) return
  const host = await query(ctx).maybe(employeeCard(ctx.siteId, hostId))
  if (host === undefined)
    throw new DomainError('visit.host-unknown', {}, [{ path: 'hostId', code: 'unknown' }])
}

/** Nobody is disturbed: reads the table given, or the one in force. */
export async function tryTable(
  ctx: Ctx,
  { body }: Pick<RouteInput<Routes['try']>, 'body'>,
): Promise<RouteAnswer<Routes['try']>> {
  const house = await houseOf(ctx)
  const category = categoryOf(house, body.kind, body.category)
  mustKnowTopic(house, body.kind, body.topic)
  await mustKnowHost(ctx, body.hostId)
  const rows = body.rows ?? house.routes
  const at = body.at === undefined ? ctx.kernel.clock.now() : new Date(body.at)
  // Shown whether a row asks for it or not.
  const working = await workingNow(query(ctx), ctx.siteId, at)
  const { kind, topic, appointment, known, matter, hostId } = body
  const decided = decideOn(
    rows,
    { category, announced: appointment },
    { kind, topic, appointment, known, working, matter },
  )
  const whom = { hostId, visitorId: null, organisation: tidy(body.organisation) }
  return {
    ...(await presentDecision(ctx, decided, whom)),
    working,
    consentDue: decided.consentDue,
    passed: decided.passed.map(({ key, misfits }) => ({ key, misfits: [...misfits] })),
  }
}

/** For the form: whom this visitor would lead to, before anything is sent. */
export async function propose(
  ctx: Ctx,
  { body }: Pick<RouteInput<Routes['propose']>, 'body'>,
): Promise<RouteAnswer<Routes['propose']>> {
  const house = await houseOf(ctx)
  const category = categoryOf(house, body.kind, body.category)
  mustKnowTopic(house, body.kind, body.topic)
  await mustKnowHost(ctx, body.hostId)
  const sql = query(ctx)
  const organisation = tidy(body.organisation)
  const knownAs = body.visitorId ?? derived(ctx, body.visitorName, body.phone, organisation)
  const timed = house.routes.some(({ when }) => when.hours !== 'any')
  const [behind, working] = await Promise.all([
    knownAs === null ? undefined : sql.maybe(visitorBehind(ctx.siteId, knownAs)),
    timed ? workingNow(sql, ctx.siteId, ctx.kernel.clock.now()) : true,
  ])
  const known = behind !== undefined
  const { kind, topic, appointment, matter, hostId } = body
  const decided = decideOn(
    house.routes,
    { category, announced: appointment },
    { kind, topic, appointment, known, working, matter },
  )
  const whom = { hostId, visitorId: known ? knownAs : null, organisation }
  const questions = house.kinds.get(kind)?.questions === true && !category.important
  return { ...(await presentDecision(ctx, decided, whom)), stranger: questions && !known }
}

/** While it is being typed, half a number is no number. */
function derived(ctx: Ctx, name: string, typed: string, organisation: string): string | null {
  let phone = ''
  try {
    phone = normalisePhone(typed, 'phone')
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
  }
  if (tidy(name) === '' || (phone === '' && organisation === '')) return null
  return visitorId(ctx.siteId, tidy(name), phone, organisation)
}

/** Those asked with their answers, those still to be asked. */
export async function whom(
  ctx: Ctx,
  { params }: Pick<RouteInput<Routes['whom']>, 'params'>,
): Promise<RouteAnswer<Routes['whom']>> {
  const sql = query(ctx)
  const house = await houseOf(ctx)
  const [visit, lens, hops] = await Promise.all([
    sql.maybe(findVisit(ctx.siteId, params.id)),
    lensOf(ctx, sql, house, ctx.kernel.clock.now()),
    sql.all(hopsOf(params.id)),
  ])
  if (visit === undefined || !maySee(lens.viewer, visit)) return fail('entity.not-found')
  const lead = routeOf(house, visit.route)
  const { host_id: hostId, visitor_id: visitorIdOf, organisation } = visit
  const people =
    visit.status === 'asking'
      ? await resolveTargets(ctx, sql, lead.targets, { hostId, visitorId: visitorIdOf, organisation })
      : []
  const before = texts(visit.asked_ids)
  const row = house.routes.find(({ key }) => key === visit.route)
  const led = ledBy(house, visit.route)
  const silent = { zh: '', en: '' }
  return {
    route: led === null ? null : { ...led, say: row?.say ?? silent, note: row?.note ?? silent },
    last: lastFor(lead.last, visit.announced),
    hops: hops.map((hop) => presentHop(hop, true)),
    next: people.filter(({ id }) => !before.includes(id)).map(shown),
  }
}

const orders = {
  agreed: 'receive',
  wait: 'wait',
  declined: 'decline',
  busy: 'redirect',
  'no-answer': 'redirect',
} as const

/** V5, V6: one key for what was heard; twenty at once: the first is kept, the others learn that it was answered. */
export async function answerHop(ctx: Ctx, { params, body }: RouteInput<Routes['hop']>) {
  return step(ctx, params.id, orders[body.result], async (at) => {
    await mustBeOpen(at, body.n)
    const { how } = body
    switch (body.result) {
      case 'agreed':
        return answered(ctx, at, { answer: 'receive', how })
      case 'wait':
        return answered(ctx, at, { answer: 'wait', minutes: body.minutes, how })
      case 'declined':
        return answered(ctx, at, { answer: 'decline', reason: body.note.slice(0, 200), how })
      case 'busy':
      case 'no-answer':
        return askNext(at, body.result)
    }
  })
}

/** @throws DomainError `visit.hop-answered` when somebody else was quicker */
async function mustBeOpen({ work, visit }: Step, n: number): Promise<void> {
  const open = await work.maybe(openHop(visit.id))
  if (open?.n !== n) throw new DomainError('visit.hop-answered', { n })
}
