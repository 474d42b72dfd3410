/** A promise to call back is written down with its owner and due time (C4, C7, C10). */
import { DomainError } from '../../../kernel/errors.ts'
import { newId } from '../../../kernel/ids.ts'
import type { Owner } from '../../../kernel/tasks/rules.ts'
import type { Work } from '../../../kernel/work/command.ts'
import { termsOf } from '../messages/write.ts'
import { ownerFound } from '../owners/owner.ts'
import { callbackNumber } from './present.ts'
import type { CallbackKind } from './rules.ts'
import * as store from './store.ts'
import { openKinds, oweCall, subjectOf } from './tasks.ts'

export interface NewCallback {
  readonly id?: string | undefined
  readonly kind: CallbackKind
  readonly callId: string | null
  readonly messageId: string | null
  readonly contactId: string | null
  readonly customerId: string | null
  readonly callerName: string
  readonly organisation: string
  /** As `phoneNumber` of customers reads it. */
  readonly phone: string
  readonly matter: string
  readonly owner: Owner
  readonly dueAt: Date
}

/**
 * Row, journal and task inside the caller's transaction. Somebody who has left is followed by their department (G1).
 * @throws DomainError `callback.owner-unknown`; `call.details-missing` without a number
 */
export async function writeCallback(
  work: Work,
  callback: NewCallback,
): Promise<{ id: string; ownerName: string }> {
  const row = await insertCallback(work, callback)
  return { id: row.id, ownerName: row.owner_name }
}

/** As `writeCallback`; @returns the row as it will be after the commit */
export async function insertCallback(work: Work, callback: NewCallback): Promise<store.CallbackRow> {
  const { ctx, now } = work
  if (callback.phone === '') throw new DomainError('call.details-missing', { missing: ['phone'] })
  const [{ number }, found] = await Promise.all([
    work.one(store.nextNumber),
    ownerFound(ctx, work, callback.owner),
  ])
  if (found === undefined) throw ownerUnknown('owner.id')
  const by = ctx.actor.employeeId ?? ctx.actor.id
  const row: store.CallbackRow = {
    id: callback.id ?? newId(),
    site_id: ctx.siteId,
    number,
    version: 1,
    status: 'promised',
    previous_status: null,
    status_at: now,
    status_by: by,
    kind: callback.kind,
    call_id: callback.callId,
    message_id: callback.messageId,
    contact_id: callback.contactId,
    customer_id: callback.customerId,
    caller_name: callback.callerName,
    organisation: callback.organisation,
    phone: callback.phone,
    matter: callback.matter,
    owner_kind: found.owner.kind,
    owner_id: found.owner.id,
    owner_name: found.name,
    taken_by: null,
    taken_by_name: '',
    due_at: callback.dueAt,
    attempts: 0,
    promised_at: now,
    promised_by: by,
    promised_by_name: ctx.actor.name,
    ended_at: null,
    ended_by_name: '',
    result_note: '',
    in_time: null,
    satisfaction: null,
    answers: [],
    terms: termsOf(callback.callerName, callback.organisation, callback.matter),
  }
  work.write(store.insertCallback({ ...row, answers: '[]' }))
  await oweCall(work, row)
  work.journal({
    entity: 'callback',
    entityId: row.id,
    action: 'callback.promised',
    version: 1,
    after: {
      number: callbackNumber(number),
      kind: row.kind,
      callId: row.call_id,
      owner: { kind: row.owner_kind, id: row.owner_id, name: row.owner_name },
      dueAt: row.due_at.toISOString(),
    },
    data: { people: peopleOf(row), ownerName: row.owner_name, dueAt: row.due_at.toISOString() },
  })
  return row
}

/** Those who see the record live without reading everybody's. */
export function peopleOf(
  row: Pick<store.CallbackRow, 'owner_kind' | 'owner_id' | 'taken_by' | 'promised_by'>,
): string[] {
  const people = [row.promised_by]
  if (row.owner_kind === 'person') people.push(row.owner_id)
  if (row.taken_by !== null) people.push(row.taken_by)
  return [...new Set(people)]
}

export function ownerUnknown(path: string): DomainError {
  return new DomainError('callback.owner-unknown', {}, [{ path, code: 'unknown' }])
}

/** The closing of the call is undone: what it promised is taken back with it. */
export async function withdrawCallbacksOf(work: Work, callId: string, note: string): Promise<void> {
  for (const row of await work.all(store.openOfCall(work.ctx.siteId, callId))) {
    const version = row.version + 1
    work.write(
      store.updateCallback(row.id, row.status, {
        version,
        status: 'withdrawn',
        previous_status: row.status,
        status_at: work.now,
        status_by: work.ctx.actor.employeeId ?? work.ctx.actor.id,
        ended_at: work.now,
        ended_by_name: work.ctx.actor.name,
        result_note: note,
      }),
    )
    work.cancelTasks(subjectOf(row.id), openKinds, note)
    work.journal({
      entity: 'callback',
      entityId: row.id,
      action: 'callback.withdrawn',
      version,
      before: { status: row.status },
      after: { status: 'withdrawn' },
      data: { people: peopleOf(row), note },
    })
  }
}
