/** Employees: list, search, edits. Search statements have a constant text per kind of query (prepared by name). */
import { type RawStatement, raw } from '../../../kernel/db/sql.ts'
import type { Wanted } from '../names.ts'

export interface EmployeeRow {
  readonly id: string
  readonly number: string | null
  readonly name: string
  readonly pinyin: string
  readonly departmentId: string | null
  readonly departmentName: string | null
  readonly title: string | null
  readonly extension: string | null
  readonly mobile: string | null
  readonly email: string | null
  readonly floor: string | null
  readonly room: string | null
  readonly lineWorker: boolean
  readonly languages: string[]
  readonly dialects: string[]
  readonly secretaryId: string | null
  readonly secretaryName: string | null
  readonly deputyId: string | null
  readonly deputyName: string | null
  readonly language: 'zh' | 'en'
  readonly active: boolean
  readonly version: number
}

const columns = `e.id, e.number, e.name, e.name_pinyin as pinyin, e.department_id as "departmentId",
  d.name as "departmentName", e.title, e.extension, e.mobile, e.email, e.floor, e.room, e.line_worker as "lineWorker",
  e.languages, e.dialects, e.secretary_id as "secretaryId", s.name as "secretaryName",
  e.deputy_id as "deputyId", p.name as "deputyName", e.language, e.active, e.version`
const joins = `left join department d on d.id = e.department_id
  left join employee s on s.id = e.secretary_id left join employee p on p.id = e.deputy_id`

export interface EmployeeFilter {
  readonly siteId: string
  readonly state: 'active' | 'inactive' | 'all'
  /** null: all */
  readonly departmentIds: readonly string[] | null
  readonly lineWorker: boolean | null
  readonly language: string | null
  readonly dialect: string | null
  /** Departments whose people the caller may not find (E1). */
  readonly hidden: readonly string[]
}

/** $1 … $7 are the filter in every statement below. */
const filtered = `e.site_id = $1 and ($2::text = 'all' or e.active = ($2 = 'active'))
  and ($3::uuid[] is null or e.department_id = any($3)) and ($4::boolean is null or e.line_worker = $4)
  and ($5::text is null or $5 = any(e.languages)) and ($6::text is null or $6 = any(e.dialects))
  and (e.department_id = any($7::uuid[])) is not true`

function filterValues(filter: EmployeeFilter): unknown[] {
  return [
    filter.siteId,
    filter.state,
    filter.departmentIds,
    filter.lineWorker,
    filter.language,
    filter.dialect,
    filter.hidden,
  ]
}

export function employeesPage(
  filter: EmployeeFilter,
  after: { readonly pinyin: string; readonly id: string } | null,
  limit: number,
): RawStatement<EmployeeRow> {
  const from = after === null ? '' : 'and (e.name_pinyin, e.id) > ($9, $10::uuid)'
  return raw(
    `select ${columns} from employee e ${joins} where ${filtered} ${from} order by e.name_pinyin, e.id limit $8`,
    [...filterValues(filter), limit, ...(after === null ? [] : [after.pinyin, after.id])],
  )
}

export const mostCounted = 10_000

export function countEmployees(filter: EmployeeFilter): RawStatement<{ n: number }> {
  return raw(
    `select count(*)::int as n from (select 1 from employee e where ${filtered} limit ${mostCounted + 1}) counted`,
    filterValues(filter),
  )
}

/** A branch is cut at this many rows: one typed letter matches thousands, of which nobody reads more than a screen. */
const perBranch = 200
const branch = (rank: number, condition: string, order = '') =>
  `(select e.id, ${rank} as rank from employee e where ${condition} and ${filtered} ${order} limit ${perBranch})`

/** $9 the text, $10 the end of the range of texts beginning with it, $11 terms that must all be there. */
const branches: Record<Exclude<Wanted['kind'], 'nothing'>, string> = {
  han: [
    branch(0, 'e.name = $9'),
    branch(1, 'e.name >= $9 and e.name < $10', 'order by e.name'),
    branch(2, 'e.terms @> $11::text[] and position($9 in e.name) > 0'),
  ].join(' union all '),
  letters: [
    branch(0, 'e.name_pinyin = $9'),
    branch(1, 'e.name_initials = $9'),
    branch(2, 'e.name_pinyin >= $9 and e.name_pinyin < $10', 'order by e.name_pinyin'),
    branch(3, 'e.name_initials >= $9 and e.name_initials < $10', 'order by e.name_initials'),
    branch(4, 'e.terms @> $11::text[]'),
  ].join(' union all '),
  digits: [
    branch(0, 'e.extension = $9'),
    branch(1, 'e.extension >= $9 and e.extension < $10', 'order by e.extension'),
    branch(2, 'e.terms @> $11::text[]'),
  ].join(' union all '),
}

