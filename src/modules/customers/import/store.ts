/** Who the lines of a file may mean, and taking a line back. */
import { type RawStatement, raw } from '../../../kernel/db/sql.ts'

/** Companies of these names or, but for the legal form, the same names; closed ones too: an import opens them again. */
export function companiesCalled(
  siteId: string,
  keys: readonly string[],
): RawStatement<{ id: string; name: string; key: string }> {
  return raw(
    `select id, name, name_key as key from customer
     where site_id = $1 and name_key = any($2::text[]) and merged_into is null order by active desc, number`,
    [siteId, keys],
  )
}

/** Contacts who have one of these numbers or names. */
export function contactsCalled(
  siteId: string,
  numbers: readonly string[],
  names: readonly string[],
): RawStatement<{ id: string; numbers: string[] }> {
  return raw(
    `select c.id, coalesce(array_agg(p.number) filter (where p.number is not null), '{}') as numbers
     from contact c left join customer_phone p on p.contact_id = c.id
     where c.site_id = $1 and c.merged_into is null and (c.name = any($3::text[]) or c.id in (
       select contact_id from customer_phone
       where site_id = $1 and contact_id is not null
         and number_reversed = any(select reverse(n) from unnest($2::text[]) n)))
     group by c.id`,
    [siteId, numbers, names],
  )
}

export function dropPhones(ids: readonly string[]): RawStatement<unknown> {
  return raw('delete from customer_phone where id = any($1::uuid[])', [ids])
}

/** Anything that lives on with the company: people, remarks, transfers. */
export function companyInUse(id: string): RawStatement<{ used: boolean }> {
  return raw(
    `select exists (select 1 from contact where customer_id = $1 and active and merged_into is null)
       or exists (select 1 from customer_remark where customer_id = $1)
       or exists (select 1 from customer_transfer where customer_id = $1) as used`,
    [id],
  )
}

export function contactInUse(id: string): RawStatement<{ used: boolean }> {
  return raw(
    `select exists (select 1 from customer_remark where contact_id = $1)
       or exists (select 1 from contact where id = $1 and last_seen_at is not null) as used`,
    [id],
  )
}
