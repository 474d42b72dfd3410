/** SQL of the copy a person is given: everything the module stores about them, as it stands (G5). */
import { type RawStatement, raw } from '../../../kernel/db/sql.ts'
import { selectVisit, type VisitRow } from '../store.ts'

export function visitsStored(siteId: string, visitorIds: readonly string[]): RawStatement<VisitRow> {
  return raw(
    `${selectVisit} where v.site_id = $1 and v.visitor_id = any($2::uuid[]) and v.erased_at is null order by v.sort_at`,
    [siteId, visitorIds],
  )
}

export interface Document {
  readonly at: Date
  readonly number: number
  readonly kind: string
  readonly tail: string | null
  readonly name: string
  readonly country: string
  readonly expires: string | null
}

export function documentsStored(siteId: string, visitIds: readonly string[]): RawStatement<Document> {
  return raw(
    `select c.checked_at as at, v.number, c.kind, c.tail, c.name_on_document as name, c.issuing_country as country,
       c.expires_on::text as expires
     from document_check c join visit v on v.id = c.visit_id
     where c.site_id = $1 and c.visit_id = any($2::uuid[]) order by c.checked_at`,
    [siteId, visitIds],
  )
}

export interface Car {
  readonly number: number
  readonly plate: string
  readonly driver: string
  readonly phone: string
  readonly place: string
  readonly in_at: Date | null
  readonly out_at: Date | null
}

export function carsStored(siteId: string, visitIds: readonly string[]): RawStatement<Car> {
  return raw(
    `select v.number, c.plate, c.driver_name as driver, c.driver_phone as phone, c.place, c.in_at, c.out_at
     from visit_vehicle c join visit v on v.id = c.visit_id
     where c.site_id = $1 and c.visit_id = any($2::uuid[]) order by c.created_at`,
    [siteId, visitIds],
  )
}

export interface Signature {
  readonly number: number
  readonly title: unknown
  readonly version: number
  readonly signer: string
  readonly manner: string
  readonly at: Date
}

export function signaturesStored(siteId: string, visitIds: readonly string[]): RawStatement<Signature> {
  return raw(
    `select v.number, a.title, w.number as version, s.signer_name as signer, s.manner, s.signed_at as at
     from agreement_signature s join agreement a on a.id = s.agreement_id join agreement_version w on w.id = s.version_id
       join visit v on v.id = s.visit_id
     where s.site_id = $1 and s.visit_id = any($2::uuid[]) order by s.signed_at`,
    [siteId, visitIds],
  )
}

export interface Letter {
  readonly number: number
  readonly email: string
  readonly kind: string
  readonly status: string
  readonly at: Date
}

export function lettersStored(siteId: string, visitIds: readonly string[]): RawStatement<Letter> {
  return raw(
    `select v.number, coalesce(l.address, i.email) as email, coalesce(l.kind, '') as kind, coalesce(l.status, '') as status,
       coalesce(l.at, i.created_at) as at
     from invitation i join visit v on v.id = i.visit_id left join invitation_letter l on l.visit_id = i.visit_id
     where i.site_id = $1 and i.visit_id = any($2::uuid[]) order by 5`,
    [siteId, visitIds],
  )
}

export interface Permit {
  readonly number: number
  readonly status: string
  readonly name: string
  readonly organisation: string
  readonly phone: string
  readonly plate: string
  readonly document_tail: string | null
  readonly purpose: string
  readonly valid_from: string
  readonly valid_to: string
  readonly papers: readonly string[]
}

export function permitsStored(siteId: string, visitorIds: readonly string[]): RawStatement<Permit> {
  return raw(
    `select p.number, p.status, p.holder_name as name, p.organisation, p.phone, p.plate, p.document_tail, p.purpose,
       p.valid_from::text, p.valid_to::text,
       array(select trim(e.kind || ' ' || e.number || ' ' || coalesce(e.expires_on::text, ''))
         from permit_paper e where e.permit_id = p.id) as papers
     from permit p where p.site_id = $1 and p.visitor_id = any($2::uuid[]) order by p.number`,
    [siteId, visitorIds],
  )
}

export interface Filed {
  readonly number: number
  readonly name: string
  readonly media_type: string
  readonly at: Date
}

export function filesStored(siteId: string, visitIds: readonly string[]): RawStatement<Filed> {
  return raw(
    `select v.number, f.name, f.media_type, f.created_at as at from file f join visit v on v.id::text = f.subject_id
     where f.site_id = $1 and f.subject_entity = 'visit' and v.id = any($2::uuid[]) order by f.created_at`,
    [siteId, visitIds],
  )
}

export interface Event {
  readonly number: number
  readonly what: 'incident' | 'refused' | 'muster' | 'emergency' | 'unannounced'
  readonly at: Date
  readonly place: string
  readonly words: string
}

/** What happened around them. What an incident says of others, and the watch list, whose alert is silent, stay inside. */
export function eventsStored(siteId: string, visitIds: readonly string[]): RawStatement<Event> {
  return raw(
    `select v.number, e.what, e.at, e.place, e.words from visit v join (
         select visit_id, 'incident' as what, raised_at as at, place, '' as words from incident where site_id = $1
         union all select visit_id, 'refused', at, '', reason from visit_refusal where site_id = $1 and undone_at is null
         union all select p.subject_id, 'muster', m.started_at, p.point, coalesce(p.outcome, '')
           from muster_person p join muster m on m.id = p.muster_id where m.site_id = $1 and p.kind = 'visitor'
         union all select e.visit_id, 'emergency', v.arrived_at, e.place, '' from visit_emergency e join visit v on v.id = e.visit_id
           where e.site_id = $1
         union all select u.visit_id, 'unannounced', v.arrived_at, '', u.claim from visit_unannounced u
           join visit v on v.id = u.visit_id where u.site_id = $1
       ) e on e.visit_id = v.id
     where v.site_id = $1 and v.id = any($2::uuid[]) order by e.at`,
    [siteId, visitIds],
  )
}
