/** All SQL of erasing. Every table that holds words about a visitor stands here; the test of erasure looks at all of them. */
import { type RawStatement, raw } from '../../../kernel/db/sql.ts'

/** Stands where a name stood: the same in every language, and nobody's name. */
const erasedName = '***'

export interface Said {
  readonly number: number
  readonly visitor_name: string
  readonly phone: string
  readonly companions: unknown
  readonly plate: string
  readonly driver_name: string
  readonly driver_phone: string
  readonly email: string | null
  readonly cars: readonly string[]
}

/** What these visits call their people: looked for in everything written by hand. */
export function saidOf(siteId: string, ids: readonly string[]): RawStatement<Said> {
  return raw(
    `select v.number, v.visitor_name, v.phone, v.companions, v.plate, v.driver_name, v.driver_phone,
       (select i.email from invitation i where i.visit_id = v.id) as email,
       array(select unnest(array[c.plate, c.driver_name, c.driver_phone]) from visit_vehicle c where c.visit_id = v.id) as cars
     from visit v where v.site_id = $1 and v.id = any($2)`,
    [siteId, ids],
  )
}

export interface Going {
  readonly id: string
  readonly name: string
  readonly phone: string
  readonly plate: string
  readonly contact_id: string | null
}

/** People of whom nothing is left once these visits are erased. */
export function peopleGoing(
  siteId: string,
  visitorIds: readonly string[],
  visitIds: readonly string[],
): RawStatement<Going> {
  return raw(
    `select p.id, p.name, p.phone, p.plate, p.contact_id from visitor p
     where p.site_id = $1 and p.id = any($2::uuid[]) and p.erased_at is null
       and not exists (select from visit v where v.visitor_id = p.id and v.erased_at is null and not v.id = any($3::uuid[]))
       and not exists (select from permit q where q.visitor_id = p.id and q.status <> 'ended')
     order by p.id for update`,
    [siteId, visitorIds, visitIds],
  )
}

/** Permits of people who never came: nobody is known by their id yet. */
export function holdersGoing(
  siteId: string,
  visitorIds: readonly string[],
): RawStatement<Pick<Going, 'id' | 'name' | 'phone' | 'plate'>> {
  return raw(
    `select q.visitor_id as id, q.holder_name as name, q.phone, q.plate from permit q
     where q.site_id = $1 and q.visitor_id = any($2::uuid[])
       and not exists (select from visitor p where p.id = q.visitor_id)
       and not exists (select from permit r where r.visitor_id = q.visitor_id and r.status <> 'ended')`,
    [siteId, visitorIds],
  )
}

/** A contact somebody else is known by too stays. */
export function contactsShared(
  siteId: string,
  contactIds: readonly string[],
  except: readonly string[],
): RawStatement<{ id: string }> {
  return raw(
    `select distinct contact_id as id from visitor where site_id = $1 and contact_id = any($2::uuid[])
       and erased_at is null and not id = any($3::uuid[])`,
    [siteId, contactIds, except],
  )
}

export interface Around {
  readonly entity: 'incident' | 'area-approval' | 'visit-group' | 'permit' | 'privacy'
  readonly id: string
  readonly number: number
}

/** Records of their own that speak of these visits and people. */
export function around(
  siteId: string,
  ids: readonly string[],
  visitorIds: readonly string[],
): RawStatement<Around> {
  return raw(
    `select 'incident' as entity, id, number from incident where site_id = $1 and visit_id = any($2::uuid[])
     union all select 'area-approval', id, 0 from area_approval where site_id = $1 and visit_id = any($2::uuid[])
     union all select distinct 'visit-group', group_id, 0 from visit
       where site_id = $1 and id = any($2::uuid[]) and group_id is not null
     union all select 'permit', id, number from permit
       where site_id = $1 and visitor_id = any($3::uuid[]) and status = 'ended'
     union all select 'privacy', id, number from privacy_request
       where site_id = $1 and visitor_id = any($3::uuid[])`,
    [siteId, ids, visitorIds],
  )
}

