/** Statements of find-or-create: who has this number or this name, and the row of somebody new. */
import { type RawStatement, raw } from '../../../kernel/db/sql.ts'

export interface KnownContact {
  readonly id: string
  readonly name: string
  readonly customerId: string | null
  readonly organisation: string
  readonly sex: 'female' | 'male' | null
  readonly lastSeenAt: Date | null
  readonly version: number
}

/** Held until the commit: twenty transactions about one person take turns, always in the same order. */
export function lockKeys(keys: readonly string[]): RawStatement<unknown> {
  return raw(
    `select pg_advisory_xact_lock(key) from (
       select distinct hashtextextended(text, 7) as key from unnest($1::text[]) as t (text) order by 1 offset 0) ordered`,
    [keys],
  )
}

const columns = `c.id, c.name, c.customer_id as "customerId", c.organisation, c.sex, c.last_seen_at as "lastSeenAt",
  c.version`

/** Who has the number, the one seen last first; nobody merged into another. */
export function contactsWithNumber(siteId: string, number: string): RawStatement<KnownContact> {
  return raw(
    `select ${columns} from customer_phone p join contact c on c.id = p.contact_id
     where p.site_id = $1 and p.number_reversed = reverse($2) and c.merged_into is null
     order by c.active desc, c.last_seen_at desc nulls last, c.id limit 50`,
    [siteId, number],
  )
}

/** Namesakes of the same organisation, by what was told or by the company that stands behind it. */
export function contactsNamed(
  siteId: string,
  name: string,
  organisation: string,
  customerIds: readonly string[],
): RawStatement<KnownContact & { hasPhone: boolean }> {
  return raw(
    `select ${columns}, exists (select 1 from customer_phone p where p.contact_id = c.id) as "hasPhone"
     from contact c
     where c.site_id = $1 and c.name = $2 and c.merged_into is null
       and ((c.customer_id is null and lower(c.organisation) = lower($3)) or c.customer_id = any($4::uuid[]))
     order by c.active desc, c.last_seen_at desc nulls last, c.id limit 20`,
    [siteId, name, organisation, customerIds],
  )
}

/** Companies of this name, short name or, without the legal form, of the same name; two at most are worth knowing. */
export function customersCalled(siteId: string, name: string, key: string): RawStatement<{ id: string }> {
  return raw(
    `select id from (
       (select id, active, 0 as rank from customer where site_id = $1 and name = $2 and merged_into is null limit 3)
       union (select id, active, 1 from customer
         where site_id = $1 and short_name = $2 and short_name <> '' and merged_into is null limit 3)
       union (select id, active, 2 from customer where site_id = $1 and name_key = $3 and merged_into is null limit 3)
     ) found group by id order by bool_or(active) desc, min(rank), id limit 3`,
    [siteId, name, key],
  )
}

export interface NewContact {
  readonly id: string
  readonly siteId: string
  readonly customerId: string | null
  readonly name: string
  readonly pinyin: string
  readonly initials: string
  readonly terms: readonly string[]
  readonly organisation: string
  readonly sex: 'female' | 'male' | null
  readonly origin: 'visit' | 'call'
  readonly at: Date
  readonly now: Date
  readonly by: string
}

export function insertRecognised(one: NewContact): RawStatement<unknown> {
  return raw(
    `insert into contact (id, site_id, customer_id, name, name_pinyin, name_initials, terms, organisation, sex, origin,
       last_seen_at, created_at, created_by, updated_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $12)`,
    [
      one.id,
      one.siteId,
      one.customerId,
      one.name,
      one.pinyin,
      one.initials,
      one.terms,
      one.organisation,
      one.sex,
      one.origin,
      one.at,
      one.now,
      one.by,
    ],
  )
}

/** What was learned; a field already known is kept. The name comes with its spelling. */
export function improveContact(
  id: string,
  better: {
    readonly name: string
    readonly pinyin: string
    readonly initials: string
    readonly terms: readonly string[]
    readonly organisation: string
    readonly customerId: string | null
    readonly sex: 'female' | 'male' | null
  },
  now: Date,
): RawStatement<unknown> {
  return raw(
    `update contact set name = $2, name_pinyin = $3, name_initials = $4, terms = $5, organisation = $6, customer_id = $7,
       sex = $8, version = version + 1, updated_at = $9 where id = $1`,
    [
      id,
      better.name,
      better.pinyin,
      better.initials,
      better.terms,
      better.organisation,
      better.customerId,
      better.sex,
      now,
    ],
  )
}

/** Time only moves forward: an old register read in late does not make anybody seen long ago. */
export function seen(siteId: string, id: string, at: Date): RawStatement<unknown> {
  return raw(
    `update contact set last_seen_at = $3 where site_id = $1 and id = $2
       and (last_seen_at is null or last_seen_at < $3)`,
    [siteId, id, at],
  )
}

export function concern(
  siteId: string,
  id: string,
  employeeIds: readonly string[],
  at: Date,
): RawStatement<unknown> {
  return raw(
    `insert into contact_concern (contact_id, employee_id, site_id, at)
     select $2, e, $1, $4 from unnest($3::uuid[]) as t (e)
     on conflict (contact_id, employee_id) do update set at = greatest(contact_concern.at, excluded.at)`,
    [siteId, id, employeeIds, at],
  )
}

/** The record an id stands for today: merged ones lead to the one kept. */
export function currentContact(siteId: string, id: string): RawStatement<{ id: string }> {
  return raw(
    `with recursive chain as (
       select id, merged_into from contact where site_id = $1 and id = $2
       union all select n.id, n.merged_into from chain join contact n on n.id = chain.merged_into
     ) select id from chain where merged_into is null`,
    [siteId, id],
  )
}
