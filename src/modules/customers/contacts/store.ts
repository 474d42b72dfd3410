/** Statements of contacts. `$1` is the site, `$2` the viewer's employee id in every select. */
import { type RawStatement, raw } from '../../../kernel/db/sql.ts'
import { Conditions, mostCounted, type Place, type Sought } from '../lists/paging.ts'
import type { Grade } from '../rules.ts'

export interface ContactRow {
  readonly id: string
  readonly customerId: string | null
  readonly customerName: string | null
  readonly grade: Grade | null
  readonly ownerId: string | null
  readonly name: string
  readonly pinyin: string
  readonly organisation: string
  readonly sex: 'female' | 'male' | null
  readonly title: string
  readonly email: string | null
  readonly language: string
  readonly dialect: string
  readonly vip: boolean
  readonly note: string
  readonly tags: readonly string[]
  readonly origin: 'manual' | 'import' | 'visit' | 'call'
  readonly lastSeenAt: Date | null
  readonly active: boolean
  readonly mergedInto: string | null
  readonly createdAt: Date
  readonly version: number
  readonly firstPhone: string | null
  /** Visitor or caller of the viewer, or its company is served by them. */
  readonly concerns: boolean
}

const columns = `c.id, c.customer_id as "customerId", k.name as "customerName", k.grade, k.owner_id as "ownerId", c.name,
  c.name_pinyin as pinyin, c.organisation, c.sex, c.title, c.email, c.language, c.dialect, c.vip, c.note, c.tags,
  c.origin, c.last_seen_at as "lastSeenAt", c.active, c.merged_into as "mergedInto", c.created_at as "createdAt",
  c.version,
  (select p.number from customer_phone p where p.contact_id = c.id order by p.position limit 1) as "firstPhone",
  ($2::uuid is not null and (exists (select 1 from contact_concern n where n.contact_id = c.id and n.employee_id = $2)
    or exists (select 1 from customer_team t where t.customer_id = c.customer_id and t.employee_id = $2))) as concerns`
const source = `contact c left join customer k on k.id = c.customer_id`

export function contactById(siteId: string, me: string | null, id: string): RawStatement<ContactRow> {
  return raw(`select ${columns} from ${source} where c.site_id = $1 and c.id = $3`, [siteId, me, id])
}

/** Only the lock, as of companies. */
export function lockContacts(siteId: string, ids: readonly string[]): RawStatement<unknown> {
  return raw(`select id from contact where site_id = $1 and id = any($2::uuid[]) order by id for update`, [
    siteId,
    ids,
  ])
}

export function contactsByIds(
  siteId: string,
  me: string | null,
  ids: readonly string[],
): RawStatement<ContactRow> {
  return raw(`select ${columns} from ${source} where c.site_id = $1 and c.id = any($3::uuid[])`, [
    siteId,
    me,
    ids,
  ])
}

/** The people of a company; those who left it last. */
export function peopleOf(siteId: string, me: string | null, customerId: string): RawStatement<ContactRow> {
  return raw(
    `select ${columns} from ${source} where c.site_id = $1 and c.customer_id = $3 and c.merged_into is null
     order by c.active desc, c.vip desc, c.last_seen_at desc nulls last, c.name_pinyin, c.id limit 200`,
    [siteId, me, customerId],
  )
}

export interface ContactFilter {
  readonly siteId: string
  readonly me: string | null
  readonly sought: Sought | null
  readonly customerId: string | null
  readonly grade: Grade | null
  readonly owner: string | null
  readonly tag: string | null
  readonly vip: boolean | null
  readonly state: 'active' | 'inactive' | 'all'
}
export type ContactSort = 'name' | 'seen'

const last = '\u{10FFFF}'

function conditions(filter: ContactFilter): Conditions {
  const where = new Conditions('c.site_id = $1 and c.merged_into is null', [filter.siteId, filter.me])
  if (filter.state !== 'all') where.add(filter.state === 'active' ? 'c.active' : 'not c.active')
  where.when(filter.customerId, (n) => `c.customer_id = ${n}::uuid`)
  where.when(filter.grade, (n) => `k.grade = ${n}`)
  where.when(filter.tag, (n) => `c.tags @> array[${n}::text]`)
  where.when(filter.vip, (n) => `c.vip = ${n}::boolean`)
  if (filter.owner === 'none') where.add('k.owner_id is null')
  else if (filter.owner === 'left')
    where.add('exists (select 1 from employee e where e.id = k.owner_id and not e.active)')
  else where.when(filter.owner, (n) => `k.owner_id = ${n}::uuid`)
  if (filter.sought !== null) matching(where, filter.sought)
  return where
}

