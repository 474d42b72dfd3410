/** SQL of emergency visits (V14). */
import { json, type RawStatement, raw } from '../../../kernel/db/sql.ts'
import { selectVisit, type VisitRow } from '../store.ts'

export interface EmergencyRow {
  readonly visit_id: string
  readonly kind: string
  readonly kind_name: unknown
  readonly place: string
  readonly told: unknown
  readonly let_in_by: string
  readonly let_in_by_name: string
  readonly due_at: Date
  readonly registered_at: Date | null
  readonly registered_by_name: string
}

const columns = `x.visit_id, x.kind, x.kind_name, x.place, x.told, x.let_in_by, x.let_in_by_name, x.due_at,
  x.registered_at, x.registered_by_name`

export function insertEmergency(
  siteId: string,
  row: Omit<EmergencyRow, 'registered_at' | 'registered_by_name'>,
) {
  return raw(
    `insert into visit_emergency (visit_id, site_id, kind, kind_name, place, told, let_in_by, let_in_by_name, due_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      row.visit_id,
      siteId,
      row.kind,
      json(row.kind_name),
      row.place,
      json(row.told),
      row.let_in_by,
      row.let_in_by_name,
      row.due_at,
    ],
  )
}

export function emergencyOf(siteId: string, visitId: string): RawStatement<EmergencyRow> {
  return raw(`select ${columns} from visit_emergency x where x.site_id = $1 and x.visit_id = $2`, [
    siteId,
    visitId,
  ])
}

export function setDue(visitId: string, dueAt: Date): RawStatement<unknown> {
  return raw('update visit_emergency set due_at = $2 where visit_id = $1', [visitId, dueAt])
}

export function markRegistered(visitId: string, at: Date, byName: string): RawStatement<unknown> {
  return raw('update visit_emergency set registered_at = $2, registered_by_name = $3 where visit_id = $1', [
    visitId,
    at,
    byName,
  ])
}

/** Owed registrations, those most overdue first; then what was registered since. */
export function emergencies(siteId: string, since: Date): RawStatement<VisitRow> {
  return raw(
    `${selectVisit} join visit_emergency x on x.visit_id = v.id
     where v.site_id = $1 and (x.registered_at is null or v.arrived_at >= $2)
     order by x.registered_at is not null, x.due_at, v.id limit 200`,
    [siteId, since],
  )
}

export function emergencyRows(siteId: string, visitIds: readonly string[]): RawStatement<EmergencyRow> {
  return raw(
    `select ${columns} from visit_emergency x where x.site_id = $1 and x.visit_id = any($2::uuid[])`,
    [siteId, visitIds],
  )
}

/** "Ambulance" is known by no plate; the car belongs to whoever was written down afterwards. */
export function forgetStandIn(siteId: string, visitorId: string): RawStatement<unknown> {
  return raw("update visitor set plate = '' where site_id = $1 and id = $2 and phone = ''", [
    siteId,
    visitorId,
  ])
}
