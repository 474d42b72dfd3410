/** Who is told what (V5, V10, V17): decided from the journal, after the commit, in the follower's transaction. */
import type { JournalEntry } from '../../kernel/journal/entry.ts'
import type { Notice, NoticeMaker } from '../../kernel/notifications/notice.ts'
import { secretariesTold } from './important/notices.ts'
import { importantPart } from './important/part.ts'
import { musterNotices } from './muster/notices.ts'
import { visitNumber } from './present.ts'
import { timingsSetting } from './settings.ts'
import { type ToldVisit, visitToTell } from './store.ts'

interface Told {
  readonly personId: string | null
  readonly template:
    | 'visit-asked'
    | 'visit-arrived'
    | 'visit-delegated'
    | 'visit-waiting'
    | 'visit-late-signature'
}

/** The visit as it is now is what counts: a question already answered is not sent. */
function maker(whom: (visit: ToldVisit, entry: JournalEntry) => Told | null): NoticeMaker {
  return async (sql, entry, kernel) => {
    // A group's host is told once, by the group's own entry (V22).
    if (entry.siteId === null || entry.data?.['groupId'] !== undefined) return []
    const visit = await sql.maybe(visitToTell(entry.siteId, entry.entityId))
    if (visit === undefined) return []
    const told = whom(visit, entry)
    if (told === null || told.personId === null || told.personId === entry.actorId) return []
    const { linkHours } = await kernel.settings.get(entry.siteId, timingsSetting)
    return [notice(visit, told.personId, told.template, linkHours)]
  }
}

function notice(visit: ToldVisit, personId: string, template: Told['template'], hours: number): Notice {
  return {
    personId,
    siteId: visit.site_id,
    template,
    facts: {
      number: visitNumber(visit.number),
      visitorName: visit.visitor_name,
      organisation: visit.organisation,
      purpose: visit.purpose,
      partySize: visit.party_size,
    },
    link: `/host?visit=${visit.id}`,
    signed: { entity: 'visit', id: visit.id, hours },
  }
}

const askedPerson = (visit: ToldVisit): Told | null =>
  visit.status === 'asking' && visit.asked_kind === 'person'
    ? { personId: visit.asked_id, template: 'visit-asked' }
    : null

const receiver = (visit: ToldVisit) => visit.receiver_id ?? visit.host_id

/** Asked when consent is needed; otherwise told that the guest is here. */
const hostTold = maker((visit) => {
  if (visit.status === 'asking') return askedPerson(visit)
  return visit.status === 'admitted' ? { personId: receiver(visit), template: 'visit-arrived' } : null
})

/** V7: of an important guest the secretary hears as soon as the host. */
const arrival: NoticeMaker = async (sql, entry, kernel) => [
  ...(await hostTold(sql, entry, kernel)),
  ...(await secretariesTold(sql, entry, kernel)),
]

export const visitNotices: Readonly<Record<string, NoticeMaker>> = {
  ...importantPart.notices,
  ...musterNotices,
  'visit.instructed': arrival,
  'visit.registered': arrival,
  'visit.checked-in': arrival,
  'visit.asked': maker(askedPerson),
  'visit.answered': maker((visit, entry) =>
    entry.data?.['answer'] === 'delegate'
      ? { personId: visit.receiver_id, template: 'visit-delegated' }
      : null,
  ),
  'visit.waiting-reminded': maker((visit, entry) => {
    const reminded = entry.data?.['remindedId']
    const personId = typeof reminded === 'string' && reminded !== 'desk' ? reminded : null
    return { personId, template: visit.status === 'asking' ? 'visit-asked' : 'visit-waiting' }
  }),
  'visit.released': maker((visit) =>
    visit.late_signature ? { personId: receiver(visit), template: 'visit-late-signature' } : null,
  ),
}
