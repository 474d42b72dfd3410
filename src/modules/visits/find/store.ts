/** The single window's look at visits (C5): numbers, plates, passes, documents, groups, and people not yet contacts. */
import { type RawStatement, raw } from '../../../kernel/db/sql.ts'
import { backwards, endOf, wordOf } from '../../../kernel/find/range.ts'
import type { Wanted } from '../../../kernel/find/wanted.ts'

export interface FoundVisit {
  readonly id: string
  readonly number: number
  readonly name: string
  readonly organisation: string
  readonly plate: string
  readonly pass: string | null
  readonly at: Date
  readonly status: string
}

const columns = `v.id, v.number, v.visitor_name as name, v.organisation, v.plate, v.pass_number as pass, v.sort_at as at, v.status`

export function visitNumbered(siteId: string, number: number): RawStatement<FoundVisit> {
  return raw(`select ${columns} from visit v where v.number = $1 and v.site_id = $2`, [number, siteId])
}

/** Who has the pass in hand. */
export function visitWithPass(siteId: string, pass: string): RawStatement<FoundVisit> {
  return raw(
    `select ${columns} from pass p join visit v on v.id = p.visit_id
     where p.site_id = $1 and p.number = $2 and p.status in ('issued', 'missing')`,
    [siteId, pass],
  )
}

const tail = `(reverse(translate(v.plate, ' ·.-', ''))) collate "C"`
/** Jumps from plate to plate, so that a van that comes every day does not hide the others. */
const plates = (from: string, key: string, rest: string) => `
  with recursive hit as (
    (select ${columns}, ${key} as key ${from} and ${key} >= $2 and ${key} < $3 order by ${key}, v.sort_at desc limit 1)
    union all
    select n.* from hit cross join lateral (
      select ${columns}, ${key} as key ${from} and ${key} > hit.key and ${key} < $3 order by ${key}, v.sort_at desc limit 1
    ) n
  ) select id, number, name, organisation, plate, pass, at, status from hit ${rest}`
const onPlates = `from visit v where v.site_id = $1 and v.plate <> ''`
const byTail = plates(onPlates, tail, 'limit $4')
/** The beginning as it is typed; \`visit_plate\` holds plates as they were written, with or without their point. */
const byHead = plates(onPlates, 'v.plate', 'limit $4')

/** The newest visit of each plate that ends in this. */
export function visitsByPlateTail(siteId: string, plate: string, limit: number): RawStatement<FoundVisit> {
  const end = backwards(plate)
  return raw(byTail, [siteId, end, endOf(end), limit])
}

/** A visit of each plate that begins like this. */
export function visitsByPlateHead(siteId: string, plate: string, limit: number): RawStatement<FoundVisit> {
  return raw(byHead, [siteId, plate, endOf(plate), limit])
}

/** By the blind index of every kind of document the number may be of; the visitor's last visit. */
export function visitsByDocument(siteId: string, indexes: readonly string[]): RawStatement<FoundVisit> {
  return raw(
    `select ${columns} from visitor p join visit v on v.id = p.last_visit_id
     where p.document_index = any($2) and p.site_id = $1 limit 10`,
    [siteId, indexes],
  )
}

export interface FoundGroup {
  readonly id: string
  readonly title: string
  readonly size: number
  readonly hostName: string
  readonly at: Date
  /** Opens the group by one of its visits. */
  readonly visitId: string | null
  readonly whole: boolean
}

export function groupsTitled(siteId: string, wanted: Wanted, limit: number): RawStatement<FoundGroup> {
  const word = wordOf(wanted.text)
  return raw(
    `select g.id, g.title, g.size, g.host_name as "hostName", g.expected_at as at, v.id as "visitId",
       starts_with(lower(g.title), $2) as whole
     from (select distinct subject_id from (
         select subject_id from find_word where site_id = $1 and entity = 'visit-group' and word >= $2 and word < $3
         order by word limit 60
       ) near) hit join visit_group g on g.id = hit.subject_id
       left join lateral (select id from visit where group_id = g.id order by sort_at desc limit 1) v on true
     order by g.expected_at desc limit $4`,
    [siteId, word, endOf(word), limit],
  )
}

export interface FoundVisitor {
  readonly id: string
  readonly name: string
  readonly organisation: string
  /** In full: masked before it is shown. */
  readonly phone: string
  readonly at: Date
  readonly visitId: string | null
  readonly score: number
}

/** $2 name, $3 initials, $4 pinyin, $5 phone backwards, $6 fragments, each with its end behind it; absent ones null. */
const near = (column: string, value: number, score: string) =>
  `(select id, ${score} from (
      select id, contact_id from visitor where site_id = $1 and ${column} >= $${value} and ${column} < $${value + 1}
      order by ${column} limit 60
    ) near where contact_id is null)`
const unlinked = `
  with hit (id, score) as (
    ${near('name', 2, '0.8')}
    union all ${near('name_initials', 4, '0.7')}
    union all ${near('name_pinyin', 6, '0.8')}
    union all (select id, 0.8 from (
        select id, contact_id from visitor where site_id = $1 and phone <> '' and phone_reversed >= $8 and phone_reversed < $9
        order by phone_reversed limit 60
      ) near where contact_id is null)
    union all (select id, 0.5 from (
        select id, name, name_pinyin, organisation from visitor where site_id = $1 and contact_id is null
        order by created_at desc limit 300
      ) p where position($2 in p.name) > 0 or position($2 in p.organisation) > 0)
  ), best as (select id, max(score) as score from hit group by id)
  select p.id, p.name, p.organisation, p.phone, p.last_visit_at as at, p.last_visit_id as "visitId",
    case when p.name = $2 or p.name_pinyin = $6 then 1 else best.score end as score
  from best join visitor p on p.id = best.id order by score desc, p.last_visit_at desc limit $10`

/** Visitors of whom no contact has been made yet; they come within seconds, see the followers of \`customers\`. */
export function visitorsUnlinked(siteId: string, wanted: Wanted, limit: number): RawStatement<FoundVisitor> {
  const text = wanted.digits === null ? wanted.text : null
  const letters = wanted.letters ?? wanted.mixed?.initials ?? null
  const pinyin = wanted.letters ?? wanted.mixed?.pinyin ?? null
  const phone = wanted.digits === null ? null : backwards(wanted.digits)
  const ranges = [text, letters, pinyin, phone].flatMap((low) => [low, low === null ? null : endOf(low)])
  return raw(unlinked, [siteId, ...ranges, limit])
}

/** A host's own visits of late, for those who may not read the register. */
export function visitsOfPerson(
  siteId: string,
  personId: string,
  wanted: Wanted,
  limit: number,
): RawStatement<FoundVisit> {
  return raw(
    `select ${columns} from (
       (select * from visit where host_id = $2 order by sort_at desc limit 300)
       union (select * from visit where receiver_id = $2 order by sort_at desc limit 100)
     ) v join visitor p on p.id = v.visitor_id
     where v.site_id = $1 and (
       ($3 <> '' and (position($3 in lower(v.visitor_name)) > 0 or position($3 in lower(v.organisation)) > 0))
       or starts_with(p.name_pinyin, $4) or starts_with(p.name_initials, $4)
       or v.number = $5 or (v.plate <> '' and translate(v.plate, ' ·.-', '') like '%' || $6))
     order by v.sort_at desc limit $7`,
    [
      siteId,
      personId,
      wanted.digits === null ? wanted.text.toLowerCase() : '',
      wanted.letters,
      wanted.recordNumber,
      wanted.plate,
      limit,
    ],
  )
}