/** The visit keeps times, host, kind, category and size; the person goes. */
export function eraseVisits(
  siteId: string,
  ids: readonly string[],
  what: 'person' | 'all',
  words: readonly string[],
  at: Date,
): RawStatement<unknown>[] {
  const mine = [siteId, ids]
  const all = what === 'all'
  return [
    raw(
      `update visit set visitor_name = $3, phone = '', companions = '[]', plate = '', note = '', sign_note = '',
         driver_name = '', driver_phone = '', document_kind = null, document_sealed = null, document_index = null,
         document_tail = null, decline_reason = '', refuse_reason = '', release_confirmed_by = '',
         organisation = case when $4 then '' else organisation end,
         purpose = case when $4 then '' else words_struck(purpose, $6) end,
         erased_at = $5, version = version + 1, updated_at = $5
       where site_id = $1 and id = any($2)`,
      [...mine, erasedName, all, at, words],
    ),
    raw("update visit_counted set organisation = '' where site_id = $1 and visit_id = any($2) and $3", [
      ...mine,
      all,
    ]),
    raw('delete from document_check where site_id = $1 and visit_id = any($2)', mine),
    raw(
      'update agreement_signature set signer_name = $3, file_id = null where site_id = $1 and visit_id = any($2)',
      [...mine, erasedName],
    ),
    raw('delete from invitation_letter where site_id = $1 and visit_id = any($2)', mine),
    raw('delete from invitation where site_id = $1 and visit_id = any($2)', mine),
    raw('delete from visit_vehicle where site_id = $1 and visit_id = any($2)', mine),
    raw("update visit_hop set note = '' where site_id = $1 and visit_id = any($2) and note <> ''", mine),
    raw("update area_approval set note = $3 where site_id = $1 and visit_id = any($2) and note <> ''", [
      ...mine,
      erasedName,
    ]),
    raw("update visit_refusal set reason = '' where site_id = $1 and visit_id = any($2)", mine),
    raw("update visit_reception set parking_wish = '' where site_id = $1 and visit_id = any($2)", mine),
    raw(
      `update watch_hit set person = '{}', agreed = '[]', differed = '[]', note = '' where site_id = $1 and visit_id = any($2)`,
      mine,
    ),
    raw(
      `update visit_unannounced set claim = $3, instruction_words = words_struck(instruction_words, $4)
       where site_id = $1 and visit_id = any($2)`,
      [...mine, erasedName, words],
    ),
    raw(
      `update muster_person set name = $3, organisation = '', detail = '', outcome_note = words_struck(outcome_note, $4)
       where kind = 'visitor' and subject_id = any($2) and muster_id in (select id from muster where site_id = $1)`,
      [...mine, erasedName, words],
    ),
    raw(
      `update import_line set cells = null, before = null, problems = null where entity_id = any($2)
         and run_id in (select id from import_run where site_id = $1)`,
      mine,
    ),
    raw('delete from file where site_id = $1 and subject_entity = $3 and subject_id = any($2::text[])', [
      ...mine,
      'visit',
    ]),
  ]
}

export function fileCount(siteId: string, ids: readonly string[]): RawStatement<{ n: number }> {
  return raw(
    `select count(*)::int as n from file where site_id = $1 and subject_entity = 'visit' and subject_id = any($2::text[])`,
    [siteId, ids],
  )
}

