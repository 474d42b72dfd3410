/** PURE: row → what the interface gets. Decisions travel as `can`; the interface never recomputes them. */
import { maskNumber } from '../../../kernel/telephone/mask.ts'
import type { Viewer } from '../owners/policy.ts'
import type { CallbackCard } from './contract.ts'
import { permitted } from './policy.ts'
import type { CallbackRow } from './store.ts'

export interface Lens {
  readonly viewer: Viewer
  readonly now: Date
  readonly undoMinutes: number
}

export function callbackNumber(number: number): string {
  return `B-${number}`
}

export function presentCallback(row: CallbackRow, lens: Lens): CallbackCard {
  return {
    id: row.id,
    number: callbackNumber(row.number),
    version: row.version,
    status: row.status,
    kind: row.kind,
    callId: row.call_id,
    messageId: row.message_id,
    contactId: row.contact_id,
    customerId: row.customer_id,
    callerName: row.caller_name,
    organisation: row.organisation,
    phoneMasked: maskNumber(row.phone),
    matter: row.matter,
    ownerKind: row.owner_kind,
    ownerId: row.owner_id,
    ownerName: row.owner_name,
    takenBy: row.taken_by,
    takenByName: row.taken_by_name,
    dueAt: row.due_at.toISOString(),
    attempts: row.attempts,
    promisedAt: row.promised_at.toISOString(),
    promisedByName: row.promised_by_name,
    endedAt: row.ended_at?.toISOString() ?? null,
    endedByName: row.ended_by_name,
    resultNote: row.result_note,
    inTime: row.in_time,
    satisfaction: row.satisfaction,
    can: permitted(lens.viewer, row, lens.now, lens.undoMinutes),
  }
}
