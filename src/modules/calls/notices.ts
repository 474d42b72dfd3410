/** Who is told of a call while it runs (C3, G1): decided from the journal, after the commit, in the follower's transaction. */
import type { JournalEntry } from '../../kernel/journal/entry.ts'
import type { Notice, NoticeMaker } from '../../kernel/notifications/notice.ts'
import { callNumber } from './row.ts'
import { type CallRow, findCall, openTrying } from './store.ts'

function notice(call: CallRow, entry: JournalEntry, personId: string, template: string): Notice {
  return {
    personId,
    siteId: call.site_id,
    template,
    facts: {
      number: callNumber(call.number),
      caller: call.contact_name || call.caller_shown || '—',
      organisation: call.organisation || '—',
      reason: call.reason || '—',
      by: entry.actorName,
    },
    link: `/calls?call=${call.id}`,
    // Too late by mail: the telephone is ringing.
    email: false,
  }
}

/** Whom the caller is being put through to reads who it is while their telephone rings. */
const tried: NoticeMaker = async (sql, entry) => {
  if (entry.siteId === null) return []
  const [call, hop] = await Promise.all([
    sql.maybe(findCall(entry.siteId, entry.entityId)),
    sql.maybe(openTrying(entry.entityId)),
  ])
  const personId = hop?.target_id ?? null
  if (call === undefined || call.private || personId === null || personId === hop?.by_id) return []
  return [notice(call, entry, personId, 'call-put-through')]
}

const takenOver: NoticeMaker = async (sql, entry) => {
  const before = entry.data?.fromId
  if (entry.siteId === null || typeof before !== 'string') return []
  const call = await sql.maybe(findCall(entry.siteId, entry.entityId))
  return call === undefined ? [] : [notice(call, entry, before, 'call-taken-over')]
}

export const callNotices: Readonly<Record<string, NoticeMaker>> = {
  'call.tried': tried,
  'call.taken-over': takenOver,
}
