import { type RawStatement, raw } from '../../../kernel/db/sql.ts'

export interface DepartmentRow {
  readonly id: string
  readonly name: string
  readonly parentId: string | null
  readonly headId: string | null
  readonly headName: string | null
  readonly deputyId: string | null
  readonly deputyName: string | null
  readonly extension: string | null
  readonly active: boolean
  /** A company of its own in the house (E1). */
  readonly tenant: boolean
  readonly members: number
  readonly version: number
}

const columns = `d.id, d.name, d.parent_id as "parentId", d.head_id as "headId", h.name as "headName",
  d.deputy_id as "deputyId", p.name as "deputyName", d.extension, d.active, d.tenant, d.version,
  (select count(*)::int from employee e where e.department_id = d.id and e.active) as members`
const source = `department d left join employee h on h.id = d.head_id left join employee p on p.id = d.deputy_id`

export function departmentRows(siteId: string): RawStatement<DepartmentRow> {
  return raw(`select ${columns} from ${source} where d.site_id = $1 order by d.name, d.id`, [siteId])
}

/** All rows of the site's tree, locked: two moves at once could otherwise close a circle that neither sees. */
export function lockTree(siteId: string): RawStatement<DepartmentRow> {
  return raw(`select ${columns} from ${source} where d.site_id = $1 order by d.id for update of d`, [siteId])
}

export function insertDepartment(
  siteId: string,
  one: Pick<DepartmentRow, 'id' | 'name' | 'parentId' | 'headId' | 'deputyId' | 'extension'> & {
    readonly tenant?: boolean
  },
  now: Date,
): RawStatement<unknown> {
  return raw(
    `insert into department (id, site_id, name, parent_id, head_id, deputy_id, extension, tenant, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      ...[one.id, siteId, one.name, one.parentId, one.headId, one.deputyId, one.extension],
      one.tenant ?? false,
      now,
    ],
  )
}

export function updateDepartment(
  one: Pick<DepartmentRow, 'id' | 'name' | 'headId' | 'deputyId' | 'extension' | 'active' | 'tenant'>,
): RawStatement<unknown> {
  return raw(
    `update department set name = $2, head_id = $3, deputy_id = $4, extension = $5, active = $6, tenant = $7, version = version + 1
     where id = $1`,
    [one.id, one.name, one.headId, one.deputyId, one.extension, one.active, one.tenant],
  )
}

export function moveDepartment(id: string, parentId: string | null): RawStatement<unknown> {
  return raw('update department set parent_id = $2, version = version + 1 where id = $1', [id, parentId])
}

export function anyMember(id: string): RawStatement<{ id: string }> {
  return raw('select id from employee where department_id = $1 limit 1', [id])
}

export function deleteDepartment(id: string): RawStatement<unknown> {
  return raw('delete from department where id = $1', [id])
}

/** Of an import; the version stays, so that its undo can tell whether anybody has edited the department since. */
export function setHead(id: string, headId: string | null): RawStatement<unknown> {
  return raw('update department set head_id = $2 where id = $1', [id, headId])
}

/** The company an employee ($2) works for at the site ($1), found upwards, and everything below it. */
const ownCompany = `up as (
       select d.id, d.parent_id, d.tenant, 1 as n from employee e join department d on d.id = e.department_id
         where e.site_id = $1 and e.id = $2
       union all
       select d.id, d.parent_id, d.tenant, u.n + 1 from up u join department d on d.id = u.parent_id where not u.tenant),
     own as (
       select id from up where tenant
       union select d.id from own o join department d on d.parent_id = o.id)`

/** E1: the company somebody works for, with everything below it; empty: they belong to the house itself. */
export function tenantDepartments(siteId: string, employeeId: string): RawStatement<{ id: string }> {
  return raw(`with recursive ${ownCompany} select id from own`, [siteId, employeeId])
}

/**
 * Departments of the companies in the house that are not the employee's own; none for the house's own people.
 * @param outsider of a company even when nobody knows of which
 */
export function foreignDepartments(
  siteId: string,
  employeeId: string | null,
  outsider: boolean,
): RawStatement<{ id: string }> {
  return raw(
    `with recursive ${ownCompany},
     companies as (
       select id from department where site_id = $1 and tenant
       union select d.id from companies c join department d on d.parent_id = c.id)
     select id from companies where ($3 or exists (select from own)) and id not in (select id from own)`,
    [siteId, employeeId, outsider],
  )
}
