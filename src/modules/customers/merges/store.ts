/** Statements of duplicates and merges (C5). */
import { json, type RawStatement, raw } from '../../../kernel/db/sql.ts'

export type MergeEntity = 'customer' | 'contact'

export interface MergeRow {
  readonly id: string
  readonly entity: MergeEntity
  readonly keptId: string
  readonly keptName: string
  readonly mergedId: string
  readonly mergedName: string
  readonly moved: unknown
  readonly at: Date
  readonly byName: string
  readonly undoneAt: Date | null
}

const columns = `m.id, m.entity, m.kept_id as "keptId", coalesce(k.name, c.name, '') as "keptName",
  m.merged_id as "mergedId", coalesce(k2.name, c2.name, '') as "mergedName", m.moved, m.at, m.by_name as "byName",
  m.undone_at as "undoneAt"`
const source = `customer_merge m
  left join customer k on m.entity = 'customer' and k.id = m.kept_id
  left join customer k2 on m.entity = 'customer' and k2.id = m.merged_id
  left join contact c on m.entity = 'contact' and c.id = m.kept_id
  left join contact c2 on m.entity = 'contact' and c2.id = m.merged_id`

/** Still in force, newest first. */
export function mergesInto(siteId: string, keptId: string): RawStatement<MergeRow> {
  return raw(
    `select ${columns} from ${source} where m.site_id = $1 and m.kept_id = $2 and m.undone_at is null
     order by m.at desc, m.id desc limit 50`,
    [siteId, keptId],
  )
}

export function mergePage(
  siteId: string,
  entity: MergeEntity,
  after: { readonly at: Date; readonly id: string } | null,
  limit: number,
): RawStatement<MergeRow> {
  return raw(
    `select ${columns} from ${source} where m.site_id = $1 and m.entity = $2
       and ($3::timestamptz is null or (m.at, m.id) < ($3, $4::uuid))
     order by m.at desc, m.id desc limit $5`,
    [siteId, entity, after?.at ?? null, after?.id ?? null, limit],
  )
}

export function lockMerge(siteId: string, id: string): RawStatement<MergeRow> {
  return raw(`select ${columns} from ${source} where m.site_id = $1 and m.id = $2 for update of m`, [
    siteId,
    id,
  ])
}

export interface NewMerge {
  readonly id: string
  readonly siteId: string
  readonly entity: MergeEntity
  readonly keptId: string
  readonly mergedId: string
  readonly moved: unknown
  readonly at: Date
  readonly byId: string
  readonly byName: string
}