/** The list of the group keeps who is left on it. */
export function eraseInGroups(
  siteId: string,
  groupIds: readonly string[],
  words: readonly string[],
): RawStatement<unknown>[] {
  return [
    raw(
      `update visit_group g set leader_name = '', leader_phone = '', plates = '[]'
       where g.site_id = $1 and g.id = any($2::uuid[])
         and not exists (select from visit m where m.group_id = g.id and m.erased_at is null)`,
      [siteId, groupIds],
    ),
    raw(
      `update visit_group set title = words_struck(title, $3), purpose = words_struck(purpose, $3),
         note = words_struck(note, $3), organiser = words_struck(organiser, $3), plates = words_struck(plates, $3),
         leader_name = words_struck(leader_name, $3), leader_phone = words_struck(leader_phone, $3),
         decline_reason = words_struck(decline_reason, $3)
       where site_id = $1 and id = any($2::uuid[])`,
      [siteId, groupIds, words],
    ),
  ]
}

/** What happened stays on record; who it was goes. */
export function strikeIncidents(
  siteId: string,
  ids: readonly string[],
  words: readonly string[],
): RawStatement<unknown> {
  return raw(
    `update incident set persons = words_struck(persons, $3), course = words_struck(course, $3),
       measures = words_struck(measures, $3), report = words_struck(report, $3),
       false_reason = words_struck(false_reason, $3), version = version + 1
     where site_id = $1 and id = any($2::uuid[])`,
    [siteId, ids, words],
  )
}

export function strikeRequests(
  siteId: string,
  ids: readonly string[],
  words: readonly string[],
): RawStatement<unknown> {
  return raw(
    'update privacy_request set reason = words_struck(reason, $3) where site_id = $1 and id = any($2::uuid[])',
    [siteId, ids, words],
  )
}

export function erasePermits(siteId: string, ids: readonly string[], at: Date): RawStatement<unknown>[] {
  return [
    raw(
      `update permit set holder_name = $3, holder_pinyin = '', holder_initials = '', organisation = '', phone = '',
         document_kind = null, document_sealed = null, document_index = null, document_tail = null, plate = '',
         purpose = '', note = '', status_reason = '', version = version + 1, updated_at = $4
       where site_id = $1 and id = any($2::uuid[])`,
      [siteId, ids, erasedName, at],
    ),
    raw("update permit_paper set number = '' where site_id = $1 and permit_id = any($2::uuid[])", [
      siteId,
      ids,
    ]),
    raw(
      `update import_line set cells = null, before = null, problems = null where entity_id = any($2::uuid[])
         and run_id in (select id from import_run where site_id = $1)`,
      [siteId, ids],
    ),
  ]
}

/** Where else a person is known by their id. */
const tables = [
  'visit',
  'visit_counted',
  'visit_person',
  'watch_hit',
  'permit',
  'agreement_signature',
  'privacy_request',
] as const

/**
 * A person of whom nothing is left becomes nobody; the row stays for the count of visitors. Their id was made from name and
 * telephone, so that anybody could try names on it, and whoever comes back would be the erased one again: it is another now.
 */
export function eraseVisitors(
  siteId: string,
  people: readonly { readonly id: string; readonly newId: string }[],
  at: Date,
): RawStatement<unknown>[] {
  const ids = people.map(({ id }) => id)
  const pairs = [siteId, ids, people.map(({ newId }) => newId)]
  const renamed = 'unnest($2::uuid[], $3::uuid[]) as m (old, new)'
  return [
    raw('delete from watch_dismissal where site_id = $1 and visitor_id = any($2::uuid[])', [siteId, ids]),
    raw('delete from visitor_contact_move where visitor_id = any($1::uuid[])', [ids]),
    ...tables.map((table) =>
      raw(
        `update ${table} t set visitor_id = m.new from ${renamed} where t.site_id = $1 and t.visitor_id = m.old`,
        pairs,
      ),
    ),
    raw(
      `update visitor p set id = m.new, name = $4, name_pinyin = '', name_initials = '', organisation = '', phone = '',
         grams = '{}', document_kind = null, document_sealed = null, document_index = null, document_tail = null,
         plate = '', contact_id = null, erased_at = $5
       from ${renamed} where p.site_id = $1 and p.id = m.old`,
      [...pairs, erasedName, at],
    ),
  ]
}