/** Each branch reads a bounded number of rows off its own index, as in the list of companies. */
function matching(where: Conditions, sought: Sought): void {
  const mine = 'site_id = $1 and merged_into is null'
  const upTo = where.value(last)
  const branches: string[] = []
  const add = (text: string) => branches.push(`(${text} limit 500)`)
  const name = where.value(sought.text)
  add(`select id from contact where ${mine} and name >= ${name} and name < ${name} || ${upTo}`)
  if (sought.letters !== null) {
    const letters = where.value(sought.letters)
    for (const column of ['name_pinyin', 'name_initials'])
      add(
        `select id from contact where ${mine} and ${column} >= ${letters} and ${column} < ${letters} || ${upTo}`,
      )
  }
  if (sought.terms.length > 0) {
    const terms = where.value(sought.terms)
    add(`select id from contact where ${mine} and terms @> ${terms}::text[]`)
    // By the name of their company.
    add(`select c2.id from contact c2 where c2.customer_id = any(array(
      select id from customer where ${mine} and terms @> ${terms}::text[] limit 100)) and c2.merged_into is null`)
  }
  if (sought.digits !== null) {
    const digits = where.value(sought.digits)
    add(`select contact_id from customer_phone where site_id = $1 and contact_id is not null
      and number_reversed >= ${digits} and number_reversed < ${digits} || ${upTo}`)
  }
  where.add(`c.id = any(array(${branches.join(' union all ')}))`)
}

export function contactPage(
  filter: ContactFilter,
  sort: ContactSort,
  after: Place | null,
  limit: number,
): RawStatement<ContactRow> {
  const where = conditions(filter)
  const [by, cast, down] =
    sort === 'name'
      ? ['c.name_pinyin', 'text', false]
      : ['coalesce(c.last_seen_at, c.created_at)', 'timestamptz', true]
  if (after !== null)
    where.add(
      `(${by}, c.id) ${down ? '<' : '>'} (${where.value(after.at)}::${cast}, ${where.value(after.id)}::uuid)`,
    )
  const direction = down ? 'desc' : 'asc'
  return raw(
    `select ${columns} from ${source} where ${where.text} order by ${by} ${direction}, c.id ${direction}
     limit ${where.value(limit)}`,
    where.values,
  )
}

export function placeOf(row: ContactRow, sort: ContactSort): Place {
  return { at: sort === 'name' ? row.pinyin : (row.lastSeenAt ?? row.createdAt).toISOString(), id: row.id }
}

export function contactCount(filter: ContactFilter): RawStatement<{ n: number }> {
  const where = conditions(filter)
  return raw(
    `select count(*)::int as n from (select 1 from ${source} where ${where.text} and ($2::uuid is null or true)
       limit ${mostCounted + 1}) counted`,
    where.values,
  )
}

export interface StoredContact {
  readonly id: string
  readonly customerId: string | null
  readonly name: string
  readonly pinyin: string
  readonly initials: string
  readonly terms: readonly string[]
  readonly organisation: string
  readonly sex: 'female' | 'male' | null
  readonly title: string
  readonly email: string | null
  readonly language: string
  readonly dialect: string
  readonly vip: boolean
  readonly note: string
  readonly tags: readonly string[]
}

const stored = (one: StoredContact): unknown[] => [
  one.id,
  one.customerId,
  one.name,
  one.pinyin,
  one.initials,
  one.terms,
  one.organisation,
  one.sex,
  one.title,
  one.email,
  one.language,
  one.dialect,
  one.vip,
  one.note,
  one.tags,
]

export function insertContact(
  siteId: string,
  one: StoredContact,
  origin: 'manual' | 'import',
  now: Date,
  by: string,
): RawStatement<unknown> {
  return raw(
    `insert into contact (id, customer_id, name, name_pinyin, name_initials, terms, organisation, sex, title, email,
       language, dialect, vip, note, tags, site_id, origin, created_at, updated_at, created_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $18, $19)`,
    [...stored(one), siteId, origin, now, by],
  )
}

export function updateContact(one: StoredContact, now: Date): RawStatement<unknown> {
  return raw(
    `update contact set customer_id = $2, name = $3, name_pinyin = $4, name_initials = $5, terms = $6, organisation = $7,
       sex = $8, title = $9, email = $10, language = $11, dialect = $12, vip = $13, note = $14, tags = $15,
       updated_at = $16, version = version + 1 where id = $1`,
    [...stored(one), now],
  )
}

export function setContactActive(id: string, active: boolean, now: Date): RawStatement<unknown> {
  return raw('update contact set active = $2, updated_at = $3, version = version + 1 where id = $1', [
    id,
    active,
    now,
  ])
}