export function insertMerge(one: NewMerge): RawStatement<unknown> {
  return raw(
    `insert into customer_merge (id, site_id, entity, kept_id, merged_id, moved, at, by_id, by_name)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [one.id, one.siteId, one.entity, one.keptId, one.mergedId, json(one.moved), one.at, one.byId, one.byName],
  )
}

export function markUndone(id: string, at: Date): RawStatement<unknown> {
  return raw('update customer_merge set undone_at = $2 where id = $1', [id, at])
}

const table: Record<MergeEntity, string> = { customer: 'customer', contact: 'contact' }
const column: Record<MergeEntity, string> = { customer: 'customer_id', contact: 'contact_id' }

export function setMergedInto(
  entity: MergeEntity,
  id: string,
  keptId: string | null,
  now: Date,
): RawStatement<unknown> {
  return raw(
    `update ${table[entity]} set merged_into = $2, updated_at = $3, version = version + 1 where id = $1`,
    [id, keptId, now],
  )
}

/** Numbers the kept one has not; its own come first. @returns what moved */
export function movePhones(entity: MergeEntity, from: string, to: string): RawStatement<{ id: string }> {
  const of = column[entity]
  return raw(
    `update customer_phone p set ${of} = $2, position = least(32000, p.position + 100)
     where p.${of} = $1 and not exists (
       select 1 from customer_phone q where q.${of} = $2 and q.number = p.number and q.extension = p.extension)
     returning p.id`,
    [from, to],
  )
}

export function movePhonesBack(
  entity: MergeEntity,
  ids: readonly string[],
  from: string,
  to: string,
): RawStatement<unknown> {
  const of = column[entity]
  return raw(
    `update customer_phone p set ${of} = $3, position = greatest(0, p.position - 100)
     where p.id = any($1::uuid[]) and p.${of} = $2 and not exists (
       select 1 from customer_phone q where q.${of} = $3 and q.number = p.number and q.extension = p.extension)`,
    [ids, from, to],
  )
}

export function moveRemarks(entity: MergeEntity, from: string, to: string): RawStatement<{ id: string }> {
  return raw(`update customer_remark set ${column[entity]} = $2 where ${column[entity]} = $1 returning id`, [
    from,
    to,
  ])
}

export function moveRemarksBack(
  entity: MergeEntity,
  ids: readonly string[],
  from: string,
  to: string,
): RawStatement<unknown> {
  return raw(
    `update customer_remark set ${column[entity]} = $3 where id = any($1::uuid[]) and ${column[entity]} = $2`,
    [ids, from, to],
  )
}

/** Merged ones among them too: an undo of theirs later brings them back to where they belong. */
export function moveContacts(from: string, to: string): RawStatement<{ id: string }> {
  return raw('update contact set customer_id = $2 where customer_id = $1 returning id', [from, to])
}

export function moveContactsBack(ids: readonly string[], from: string, to: string): RawStatement<unknown> {
  return raw('update contact set customer_id = $3 where id = any($1::uuid[]) and customer_id = $2', [
    ids,
    from,
    to,
  ])
}

export function moveTeam(from: string, to: string): RawStatement<{ id: string }> {
  return raw(
    `insert into customer_team (customer_id, employee_id, site_id, duty, position)
     select $2, employee_id, site_id, duty, least(32000, position + 100) from customer_team where customer_id = $1
     on conflict do nothing returning employee_id as id`,
    [from, to],
  )
}

export function dropTeam(customerId: string, ids: readonly string[]): RawStatement<unknown> {
  return raw('delete from customer_team where customer_id = $1 and employee_id = any($2::uuid[])', [
    customerId,
    ids,
  ])
}

export function copyConcerns(from: string, to: string): RawStatement<{ id: string }> {
  return raw(
    `insert into contact_concern (contact_id, employee_id, site_id, at)
     select $2, employee_id, site_id, at from contact_concern where contact_id = $1
     on conflict do nothing returning employee_id as id`,
    [from, to],
  )
}

export function dropConcerns(contactId: string, ids: readonly string[]): RawStatement<unknown> {
  return raw('delete from contact_concern where contact_id = $1 and employee_id = any($2::uuid[])', [
    contactId,
    ids,
  ])
}

export function setSeen(contactId: string, at: Date | null): RawStatement<unknown> {
  return raw('update contact set last_seen_at = $2 where id = $1', [contactId, at])
}

export function markDistinct(
  siteId: string,
  entity: MergeEntity,
  one: string,
  other: string,
  at: Date,
  byName: string,
): RawStatement<unknown> {
  return raw(
    `insert into customer_distinct (site_id, entity, one_id, other_id, at, by_name)
     values ($1, $2, least($3::uuid, $4::uuid), greatest($3::uuid, $4::uuid), $5, $6) on conflict do nothing`,
    [siteId, entity, one, other, at, byName],
  )
}

export function unmarkDistinct(siteId: string, one: string, other: string): RawStatement<unknown> {
  return raw(
    `delete from customer_distinct
     where site_id = $1 and one_id = least($2::uuid, $3::uuid) and other_id = greatest($2::uuid, $3::uuid)`,
    [siteId, one, other],
  )
}

/** How many of the two are records of the site that nobody merged away. */
export function countLiving(siteId: string, entity: MergeEntity, ids: readonly string[]) {
  return raw<{ n: number }>(
    `select count(*)::int as n from ${table[entity]} where site_id = $1 and id = any($2::uuid[]) and merged_into is null`,
    [siteId, ids],
  )
}

export interface Pair {
  readonly oneId: string
  readonly otherId: string
  readonly reasons: readonly ('number' | 'name' | 'pinyin')[]
}

/**
 * Companies with one number or one name but for legal form and spaces; people with one mobile, or of one company with the
 * same pinyin. A landline shared by colleagues says nothing. With `$2` only pairs of that record.
 */
const evidence: Record<MergeEntity, string> = {
  customer: `
    select a.id as x, b.id as y, 'name' as reason from customer a
      join customer b on b.site_id = a.site_id and b.name_key = a.name_key and b.id <> a.id and b.merged_into is null
      where a.site_id = $1 and a.merged_into is null and ($2::uuid is null and a.id < b.id or a.id = $2)
    union all
    select a.customer_id, b.customer_id, 'number' from customer_phone a
      join customer_phone b on b.site_id = a.site_id and b.number_reversed = a.number_reversed
        and b.extension = a.extension and b.customer_id <> a.customer_id
      where a.site_id = $1 and a.customer_id is not null and a.kind in ('mobile', 'landline')
        and ($2::uuid is null and a.customer_id < b.customer_id or a.customer_id = $2)
    union all
    select a.id, b.id, 'pinyin' from customer a
      join customer b on b.site_id = a.site_id and b.name_pinyin = a.name_pinyin and b.id <> a.id
        and b.name_key <> a.name_key and b.merged_into is null
      where a.site_id = $1 and a.merged_into is null and ($2::uuid is null and a.id < b.id or a.id = $2)`,
  contact: `
    select a.contact_id as x, b.contact_id as y, 'number' as reason from customer_phone a
      join customer_phone b on b.site_id = a.site_id and b.number_reversed = a.number_reversed
        and b.extension = a.extension and b.contact_id <> a.contact_id
      where a.site_id = $1 and a.contact_id is not null and (a.kind = 'mobile' or a.extension <> '')
        and ($2::uuid is null and a.contact_id < b.contact_id or a.contact_id = $2)
    union all
    select a.id, b.id, case when a.name = b.name then 'name' else 'pinyin' end from contact a
      join contact b on b.site_id = a.site_id and b.name_pinyin = a.name_pinyin and b.id <> a.id
        and b.merged_into is null
        and (b.customer_id = a.customer_id
          or (a.organisation <> '' and lower(b.organisation) = lower(a.organisation)))
      where a.site_id = $1 and a.merged_into is null and ($2::uuid is null and a.id < b.id or a.id = $2)`,
}

export function pairs(
  siteId: string,
  entity: MergeEntity,
  id: string | null,
  limit: number,
): RawStatement<Pair> {
  return raw(
    `select x as "oneId", y as "otherId", array_agg(distinct reason order by reason) as reasons
     from (${evidence[entity]} limit 5000) found
     join ${table[entity]} one on one.id = x and one.merged_into is null
     join ${table[entity]} other on other.id = y and other.merged_into is null
     where not exists (select 1 from customer_distinct d
       where d.one_id = least(x, y) and d.other_id = greatest(x, y))
     group by x, y, one.name_pinyin
     order by count(distinct reason) desc, bool_or(reason = 'number') desc, one.name_pinyin, x, y limit $3`,
    [siteId, id, limit],
  )
}
