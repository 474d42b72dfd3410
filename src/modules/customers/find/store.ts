/**
 * The single window's look at companies and their people (C5). Each branch reads a bounded number of rows off its own
 * index, and the few hundred people seen last are looked through besides: of the eighty thousand 张 those who were here
 * this week come first, at the cost of reading them.
 */
import { type RawStatement, raw } from '../../../kernel/db/sql.ts'
import { backwards, endOf, wordOf } from '../../../kernel/find/range.ts'
import type { Wanted } from '../../../kernel/find/wanted.ts'

export interface FoundContact {
  readonly id: string
  readonly name: string
  readonly title: string
  readonly vip: boolean
  readonly grade: 'normal' | 'key' | 'vip'
  readonly active: boolean
  readonly company: string
  /** In full: masked before it is shown. */
  readonly number: string | null
  readonly seenAt: Date | null
  readonly score: number
}

export interface FoundCompany {
  readonly id: string
  readonly name: string
  readonly shortName: string
  readonly grade: 'normal' | 'key' | 'vip'
  readonly active: boolean
  readonly ownerName: string | null
  readonly ownerExtension: string | null
  readonly number: string | null
  readonly score: number
}

/** How a text is looked for among names: the branch texts below are constant per way. */
type Way = 'letters' | 'mixed' | 'han' | 'digits'

function wayOf(wanted: Wanted): Way | null {
  if (wanted.digits !== null) return 'digits'
  if (wanted.letters !== null) return 'letters'
  if (wanted.mixed !== null) return 'mixed'
  return wanted.grams.length > 0 ? 'han' : null
}

/** $1 site, $2 to $7 by way, $8 how many. */
function valuesOf(siteId: string, way: Way, wanted: Wanted, limit: number): unknown[] {
  const ranges = (a: string, b: string, text: string, exact: readonly string[]) => [
    ...[siteId, a, endOf(a), b, endOf(b), text, exact, limit],
  ]
  switch (way) {
    case 'digits': {
      const digits = wanted.digits ?? ''
      const tail = backwards(digits)
      return ranges(tail, tail, '', [digits, `+${digits}`, `+86${digits}`])
    }
    case 'letters':
      return ranges(wanted.letters ?? '', wordOf(wanted.letters ?? ''), '', [])
    case 'mixed': {
      const runs = wanted.text.match(/\p{Script=Han}+/gu) ?? []
      return ranges(wanted.mixed?.pinyin ?? '', wanted.mixed?.initials ?? '', `%${runs.join('%')}%`, [])
    }
    case 'han':
      return ranges(wanted.text, wordOf(wanted.text), wanted.text, [])
  }
}

const beginning = (column: string, low: string, high: string) => `${column} >= ${low} and ${column} < ${high}`
const branch = (select: string, table: string, range: string, column: string, most: number) =>
  `(select ${select} from ${table} where site_id = $1 and ${range} order by ${column} limit ${most})`
/** `active` alone would not say which index to walk. */
const standing = 'merged_into is null and'

function names(table: 'contact' | 'customer', column: string, low: 2 | 4, score: string, most = 60): string {
  const range = `${standing} ${beginning(column, `$${low}`, `$${low + 1}`)}`
  return branch(`id, ${score}`, table, range, column, most)
}

const words = (entity: string) =>
  `(select subject_id, 0.5 from find_word where site_id = $1 and entity = '${entity}' and word >= $4 and word < $5
    order by word limit 40)`

/** 王wei: of those whose letters fit, the ones that have the characters. */
const mixedNames = (table: 'contact' | 'customer', column: string, low: 2 | 4) =>
  `(select id, 0.8 from (
      ${branch('id, name', table, `${standing} ${beginning(column, `$${low}`, `$${low + 1}`)}`, column, 400)}
    ) near where near.name like $6 limit 60)`

/** What a row must be to fit, for rows reached another way than through an index of names. */
const fits: Readonly<Record<Way, string>> = {
  letters: `(starts_with(c.name_pinyin, $2) or starts_with(c.name_initials, $2)
    or position(' ' || $4 in ' ' || array_to_string(c.terms, ' ')) > 0)`,
  mixed: `((starts_with(c.name_pinyin, $2) or starts_with(c.name_initials, $4)) and c.name like $6)`,
  han: `(position($4 in lower(c.name)) > 0 or position($4 in lower(c.organisation)) > 0)`,
  digits: `exists (select 1 from customer_phone p
    where p.contact_id = c.id and p.number_reversed >= $2 and p.number_reversed < $3)`,
}
const fitScore: Readonly<Record<Way, string>> = {
  letters: `case when c.name_pinyin = $2 then 1 when c.name_initials = $2 then 0.9
    when starts_with(c.name_pinyin, $2) then 0.8 when starts_with(c.name_initials, $2) then 0.7 else 0.5 end`,
  mixed: '0.8',
  han: `case when c.name = $6 then 1 when starts_with(c.name, $6) then 0.8
    when position($4 in lower(c.name)) > 0 then 0.5 else 0.4 end`,
  digits: '0.8',
}

