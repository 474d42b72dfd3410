/** G5: erasing, wherever words about a visitor stand: rows, files, tasks, notices, journal. One transaction, journalled itself. */
import { newId } from '../../../kernel/ids.ts'
import { redactEntries } from '../../../kernel/journal/redact.ts'
import { forgetAnswersAbout, forgetAround } from '../../../kernel/personal/forget.ts'
import type { Work } from '../../../kernel/work/command.ts'
import { contactsKnownFromVisits } from '../../customers/public.ts'
import { permitNumber } from '../permits/present.ts'
import { visitNumber } from '../present.ts'
import { incidentNumber } from '../security/present.ts'
import * as erasing from './erase-store.ts'
import { wordsOf } from './rules.ts'
import type * as store from './store.ts'

/** Names under which entries of a visit speak of the person, whichever part of the module wrote them. */
const personal = [
  // Made of name and telephone.
  'visitor_id',
  'visitorId',
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
  'holder_name',
  'holderName',
]
const matter = ['organisation', 'purpose']

export interface Erased {
  readonly visits: number
  readonly files: number
}

export interface Erasing {
  readonly what: 'person' | 'all'
  readonly why: 'retention' | 'request'
  /** Also those without any visit left. */
  readonly visitorIds?: readonly string[]
  /** Contacts seen since stay: somebody still has to do with them. */
  readonly notSeenSince?: Date
}

export async function erase(work: Work, visits: readonly store.Due[], how: Erasing): Promise<Erased> {
  const { siteId } = work.ctx
  const ids = visits.map(({ id }) => id)
  const visitorIds = [...new Set([...visits.map((one) => one.visitor_id), ...(how.visitorIds ?? [])])]
  if (visitorIds.length === 0) return { visits: 0, files: 0 }
  const [said, going, holders] = await Promise.all([
    work.all(erasing.saidOf(siteId, ids)),
    work.all(erasing.peopleGoing(siteId, visitorIds, ids)),
    work.all(erasing.holdersGoing(siteId, visitorIds)),
  ])
  const gone = [...new Set([...going, ...holders].map(({ id }) => id))]
  const [around, contactIds, files] = await Promise.all([
    work.all(erasing.around(siteId, ids, gone)),
    contactsOf(work, going, how),
    work.one(erasing.fileCount(siteId, ids)),
  ])
  const words = wordsOf([
    ...said.flatMap((one) => [
      ...[one.visitor_name, one.phone, one.plate, one.driver_name, one.driver_phone, one.email ?? ''],
      ...(Array.isArray(one.companions) ? one.companions.map(String) : []),
      ...one.cars,
    ]),
    ...[...going, ...holders].flatMap((one) => [one.name, one.phone, one.plate]),
  ])
  const keys = how.what === 'all' ? [...personal, ...matter] : personal

  for (const statement of erasing.eraseVisits(siteId, ids, how.what, words, work.now)) work.write(statement)
  work.write(redactEntries(siteId, 'visit', ids, keys, work.now, words))
  await forgetAround(
    work,
    { entity: 'visit', ids, numbers: said.map(({ number }) => visitNumber(number)) },
    words,
  )
  await eraseAround(work, around, words)
  for (const statement of erasing.eraseVisitors(
    siteId,
    gone.map((id) => ({ id, newId: newId() })),
    work.now,
  ))
    work.write(statement)
  if (how.why === 'request') work.write(forgetAnswersAbout([...ids, ...visitorIds]))
  const person = { siteId, contactIds, phones: how.why === 'request' ? phonesOf(going) : [] }
  for (const { personal: theirs } of work.ctx.kernel.modules.list) await theirs?.erase(work, person, words)
  for (const id of ids) {
    work.journal({
      entity: 'visit',
      entityId: id,
      action: 'visit.erased',
      after: { erased: how.what },
      data: { why: how.why },
    })
  }
  return { visits: ids.length, files: files.n }
}

const phonesOf = (going: readonly erasing.Going[]) => [
  ...new Set(going.flatMap(({ phone }) => (phone === '' ? [] : [phone]))),
]

/** The cards of the single window that go along (C5): all on request, else those nobody has to do with any more. */
async function contactsOf(work: Work, going: readonly erasing.Going[], how: Erasing): Promise<string[]> {
  const { siteId } = work.ctx
  const linked = [...new Set(going.flatMap(({ contact_id }) => contact_id ?? []))]
  if (linked.length === 0) return []
  const except = going.map(({ id }) => id)
  const shared = new Set((await work.all(erasing.contactsShared(siteId, linked, except))).map(({ id }) => id))
  const free = linked.filter((id) => !shared.has(id))
  if (how.why === 'request' || how.notSeenSince === undefined) return free
  return (await work.all(contactsKnownFromVisits(siteId, free, how.notSeenSince))).map(({ id }) => id)
}

/** Incidents, approvals, groups and ended permits speak of the person, too. */
async function eraseAround(
  work: Work,
  around: readonly erasing.Around[],
  words: readonly string[],
): Promise<void> {
  const { siteId } = work.ctx
  const of = (entity: erasing.Around['entity']) => around.filter((one) => one.entity === entity)
  const idsOf = (entity: erasing.Around['entity']) => of(entity).map(({ id }) => id)
  work.write(erasing.strikeIncidents(siteId, idsOf('incident'), words))
  for (const statement of erasing.eraseInGroups(siteId, idsOf('visit-group'), words)) work.write(statement)
  for (const statement of erasing.erasePermits(siteId, idsOf('permit'), work.now)) work.write(statement)
  work.write(erasing.strikeRequests(siteId, idsOf('privacy'), words))
  const shown = { incident: incidentNumber, permit: permitNumber }
  for (const entity of ['incident', 'area-approval', 'visit-group', 'permit', 'privacy'] as const) {
    const ids = idsOf(entity)
    if (ids.length === 0) continue
    const keys = entity === 'permit' ? [...personal, ...matter, 'papers'] : []
    work.write(redactEntries(siteId, entity, ids, keys, work.now, words))
    const numbers =
      entity === 'incident' || entity === 'permit'
        ? of(entity).map(({ number }) => shown[entity](number))
        : []
    await forgetAround(work, { entity, ids, numbers }, words)
  }
}
