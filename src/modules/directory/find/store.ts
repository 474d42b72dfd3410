/** The single window's look at colleagues (C5, C11): a house has few enough of them to keep every beginning as a term. */
import { type RawStatement, raw } from '../../../kernel/db/sql.ts'
import { endOf } from '../../../kernel/find/range.ts'

export interface FoundEmployee {
  readonly id: string
  readonly name: string
  readonly department: string | null
  readonly title: string | null
  readonly extension: string | null
  readonly mobile: string | null
  readonly dialects: readonly string[]
  readonly active: boolean
  readonly score: number
}

const most = 100
const range = (column: string, from: number) => `${column} >= $${from} and ${column} < $${from + 1}`
/** E1: people of another company in the house are left out before anything is cut. */
const shown = '(department_id = any($12::uuid[])) is not true'
const branch = (score: string, condition: string, order: string) =>
  `(select id, ${score} from employee where site_id = $1 and ${condition} and ${shown} order by ${order} limit ${most})`

/** $2 name, $4 letters, each with its end; $6 terms; $7 digits with their end, $9 dialect. Absent ones are null. */
const text = `
  with hit (id, score) as (
    ${branch('case when name = $2 then 1 else 0.8 end', range('name', 2), 'name')}
    union all ${branch('case when name_pinyin = $4 then 1 else 0.8 end', range('name_pinyin', 4), 'name_pinyin')}
    union all ${branch('case when name_initials = $4 then 0.9 else 0.7 end', range('name_initials', 4), 'name_initials')}
    union all ${branch('case when extension = $7 then 1 else 0.7 end', `extension is not null and ${range('extension', 7)}`, 'extension')}
    union all (select id, 0.5 from employee
      where site_id = $1 and cardinality($6::text[]) > 0 and terms @> $6 and ($10 or position($2 in name) > 0) and ${shown} limit ${most})
    union all (select id, 0.6 from employee where site_id = $1 and dialects @> array[$9::text] and ${shown} limit ${most})
  ), best as (select id, max(score) as score from hit group by id)
  select e.id, e.name, d.name as department, e.title, e.extension, e.mobile, e.dialects, e.active,
    best.score * case when e.active then 1 else 0.5 end as score
  from best join employee e on e.id = best.id left join department d on d.id = e.department_id
  order by 9 desc, e.name_pinyin, e.id limit $11`

export interface EmployeeSought {
  readonly name: string | null
  readonly letters: string | null
  /** All of them, exactly. */
  readonly terms: readonly string[]
  readonly digits: string | null
  readonly dialect: string | null
}

export function foundEmployees(
  siteId: string,
  sought: EmployeeSought,
  limit: number,
  hidden: readonly string[],
): RawStatement<FoundEmployee> {
  const both = (low: string | null) => [low, low === null ? null : endOf(low)]
  return raw(text, [
    siteId,
    ...both(sought.name),
    ...both(sought.letters),
    sought.terms,
    ...both(sought.digits),
    sought.dialect,
    sought.name === null,
    limit,
    hidden,
  ])
}
