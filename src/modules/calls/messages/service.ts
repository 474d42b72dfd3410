/** What happens to a message (C10): taken, read, dealt with, reported, handed on, taken back. */
import type { RouteInput } from '../../../kernel/contract.ts'
import { DomainError, fail } from '../../../kernel/errors.ts'
import { type Ctx, command } from '../../../kernel/work/command.ts'
import { showNumber } from '../../customers/public.ts'
import { callerOf, phoneOf } from '../owners/caller.ts'
import { ownerFound } from '../owners/owner.ts'
import { isInTime } from '../owners/rules.ts'
import { rulesSetting } from '../settings.ts'
import type { MessageCard, messages } from './contract.ts'
import { mayReveal, maySee } from './policy.ts'
import { presentMessage } from './present.ts'
import type { MessageStatus } from './rules.ts'
import { lensOf, ofLink, type Step, step } from './step.ts'
import * as store from './store.ts'
import { messageKinds, owe, subjectOf, toReport, undone, unread } from './tasks.ts'
import { insertMessage, recipientColumns, recipientUnknown } from './write.ts'

/** Somebody stood at the desk, or rang where the exchange does not hear it. */
export async function take(ctx: Ctx, { body }: RouteInput<typeof messages.take>): Promise<MessageCard> {
  const phone = phoneOf(body.phone, 'phone')
  const rules = await ctx.kernel.settings.get(ctx.siteId, rulesSetting)
  return command(ctx, async (work) => {
    const lens = await lensOf(ctx, work, rules, work.now)
    const caller = await callerOf(work, { ...body, phone })
    const row = await insertMessage(work, { ...body, ...caller, phone, callId: null })
    return presentMessage(row, lens)
  })
}

export async function see(ctx: Ctx, { params }: RouteInput<typeof messages.see>): Promise<MessageCard> {
  return step(ctx, params.id, 'see', async ({ work, message }) => {
    work.settleTasks(subjectOf(params.id), [unread], ctx.actor.name)
    return {
      to: 'seen',
      action: 'message.seen',
      patch: { seen_at: work.now, seen_by_name: ctx.actor.name, ...presentedNow(message, work.now) },
    }
  })
}

/** Whoever has read it has it before them, whatever the line says. */
function presentedNow(message: store.MessageRow, now: Date): store.MessagePatch {
  return message.presented_at === null ? { presented_at: now, presented_how: 'at-once' } : {}
}

export async function done(
  ctx: Ctx,
  { params, body }: RouteInput<typeof messages.done>,
): Promise<MessageCard> {
  return step(ctx, params.id, 'done', async ({ work, message, rules }) => {
    work.settleTasks(subjectOf(message.id), [unread, undone], body.note || ctx.actor.name)
    return {
      to: 'done',
      action: 'message.done',
      data: { note: body.note, reportBack: message.report_back },
      patch: {
        done_at: work.now,
        done_by_name: ctx.actor.name,
        done_note: body.note,
        ...(message.seen_at === null ? { seen_at: work.now, seen_by_name: ctx.actor.name } : {}),
        ...presentedNow(message, work.now),
      },
      owes: (after) => owe(work, after, rules),
    }
  })
}

export async function report(
  ctx: Ctx,
  { params, body }: RouteInput<typeof messages.report>,
): Promise<MessageCard> {
  return step(ctx, params.id, 'report', async ({ work, message }) => {
    if (!message.report_back)
      throw new DomainError('transition.refused', { from: message.status, command: 'report' })
    work.settleTasks(subjectOf(message.id), [toReport], body.note || body.how)
    return {
      to: 'reported',
      action: 'message.reported',
      data: { how: body.how, note: body.note },
      patch: {
        reported_at: work.now,
        reported_by_name: ctx.actor.name,
        reported_how: body.how,
        reported_note: body.note,
      },
    }
  })
}

/** To somebody else, unread again; the journal keeps the way it went. */
export async function forward(
  ctx: Ctx,
  { params, body }: RouteInput<typeof messages.forward>,
): Promise<MessageCard> {
  return step(ctx, params.id, 'forward', async (one) => {
    const found = await ownerFound(ctx, one.work, body.to)
    if (found === undefined) throw recipientUnknown()
    const { to_kind, to_id } = one.message
    if (found.owner.kind === to_kind && found.owner.id === to_id) throw recipientUnknown()
    return handOn(one, await recipientColumns(one.work, found), body.note)
  })
}

/** The part of `forward` that a colleague's departure shares. */
export function handOn(
  { work, message, rules, lens }: Step,
  to: Awaited<ReturnType<typeof recipientColumns>>,
  note: string,
) {
  work.cancelTasks(subjectOf(message.id), [unread, undone], to.to_name)
  return {
    to: 'new' as const,
    action: 'message.forwarded',
    data: { fromName: message.to_name, toName: to.to_name, note, byId: lens.viewer.id },
    patch: { ...to, seen_at: null, seen_by_name: '' },
    owes: (after: store.MessageRow) => owe(work, after, rules),
  }
}

export async function withdraw(
  ctx: Ctx,
  { params, body }: RouteInput<typeof messages.withdraw>,
): Promise<MessageCard> {
  return step(ctx, params.id, 'withdraw', async ({ work }) => {
    work.cancelTasks(subjectOf(params.id), messageKinds, body.note)
    return { to: 'withdrawn', action: 'message.withdrawn', data: { note: body.note } }
  })
}

/** One step back: the state before, with what it owes. */
export async function undo(ctx: Ctx, { params }: RouteInput<typeof messages.undo>): Promise<MessageCard> {
  return step(ctx, params.id, 'undo', async ({ work, message, rules }) => {
    if (!isInTime(message, work.now, rules.undoMinutes)) throw new DomainError('call.undo-too-late')
    const to = message.previous_status as MessageStatus
    work.cancelTasks(subjectOf(message.id), messageKinds, 'undo')
    return {
      to,
      action: 'message.undone',
      data: { from: message.status },
      patch: { previous_status: null, ...forgotten(message.status, to) },
      owes: (after) => owe(work, after, rules),
    }
  })
}

function forgotten(from: MessageStatus, to: MessageStatus): store.MessagePatch {
  const unread = to === 'new' ? { seen_at: null, seen_by_name: '' } : {}
  if (from === 'done') return { done_at: null, done_by_name: '', done_note: '', ...unread }
  if (from === 'reported')
    return { reported_at: null, reported_by_name: '', reported_how: null, reported_note: '' }
  return from === 'seen' ? unread : {}
}

/** G5: the full number, once, with a journal entry of who looked. */
export async function reveal(
  ctx: Ctx,
  { params }: RouteInput<typeof messages.reveal>,
): Promise<{ phone: string }> {
  const rules = await ctx.kernel.settings.get(ctx.siteId, rulesSetting)
  return command(ctx, async (work) => {
    const [row, lens] = await Promise.all([
      work.maybe(store.findMessage(ctx.siteId, params.id)),
      lensOf(ctx, work, rules, work.now),
    ])
    if (row === undefined || !maySee(lens.viewer, row) || !ofLink(ctx, row.id))
      return fail('entity.not-found')
    if (!mayReveal(lens.viewer, row)) throw new DomainError('auth.forbidden', { action: 'message.act' })
    work.journal({
      entity: 'message',
      entityId: row.id,
      action: 'message.revealed',
      version: row.version,
      data: { field: 'phone' },
    })
    return { phone: row.phone === '' ? '' : showNumber(row.phone) }
  })
}
