/**
 * The one way a message changes: load locked → may this person → does the table allow it → write → journal. Every
 * command is a function handed to `step`, so none can forget a part of it.
 */
import type { Sql } from '../../../kernel/db/sql.ts'
import { DomainError, fail } from '../../../kernel/errors.ts'
import { mustAllow } from '../../../kernel/transitions.ts'
import { type Ctx, command, type Work } from '../../../kernel/work/command.ts'
import { viewerOf } from '../owners/owner.ts'
import { type CallRules, rulesSetting } from '../settings.ts'
import type { MessageCard } from './contract.ts'
import { mayCommand, maySee } from './policy.ts'
import { type Lens, presentMessage } from './present.ts'
import { type MessageCommand, type MessageStatus, messageTransitions } from './rules.ts'
import * as store from './store.ts'
import { peopleOf } from './write.ts'

export interface Step {
  readonly work: Work
  readonly rules: CallRules
  readonly lens: Lens
  readonly message: store.MessageRow
}

export interface Change {
  /** Same as before when the command changes no status. */
  readonly to?: MessageStatus
  readonly patch?: store.MessagePatch
  /** `message.<past participle>` */
  readonly action: string
  readonly data?: Readonly<Record<string, unknown>>
  /** Runs with the row as it will be: opens what is owed now. */
  readonly owes?: (after: store.MessageRow) => Promise<void>
}

export async function lensOf(ctx: Ctx, sql: Sql, rules: CallRules, now: Date): Promise<Lens> {
  return { viewer: await viewerOf(ctx, sql), now, undoMinutes: rules.undoMinutes }
}

/** A signed link opens one message only. */
export function ofLink(ctx: Ctx, id: string): boolean {
  const { link } = ctx.actor
  return link === null || (link.entity === 'message' && link.id === id)
}

/**
 * @throws DomainError `entity.not-found` (also for a message the caller may not see), `auth.forbidden` when it is not
 * theirs to say, `transition.refused` when the state does not allow it: somebody else was first
 */
export async function step(
  ctx: Ctx,
  id: string,
  order: MessageCommand,
  use: (step: Step) => Promise<Change>,
): Promise<MessageCard> {
  const rules = await ctx.kernel.settings.get(ctx.siteId, rulesSetting)
  return command(ctx, async (work) => {
    const [message, lens] = await Promise.all([
      work.maybe(store.lockMessage(ctx.siteId, id)),
      lensOf(ctx, work, rules, work.now),
    ])
    if (message === undefined || !maySee(lens.viewer, message) || !ofLink(ctx, id))
      return fail('entity.not-found')
    mustAllow(messageTransitions, message.status, order)
    if (!mayCommand(lens.viewer, message, order))
      throw new DomainError('auth.forbidden', { action: 'message.act' })
    return presentMessage(await apply({ work, rules, lens, message }, order, use), lens)
  })
}

/** The part after permission; a colleague's departure, which nobody needs to permit, comes in here. */
export async function apply(
  step: Step,
  order: MessageCommand,
  use: (step: Step) => Promise<Change>,
): Promise<store.MessageRow> {
  const { work, lens, message } = step
  const change = await use(step)
  const to = change.to ?? message.status
  mustAllow(messageTransitions, message.status, order, to)
  const patch: store.MessagePatch = {
    ...(to === message.status
      ? {}
      : { status: to, previous_status: message.status, status_at: work.now, status_by: lens.viewer.id }),
    ...change.patch,
    version: message.version + 1,
  }
  work.write(store.updateMessage(message.id, message.status, patch))
  // Every column of the patch is one of the row, already in the row's form.
  const after = { ...message, ...patch } as store.MessageRow
  work.journal({
    entity: 'message',
    entityId: message.id,
    action: change.action,
    version: after.version,
    ...difference(message, patch),
    data: { ...change.data, people: [...new Set([...peopleOf(message), ...peopleOf(after)])] },
  })
  await change.owes?.(after)
  return after
}

/** Bookkeeping says nothing to a reader. */
const silent = new Set(['version', 'previous_status', 'status_at', 'status_by'])

function difference(message: store.MessageRow, patch: store.MessagePatch) {
  const before: Record<string, unknown> = {}
  const after: Record<string, unknown> = {}
  const old: Readonly<Record<string, unknown>> = message
  for (const [key, value] of Object.entries(patch)) {
    if (silent.has(key)) continue
    before[key] = old[key] ?? null
    after[key] = value
  }
  return { before, after }
}
