/** All SQL of the staff register. */
import type { Selectable } from 'kysely'
import type { DB } from '../../../../db/types.ts'
import { json, q, type RawStatement, raw } from '../../../kernel/db/sql.ts'
import type { OutingStatus, Presence } from './rules.ts'

export type OutingRow = Omit<Selectable<DB['outing']>, 'status' | 'previous_status'> & {
  readonly status: OutingStatus
  readonly previous_status: OutingStatus | null
}
export type OutingPatch = Partial<Omit<OutingRow, 'id' | 'site_id'>>

export interface OutingFilter {
  readonly siteId: string
  readonly from: Date | null
  readonly to: Date | null
  readonly status: string | null
  readonly reason: string | null
  readonly employeeId: string | null
  readonly departmentId: string | null
  readonly text: string | null
  readonly now: Date
}

export interface Place {
  readonly at: Date
  readonly id: string
}

/** An absent filter is absent from the text, so that plans stay simple. */
function where(filter: OutingFilter): { text: string; values: unknown[] } {
  const values: unknown[] = [filter.siteId]
  const parts = ['o.site_id = $1']
  const add = (build: (n: string) => string, value: unknown) => {
    values.push(value)
    parts.push(build(`$${values.length}`))
  }
  if (filter.from !== null) add((n) => `o.leave_at >= ${n}`, filter.from)
  if (filter.to !== null) add((n) => `o.leave_at < ${n}`, filter.to)
  if (filter.status === 'late') {
    add(
      (n) =>
        `o.return_by is not null and ((o.status = 'out' and o.return_by < ${n}) or (o.status = 'back' and o.back_at > o.return_by))`,
      filter.now,
    )
  } else if (filter.status !== null) add((n) => `o.status = ${n}`, filter.status)
  if (filter.reason !== null) add((n) => `o.reason = ${n}`, filter.reason)
  if (filter.employeeId !== null) add((n) => `o.employee_id = ${n}::uuid`, filter.employeeId)
  if (filter.departmentId !== null) add((n) => `o.department_id = ${n}::uuid`, filter.departmentId)
  if (filter.text !== null) {
    add(
      (n) =>
        `(strpos(o.employee_name, ${n}) > 0 or o.employee_number = ${n} or strpos(lower(o.destination), lower(${n})) > 0)`,
      filter.text,
    )
  }
  return { text: parts.join(' and '), values }
}

export function outingPage(
  filter: OutingFilter,
  order: 'newest' | 'oldest',
  after: Place | null,
  limit: number,
): RawStatement<OutingRow> {
  const { text, values } = where(filter)
  const [than, direction] = order === 'newest' ? ['<', 'desc'] : ['>', 'asc']
  let place = ''
  if (after !== null) {
    values.push(after.at, after.id)
    place = ` and (o.leave_at, o.id) ${than} ($${values.length - 1}, $${values.length}::uuid)`
  }
  values.push(limit)
  return raw(
    `select o.* from outing o where ${text}${place} order by o.leave_at ${direction}, o.id ${direction} limit $${values.length}`,
    values,
  )
}

export const mostCounted = 10_000

export function outingCount(filter: OutingFilter): RawStatement<{ n: number }> {
  const { text, values } = where(filter)
  return raw(
    `select count(*)::int as n from (select 1 from outing o where ${text} limit ${mostCounted + 1}) counted`,
    values,
  )
}

export function lockOuting(siteId: string, id: string): RawStatement<OutingRow> {
  return raw('select * from outing where site_id = $1 and id = $2 for update', [siteId, id])
}

export const insertOuting = (row: OutingRow) => q.insertInto('outing').values(row)

export const updateOuting = (id: string, patch: OutingPatch) =>
  q.updateTable('outing').set(patch).where('id', '=', id)

