/** What a message owes (C10, G2): to be read, to be dealt with, to be reported to the caller. */
import { loadCalendar } from '../../../kernel/calendar/load.ts'
import { addWorkingMinutes } from '../../../kernel/calendar/rules.ts'
import { DomainError } from '../../../kernel/errors.ts'
import type { Owner } from '../../../kernel/tasks/rules.ts'
import { maskNumber } from '../../../kernel/telephone/mask.ts'
import type { Work } from '../../../kernel/work/command.ts'
import { ladderOf, levelsAbove, ownerFound } from '../owners/owner.ts'
import { callerText } from '../owners/rules.ts'
import type { CallRules } from '../settings.ts'
import { messageNumber } from './present.ts'
import type { MessageRow } from './store.ts'

export const unread = 'message.unread'
export const undone = 'message.undone'
export const toReport = 'message.report'
export const messageKinds = [unread, undone, toReport] as const

type Owing = Pick<
  MessageRow,
  | 'id'
  | 'number'
  | 'status'
  | 'caller_name'
  | 'organisation'
  | 'phone'
  | 'urgent'
  | 'report_back'
  | 'to_kind'
  | 'to_id'
  | 'to_name'
  | 'taken_at'
  | 'taken_by'
>

/** Opens what the message owes in its state; whatever was open before has been settled by the caller of this. */
export async function owe(work: Work, message: Owing, rules: CallRules): Promise<void> {
  if (message.status === 'new' || message.status === 'seen') await oweRecipient(work, message, rules)
  if (message.status === 'done' && message.report_back) await oweCaller(work, message, rules)
}

async function oweRecipient(work: Work, message: Owing, rules: CallRules): Promise<void> {
  const owner: Owner = { kind: message.to_kind, id: message.to_id }
  const [levels, taker, dealtWith] = await Promise.all([
    levelsAbove(work.ctx, work, owner),
    takerOf(work, message),
    workingDue(work, message.taken_at, rules.doneHours),
  ])
  if (message.status === 'new') {
    const minutes = message.urgent ? rules.urgentUnreadMinutes : rules.unreadMinutes
    work.openTask({
      kind: unread,
      subject: subjectOf(message.id),
      facts: factsOf(message),
      owner,
      dueAt: plus(work.now, minutes),
      // At last whoever took the message: they reach the colleague another way, or tell the caller.
      ladder: ladderOf(owner, [...levels.slice(0, 2), taker], minutes),
    })
  }
  // Handed on late, it is still the new recipient's to read first.
  const dueAt = later(dealtWith, plus(work.now, rules.unreadMinutes))
  const remindAt = plus(dueAt, -30)
  work.openTask({
    kind: undone,
    subject: subjectOf(message.id),
    facts: factsOf(message),
    owner,
    dueAt,
    remindAt: remindAt > work.now ? remindAt : null,
    ladder: ladderOf(owner, levels, 60),
  })
}

async function oweCaller(work: Work, message: Owing, rules: CallRules): Promise<void> {
  const [owner, dueAt] = await Promise.all([
    takerOf(work, message),
    workingDue(work, work.now, rules.reportHours),
  ])
  const remindAt = plus(dueAt, -30)
  work.openTask({
    kind: toReport,
    subject: subjectOf(message.id),
    facts: factsOf(message),
    owner,
    dueAt,
    remindAt: remindAt > work.now ? remindAt : null,
    ladder: ladderOf(owner, await levelsAbove(work.ctx, work, owner), 60),
  })
}

/** Whoever took it, as long as they are here; a program's key owes nothing. */
async function takerOf(work: Work, message: Owing): Promise<Owner> {
  const found = await ownerFound(work.ctx, work, { kind: 'person', id: message.taken_by })
  return found?.owner ?? { kind: 'post', id: 'desk' }
}

function factsOf(message: Owing) {
  return {
    number: messageNumber(message.number),
    caller: callerText(message) || maskNumber(message.phone),
    toName: message.to_name,
  }
}

export function subjectOf(id: string) {
  return { entity: 'message', id } as const
}

/**
 * G6: working hours of the site. A year whose holidays nobody knows yet counts by its weekly hours: that must not keep a
 * message from being written.
 */
async function workingDue(work: Work, from: Date, hours: number): Promise<Date> {
  const calendar = await loadCalendar(work, work.ctx.siteId)
  const year = from.getUTCFullYear()
  const knownYears = new Set([...calendar.knownYears, year - 1, year, year + 1])
  try {
    return addWorkingMinutes({ ...calendar, knownYears }, from, hours * 60)
  } catch (error) {
    // A house that never opens has no working time to count.
    if (error instanceof DomainError && error.code.startsWith('calendar.')) return plus(from, hours * 60)
    throw error
  }
}

function plus(at: Date, minutes: number): Date {
  return new Date(at.getTime() + minutes * 60_000)
}

function later(a: Date, b: Date): Date {
  return a > b ? a : b
}