const seen = 'coalesce(c.last_seen_at, c.created_at)'
/** The desk's own memory: whoever was here lately is meant more often than anybody else. */
const lately = (way: Way) =>
  `(select c.id, ${fitScore[way]} from (
      select id, name, name_pinyin, name_initials, terms, organisation from contact c
      where site_id = $1 and merged_into is null order by ${seen} desc, id desc limit 300
    ) c where ${fits[way]} limit 60)`

const companyNames = `(select id from (
    ${names('customer', 'name', 2, '0', 6)} union all ${names('customer', 'short_name', 2, '0', 6).replace(
      standing,
      `short_name <> '' and ${standing}`,
    )}
    union all (select subject_id, 0 from find_word where site_id = $1 and entity = 'customer' and word >= $4
      and word < $5 order by word limit 6)
  ) company (id, score) limit 6)`

const contactBranches: Readonly<Record<Way, string>> = {
  letters: [
    names('contact', 'name_pinyin', 2, 'case when name_pinyin = $2 then 1 else 0.8 end'),
    names('contact', 'name_initials', 2, 'case when name_initials = $2 then 0.9 else 0.7 end'),
    words('contact'),
    lately('letters'),
  ].join(' union all '),
  mixed: [
    mixedNames('contact', 'name_pinyin', 2),
    mixedNames('contact', 'name_initials', 4),
    lately('mixed'),
  ].join(' union all '),
  han: [
    names('contact', 'name', 2, 'case when name = $2 then 1 else 0.8 end'),
    words('contact'),
    lately('han'),
    // By whom they come from: the organisation as told, and the people of the companies found.
    names('contact', 'organisation collate "C"', 2, '0.45', 40).replace(
      standing,
      `organisation <> '' and ${standing}`,
    ),
    `(select c.id, 0.4 from (
        select o.name from find_word w join contact_organisation o on o.id = w.subject_id
        where w.site_id = $1 and w.entity = 'organisation' and w.word >= $4 and w.word < $5 order by w.word limit 8
      ) o cross join lateral (
        select id from contact where site_id = $1 and organisation <> '' and merged_into is null
          and organisation collate "C" = o.name limit 8
      ) c)`,
    `(select c.id, 0.4 from ${companyNames} k cross join lateral (
        select id from contact where customer_id = k.id and merged_into is null limit 8) c)`,
  ].join(' union all '),
  digits: `(select contact_id, case when number = any($7) then 1 else 0.8 end from customer_phone
    where site_id = $1 and number_reversed >= $2 and number_reversed < $3 and contact_id is not null
    order by number_reversed limit 80)`,
}

/** Every parameter has a type though not every way uses it; without rows this costs nothing. */
const parameters = `parameters as (select $1::uuid, $2::text, $3::text, $4::text, $5::text, $6::text, $7::text[], $8::int)`

/** The number shown is the one that was meant, else the first. */
const numberOf = (owner: 'contact_id' | 'customer_id', of: string) =>
  `(select p.number from customer_phone p where p.${owner} = ${of}.id
    order by (p.number_reversed >= $2 and p.number_reversed < $3) desc, p.position, p.id limit 1)`

const contactColumns = `c.id, c.name, c.title, c.vip, c.active, coalesce(k.name, c.organisation) as company,
  coalesce(k.grade, 'normal') as grade, ${numberOf('contact_id', 'c')} as number, c."seenAt", c.score`

const contacts = (hits: string) => `with ${parameters}, hit (id, score) as (${hits}),
  best as (select id, max(score) as score from hit group by id),
  top as (
    select c.id, c.name, c.title, c.vip, c.active, c.customer_id, c.organisation, c.last_seen_at as "seenAt",
      best.score * case when c.active then 1 else 0.6 end as score
    from best join contact c on c.id = best.id
    where c.site_id = $1 and c.merged_into is null
    order by 9 desc, 8 desc nulls last, c.id limit $8
  )
  select ${contactColumns} from top c left join customer k on k.id = c.customer_id
  order by c.score desc, c."seenAt" desc nulls last, c.id`

const contactTexts = Object.fromEntries(
  Object.entries(contactBranches).map(([way, hits]) => [way, contacts(hits)]),
) as Readonly<Record<Way, string>>

