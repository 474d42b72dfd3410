/** Who is behind a place of the house: somebody, their head, a staff number, a telephone, a department or its head (V6). */
import { json, type RawStatement, raw } from '../../../kernel/db/sql.ts'

export interface PlaceAsked {
  readonly step: number
  readonly kind:
    | 'employee'
    | 'head'
    | 'staff-number'
    | 'extension'
    | 'department'
    | 'department-id'
    | 'department-head'
  /** Of the employee or the department. */
  readonly id?: string
  /** Staff number, extension, or the department's name. */
  readonly text?: string
}

export interface PlaceFound {
  readonly step: number
  readonly employeeId: string | null
  readonly departmentId: string | null
  readonly name: string
  readonly department: string
  readonly extension: string
}

/**
 * One row for each place somebody was found for, in order. A head is never the person themselves: the head of a
 * department has the head of the next one above. Only active people; who has no telephone is reached at the department's.
 * A telephone several share, or nobody's, is the department's whose number it is.
 */
export function placesOf(siteId: string, asked: readonly PlaceAsked[]): RawStatement<PlaceFound> {
  return raw(
    `with t as (
       select * from jsonb_to_recordset($2::jsonb) as t(step int, kind text, id uuid, text text)
     ), base as (
       select t.*, case
         when t.kind in ('employee', 'head') then t.id
         when t.kind = 'staff-number' then
           (select e.id from employee e where e.site_id = $1 and e.number = t.text and e.active limit 1)
         when t.kind = 'extension' then
           (select min(e.id::text)::uuid from employee e where e.site_id = $1 and e.extension = t.text and e.active
             having count(*) = 1)
         end as base_id
       from t
     ), person as (
       select base.*, case
         when base.kind = 'department-head' then (
           select h.id from department d join employee h on h.id in (d.head_id, d.deputy_id) and h.active
           where d.site_id = $1 and d.name = base.text and d.active order by h.id = d.head_id desc limit 1)
         when base.kind = 'head' then (
           select h.id from employee e
             join department d on d.id = e.department_id
             left join department up on up.id = d.parent_id and up.active
             cross join lateral (values (d.head_id, 1), (up.head_id, 2), (d.deputy_id, 3)) as above(id, rank)
             join employee h on h.id = above.id and h.active
           where e.id = base.base_id and e.site_id = $1 and h.id <> e.id and d.active order by above.rank limit 1)
         else base.base_id end as person_id
       from base
     )
     select p.step, e.id as "employeeId", own.id as "departmentId", coalesce(e.name, own.name, '') as name,
       coalesce(d.name, own.name, '') as department,
       coalesce(case when p.kind = 'extension' then p.text end, e.extension, d.extension, own.extension, '') as extension
     from person p
       left join employee e on e.id = p.person_id and e.site_id = $1 and e.active
       left join department d on d.id = e.department_id
       left join lateral (
         select o.id, o.name, o.extension from department o
         where o.site_id = $1 and o.active and e.id is null
           and ((p.kind = 'department' and o.name = p.text) or (p.kind = 'department-id' and o.id = p.id)
             or (p.kind = 'extension' and o.extension = p.text))
         order by o.name limit 1) own on true
     where e.id is not null or own.id is not null
     order by p.step`,
    [siteId, json(asked)],
  )
}
