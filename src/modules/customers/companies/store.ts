/** Statements of companies. `$1` is the site, `$2` the viewer's employee id in every select. */
import { type RawStatement, raw } from '../../../kernel/db/sql.ts'
import { Conditions, mostCounted, type Place, type Sought } from '../lists/paging.ts'
import type { Grade } from '../rules.ts'

export interface CompanyRow {
  readonly id: string
  readonly number: number
  readonly name: string
  readonly shortName: string
  readonly grade: Grade
  readonly industry: string
  readonly address: string
  readonly website: string
  readonly note: string
  readonly tags: readonly string[]
  readonly ownerId: string | null
  readonly ownerName: string | null
  readonly ownerExtension: string | null
  readonly ownerDepartmentId: string | null
  readonly ownerDepartment: string | null
  readonly ownerActive: boolean | null
  readonly ownerSince: Date | null
  readonly lockedUntil: string | null
  readonly active: boolean
  readonly mergedInto: string | null
  readonly pinyin: string
  readonly createdAt: Date
  readonly updatedAt: Date
  readonly version: number
  readonly contacts: number
  readonly firstPhone: string | null
  readonly lastSeenAt: Date | null
  /** Served by the viewer, or one of its people was the viewer's visitor or caller. */
  readonly concerns: boolean
}

const columns = `k.id, k.number, k.name, k.short_name as "shortName", k.grade, k.industry, k.address, k.website, k.note,
  k.tags, k.owner_id as "ownerId", o.name as "ownerName", o.extension as "ownerExtension",
  o.department_id as "ownerDepartmentId", d.name as "ownerDepartment", o.active as "ownerActive",
  k.owner_since as "ownerSince", k.owner_locked_until as "lockedUntil", k.active, k.merged_into as "mergedInto",
  k.name_pinyin as pinyin, k.created_at as "createdAt", k.updated_at as "updatedAt", k.version,
  (select count(*)::int from contact c where c.customer_id = k.id and c.merged_into is null and c.active) as contacts,
  (select p.number from customer_phone p where p.customer_id = k.id order by p.position limit 1) as "firstPhone",
  (select max(c.last_seen_at) from contact c where c.customer_id = k.id and c.merged_into is null) as "lastSeenAt",
  ($2::uuid is not null and (exists (select 1 from customer_team t where t.customer_id = k.id and t.employee_id = $2)
    or exists (select 1 from contact c join contact_concern n on n.contact_id = c.id
      where c.customer_id = k.id and n.employee_id = $2))) as concerns`
const source = `customer k left join employee o on o.id = k.owner_id left join department d on d.id = o.department_id`

export function companyById(siteId: string, me: string | null, id: string): RawStatement<CompanyRow> {
  return raw(`select ${columns} from ${source} where k.site_id = $1 and k.id = $3`, [siteId, me, id])
}

/**
 * Only the lock, in the order of the ids, so that two who merge or import the same ones wait instead of dying. The row is
 * read by a statement after it: what a statement that had to wait says of joined tables is older than the row it locked.
 */
export function lockCompanies(siteId: string, ids: readonly string[]): RawStatement<unknown> {
  return raw(`select id from customer where site_id = $1 and id = any($2::uuid[]) order by id for update`, [
    siteId,
    ids,
  ])
}

export function companiesByIds(
  siteId: string,
  me: string | null,
  ids: readonly string[],
): RawStatement<CompanyRow> {
  return raw(`select ${columns} from ${source} where k.site_id = $1 and k.id = any($3::uuid[])`, [
    siteId,
    me,
    ids,
  ])
}

/** The company an id stands for today. */
export function currentCompany(siteId: string, id: string): RawStatement<{ id: string }> {
  return raw(
    `with recursive chain as (
       select id, merged_into from customer where site_id = $1 and id = $2
       union all select n.id, n.merged_into from chain join customer n on n.id = chain.merged_into
     ) select id from chain where merged_into is null`,
    [siteId, id],
  )
}

export interface CompanyFilter {
  readonly siteId: string
  readonly me: string | null
  readonly sought: Sought | null
  readonly grade: Grade | null
  readonly owner: string | null
  readonly tag: string | null
  readonly state: 'active' | 'inactive' | 'all'
}
export type CompanySort = 'name' | 'updated' | 'newest'

/** Sorts after every text that begins with a prefix. */
const last = '\u{10FFFF}'

function conditions(filter: CompanyFilter): Conditions {
  const where = new Conditions('k.site_id = $1 and k.merged_into is null', [filter.siteId, filter.me])
  if (filter.state !== 'all') where.add(filter.state === 'active' ? 'k.active' : 'not k.active')
  where.when(filter.grade, (n) => `k.grade = ${n}`)
  where.when(filter.tag, (n) => `k.tags @> array[${n}::text]`)
  if (filter.owner === 'none') where.add('k.owner_id is null')
  else if (filter.owner === 'left') where.add('not o.active')
  else where.when(filter.owner, (n) => `k.owner_id = ${n}::uuid`)
  if (filter.sought !== null) matching(where, filter.sought)
  return where
}

/**
 * Each branch reads a bounded number of rows off its own index: as fast at a million companies as at a thousand. The hits
 * are an array, so that the list is then read by id.
 */
