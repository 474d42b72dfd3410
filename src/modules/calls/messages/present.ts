/** PURE: row → what the interface gets. Decisions travel as `can`; the interface never recomputes them. */
import { maskNumber } from '../../../kernel/telephone/mask.ts'
import type { Viewer } from '../owners/policy.ts'
import type { MessageCard } from './contract.ts'
import { permitted } from './policy.ts'
import type { MessageRow } from './store.ts'

export interface Lens {
  readonly viewer: Viewer
  readonly now: Date
  readonly undoMinutes: number
}

export function messageNumber(number: number): string {
  return `M-${number}`
}

const iso = (at: Date | null): string | null => at?.toISOString() ?? null

export function presentMessage(row: MessageRow, lens: Lens): MessageCard {
  return {
    id: row.id,
    number: messageNumber(row.number),
    version: row.version,
    status: row.status,
    callId: row.call_id,
    contactId: row.contact_id,
    customerId: row.customer_id,
    callerName: row.caller_name,
    organisation: row.organisation,
    phoneMasked: row.phone === '' ? '' : maskNumber(row.phone),
    matter: row.matter,
    urgent: row.urgent,
    reportBack: row.report_back,
    toKind: row.to_kind,
    toId: row.to_id,
    toName: row.to_name,
    takenAt: row.taken_at.toISOString(),
    takenByName: row.taken_by_name,
    presentedAt: iso(row.presented_at),
    presentedHow: row.presented_how,
    seenAt: iso(row.seen_at),
    seenByName: row.seen_by_name,
    doneAt: iso(row.done_at),
    doneByName: row.done_by_name,
    doneNote: row.done_note,
    reportedAt: iso(row.reported_at),
    reportedByName: row.reported_by_name,
    reportedHow: row.reported_how,
    reportedNote: row.reported_note,
    can: permitted(lens.viewer, row, lens.now, lens.undoMinutes),
  }
}
