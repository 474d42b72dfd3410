
export function departmentStaff(siteId: string, departmentId: string): RawStatement<{ id: string }> {
  return raw(
    `select e.id from department d join employee e on e.id in (d.head_id, d.deputy_id)
     where d.id = $2 and d.site_id = $1 and d.active and e.active order by e.id`,
    [siteId, departmentId],
  )
}
