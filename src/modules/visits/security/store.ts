/** SQL of incidents (V16). */
import { type RawStatement, raw } from '../../../kernel/db/sql.ts'
import type { IncidentStatus } from './rules.ts'

export interface IncidentRow {
  readonly id: string
  readonly number: number
  readonly version: number
  readonly status: IncidentStatus
  readonly previous_status: IncidentStatus | null
  readonly status_at: Date
  readonly status_by: string
  readonly place: string
  readonly visit_id: string | null
  readonly surface: 'desk' | 'gate' | 'phone'
  readonly persons: string
  readonly course: string
  readonly measures: string
  readonly report: string
  readonly police_called: boolean
  readonly raised_at: Date
  readonly raised_by: string
  readonly raised_by_name: string
  readonly acknowledged_at: Date | null
  readonly acknowledged_by_name: string
  readonly escalated_at: Date | null
  readonly on_site_at: Date | null
  readonly on_site_by_name: string
  readonly closed_at: Date | null
  readonly closed_by_name: string
  readonly false_reason: string
  /** Of the visit it is about. */
  readonly visit_number: number | null
  readonly visitor_name: string | null
}

const own = [
  ...['id', 'number', 'version', 'status', 'previous_status', 'status_at', 'status_by', 'place', 'visit_id'],
  ...['surface', 'persons', 'course', 'measures', 'report', 'police_called', 'raised_at', 'raised_by'],
  ...[
    'raised_by_name',
    'acknowledged_at',
    'acknowledged_by_name',
    'escalated_at',
    'on_site_at',
    'on_site_by_name',
  ],
  ...['closed_at', 'closed_by_name', 'false_reason'],
].map((name) => `i.${name}`)

const selectIncident = `select ${own.join(', ')}, v.number as visit_number, v.visitor_name
  from incident i left join visit v on v.id = i.visit_id`

export const nextIncidentNumber: RawStatement<{ number: number }> = raw(
  "select nextval('incident_number') as number",
)

export function insertIncident(
  siteId: string,
  row: Pick<
    IncidentRow,
    'id' | 'number' | 'place' | 'visit_id' | 'surface' | 'raised_at' | 'raised_by' | 'raised_by_name'
  >,
): RawStatement<unknown> {
  return raw(
    `insert into incident (id, site_id, number, status, status_at, status_by, place, visit_id, surface, raised_at,
       raised_by, raised_by_name, updated_at)
     values ($1, $2, $3, 'open', $4, $5, $6, $7, $8, $4, $5, $9, $4)`,
    [
      row.id,
      siteId,
      row.number,
      row.raised_at,
      row.raised_by,
      row.place,
      row.visit_id,
      row.surface,
      row.raised_by_name,
    ],
  )
}

export function lockIncident(siteId: string, id: string): RawStatement<IncidentRow> {
  return raw(`${selectIncident} where i.site_id = $1 and i.id = $2 for update of i`, [siteId, id])
}

export function findIncident(siteId: string, id: string): RawStatement<IncidentRow> {
  return raw(`${selectIncident} where i.site_id = $1 and i.id = $2`, [siteId, id])
}

/** The status the decision was made on is part of the condition (design §1.1). */
export function updateIncident(from: IncidentStatus, row: IncidentRow, at: Date): RawStatement<unknown> {
  return raw(
    `update incident set version = $3, status = $4, previous_status = $5, status_at = $6, status_by = $7, place = $8,
       persons = $9, course = $10, measures = $11, report = $12, police_called = $13, acknowledged_at = $14,
       acknowledged_by_name = $15, on_site_at = $16, on_site_by_name = $17, closed_at = $18, closed_by_name = $19,
       false_reason = $20, escalated_at = $21, updated_at = $22
     where id = $1 and status = $2`,
    [
      row.id,
      from,
      row.version,
      row.status,
      row.previous_status,
      row.status_at,
      row.status_by,
      row.place,
      row.persons,
      row.course,
      row.measures,
      row.report,
      row.police_called,
      row.acknowledged_at,
      row.acknowledged_by_name,
      row.on_site_at,
      row.on_site_by_name,
      row.closed_at,
      row.closed_by_name,
      row.false_reason,
      row.escalated_at,
      at,
    ],
  )
}

export function markEscalated(siteId: string, id: string, at: Date): RawStatement<unknown> {
  return raw(
    `update incident set escalated_at = coalesce(escalated_at, $3) where site_id = $1 and id = $2 and status = 'open'`,
    [siteId, id, at],
  )
}

export function liveIncidents(siteId: string): RawStatement<IncidentRow> {
  return raw(
    `${selectIncident} where i.site_id = $1 and i.status in ('open', 'acknowledged', 'on_site')
     order by i.status <> 'open', i.raised_at limit 50`,
    [siteId],
  )
}

export interface IncidentFilter {
  readonly siteId: string
  readonly statuses: readonly string[] | null
  readonly from: Date | null
  readonly to: Date | null
  readonly text: string | null
}

function where(filter: IncidentFilter): { text: string; values: unknown[] } {
  const values: unknown[] = [filter.siteId]
  const parts = ['i.site_id = $1']
  const add = (build: (n: string) => string, value: unknown) => {
    values.push(value)
    parts.push(build(`$${values.length}`))
  }
  if (filter.statuses !== null) add((n) => `i.status = any(${n})`, filter.statuses)
  if (filter.from !== null) add((n) => `i.raised_at >= ${n}`, filter.from)
  if (filter.to !== null) add((n) => `i.raised_at < ${n}`, filter.to)
  // A house has few incidents: looked through by their date, not by an index of their words.
  if (filter.text !== null)
    add(
      (n) =>
        `strpos(lower(concat_ws(' ', 'S' || lpad(i.number::text, 5, '0'), i.place, i.persons, i.course, i.measures, i.report, i.raised_by_name)), lower(${n})) > 0`,
      filter.text,
    )
  return { text: parts.join(' and '), values }
}

export function incidentPage(
  filter: IncidentFilter,
  after: { readonly at: Date; readonly id: string } | null,
  limit: number,
): RawStatement<IncidentRow> {
  const { text, values } = where(filter)
  let place = ''
  if (after !== null) {
    values.push(after.at, after.id)
    place = ` and (i.raised_at, i.id) < ($${values.length - 1}, $${values.length}::uuid)`
  }
  values.push(limit)
  return raw(
    `${selectIncident} where ${text}${place} order by i.raised_at desc, i.id desc limit $${values.length}`,
    values,
  )
}

export const mostCounted = 10_000

export function incidentCount(filter: IncidentFilter): RawStatement<{ n: number }> {
  const { text, values } = where(filter)
  return raw(
    `select count(*)::int as n from (select 1 from incident i where ${text} limit ${mostCounted + 1}) counted`,
    values,
  )
}

export function incidentToTell(
  siteId: string,
  id: string,
): RawStatement<Pick<IncidentRow, 'number' | 'status' | 'place' | 'raised_by_name' | 'raised_by'>> {
  return raw(
    'select number, status, place, raised_by_name, raised_by from incident where site_id = $1 and id = $2',
    [siteId, id],
  )
}
