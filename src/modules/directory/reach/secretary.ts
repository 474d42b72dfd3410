/** Who has a secretary, and whose secretary somebody is (V7). */
import { type RawStatement, raw } from '../../../kernel/db/sql.ts'

export interface Attended {
  readonly id: string
  readonly name: string
  readonly number: string | null
  readonly language: 'zh' | 'en'
  readonly extension: string | null
  readonly departmentName: string | null
  readonly secretaryId: string | null
  readonly secretaryName: string | null
}

const columns = `e.id, e.name, e.number, e.language, e.extension, d.name as "departmentName",
  s.id as "secretaryId", s.name as "secretaryName"`
const source = `employee e left join department d on d.id = e.department_id
  left join employee s on s.id = e.secretary_id and s.active`

/** These people with their secretaries; inactive secretaries are left out. */
export function attendedBy(siteId: string, ids: readonly string[]): RawStatement<Attended> {
  return raw(
    `select ${columns} from ${source} where e.site_id = $1 and e.active and e.id = any($2::uuid[])`,
    [siteId, ids],
  )
}

/** Everybody with a secretary in the directory, and those with one of these staff numbers. */
export function withSecretary(siteId: string, numbers: readonly string[]): RawStatement<Attended> {
  return raw(
    `select ${columns} from ${source}
     where e.site_id = $1 and e.active and (s.id is not null or e.number = any($2::text[])) order by e.name, e.id limit 200`,
    [siteId, numbers],
  )
}
