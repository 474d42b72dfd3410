import { type RawStatement, raw } from '../../../kernel/db/sql.ts'
import { newId } from '../../../kernel/ids.ts'

export type PhoneKind = 'mobile' | 'landline' | 'service' | 'extension' | 'other'

export interface StoredPhone {
  readonly id: string
  readonly contactId: string | null
  readonly customerId: string | null
  readonly number: string
  readonly kind: PhoneKind
  readonly extension: string
  readonly label: string
}

export type PhoneOwner = { readonly contactId: string } | { readonly customerId: string }

const columns = `id, contact_id as "contactId", customer_id as "customerId", number, kind, extension, label`

/** Of all the people and companies named, each one's in its own order. */
export function phonesOf(
  contactIds: readonly string[],
  customerIds: readonly string[],
): RawStatement<StoredPhone> {
  return raw(
    `select ${columns}, position from customer_phone where contact_id = any($1::uuid[])
     union all select ${columns}, position from customer_phone where customer_id = any($2::uuid[])
     order by position, number`,
    [contactIds, customerIds],
  )
}

/**
 * Where a contact is called: own numbers first, then the company's. `own`: the employee has to do with them; also under
 * the id of a contact that was merged into another.
 */
export function numbersToDial(
  siteId: string,
  contactId: string,
  employeeId: string | null,
): RawStatement<{ number: string; kind: PhoneKind; own: boolean }> {
  return raw(
    `select p.number, p.kind, coalesce(k.owner_id = $3::uuid, false)
       or exists (select 1 from contact_concern s where s.contact_id = c.id and s.employee_id = $3::uuid)
       or exists (select 1 from customer_team t where t.customer_id = c.customer_id and t.employee_id = $3::uuid) as own
     from contact o
     join contact c on c.id = coalesce(o.merged_into, o.id)
     left join customer k on k.id = c.customer_id
     join customer_phone p on p.contact_id = c.id or p.customer_id = c.customer_id
     where o.site_id = $1 and o.id = $2
     order by (p.contact_id is null), p.position limit 5`,
    [siteId, contactId, employeeId],
  )
}

export function phoneById(siteId: string, id: string): RawStatement<StoredPhone> {
  return raw(`select ${columns} from customer_phone where site_id = $1 and id = $2`, [siteId, id])
}

export interface NewPhone {
  readonly id?: string
  readonly number: string
  readonly kind: PhoneKind
  readonly extension: string
  readonly label: string
}

const ids = (owner: PhoneOwner): [contactId: string | null, customerId: string | null] =>
  'contactId' in owner ? [owner.contactId, null] : [null, owner.customerId]

/** At the end of the list; a number the owner has already is left as it is. */
export function addPhones(
  siteId: string,
  owner: PhoneOwner,
  phones: readonly NewPhone[],
  first = 0,
): RawStatement<unknown> {
  return raw(
    `insert into customer_phone (id, site_id, contact_id, customer_id, number, kind, extension, label, position)
     select p.id, $1, $2, $3, p.number, p.kind, p.extension, p.label, $4 + (p.place - 1)::smallint
     from unnest($5::uuid[], $6::text[], $7::text[], $8::text[], $9::text[])
       with ordinality as p (id, number, kind, extension, label, place)
     on conflict do nothing`,
    [
      siteId,
      ...ids(owner),
      first,
      phones.map(({ id }) => id ?? newId()),
      phones.map(({ number }) => number),
      phones.map(({ kind }) => kind),
      phones.map(({ extension }) => extension),
      phones.map(({ label }) => label),
    ],
  )
}

export function removePhones(owner: PhoneOwner): RawStatement<unknown> {
  return raw('delete from customer_phone where contact_id = $1 or customer_id = $2', ids(owner))
}
