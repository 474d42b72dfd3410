/** The record's next status, and what is owed for it (C4). */
import type { ExchangeCall } from '../../exchange/link.ts'
import type { CallRow } from '../../row.ts'
import type { Outcome } from '../../rules.ts'
import type { Leg } from './legs.ts'
import { type Ending, endingOf, exchangeBy, type Site } from './reading.ts'

export interface Step {
  readonly row: CallRow
  readonly owes: 'outcome' | 'missed' | null
  /** Taken for missed, and yet somebody had answered. */
  readonly found: boolean
}

/**
 * @param row as stored, or as it begins
 * @param heard the same with what the exchange measured
 */
export function settle(
  site: Site,
  row: CallRow,
  heard: CallRow,
  call: ExchangeCall,
  legs: readonly Leg[],
  now: Date,
): Step {
  const stays: Step = { row: heard, owes: null, found: false }
  const answered = call.answeredAt !== null
  const found = row.status === 'missed' && row.status_by === exchangeBy && answered
  if (row.status !== 'ringing' && row.status !== 'open' && !found) return stays
  if (call.endedAt === null) {
    if (!answered || row.status === 'open') return stays
    return { row: moved(heard, row, 'open', null, now), owes: null, found }
  }
  const ending = endingOf(site, { ...heard, status: row.status, status_by: row.status_by }, call, legs)
  // Somebody said it was answered, and a person's word is not taken back by a measurement.
  if (ending === 'owed' || (ending === 'missed' && row.status === 'open'))
    return { row: moved(heard, row, 'after', null, now), owes: 'outcome', found }
  if (ending === 'missed') return { row: moved(heard, row, 'missed', 'missed', now), owes: 'missed', found }
  return { row: moved(heard, row, 'closed', outcomes[ending], now), owes: null, found }
}

const outcomes: Readonly<Record<Exclude<Ending, 'owed' | 'missed'>, Outcome>> = {
  'put-through': 'put-through',
  resolved: 'resolved',
  unanswered: 'missed',
}

function moved(
  heard: CallRow,
  row: CallRow,
  status: CallRow['status'],
  outcome: Outcome | null,
  now: Date,
): CallRow {
  return {
    ...heard,
    status,
    previous_status: row.version === 1 && row.exchange_revision === 0 ? null : row.status,
    status_at: now,
    status_by: exchangeBy,
    outcome,
    outcome_note: outcome === null ? '' : heard.outcome_note,
    outcome_at: outcome === null ? null : now,
    outcome_by: outcome === null ? null : exchangeBy,
    outcome_by_name: '',
  }
}
