/** A message is written at once (C10), by the closing of a call or by hand. */
import { DomainError } from '../../../kernel/errors.ts'
import { fragmentsOf, spellingOf } from '../../../kernel/find/spelling.ts'
import { newId } from '../../../kernel/ids.ts'
import type { Owner } from '../../../kernel/tasks/rules.ts'
import type { Work } from '../../../kernel/work/command.ts'
import { isHeld, stateOf } from '../lines/rules.ts'
import { holdLine } from '../lines/store.ts'
import { type OwnerFound, ownerFound } from '../owners/owner.ts'
import { rulesSetting } from '../settings.ts'
import { messageNumber } from './present.ts'
import * as store from './store.ts'
import { messageKinds, owe, subjectOf } from './tasks.ts'

export interface NewMessage {
  readonly id?: string | undefined
  readonly callId: string | null
  readonly contactId: string | null
  readonly customerId: string | null
  readonly callerName: string
  readonly organisation: string
  /** As `phoneNumber` of customers reads it, or ''. */
  readonly phone: string
  readonly matter: string
  readonly urgent: boolean
  readonly reportBack: boolean
  readonly to: Owner
}

/**
 * Row, journal and tasks inside the caller's transaction; notices follow from the journal.
 * @throws DomainError `message.recipient-unknown`; `call.details-missing` when nobody could be told who it is from
 */
export async function writeMessage(
  work: Work,
  message: NewMessage,
): Promise<{ id: string; number: string; toName: string }> {
  const row = await insertMessage(work, message)
  return { id: row.id, number: messageNumber(row.number), toName: row.to_name }
}

/** As `writeMessage`; @returns the row as it will be after the commit */
export async function insertMessage(work: Work, message: NewMessage): Promise<store.MessageRow> {
  const { ctx, now } = work
  if (message.callerName === '' && message.organisation === '' && message.phone === '')
    throw new DomainError('call.details-missing', { missing: ['name', 'phone'] })
  const [{ number }, to, rules] = await Promise.all([
    work.one(store.nextNumber),
    ownerFound(ctx, work, message.to),
    ctx.kernel.settings.get(ctx.siteId, rulesSetting),
  ])
  if (to === undefined) throw recipientUnknown()
  const by = ctx.actor.employeeId ?? ctx.actor.id
  const row: store.MessageRow = {
    id: message.id ?? newId(),
    site_id: ctx.siteId,
    number,
    version: 1,
    status: 'new',
    previous_status: null,
    status_at: now,
    status_by: by,
    call_id: message.callId,
    contact_id: message.contactId,
    customer_id: message.customerId,
    caller_name: message.callerName,
    organisation: message.organisation,
    phone: message.phone,
    matter: message.matter,
    urgent: message.urgent,
    report_back: message.reportBack,
    ...(await recipientColumns(work, to)),
    taken_at: now,
    taken_by: by,
    taken_by_name: ctx.actor.name,
    seen_at: null,
    seen_by_name: '',
    done_at: null,
    done_by_name: '',
    done_note: '',
    reported_at: null,
    reported_by_name: '',
    reported_how: null,
    reported_note: '',
    terms: termsOf(message.callerName, message.organisation, message.matter),
  }
  work.write(store.insertMessage(row))
  await owe(work, row, rules)
  work.journal({
    entity: 'message',
    entityId: row.id,
    action: 'message.taken',
    version: 1,
    after: {
      number: messageNumber(number),
      callId: row.call_id,
      to: { kind: row.to_kind, id: row.to_id, name: row.to_name },
      urgent: row.urgent,
      reportBack: row.report_back,
    },
    data: { people: peopleOf(row), toName: row.to_name, waits: row.presented_at === null },
  })
  return row
}

/** C6: written and sent in any case; put before the colleague now, unless they are on the telephone. */
export async function recipientColumns(work: Work, to: OwnerFound) {
  const line = to.extension === '' ? undefined : await work.maybe(holdLine(work.ctx.siteId, to.extension))
  const waits = line !== undefined && isHeld(stateOf(line, work.now))
  return {
    to_kind: to.owner.kind,
    to_id: to.owner.id,
    to_name: to.name,
    presented_at: waits ? null : work.now,
    presented_how: waits ? null : ('at-once' as const),
  }
}

/** Those who see the record live without reading everybody's. */
export function peopleOf(row: Pick<store.MessageRow, 'to_kind' | 'to_id' | 'taken_by'>): string[] {
  const people = row.to_kind === 'person' ? [row.to_id, row.taken_by] : [row.taken_by]
  return [...new Set(people)]
}

/** Long matters are found by their beginning. */
export function termsOf(name: string, organisation: string, matter: string): string[] {
  const names = spellingOf(name, organisation)
  return [
    ...new Set([...names.terms, names.pinyin, names.initials, ...fragmentsOf(matter.slice(0, 300))]),
  ].filter((term) => term !== '')
}

export function recipientUnknown(): DomainError {
  return new DomainError('message.recipient-unknown', {}, [{ path: 'to.id', code: 'unknown' }])
}

/** The closing of the call is undone: what it promised is taken back with it. */
export async function withdrawMessagesOf(work: Work, callId: string, note: string): Promise<void> {
  for (const row of await work.all(store.openOfCall(work.ctx.siteId, callId))) {
    const by = work.ctx.actor.employeeId ?? work.ctx.actor.id
    const version = row.version + 1
    work.write(
      store.updateMessage(row.id, row.status, {
        version,
        status: 'withdrawn',
        previous_status: row.status,
        status_at: work.now,
        status_by: by,
      }),
    )
    work.cancelTasks(subjectOf(row.id), messageKinds, note)
    work.journal({
      entity: 'message',
      entityId: row.id,
      action: 'message.withdrawn',
      version,
      before: { status: row.status },
      after: { status: 'withdrawn' },
      data: { people: peopleOf(row), note },
    })
  }
}
