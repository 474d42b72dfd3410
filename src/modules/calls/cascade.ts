/** Use cases that lead the caller: route, hop by hop, special situations (C3, C4, C5, C7, C8, C9, C11). */
import type { RouteAnswer, RouteInput } from '../../kernel/contract.ts'
import { type FieldProblem, fail, failWith } from '../../kernel/errors.ts'
import { newId } from '../../kernel/ids.ts'
import { type Ctx, query } from '../../kernel/work/command.ts'
import { type CallDetail, callErrors } from './card/contract.ts'
import type { calls } from './contract.ts'
import { orderTransfer } from './intake/order.ts'
import { askedOf, cardOf, leadingOf } from './leading.ts'
import { lampsOf } from './lines/public.ts'
import { detailOf } from './reading.ts'
import { seconds } from './record.ts'
import { byHand, speakersOf } from './routing/store.ts'
import type { Route } from './settings.ts'
import { type Step, step, unchanged } from './step.ts'
import * as store from './store.ts'
import { oweCalming, oweLineRepair } from './tasks.ts'

const refuse = failWith(callErrors)

export async function choose(
  ctx: Ctx,
  { params, body }: RouteInput<typeof calls.choose>,
): Promise<CallDetail> {
  const { id } = await step(ctx, params.id, 'choose', async ({ house, call }) => {
    if (!house.routes.some(({ key }) => key === body.route)) return refuse('call.route-unknown')
    if (call.route === body.route && call.ask_anyway === body.askAnyway) return unchanged
    return {
      action: 'call.routed',
      patch: { route: body.route, ask_anyway: body.askAnyway },
      data: { route: body.route, askAnyway: body.askAnyway },
    }
  })
  return await detailOf(ctx, id)
}

interface Chosen {
  readonly step: number | null
  readonly kind: string
  readonly id: string | null
  readonly name: string
  readonly extension: string
  /** The route it is a step of, when the call has none yet. */
  readonly route: string | null
}

type Try = RouteInput<typeof calls.tryTarget>['body']

export async function tryTarget(
  ctx: Ctx,
  { params, body }: RouteInput<typeof calls.tryTarget>,
): Promise<CallDetail> {
  const { id } = await step(ctx, params.id, 'hop', async (at) => {
    const { work, call, viewer } = at
    const hops = await work.all(store.hopsOf(call.id))
    if (hops.some(({ result }) => result === 'trying')) return refuse('call.hop-open')
    const target = body.step === null ? await chosenByHand(at, body) : await stepOfRoute(at, hops, body.step)
    const hopId = body.id ?? newId()
    work.write(
      store.insertHop({
        id: hopId,
        site_id: ctx.siteId,
        call_id: call.id,
        position: (hops.at(-1)?.position ?? 0) + 1,
        step: target.step,
        target_kind: target.kind,
        target_id: target.id,
        target_name: target.name,
        target_extension: target.extension,
        told_caller: body.toldCaller,
        started_at: work.now,
        result: 'trying',
        by_id: viewer.id,
        by_name: ctx.actor.name,
      }),
    )
    if (body.dial !== 'no')
      await orderTransfer(work, { callId: call.id, hopId, to: target.extension, kind: body.dial })
    const { name, extension, step: place } = target
    return {
      action: 'call.tried',
      patch: target.route === null ? {} : { route: target.route },
      data: { name, extension, step: place, hopId, toldCaller: body.toldCaller },
      people: [target.id],
    }
  })
  return await detailOf(ctx, id)
}

/** C8, C9: nobody is disturbed before the route's questions are answered, and nobody at all for what is refused. */
function mustBeAsked(route: Route, call: store.CallRow): void {
  const asked = askedOf(call)
  if (route.refuseByDefault && !asked.mayAskAnyway) refuse('call.refused-by-default')
  const missing = route.questions.filter((question) => asked[question] === '')
  if (missing.length === 0) return
  refuse('call.details-missing', { missing }, missing.map(fieldOf))
}

const paths: Readonly<Record<string, string>> = {
  name: 'contactName',
  phone: 'contactPhone',
  owner: 'callback.owner',
  target: 'wantedId',
}