function matching(where: Conditions, sought: Sought): void {
  const mine = 'site_id = $1 and merged_into is null'
  const upTo = where.value(last)
  const branches: string[] = []
  const add = (text: string) => branches.push(`(${text} limit 500)`)
  const name = where.value(sought.text)
  add(`select id from customer where ${mine} and name >= ${name} and name < ${name} || ${upTo}`)
  if (sought.letters !== null) {
    const letters = where.value(sought.letters)
    for (const column of ['name_pinyin', 'name_initials'])
      add(
        `select id from customer where ${mine} and ${column} >= ${letters} and ${column} < ${letters} || ${upTo}`,
      )
  }
  if (sought.terms.length > 0)
    add(`select id from customer where ${mine} and terms @> ${where.value(sought.terms)}::text[]`)
  if (sought.digits !== null) {
    const digits = where.value(sought.digits)
    add(`select coalesce(p.customer_id, c.customer_id) from customer_phone p left join contact c on c.id = p.contact_id
      where p.site_id = $1 and p.number_reversed >= ${digits} and p.number_reversed < ${digits} || ${upTo}`)
  }
  if (sought.number !== null)
    add(`select id from customer where site_id = $1 and number = ${where.value(sought.number)}::bigint`)
  where.add(`k.id = any(array(${branches.join(' union all ')}))`)
}

const orders: Record<CompanySort, { by: string; cast: string; down: boolean }> = {
  name: { by: 'k.name_pinyin', cast: 'text', down: false },
  updated: { by: 'k.updated_at', cast: 'timestamptz', down: true },
  newest: { by: 'k.number', cast: 'bigint', down: true },
}

export function companyPage(
  filter: CompanyFilter,
  sort: CompanySort,
  after: Place | null,
  limit: number,
): RawStatement<CompanyRow> {
  const where = conditions(filter)
  const { by, cast, down } = orders[sort]
  if (after !== null)
    where.add(
      `(${by}, k.id) ${down ? '<' : '>'} (${where.value(after.at)}::${cast}, ${where.value(after.id)}::uuid)`,
    )
  const direction = down ? 'desc' : 'asc'
  return raw(
    `select ${columns} from ${source} where ${where.text} order by ${by} ${direction}, k.id ${direction}
     limit ${where.value(limit)}`,
    where.values,
  )
}

export function placeOf(row: CompanyRow, sort: CompanySort): Place {
  if (sort === 'name') return { at: row.pinyin, id: row.id }
  return { at: sort === 'newest' ? String(row.number) : row.updatedAt.toISOString(), id: row.id }
}

export function companyCount(filter: CompanyFilter): RawStatement<{ n: number }> {
  const where = conditions(filter)
  // Every value must be used, or PostgreSQL cannot tell its type.
  return raw(
    `select count(*)::int as n from (select 1 from ${source} where ${where.text} and ($2::uuid is null or true)
       limit ${mostCounted + 1}) counted`,
    where.values,
  )
}

export interface StoredCompany {
  readonly id: string
  readonly name: string
  readonly shortName: string
  readonly pinyin: string
  readonly initials: string
  readonly terms: readonly string[]
  readonly key: string
  readonly grade: Grade
  readonly industry: string
  readonly address: string
  readonly website: string
  readonly note: string
  readonly tags: readonly string[]
}

const stored = (one: StoredCompany): unknown[] => [
  one.id,
  one.name,
  one.shortName,
  one.pinyin,
  one.initials,
  one.terms,
  one.key,
  one.grade,
  one.industry,
  one.address,
  one.website,
  one.note,
  one.tags,
]

export function insertCompany(
  siteId: string,
  one: StoredCompany,
  now: Date,
  by: string,
): RawStatement<unknown> {
  return raw(
    `insert into customer (id, name, short_name, name_pinyin, name_initials, terms, name_key, grade, industry, address,
       website, note, tags, site_id, created_at, updated_at, created_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $15, $16)`,
    [...stored(one), siteId, now, by],
  )
}

export function updateCompany(one: StoredCompany, now: Date): RawStatement<unknown> {
  return raw(
    `update customer set name = $2, short_name = $3, name_pinyin = $4, name_initials = $5, terms = $6, name_key = $7,
       grade = $8, industry = $9, address = $10, website = $11, note = $12, tags = $13, updated_at = $14,
       version = version + 1 where id = $1`,
    [...stored(one), now],
  )
}

export function setCompanyActive(id: string, active: boolean, now: Date): RawStatement<unknown> {
  return raw('update customer set active = $2, updated_at = $3, version = version + 1 where id = $1', [
    id,
    active,
    now,
  ])
}

/** Changed by something that is no field of its own: owner, team. */
export function touchCompany(id: string, now: Date): RawStatement<unknown> {
  return raw('update customer set updated_at = $2, version = version + 1 where id = $1', [id, now])
}

export interface MemberRow {
  readonly id: string
  readonly name: string
  readonly extension: string | null
  readonly duty: string
  readonly active: boolean
}

export function teamOf(customerId: string): RawStatement<MemberRow> {
  return raw(
    `select e.id, e.name, e.extension, t.duty, e.active from customer_team t join employee e on e.id = t.employee_id
     where t.customer_id = $1 order by t.position, e.name_pinyin`,
    [customerId],
  )
}

export function tagsInUse(siteId: string, text: string): RawStatement<{ tag: string; used: number }> {
  return raw(
    `select tag, count(*)::int as used from (
       select unnest(tags) as tag from customer where site_id = $1 and tags <> '{}' and merged_into is null
       union all select unnest(tags) from contact where site_id = $1 and tags <> '{}' and merged_into is null) all_tags
     where starts_with(lower(tag), lower($2)) group by tag order by used desc, tag limit 30`,
    [siteId, text],
  )
}
