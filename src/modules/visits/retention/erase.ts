/** G5: erasing, wherever words about a visitor stand: rows, files, tasks, journal. One transaction, journalled itself. */
import { redactEntries } from '../../../kernel/journal/redact.ts'
import type { Work } from '../../../kernel/work/command.ts'
import * as store from './store.ts'

/** Names under which entries of a visit speak of the person, whichever part of the module wrote them. */
const personal = [
  'visitor_name',
  'visitorName',
  'name',
  'phone',
  'email',
  'companions',
  'plate',
  'plates',
  'note',
  'sign_note',
  'driver_name',
  'driver_phone',
  'driverName',
  'driverPhone',
  'decline_reason',
  'refuse_reason',
  'release_confirmed_by',
  'reason',
  'signerName',
  'signer_name',
  'nameOnDocument',
  'document_tail',
  'person',
  'words',
  'claim',
  'members',
]
const matter = ['organisation', 'purpose']

export interface Erased {
  readonly visits: number
  readonly files: number
}

export async function erase(
  work: Work,
  visits: readonly store.Due[],
  what: 'person' | 'all',
  why: 'retention' | 'request',
): Promise<Erased> {
  if (visits.length === 0) return { visits: 0, files: 0 }
  const { siteId } = work.ctx
  const ids = visits.map(({ id }) => id)
  const files = await work.all(store.filesOfVisits(siteId, ids))
  for (const statement of store.eraseVisits(siteId, ids, what, work.now)) work.write(statement)
  work.write(store.eraseVisitors(siteId, [...new Set(visits.map((one) => one.visitor_id))]))
  const keys = what === 'all' ? [...personal, ...matter] : personal
  work.write(redactEntries(siteId, 'visit', ids, keys, work.now))
  for (const id of ids) {
    work.journal({
      entity: 'visit',
      entityId: id,
      action: 'visit.erased',
      after: { erased: what },
      data: { why },
    })
  }
  return { visits: ids.length, files: files.length }
}
