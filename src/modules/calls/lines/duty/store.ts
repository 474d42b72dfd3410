import { type RawStatement, raw } from '../../../../kernel/db/sql.ts'

export interface DutyDay {
  readonly day: string
  readonly post: string
  readonly employeeId: string
  readonly employeeName: string
}

const columns = `day, post, employee_id as "employeeId", employee_name as "employeeName"`

export function dutyDays(siteId: string, from: string, to: string): RawStatement<DutyDay> {
  return raw(
    `select ${columns} from duty_day where site_id = $1 and day between $2::date and $3::date order by day, post`,
    [siteId, from, to],
  )
}

/** Two who plan the same days wait for each other. */
export function lockDuty(siteId: string): RawStatement<unknown> {
  return raw('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`duty-day ${siteId}`])
}

export function setDuty(siteId: string, one: DutyDay, at: Date, byName: string): RawStatement<unknown> {
  return raw(
    `insert into duty_day (site_id, day, post, employee_id, employee_name, set_at, set_by_name)
     values ($1, $2::date, $3, $4, $5, $6, $7)
     on conflict (site_id, day, post) do update set employee_id = excluded.employee_id,
       employee_name = excluded.employee_name, set_at = excluded.set_at, set_by_name = excluded.set_by_name`,
    [siteId, one.day, one.post, one.employeeId, one.employeeName, at, byName],
  )
}

export function clearDuty(siteId: string, day: string, post: string): RawStatement<unknown> {
  return raw('delete from duty_day where site_id = $1 and day = $2::date and post = $3', [siteId, day, post])
}

/** Somebody has left: their days from this one on are nobody's. */
export function clearPerson(siteId: string, employeeId: string, from: string): RawStatement<DutyDay> {
  return raw(
    `delete from duty_day where site_id = $1 and employee_id = $2 and day >= $3::date returning ${columns}`,
    [siteId, employeeId, from],
  )
}
