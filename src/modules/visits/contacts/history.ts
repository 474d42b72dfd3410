/** Visits on the one timeline of a contact or a company (C5). */
import { may } from '../../../kernel/authorize.ts'
import type { HistoryItem, HistorySource } from '../../../kernel/history/source.ts'
import { query } from '../../../kernel/work/command.ts'
import { visitNumber } from '../present.ts'
import * as store from './store.ts'

const good = new Set(['with_host', 'signed_off', 'left'])
const waiting = new Set(['expected', 'asking', 'admitted'])

function toneOf(status: string): HistoryItem['tone'] {
  if (good.has(status)) return 'good'
  if (waiting.has(status)) return 'waiting'
  return status === 'refused' || status === 'declined' ? 'alarm' : 'neutral'
}

export const visitHistory: HistorySource = {
  entity: 'visit',
  action: 'visit.see',
  read: async (ctx, subjects, before, limit) => {
    const ids = subjects.filter((one) => one.entity === 'contact').map((one) => one.id)
    const reads = may(ctx, 'visit.read')
    const { employeeId } = ctx.actor
    if (ids.length === 0 || (!reads && employeeId === null)) return []
    const own = reads ? null : employeeId
    const rows = await query(ctx).all(store.visitsOfContacts(ctx.siteId, ids, own, before, limit))
    return rows.map((row) => ({
      entity: 'visit',
      id: row.id,
      at: row.at,
      textKey: `visits.history.${row.status}`,
      facts: { number: visitNumber(row.number), host: row.hostName, party: row.partySize },
      matter: row.purpose,
      tone: toneOf(row.status),
      link: reads ? `/register?visit=${row.id}` : `/host?visit=${row.id}`,
    }))
  },
}
