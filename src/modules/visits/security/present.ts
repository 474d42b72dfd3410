/** PURE: an incident as screens get it. */
import { may } from '../../../kernel/authorize.ts'
import type { Ctx } from '../../../kernel/work/command.ts'
import { visitNumber } from '../present.ts'
import type { Incident } from './contract.ts'
import { type IncidentSubject, type IncidentViewer, permittedOn } from './rules.ts'
import type { IncidentRow } from './store.ts'

export function incidentNumber(number: number): string {
  return `S${String(number).padStart(5, '0')}`
}

export function viewerOf(ctx: Ctx): IncidentViewer {
  return {
    id: ctx.actor.employeeId ?? ctx.actor.id,
    acts: may(ctx, 'incident.act'),
    raises: may(ctx, 'incident.raise'),
  }
}

export function subjectOf(row: IncidentRow): IncidentSubject {
  return {
    status: row.status,
    previousStatus: row.previous_status,
    statusAt: row.status_at,
    statusBy: row.status_by,
    raisedBy: row.raised_by,
  }
}

const byAt = (at: Date | null, byName: string) => (at === null ? null : { at: at.toISOString(), byName })

export function presentIncident(
  row: IncidentRow,
  viewer: IncidentViewer,
  now: Date,
  undoMinutes: number,
): Incident {
  return {
    id: row.id,
    number: incidentNumber(row.number),
    version: row.version,
    status: row.status,
    place: row.place,
    visit:
      row.visit_id === null
        ? null
        : {
            id: row.visit_id,
            number: visitNumber(row.visit_number ?? 0),
            visitorName: row.visitor_name ?? '',
          },
    surface: row.surface,
    persons: row.persons,
    course: row.course,
    measures: row.measures,
    report: row.report,
    policeCalled: row.police_called,
    raised: { at: row.raised_at.toISOString(), byName: row.raised_by_name },
    acknowledged: byAt(row.acknowledged_at, row.acknowledged_by_name),
    escalatedAt: row.escalated_at?.toISOString() ?? null,
    onSite: byAt(row.on_site_at, row.on_site_by_name),
    closed: byAt(row.closed_at, row.closed_by_name),
    falseReason: row.false_reason,
    can: permittedOn(viewer, subjectOf(row), now, undoMinutes),
  }
}
