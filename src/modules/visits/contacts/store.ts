/** Visitors and the contacts they are (C5). */
import { type RawStatement, raw } from '../../../kernel/db/sql.ts'

export interface UnlinkedVisitor {
  readonly id: string
  readonly siteId: string
  readonly name: string
  readonly phone: string
  readonly organisation: string
  readonly lastVisitAt: Date
  readonly contactId: string | null
  /** Hosts and receivers of the visitor's latest visits: it was their visitor. */
  readonly concerns: readonly string[]
  readonly by: string
}

const columns = `p.id, p.site_id as "siteId", p.name, p.phone, p.organisation, p.last_visit_at as "lastVisitAt",
  p.contact_id as "contactId",
  array(select distinct e from (select host_id, receiver_id from visit v where v.visitor_id = p.id
    order by v.sort_at desc limit 20) latest, unnest(array[host_id, receiver_id]) e where e is not null) as concerns,
  coalesce((select v.created_by from visit v where v.id = p.last_visit_id), 'system') as by`

/** The people behind these visits; who has been erased is nobody's contact. */
export function visitorsOf(visitIds: readonly string[]): RawStatement<UnlinkedVisitor> {
  return raw(
    `select ${columns} from visitor p where p.id in (select visitor_id from visit where id = any($1::uuid[]))
       and p.erased_at is null order by p.id`,
    [visitIds],
  )
}

/** Known from before there were contacts; locked, so that two nodes share the work. */
export function unlinked(siteId: string, after: string | null, limit: number): RawStatement<UnlinkedVisitor> {
  return raw(
    `select ${columns} from visitor p
     where p.site_id = $1 and p.contact_id is null and p.erased_at is null and ($2::uuid is null or p.id > $2)
     order by p.id limit $3 for update of p skip locked`,
    [siteId, after, limit],
  )
}

export function link(visitorId: string, contactId: string): RawStatement<unknown> {
  return raw('update visitor set contact_id = $2 where id = $1 and contact_id is distinct from $2', [
    visitorId,
    contactId,
  ])
}

/** Remembered with the merge, so that taking it back moves exactly these. */
export function follow(mergeId: string, from: string, to: string): RawStatement<unknown> {
  return raw(
    `with moved as (update visitor set contact_id = $3 where contact_id = $2 returning id)
     insert into visitor_contact_move (merge_id, visitor_id) select $1, id from moved on conflict do nothing`,
    [mergeId, from, to],
  )
}

export function followBack(mergeId: string, from: string, to: string): RawStatement<unknown> {
  return raw(
    `with back as (delete from visitor_contact_move where merge_id = $1 returning visitor_id)
     update visitor set contact_id = $3 where contact_id = $2 and id in (select visitor_id from back)`,
    [mergeId, from, to],
  )
}

export interface PastVisit {
  readonly id: string
  readonly number: number
  readonly status: string
  readonly at: Date
  readonly organisation: string
  readonly purpose: string
  readonly hostName: string
  readonly partySize: number
}

/** Newest first, before an instant; with `hostId` only those whose host or receiver it is. */
export function visitsOfContacts(
  siteId: string,
  contactIds: readonly string[],
  hostId: string | null,
  before: Date | null,
  limit: number,
): RawStatement<PastVisit> {
  return raw(
    `select v.id, v.number, v.status, v.sort_at as at, v.organisation, v.purpose,
       coalesce(nullif(v.receiver_name, ''), v.host_name) as "hostName", v.party_size as "partySize"
     from visit v where v.site_id = $1
       and v.visitor_id = any(array(select id from visitor where contact_id = any($2::uuid[]) limit 2000))
       and ($3::uuid is null or v.host_id = $3 or v.receiver_id = $3)
       and ($4::timestamptz is null or v.sort_at < $4)
     order by v.sort_at desc limit $5`,
    [siteId, contactIds, hostId, before, limit],
  )
}