/** People of the whole site. @returns null when the text names nobody */
export function foundContacts(
  siteId: string,
  wanted: Wanted,
  limit: number,
): RawStatement<FoundContact> | null {
  const way = wayOf(wanted)
  return way === null ? null : raw(contactTexts[way], valuesOf(siteId, way, wanted, limit))
}

/** $9: whose own they are: visitors and callers they had, people of companies they own or serve. */
const isOwn = `(exists (select 1 from contact_concern o where o.contact_id = c.id and o.employee_id = $9)
  or exists (select 1 from customer k where k.id = c.customer_id and k.owner_id = $9)
  or exists (select 1 from customer_team o where o.customer_id = c.customer_id and o.employee_id = $9))`
/** Those of the house that fit and are theirs; besides, whoever they had to do with lately is looked through. */
const own = (way: Way) =>
  contacts(`(select c.id, found.score from (${contactBranches[way]}) found (id, score)
      join contact c on c.id = found.id where ${isOwn})
    union all
    (select c.id, ${fitScore[way]} from (
        (select contact_id as id from contact_concern where employee_id = $9 order by at desc limit 300)
        union (select c.id from customer k join contact c on c.customer_id = k.id where k.owner_id = $9 limit 300)
        union (select c.id from customer_team t join contact c on c.customer_id = t.customer_id
          where t.employee_id = $9 limit 300)
      ) mine join contact c on c.id = mine.id where ${fits[way]})`)

const ownTexts = { letters: own('letters'), mixed: own('mixed'), han: own('han'), digits: own('digits') }

export function foundOwnContacts(
  siteId: string,
  employeeId: string,
  wanted: Wanted,
  limit: number,
): RawStatement<FoundContact> | null {
  const way = wayOf(wanted)
  return way === null ? null : raw(ownTexts[way], [...valuesOf(siteId, way, wanted, limit), employeeId])
}

const companyBranches: Readonly<Record<Way, string>> = {
  letters: [
    names('customer', 'name_pinyin', 2, 'case when name_pinyin = $2 then 1 else 0.8 end'),
    names('customer', 'name_initials', 2, 'case when name_initials = $2 then 0.9 else 0.7 end'),
    words('customer'),
  ].join(' union all '),
  mixed: [mixedNames('customer', 'name_pinyin', 2), mixedNames('customer', 'name_initials', 4)].join(
    ' union all ',
  ),
  han: [
    names('customer', 'name', 2, 'case when name = $2 then 1 else 0.8 end'),
    names('customer', 'short_name', 2, 'case when short_name = $2 then 1 else 0.8 end').replace(
      standing,
      `short_name <> '' and ${standing}`,
    ),
    words('customer'),
  ].join(' union all '),
  digits: `(select customer_id, case when number = any($7) then 1 else 0.8 end from customer_phone
    where site_id = $1 and number_reversed >= $2 and number_reversed < $3 and customer_id is not null
    order by number_reversed limit 80)`,
}

const companies = (hits: string) => `with ${parameters}, hit (id, score) as (${hits}),
  best as (select id, max(score) as score from hit group by id),
  top as (
    select k.id, k.name, k.short_name, k.grade, k.active, k.owner_id,
      best.score * case when k.active then 1 else 0.6 end as score
    from best join customer k on k.id = best.id
    where k.site_id = $1 and k.merged_into is null
    -- Of those that fit alike, the ones the house cares for.
    order by 7 desc, case k.grade when 'vip' then 0 when 'key' then 1 else 2 end, k.owner_id is null, k.name, k.id limit $8
  )
  select k.id, k.name, k.short_name as "shortName", k.grade, k.active, o.name as "ownerName",
    o.extension as "ownerExtension", ${numberOf('customer_id', 'k')} as number, k.score
  from top k left join employee o on o.id = k.owner_id`

const companyTexts = Object.fromEntries(
  Object.entries(companyBranches).map(([way, hits]) => [way, companies(hits)]),
) as Readonly<Record<Way, string>>

export function foundCompanies(
  siteId: string,
  wanted: Wanted,
  limit: number,
): RawStatement<FoundCompany> | null {
  const way = wayOf(wanted)
  return way === null ? null : raw(companyTexts[way], valuesOf(siteId, way, wanted, limit))
}

const byNumber = companies('select id, 1 from customer where site_id = $1 and number = $9')

export function companyNumbered(
  siteId: string,
  number: number,
  wanted: Wanted,
  limit: number,
): RawStatement<FoundCompany> {
  return raw(byNumber, [...valuesOf(siteId, 'han', wanted, limit), number])
}
