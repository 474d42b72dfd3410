/** Statements behind public.ts for those who count and check staff: gate, evacuation (V18, V20). */
import { type RawStatement, raw } from '../../../kernel/db/sql.ts'
import { endOf } from '../../../kernel/find/range.ts'
import { lettersOf, tidy } from '../../../kernel/find/spelling.ts'

export interface StaffMember {
  readonly id: string
  readonly name: string
  /** Staff number; empty where the house gives none. */
  readonly number: string
  readonly title: string
  readonly departmentId: string | null
  readonly departmentName: string
  readonly floor: string
  /** Who leads the department, when active. */
  readonly headId: string | null
  readonly deputyId: string | null
}

const columns = `e.id, e.name, coalesce(e.number, '') as number, coalesce(e.title, '') as title, e.department_id as "departmentId",
  coalesce(d.name, '') as "departmentName", coalesce(e.floor, '') as floor, h.id as "headId", dd.id as "deputyId"`
const source = `employee e left join department d on d.id = e.department_id
  left join employee h on h.id = d.head_id and h.active left join employee dd on dd.id = d.deputy_id and dd.active`

export function staffMembers(siteId: string, ids: readonly string[]): RawStatement<StaffMember> {
  return raw(
    `select ${columns} from ${source} where e.site_id = $1 and e.id = any($2::uuid[]) and e.active order by e.name_pinyin, e.id`,
    [siteId, ids],
  )
}

export function allStaff(siteId: string): RawStatement<StaffMember> {
  return raw(
    `select ${columns} from ${source} where e.site_id = $1 and e.active order by e.name_pinyin, e.id`,
    [siteId],
  )
}

export function staffNumbered(siteId: string, numbers: readonly string[]): RawStatement<StaffMember> {
  return raw(
    `select ${columns} from ${source} where e.site_id = $1 and e.number = any($2::text[]) and e.active`,
    [siteId, numbers],
  )
}

/** As the guard types: name, pinyin, initials, staff number, extension; at most eight, the exact number first. */
export function staffFound(siteId: string, typed: string): RawStatement<StaffMember> {
  const text = tidy(typed)
  const letters = lettersOf(text)
  const spelt = letters === '' ? null : letters
  return raw(
    `with hit as (
       (select id, 0 as rank from employee where site_id = $1 and active and number = $2 limit 8)
       union all (select id, 1 from employee where site_id = $1 and active and name >= $2 and name < $3 limit 20)
       union all (select id, 1 from employee where site_id = $1 and active and name_initials >= $4 and name_initials < $5 limit 20)
       union all (select id, 2 from employee where site_id = $1 and active and name_pinyin >= $4 and name_pinyin < $5 limit 20)
       union all (select id, 2 from employee where site_id = $1 and active and number >= $2 and number < $3 limit 20)
       union all (select id, 1 from employee where site_id = $1 and active and extension = $2 limit 8)
     ), best as (select id, min(rank) as rank from hit group by id)
     select ${columns} from best join ${source.replace('employee e', 'employee e on e.id = best.id')}
     order by best.rank, e.name_pinyin, e.id limit 8`,
    [siteId, text, endOf(text), spelt, spelt === null ? null : endOf(spelt)],
  )
}
