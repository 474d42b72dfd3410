/** SQL of the reception of important guests (V7) and of unannounced people who say to be one (V15). */
import { type RawStatement, raw } from '../../../kernel/db/sql.ts'
import { selectVisit, type VisitRow } from '../store.ts'

export interface ReceptionRow {
  readonly visit_id: string
  readonly warned_at: Date | null
  readonly warned_by: string | null
  readonly warned_by_name: string
  readonly parking_wish: string
  readonly acknowledged_at: Date | null
  readonly acknowledged_by_name: string
  readonly led_in_by_name: string
  readonly leaving_by_name: string
  readonly gate_told_by_name: string
  readonly driver_told_by_name: string
  readonly last_step: string | null
  readonly last_step_at: Date | null
  readonly last_step_by: string | null
}

const columns = `visit_id, warned_at, warned_by, warned_by_name, parking_wish, acknowledged_at, acknowledged_by_name,
  led_in_by_name, leaving_by_name, gate_told_by_name, driver_told_by_name, last_step, last_step_at, last_step_by`

export function receptionsOf(siteId: string, visitIds: readonly string[]): RawStatement<ReceptionRow> {
  return raw(`select ${columns} from visit_reception where site_id = $1 and visit_id = any($2::uuid[])`, [
    siteId,
    visitIds,
  ])
}

export function insertWarning(
  siteId: string,
  visitId: string,
  at: Date,
  by: string,
  byName: string,
  parkingWish: string,
): RawStatement<unknown> {
  return raw(
    `insert into visit_reception (visit_id, site_id, warned_at, warned_by, warned_by_name, parking_wish)
     values ($1, $2, $3, $4, $5, $6)`,
    [visitId, siteId, at, by, byName, parkingWish],
  )
}

export interface StepMark {
  readonly step: string | null
  readonly at: Date | null
  readonly by: string | null
  readonly byName: string
  readonly acknowledgedAt: Date | null
}

/** The name of each step stays where it was unless this is the step; taking one back empties its name. */
export function markStep(
  siteId: string,
  visitId: string,
  step: string,
  mark: StepMark,
): RawStatement<unknown> {
  return raw(
    `insert into visit_reception as r (visit_id, site_id, last_step, last_step_at, last_step_by, acknowledged_at,
       acknowledged_by_name, led_in_by_name, leaving_by_name, gate_told_by_name, driver_told_by_name)
     values ($1, $2, $4, $5, $6, $8, case when $3 = 'acknowledge' then $7 else '' end,
       case when $3 = 'lead-in' then $7 else '' end, case when $3 = 'leaving' then $7 else '' end,
       case when $3 = 'gate-told' then $7 else '' end, case when $3 = 'driver-told' then $7 else '' end)
     on conflict (visit_id) do update set last_step = excluded.last_step, last_step_at = excluded.last_step_at,
       last_step_by = excluded.last_step_by, acknowledged_at = excluded.acknowledged_at,
       acknowledged_by_name = case when $3 = 'acknowledge' then $7 else r.acknowledged_by_name end,
       led_in_by_name = case when $3 = 'lead-in' then $7 else r.led_in_by_name end,
       leaving_by_name = case when $3 = 'leaving' then $7 else r.leaving_by_name end,
       gate_told_by_name = case when $3 = 'gate-told' then $7 else r.gate_told_by_name end,
       driver_told_by_name = case when $3 = 'driver-told' then $7 else r.driver_told_by_name end`,
    [visitId, siteId, step, mark.step, mark.at, mark.by, mark.byName, mark.acknowledgedAt],
  )
}

/** Important ones who are coming today or are here, and everybody somebody has warned the gate of. */
export function importantVisits(
  siteId: string,
  categories: readonly string[],
  from: Date,
  to: Date,
): RawStatement<VisitRow> {
  return raw(
    `${selectVisit} left join visit_reception r on r.visit_id = v.id
     where v.site_id = $1 and (v.category = any($2::text[]) or r.warned_at is not null)
       and (v.status in ('held', 'asking', 'admitted', 'with_host', 'signed_off')
         or (v.status = 'expected' and v.expected_at >= $3 and v.expected_at < $4)
         or (v.status = 'left' and v.left_at >= $3 and v.left_at < $4))
     order by v.sort_at, v.id limit 300`,
    [siteId, categories, from, to],
  )
}
