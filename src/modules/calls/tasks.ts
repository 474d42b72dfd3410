/** The promises a call makes (G2): who owes what, until when, and who is told next. */
import type { LadderStep, Owner } from '../../kernel/tasks/rules.ts'
import type { Work } from '../../kernel/work/command.ts'
import { writeCallback } from './callbacks/write.ts'
import { desk, dutyManager } from './owners/owner.ts'
import { type CallRow, callNumber, otherParty, reachedAt } from './row.ts'
import type { CallRules } from './settings.ts'
import { missedPromise } from './store.ts'

export function plus(at: Date, minutes: number): Date {
  return new Date(at.getTime() + minutes * 60_000)
}

const subjectOf = (call: CallRow) => ({ entity: 'call', id: call.id })

/** What the texts of a call's tasks mention; names only, never a number (G5). */
function facts(call: CallRow, more: Readonly<Record<string, unknown>> = {}) {
  return {
    number: callNumber(call.number),
    caller: call.contact_name || call.caller_shown || call.caller_extension,
    organisation: call.organisation,
    ...more,
  }
}

/** After the colleague comes the desk, then the duty manager; nobody is asked twice. */
function ladder(owner: Owner, afterMinutes: number): LadderStep[] {
  return owner.kind === 'person'
    ? [
        { afterMinutes, owner: desk },
        { afterMinutes: afterMinutes * 2, owner: dutyManager },
      ]
    : [{ afterMinutes, owner: dutyManager }]
}

/** A call by hand ends only when somebody says so; one that was forgotten comes up again (C4, G2). */
const longCall = 30

export function watchOpen(work: Work, call: CallRow, rules: Pick<CallRules, 'outcomeMinutes'>): void {
  oweOutcome(work, call, { outcomeMinutes: rules.outcomeMinutes + longCall })
}

/** C4: the line has ended and nobody has said yet what came of it. */
export function oweOutcome(work: Work, call: CallRow, rules: Pick<CallRules, 'outcomeMinutes'>): void {
  const { outcomeMinutes } = rules
  const owner: Owner = call.handler_id === null ? desk : { kind: 'person', id: call.handler_id }
  work.openTask({
    kind: 'call.outcome',
    subject: subjectOf(call),
    facts: facts(call),
    owner,
    dueAt: plus(work.now, outcomeMinutes),
    ladder: ladder(owner, Math.max(outcomeMinutes, 5)),
  })
}

/**
 * C4: nobody answered. Known number: a promise to call back, one for all tries of that number; no number: somebody
 * finds out who it was.
 */
export async function oweMissed(
  work: Work,
  call: CallRow,
  rules: Pick<CallRules, 'missedMinutes'>,
): Promise<void> {
  const dueAt = plus(work.now, rules.missedMinutes)
  const phone = call.direction === 'internal' ? '' : reachedAt(call)
  if (phone === '') {
    work.openTask({
      kind: 'call.missed',
      subject: subjectOf(call),
      facts: facts(call),
      owner: desk,
      dueAt,
      ladder: ladder(desk, rules.missedMinutes),
    })
    return
  }
  if ((await work.maybe(missedPromise(call.site_id, phone))) !== undefined) return
  await writeCallback(work, {
    kind: 'missed',
    callId: call.id,
    messageId: null,
    contactId: call.contact_id,
    customerId: call.customer_id,
    callerName: call.contact_name || call.caller_shown,
    organisation: call.organisation,
    phone,
    matter: call.reason,
    owner: desk,
    dueAt,
  })
}

/** C11: the line is bad; the technician looks at it while the customer is reached another way. */
export function oweLineRepair(work: Work, call: CallRow, note: string): void {
  work.openTask({
    kind: 'call.line-fault',
    subject: subjectOf(call),
    facts: facts(call, { line: call.dialled || call.handler_extension || otherPartyTail(call), note }),
    owner: { kind: 'post', id: 'technician' },
    dueAt: plus(work.now, 30),
    ladder: [{ afterMinutes: 30, owner: dutyManager }],
  })
}

/** Enough to find the trunk the call came over, not enough to call anybody. */
function otherPartyTail(call: CallRow): string {
  return otherParty(call).slice(-4)
}

/** C11: the duty manager knows while the caller is still on the line. */
export function oweCalming(work: Work, call: CallRow, note: string, minutes: number): void {
  work.openTask({
    kind: 'call.angry',
    subject: subjectOf(call),
    facts: facts(call, { handler: call.handler_name, note }),
    owner: dutyManager,
    dueAt: plus(work.now, minutes),
    ladder: [{ afterMinutes: minutes, owner: { kind: 'post', id: 'office_admin' } }],
  })
}

/** Settled as soon as there is an outcome. */
export const untilOutcome = ['call.outcome', 'call.missed'] as const
export const ofSituations = ['call.line-fault', 'call.angry'] as const
