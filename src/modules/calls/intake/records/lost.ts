/** Calls whose end nobody heard: closed honestly, with what is known of them (C15). */
import type { Work } from '../../../../kernel/work/command.ts'
import type { ExchangeCall } from '../../exchange/link.ts'
import type { CallRow } from '../../store.ts'
import * as store from './store.ts'

/** @returns what the exchange would have said of them, to be applied as any other snapshot */
export async function unheard(sql: Pick<Work, 'all'>, siteId: string, term: number): Promise<ExchangeCall[]> {
  return (await sql.all(store.unheardCalls(siteId, term))).map(lost)
}

function lost(row: CallRow): ExchangeCall {
  const iso = (at: Date | null) => at?.toISOString() ?? null
  // Heard of last; whatever came after that is not known.
  const moments = [row.updated_at, row.answered_at, row.ringing_at, row.started_at]
  const last = new Date(Math.max(...moments.map((at) => at?.getTime() ?? 0)))
  return {
    id: row.exchange_id ?? '',
    revision: row.exchange_revision + 1,
    mergedInto: null,
    direction: row.direction,
    callerNumber: null,
    callerName: null,
    callerExtension: row.caller_extension || null,
    dialled: row.direction === 'out' ? null : row.dialled || null,
    queue: null,
    startedAt: row.started_at.toISOString(),
    ringingAt: iso(row.ringing_at),
    answeredAt: row.status === 'ringing' ? null : iso(row.answered_at),
    answeredBy: null,
    endedAt: last.toISOString(),
    endedBy: null,
    outcome: 'lost',
    legs: [],
    transfers: [],
    rebuilt: true,
  }
}
