/** The caller's card: who is behind a number or a name, and whose customer it is (C5, C15). */
import { type RawStatement, raw } from '../../../kernel/db/sql.ts'
import type { CallerCard } from './card.ts'

/** Of a hit `h(contact_id, customer_id)`. */
const card = `c.id as "contactId", coalesce(c.name, '') as "contactName", c.sex, coalesce(c.title, '') as title,
  coalesce(c.vip, false) as vip, coalesce(c.dialect, '') as dialect, coalesce(c.language, '') as language,
  k.id as "customerId", coalesce(k.name, c.organisation, '') as "customerName", coalesce(k.grade, 'normal') as grade,
  o.id as "ownerId", coalesce(o.name, '') as "ownerName", coalesce(o.extension, '') as "ownerExtension",
  o.department_id as "ownerDepartmentId",
  coalesce((select json_agg(json_build_object('id', e.id, 'name', e.name, 'extension', coalesce(e.extension, ''),
      'duty', t.duty) order by t.position, e.name_pinyin)
    from customer_team t join employee e on e.id = t.employee_id and e.active where t.customer_id = k.id), '[]') as team,
  array(select distinct unnest(coalesce(k.tags, '{}') || coalesce(c.tags, '{}')) order by 1) as tags,
  concat_ws(' · ', nullif(c.note, ''), nullif(k.note, '')) as note`
const source = `left join contact c on c.id = h.contact_id left join customer k on k.id = h.customer_id
  left join employee o on o.id = k.owner_id`

/** At most five, people before companies, the one seen last first. */
export function cardsByNumber(siteId: string, number: string): RawStatement<CallerCard> {
  return raw(
    `with h as (
       (select c.id as contact_id, c.customer_id, c.last_seen_at, c.active, 0 as rank
        from customer_phone p join contact c on c.id = p.contact_id and c.merged_into is null
        where p.site_id = $1 and p.number_reversed = reverse($2) limit 50)
       union all
       (select null, k.id, null, k.active, 1
        from customer_phone p join customer k on k.id = p.customer_id and k.merged_into is null
        where p.site_id = $1 and p.number_reversed = reverse($2) limit 50)
     )
     select ${card} from h ${source}
     order by h.rank, h.active desc, h.last_seen_at desc nulls last, c.id, k.id limit 5`,
    [siteId, number],
  )
}

/** Follows merges: an id kept by somebody else's record stays good. */
export function cardOfContact(siteId: string, id: string): RawStatement<CallerCard> {
  return raw(
    `with recursive chain as (
       select id, merged_into from contact where site_id = $1 and id = $2
       union all select n.id, n.merged_into from chain join contact n on n.id = chain.merged_into
     ), h as (select c.id as contact_id, c.customer_id from chain join contact c using (id) where c.merged_into is null)
     select ${card} from h ${source}`,
    [siteId, id],
  )
}

export function cardOfCustomer(siteId: string, id: string): RawStatement<CallerCard> {
  return raw(
    `with recursive chain as (
       select id, merged_into from customer where site_id = $1 and id = $2
       union all select n.id, n.merged_into from chain join customer n on n.id = chain.merged_into
     ), h as (select null::uuid as contact_id, id as customer_id from chain where merged_into is null)
     select ${card} from h ${source}`,
    [siteId, id],
  )
}

/** Whose customer a visitor is: by the contact they are known as, else by the company they name. No row: nobody's. */
export function ownerOf(
  siteId: string,
  contactId: string | null,
  organisation: { readonly name: string; readonly key: string },
): RawStatement<{ ownerId: string }> {
  return raw(
    `select k.owner_id as "ownerId" from (
       (select c.customer_id as id, 0 as rank from contact c where c.site_id = $1 and c.id = $2::uuid)
       union all (select id, 1 from customer
         where site_id = $1 and name = $3 and $3 <> '' and merged_into is null limit 3)
       union all (select id, 2 from customer
         where site_id = $1 and short_name = $3 and short_name <> '' and merged_into is null limit 3)
       union all (select id, 3 from customer
         where site_id = $1 and name_key = $4 and $4 <> '' and merged_into is null limit 3)
     ) found join customer k on k.id = found.id and k.merged_into is null
       join employee e on e.id = k.owner_id and e.active
     order by found.rank, k.active desc, k.id limit 1`,
    [siteId, contactId, organisation.name, organisation.key],
  )
}
