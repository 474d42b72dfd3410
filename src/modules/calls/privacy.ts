/** Use cases of what is nobody else's business: private calls, and a look at the full numbers (C12, G5). */
import type { RouteAnswer, RouteInput } from '../../kernel/contract.ts'
import { fail } from '../../kernel/errors.ts'
import { type Ctx, command } from '../../kernel/work/command.ts'
import type { CallCard } from './card/contract.ts'
import type { calls } from './contract.ts'
import { outcomeColumns } from './ending.ts'
import { houseOf, lensOf, viewerOf } from './house.ts'
import { mayReveal, maySee } from './policy.ts'
import { mayMarkPrivate, presentCard } from './present.ts'
import { callNumber, otherParty, reachedAt } from './row.ts'
import { apply, type Change, involvedIn } from './step.ts'
import * as store from './store.ts'
import { untilOutcome } from './tasks.ts'

/** C12: said by the colleague whose call it is. A line that has ended owes nothing more then. */
export async function markPrivate(
  ctx: Ctx,
  { params, body }: RouteInput<typeof calls.markPrivate>,
): Promise<CallCard> {
  const house = await houseOf(ctx)
  return await command(ctx, async (work) => {
    const call = await work.maybe(store.lockCall(ctx.siteId, params.id))
    const lens = lensOf(ctx, house, work.now)
    if (call === undefined) return fail('entity.not-found')
    const involved = await involvedIn(work, lens.viewer, call)
    if (!maySee(lens.viewer, call, involved)) return fail('entity.not-found')
    if (!mayMarkPrivate(call, lens, involved)) return fail('auth.forbidden', { action: 'call.markPrivate' })
    if (call.private === body.private) return presentCard(call, lens, { involved })
    const ends = body.private && call.status === 'after'
    if (ends) work.settleTasks({ entity: 'call', id: call.id }, untilOutcome, 'private')
    const change: Change = {
      ...(ends ? { to: 'closed' as const } : {}),
      action: body.private ? 'call.private' : 'call.not-private',
      patch: { private: body.private, ...(ends ? outcomeColumns(ctx, work, 'private', '') : {}) },
      people: [ctx.actor.employeeId],
    }
    const after = apply(work, lens.viewer.id, call, ends ? 'close' : 'edit', change)
    return presentCard(after, lens, { involved })
  })
}

/** G5: the full numbers, once, with a journal entry of who looked. */
export async function reveal(
  ctx: Ctx,
  { params }: RouteInput<typeof calls.reveal>,
): Promise<RouteAnswer<typeof calls.reveal>> {
  return await command(ctx, async (work) => {
    const call = await work.maybe(store.findCall(ctx.siteId, params.id))
    const viewer = viewerOf(ctx)
    if (call === undefined) return fail('entity.not-found')
    const involved = await involvedIn(work, viewer, call)
    if (!maySee(viewer, call, involved)) return fail('entity.not-found')
    if (!mayReveal(viewer, call, involved)) return fail('auth.forbidden', { action: 'call.reveal' })
    work.journal({
      entity: 'call',
      entityId: call.id,
      action: 'call.revealed',
      version: call.version,
      data: { number: callNumber(call.number) },
    })
    return { caller: otherParty(call), phone: reachedAt(call) }
  })
}