export function ownOutings(siteId: string, employeeId: string, since: Date): RawStatement<OutingRow> {
  return raw(
    `select * from outing where site_id = $1 and employee_id = $2
       and (leave_at >= $3 or status in ('requested', 'approved', 'out')) order by leave_at desc, id desc limit 50`,
    [siteId, employeeId, since],
  )
}

export function outingsToDecide(
  siteId: string,
  departments: readonly string[],
  all: boolean,
): RawStatement<OutingRow> {
  return raw(
    `select * from outing where site_id = $1 and status = 'requested' and ($3 or department_id = any($2::uuid[]))
     order by leave_at, id limit 200`,
    [siteId, departments, all],
  )
}

/** What the gate may act on: out, or approved for about now. */
export function openOutings(siteId: string, employeeIds: readonly string[]): RawStatement<OutingRow> {
  return raw(
    `select distinct on (employee_id) * from outing
     where site_id = $1 and employee_id = any($2::uuid[]) and status in ('requested', 'approved', 'out')
     order by employee_id, array_position(array['out', 'approved', 'requested'], status), leave_at`,
    [siteId, employeeIds],
  )
}

export function allOut(siteId: string): RawStatement<OutingRow> {
  return raw(`select * from outing where site_id = $1 and status = 'out' order by out_at, id`, [siteId])
}

export interface PresenceRow extends Presence {
  readonly employeeId: string
}
const presenceColumns = `employee_id as "employeeId", inside, zone, arrived_at as "arrivedAt", left_at as "leftAt", last_at as "lastAt"`

export function presenceOf(siteId: string, ids: readonly string[]): RawStatement<PresenceRow> {
  return raw(
    `select ${presenceColumns} from staff_presence where site_id = $1 and employee_id = any($2::uuid[])`,
    [siteId, ids],
  )
}

export function staffSignedIn(siteId: string): RawStatement<PresenceRow> {
  return raw(
    `select ${presenceColumns} from staff_presence where site_id = $1 and inside order by arrived_at`,
    [siteId],
  )
}

/**
 * Serialises everything about who is on site: a first event of somebody has no row to lock. Held to the end of the
 * transaction, a few milliseconds.
 */
export function lockPresence(siteId: string): RawStatement<unknown> {
  return raw(`select pg_advisory_xact_lock(hashtextextended('staff-presence:' || $1::text, 0))`, [siteId])
}

export interface PresenceWrite extends Presence {
  readonly employeeId: string
  readonly via: string
}

export function savePresence(siteId: string, rows: readonly PresenceWrite[]): RawStatement<unknown> {
  return raw(
    `insert into staff_presence (site_id, employee_id, inside, zone, arrived_at, left_at, last_at, via)
     select $1::uuid, r."employeeId", r.inside, r.zone, r."arrivedAt", r."leftAt", r."lastAt", r.via
     from jsonb_to_recordset($2::jsonb) as r("employeeId" uuid, inside boolean, zone text, "arrivedAt" timestamptz,
       "leftAt" timestamptz, "lastAt" timestamptz, via text)
     on conflict (site_id, employee_id) do update set inside = excluded.inside, zone = excluded.zone,
       arrived_at = excluded.arrived_at, left_at = excluded.left_at, last_at = excluded.last_at, via = excluded.via`,
    [siteId, json(rows)],
  )
}

export function cardsOf(
  siteId: string,
  codes: readonly string[],
): RawStatement<{ code: string; employeeId: string }> {
  return raw(
    'select code, employee_id as "employeeId" from staff_card where site_id = $1 and code = any($2::text[])',
    [siteId, codes],
  )
}

export function saveCard(siteId: string, code: string, employeeId: string, at: Date): RawStatement<unknown> {
  return raw(
    `insert into staff_card (site_id, code, employee_id, created_at) values ($1, $2, $3, $4)
     on conflict (site_id, code) do update set employee_id = excluded.employee_id, created_at = excluded.created_at`,
    [siteId, code, employeeId, at],
  )
}
