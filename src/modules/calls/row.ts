/** The row of a call as it begins, and what it is found by. */
import { fragmentsOf, pinyinOf, tidy } from '../../kernel/find/spelling.ts'
import { newId } from '../../kernel/ids.ts'
import type { CallRow } from './store.ts'

export type { CallRow }

export interface Beginning {
  readonly id?: string | undefined
  readonly siteId: string
  /** Of `nextNumber`. */
  readonly number: number
  readonly status: CallRow['status']
  readonly direction: CallRow['direction']
  readonly source: CallRow['source']
  /** When it began: the first sound, or the moment it was taken down. */
  readonly startedAt: Date
  /** The clock of the transaction. */
  readonly now: Date
  /** Employee or account; `exchange` for what the exchange told. */
  readonly by: string
}

/** Everything else is empty and may be given as `more`. */
export function newCall(from: Beginning, more: Partial<CallRow> = {}): CallRow {
  return {
    id: from.id ?? newId(),
    site_id: from.siteId,
    number: from.number,
    version: 1,
    status: from.status,
    previous_status: null,
    status_at: from.now,
    status_by: from.by,
    direction: from.direction,
    source: from.source,
    caller_number: '',
    caller_shown: '',
    caller_extension: '',
    dialled: '',
    contact_id: null,
    customer_id: null,
    contact_name: '',
    organisation: '',
    contact_phone: '',
    reason: '',
    route: null,
    wanted_id: null,
    wanted_name: '',
    department_id: null,
    department_name: '',
    questions_asked: false,
    ask_anyway: false,
    situations: [],
    private: false,
    handler_id: null,
    handler_name: '',
    handler_extension: '',
    started_at: from.startedAt,
    ringing_at: null,
    answered_at: null,
    ended_at: null,
    ended_by: null,
    ring_seconds: null,
    rings: null,
    talk_seconds: 0,
    outcome: null,
    outcome_note: '',
    outcome_at: null,
    outcome_by: null,
    outcome_by_name: '',
    exchange_id: null,
    exchange_term: 0,
    exchange_revision: 0,
    exchange_outcome: null,
    created_at: from.now,
    created_by: from.by,
    updated_at: from.now,
    ...more,
  }
}

type Named = Pick<CallRow, 'contact_name' | 'organisation' | 'reason' | 'wanted_name' | 'caller_shown'>

/** PURE: pairs of Chinese characters and whole words of all that was said, pinyin and initials of names (C5). */
export function termsOf(call: Named): string[] {
  const names = [call.contact_name, call.organisation, call.wanted_name, call.caller_shown].map(tidy)
  const found = new Set(fragmentsOf(...names, call.reason))
  for (const name of names) {
    if (name === '') continue
    const { pinyin, initials } = pinyinOf(name)
    found.add(pinyin)
    if (initials.length > 1) found.add(initials)
  }
  return [...found]
}

export const termColumns = ['contact_name', 'organisation', 'reason', 'wanted_name', 'caller_shown'] as const

/** What the caller's own number is: theirs, or the one that was dialled from here. */
export function otherParty(call: Pick<CallRow, 'direction' | 'caller_number' | 'dialled'>): string {
  return call.direction === 'out' ? call.dialled : call.caller_number
}

/** Where they can be reached: as they said, else the number they rang from. */
export function reachedAt(
  call: Pick<CallRow, 'direction' | 'caller_number' | 'dialled' | 'contact_phone'>,
): string {
  return call.contact_phone === '' ? otherParty(call) : call.contact_phone
}

export function callNumber(number: number): string {
  return `C-${number}`
}
