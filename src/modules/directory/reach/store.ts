/** Statements behind public.ts: how an employee is reached, and who stands in. */
import { type RawStatement, raw } from '../../../kernel/db/sql.ts'
import type { ConsentFacts } from '../rules.ts'

export interface EmployeeCard {
  readonly id: string
  readonly name: string
  readonly departmentId: string | null
  readonly departmentName: string | null
  readonly title: string | null
  readonly extension: string | null
  /** E.164 */
  readonly mobile: string | null
  readonly email: string | null
  readonly floor: string | null
  readonly room: string | null
  readonly lineWorker: boolean
  readonly language: 'zh' | 'en'
  readonly active: boolean
}

const card = `e.id, e.name, e.department_id as "departmentId", d.name as "departmentName", e.title, e.extension, e.mobile,
  e.email, e.floor, e.room, e.line_worker as "lineWorker", e.language, e.active`
const source = 'employee e left join department d on d.id = e.department_id'

export function employeeCard(siteId: string, id: string): RawStatement<EmployeeCard> {
  return raw(`select ${card} from ${source} where e.id = $2 and e.site_id = $1`, [siteId, id])
}

export function employeeCards(ids: readonly string[]): RawStatement<EmployeeCard> {
  return raw(`select ${card} from ${source} where e.id = any($1::uuid[])`, [ids])
}

export function employeesNamed(siteId: string, names: readonly string[]): RawStatement<EmployeeCard> {
  return raw(`select ${card} from ${source} where e.site_id = $1 and e.name = any($2::text[]) and e.active`, [
    siteId,
    names,
  ])
}

export function employeesCalled(
  siteId: string,
  { name, pinyin }: { readonly name: string; readonly pinyin: string | null },
  limit: number,
): RawStatement<{ id: string; name: string; department: string }> {
  return raw(
    `select e.id, e.name, coalesce(d.name, '') as department from employee e left join department d on d.id = e.department_id
     where e.site_id = $1 and e.active and (e.name_pinyin = $3
       or (length($3) >= 4 and e.name_pinyin like $3 || '%') or ($3 is null and starts_with(e.name, $2)))
     order by e.name_pinyin, e.id limit $4`,
    [siteId, name, pinyin, limit],
  )
}

export type ConsentRow = ConsentFacts

export function consentRow(siteId: string, employeeId: string): RawStatement<ConsentRow> {
  return raw(
    `select p.id as "deputyId", p.name as "deputyName", d.id as "departmentId", d.name as "departmentName",
       dd.id as "departmentDeputyId", dd.name as "departmentDeputyName",
       h.id as "departmentHeadId", h.name as "departmentHeadName"
     from employee e
     left join employee p on p.id = e.deputy_id and p.active
     left join department d on d.id = e.department_id and d.active
     left join employee dd on dd.id = d.deputy_id and dd.active
     left join employee h on h.id = d.head_id and h.active
     where e.id = $2 and e.site_id = $1`,
    [siteId, employeeId],
  )
}

export function departmentOf(siteId: string, employeeId: string) {
  return raw<{ id: string; name: string; headId: string | null; deputyId: string | null }>(
    `select d.id, d.name, d.head_id as "headId", d.deputy_id as "deputyId"
     from employee e join department d on d.id = e.department_id where e.id = $2 and e.site_id = $1`,
    [siteId, employeeId],
  )
}

export function departmentsLedBy(employeeId: string): RawStatement<{ id: string }> {
  return raw('select id from department where (head_id = $1 or deputy_id = $1) and active order by id', [
    employeeId,
  ])
}

export function departmentStaff(siteId: string, departmentId: string): RawStatement<{ id: string }> {
  return raw(
    `select e.id from department d join employee e on e.id in (d.head_id, d.deputy_id)
     where d.id = $2 and d.site_id = $1 and d.active and e.active order by e.id`,
    [siteId, departmentId],
  )
}

export function departmentNames(
  siteId: string,
  ids: readonly string[],
): RawStatement<{ id: string; name: string }> {
  return raw('select id, name from department where site_id = $1 and id = any($2::uuid[]) and active', [
    siteId,
    ids,
  ])
}

export function departmentsNamedLike(
  siteId: string,
  text: string,
): RawStatement<{ id: string; name: string }> {
  return raw(
    `select id, name from department where site_id = $1 and active and strpos(lower(name), lower($2)) > 0
     order by name limit 4`,
    [siteId, text],
  )
}

export interface ExtensionLine {
  readonly extension: string
  readonly employeeId: string | null
  readonly name: string
  readonly departmentId: string | null
  readonly departmentName: string
}

/** Every number of the extension list: colleagues', then those departments have of their own. */
export function extensionLines(siteId: string): RawStatement<ExtensionLine> {
  return raw(
    `select e.extension, e.id as "employeeId", e.name, e.department_id as "departmentId",
       coalesce(d.name, '') as "departmentName"
       from employee e left join department d on d.id = e.department_id
       where e.site_id = $1 and e.active and e.extension is not null
     union all
     select d.extension, null, d.name, d.id, d.name from department d
       where d.site_id = $1 and d.active and d.extension is not null
     order by 1, 3`,
    [siteId],
  )
}

export interface ColleagueAtGate {
  readonly id: string
  readonly name: string
  readonly pinyin: string
  readonly initials: string
  readonly departmentId: string | null
  readonly departmentName: string
  readonly title: string
  readonly extension: string
  readonly lineWorker: boolean
}

/** The least by which a gate without a server finds a host: no mobile number, no address (G5). */
export function colleaguesAtGate(siteId: string): RawStatement<ColleagueAtGate> {
  return raw(
    `select e.id, e.name, e.name_pinyin as pinyin, e.name_initials as initials, e.department_id as "departmentId",
       coalesce(d.name, '') as "departmentName", coalesce(e.title, '') as title, coalesce(e.extension, '') as extension,
       e.line_worker as "lineWorker"
     from employee e left join department d on d.id = e.department_id
     where e.site_id = $1 and e.active order by e.name_pinyin, e.id limit 20000`,
    [siteId],
  )
}

export function employeesWithExtension(
  siteId: string,
  extensions: readonly string[],
): RawStatement<{ id: string; name: string; extension: string }> {
  return raw(
    `select id, name, extension from employee where site_id = $1 and active and extension = any($2::text[]) order by id`,
    [siteId, extensions],
  )
}

export function standsInFor(siteId: string, employeeId: string): RawStatement<{ id: string }> {
  return raw(
    `select e.id from employee e left join department d on d.id = e.department_id and d.active
     where e.site_id = $1 and e.id <> $2 and (e.deputy_id = $2 or d.head_id = $2 or d.deputy_id = $2) order by e.id`,
    [siteId, employeeId],
  )
}

/** Several rows when head and deputy are there, one without a person when neither is. */
export function leadersOfNamed(
  siteId: string,
  department: string,
): RawStatement<{ departmentId: string; employeeId: string | null }> {
  return raw(
    `select d.id as "departmentId", e.id as "employeeId" from department d
     left join employee e on e.id in (d.head_id, d.deputy_id) and e.active
     where d.site_id = $1 and d.name = $2 and d.active order by d.id, e.id is distinct from d.head_id`,
    [siteId, department],
  )
}