/** Best matches first: the whole before the beginning before the middle, then by pinyin. */
export function searchEmployees(
  filter: EmployeeFilter,
  want: Exclude<Wanted, { kind: 'nothing' }>,
  limit: number,
): RawStatement<EmployeeRow> {
  const terms = want.kind === 'han' ? want.terms : [want.kind === 'letters' ? want.term : want.tail]
  return raw(
    `with found as (${branches[want.kind]}), best as (select id, min(rank) as rank from found group by id)
     select ${columns} from best join employee e on e.id = best.id ${joins}
     order by best.rank, e.active desc, e.name_pinyin, e.id limit $8`,
    [...filterValues(filter), limit, want.text, `${want.text}\u{10ffff}`, terms],
  )
}

export function employeeById(siteId: string, id: string): RawStatement<EmployeeRow> {
  return raw(`select ${columns} from employee e ${joins} where e.id = $2 and e.site_id = $1`, [siteId, id])
}

export function lockEmployee(siteId: string, id: string): RawStatement<EmployeeRow> {
  return raw(
    `select ${columns} from employee e ${joins} where e.id = $2 and e.site_id = $1 for update of e`,
    [siteId, id],
  )
}

/** How many of the given ids are employees and departments of the site. */
export function countKnown(siteId: string, people: readonly string[], departments: readonly string[]) {
  return raw<{ people: number; departments: number }>(
    `select (select count(*)::int from employee where id = any($2::uuid[]) and site_id = $1) as people,
       (select count(*)::int from department where id = any($3::uuid[]) and site_id = $1) as departments`,
    [siteId, people, departments],
  )
}

export interface StoredEmployee {
  readonly id: string
  readonly number: string | null
  readonly name: string
  readonly pinyin: string
  readonly initials: string
  readonly terms: readonly string[]
  readonly departmentId: string | null
  readonly title: string | null
  readonly extension: string | null
  readonly mobile: string | null
  readonly email: string | null
  readonly floor: string | null
  readonly room: string | null
  readonly lineWorker: boolean
  readonly languages: readonly string[]
  readonly dialects: readonly string[]
  readonly secretaryId: string | null
  readonly deputyId: string | null
  readonly language: string
}

function storedValues(one: StoredEmployee): unknown[] {
  return [
    one.id,
    one.number,
    one.name,
    one.pinyin,
    one.initials,
    one.terms,
    one.departmentId,
    one.title,
    one.extension,
    one.mobile,
    one.email,
    one.floor,
    one.room,
    one.lineWorker,
    one.languages,
    one.dialects,
    one.secretaryId,
    one.deputyId,
    one.language,
  ]
}

export function insertEmployee(siteId: string, one: StoredEmployee, now: Date): RawStatement<unknown> {
  return raw(
    `insert into employee (id, number, name, name_pinyin, name_initials, terms, department_id, title, extension, mobile,
       email, floor, room, line_worker, languages, dialects, secretary_id, deputy_id, language, site_id, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)`,
    [...storedValues(one), siteId, now],
  )
}

export function updateEmployee(one: StoredEmployee): RawStatement<unknown> {
  return raw(
    `update employee set number = $2, name = $3, name_pinyin = $4, name_initials = $5, terms = $6, department_id = $7,
       title = $8, extension = $9, mobile = $10, email = $11, floor = $12, room = $13, line_worker = $14, languages = $15,
       dialects = $16, secretary_id = $17, deputy_id = $18, language = $19, version = version + 1 where id = $1`,
    storedValues(one),
  )
}

export function setActive(id: string, active: boolean): RawStatement<unknown> {
  return raw('update employee set active = $2, version = version + 1 where id = $1', [id, active])
}

/** For the importer: everyone a line of the file could mean. */
export function candidates(
  siteId: string,
  keys: { numbers: string[]; names: string[] },
): RawStatement<EmployeeRow> {
  return raw(
    `select ${columns} from employee e ${joins}
     where e.site_id = $1 and (e.number = any($2::text[]) or e.name = any($3::text[]))`,
    [siteId, keys.numbers, keys.names],
  )
}

/** Everyone who works here, for the printed list. */
export function extensionRows(siteId: string): RawStatement<EmployeeRow> {
  return raw(
    `select ${columns} from employee e ${joins} where e.site_id = $1 and e.active order by e.name_pinyin, e.id`,
    [siteId],
  )
}

export function lockEmployees(siteId: string, ids: readonly string[]): RawStatement<EmployeeRow> {
  return raw(
    `select ${columns} from employee e ${joins} where e.site_id = $1 and e.id = any($2::uuid[]) order by e.id for update of e`,
    [siteId, ids],
  )
}

/** Closed, and its staff number and places free again. */
export function releaseEmployee(id: string): RawStatement<unknown> {
  return raw(
    `update employee set active = false, number = null, department_id = null, secretary_id = null, deputy_id = null,
       version = version + 1 where id = $1`,
    [id],
  )
}

/** Part of the import that made the record: the version stays. */
export function link(id: string, secretaryId: string | null, deputyId: string | null): RawStatement<unknown> {
  return raw(
    'update employee set secretary_id = coalesce($2, secretary_id), deputy_id = coalesce($3, deputy_id) where id = $1',
    [id, secretaryId, deputyId],
  )
}
