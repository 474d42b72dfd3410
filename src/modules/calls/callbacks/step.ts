/**
 * The one way a promise changes: load locked → may this person → does the table allow it → write → journal. Every
 * command is a function handed to `step`, so none can forget a part of it.
 */
import type { Sql } from '../../../kernel/db/sql.ts'
import { json } from '../../../kernel/db/sql.ts'
import { DomainError, fail } from '../../../kernel/errors.ts'
import { mustAllow } from '../../../kernel/transitions.ts'
import { type Ctx, command, type Work } from '../../../kernel/work/command.ts'
import { viewerOf } from '../owners/owner.ts'
import { type CallRules, rulesSetting } from '../settings.ts'
import { makesIt, mayCommand, maySee } from './policy.ts'
import type { Lens } from './present.ts'
import { type CallbackCommand, type CallbackStatus, callbackTransitions } from './rules.ts'
import * as store from './store.ts'
import { peopleOf } from './write.ts'

export interface Step {
  readonly work: Work
  readonly rules: CallRules
  readonly lens: Lens
  readonly callback: store.CallbackRow
}

export interface Change {
  /** Same as before when the command changes no status. */
  readonly to?: CallbackStatus
  readonly patch?: Partial<store.CallbackRow>
  /** `callback.<past participle>` */
  readonly action: string
  readonly data?: Readonly<Record<string, unknown>>
  /** Runs with the row as it will be: opens what is owed now. */
  readonly owes?: (after: store.CallbackRow) => Promise<void>
}

export async function lensOf(ctx: Ctx, sql: Sql, rules: CallRules, now: Date): Promise<Lens> {
  return { viewer: await viewerOf(ctx, sql), now, undoMinutes: rules.undoMinutes }
}

export interface Changed {
  readonly row: store.CallbackRow
  readonly lens: Lens
  readonly work: Work
}

/**
 * @throws DomainError `entity.not-found` (also for a promise the caller may not see), `callback.taken` and
 * `callback.not-yours` with the name of who has it, `auth.forbidden`, `transition.refused` when the state does not
 * allow it
 */
export async function step<T>(
  ctx: Ctx,
  id: string,
  order: CallbackCommand,
  use: (step: Step) => Promise<Change>,
  answer: (changed: Changed) => T | Promise<T>,
): Promise<T> {
  const rules = await ctx.kernel.settings.get(ctx.siteId, rulesSetting)
  return command(ctx, async (work) => {
    const [callback, lens] = await Promise.all([
      work.maybe(store.lockCallback(ctx.siteId, id)),
      lensOf(ctx, work, rules, work.now),
    ])
    if (callback === undefined || !maySee(lens.viewer, callback)) return fail('entity.not-found')
    if (order === 'take' && callback.status === 'taken') {
      if (callback.taken_by !== lens.viewer.employeeId)
        throw new DomainError('callback.taken', { name: callback.taken_by_name })
      // Tapped twice: it is theirs already.
      return await answer({ row: callback, lens, work })
    }
    mustAllow(callbackTransitions, callback.status, order)
    if (!mayCommand(lens.viewer, callback, order)) refuse(order, callback, lens)
    return await answer({ row: await apply({ work, rules, lens, callback }, order, use), lens, work })
  })
}

const theirs: readonly CallbackCommand[] = ['attempt', 'keep', 'giveUp', 'release']

function refuse(order: CallbackCommand, callback: store.CallbackRow, lens: Lens): never {
  if (theirs.includes(order) && !makesIt(lens.viewer, callback))
    throw new DomainError('callback.not-yours', { name: callback.taken_by_name || callback.owner_name })
  throw new DomainError('auth.forbidden', { action: 'callback.use' })
}

/** The part after permission; a colleague's departure, which nobody needs to permit, comes in here. */
export async function apply(
  step: Step,
  order: CallbackCommand,
  use: (step: Step) => Promise<Change>,
): Promise<store.CallbackRow> {
  const { work, lens, callback } = step
  const change = await use(step)
  const to = change.to ?? callback.status
  mustAllow(callbackTransitions, callback.status, order, to)
  const patch: Partial<store.CallbackRow> = {
    ...(to === callback.status
      ? {}
      : { status: to, previous_status: callback.status, status_at: work.now, status_by: lens.viewer.id }),
    ...change.patch,
    version: callback.version + 1,
  }
  const { answers, ...columns } = patch
  work.write(
    store.updateCallback(callback.id, callback.status, {
      ...columns,
      ...(answers === undefined ? {} : { answers: json(answers) }),
    }),
  )
  const after: store.CallbackRow = { ...callback, ...patch }
  work.journal({
    entity: 'callback',
    entityId: callback.id,
    action: change.action,
    version: after.version,
    ...difference(callback, patch),
    data: { ...change.data, people: [...new Set([...peopleOf(callback), ...peopleOf(after)])] },
  })
  await change.owes?.(after)
  return after
}

/** Bookkeeping says nothing to a reader. */
const silent = new Set(['version', 'previous_status', 'status_at', 'status_by'])

function difference(callback: store.CallbackRow, patch: Partial<store.CallbackRow>) {
  const before: Record<string, unknown> = {}
  const after: Record<string, unknown> = {}
  const old: Readonly<Record<string, unknown>> = callback
  for (const [key, value] of Object.entries(patch)) {
    if (silent.has(key)) continue
    before[key] = old[key] ?? null
    after[key] = value
  }
  return { before, after }
}