export function fieldOf(detail: string): FieldProblem {
  return { path: paths[detail] ?? detail, code: 'required' }
}

async function stepOfRoute(at: Step, hops: readonly store.HopRow[], place: number): Promise<Chosen> {
  const { work, house, call } = at
  const { route, targets } = await leadingOf(work, house, call, hops, await cardOf(work, call), work.now)
  if (route === undefined) return refuse('call.route-unknown')
  mustBeAsked(route, call)
  const target = targets.find((one) => one.step === place)
  if (target === undefined) return refuse('call.target-unknown', {}, [{ path: 'step', code: 'unknown' }])
  const { kind, id, name, extension } = target
  return { step: place, kind, id, name, extension, route: call.route === null ? route.key : null }
}

async function chosenByHand({ work, house, call, ctx }: Step, body: Try): Promise<Chosen> {
  const { employeeId = null, extension = null } = body
  const nobody = () => refuse('call.target-unknown', {}, [{ path: 'employeeId', code: 'unknown' }])
  if (employeeId === null && (extension === null || extension === '')) return nobody()
  const route = house.routes.find(({ key }) => key === call.route)
  if (route !== undefined) mustBeAsked(route, call)
  const found = await work.one(byHand(ctx.siteId, employeeId, extension))
  if ((employeeId !== null && found.id === null) || found.extension === null || found.extension === '')
    return nobody()
  const kind = found.id === null ? 'extension' : 'person'
  const name = found.name ?? found.extension
  return { step: null, kind, id: found.id, name, extension: found.extension, route: null }
}

export async function hopResult(
  ctx: Ctx,
  { params, body }: RouteInput<typeof calls.hopResult>,
): Promise<CallDetail> {
  const { id } = await step(ctx, params.id, 'hopResult', async ({ work, call }) => {
    const hop = (await work.all(store.hopsOf(call.id))).find((one) => one.id === params.hopId)
    if (hop === undefined) return fail('entity.not-found')
    if (hop.result !== 'trying') return refuse('call.hop-not-open')
    const took = seconds(hop.started_at, work.now)
    work.write(
      store.endHop(hop.id, {
        result: body.result,
        ended_at: work.now,
        seconds: took,
        note: body.note,
      }),
    )
    return {
      action: 'call.hop-ended',
      data: { name: hop.target_name, extension: hop.target_extension, result: body.result, seconds: took },
      people: [hop.target_id],
    }
  })
  return await detailOf(ctx, id)
}

/** C11: each situation has its action, not only its words. */
export async function situation(
  ctx: Ctx,
  { params, body }: RouteInput<typeof calls.situation>,
): Promise<RouteAnswer<typeof calls.situation>> {
  const { situation: what, note, dialect } = body
  const { id } = await step(ctx, params.id, 'situation', async ({ work, call, house }) => {
    if (call.situations.includes(what) && what !== 'dialect') return unchanged
    if (what === 'line-fault') oweLineRepair(work, call, note)
    if (what === 'angry') oweCalming(work, call, note, house.rules.complaintMinutes)
    return {
      action: 'call.situation',
      patch: { situations: [...new Set([...call.situations, what])] },
      data: { situation: what, note, dialect },
    }
  })
  const [call, colleagues] = await Promise.all([
    detailOf(ctx, id),
    what === 'dialect' ? speakers(ctx, dialect) : [],
  ])
  return { call, colleagues }
}

/** Colleagues who speak it, those with a telephone first; all who speak any dialect when nobody knows which it is. */
async function speakers(ctx: Ctx, dialect: string) {
  const sql = query(ctx)
  const found = await sql.all(speakersOf(ctx.siteId, dialect))
  const extensions = found.flatMap(({ extension }) => extension ?? [])
  const lamps = await sql.all(lampsOf(ctx.siteId, extensions, ctx.kernel.clock.now()))
  const lamp = new Map(lamps.map(({ extension, state }) => [extension, state]))
  return found.map(({ id, name, extension, dialects }) => ({
    id,
    name,
    extension: extension ?? '',
    dialects,
    line: lamp.get(extension ?? '') ?? 'unknown',
  }))
}
