import { json, type RawStatement, raw } from '../db/sql.ts'
import type { CalendarDay, DaySpec } from './rules.ts'

export type Source = 'seed' | 'edited'

export interface DayRow {
  readonly day: string
  readonly kind: string
  readonly name: unknown
  readonly hours: unknown
  readonly source: Source
}

export interface YearRow {
  readonly year: number
  readonly source: Source
}

/** Changes whenever anything the calendar is made of changes. */
export interface StampRow {
  readonly zone: string
  readonly version: string | null
  readonly hoursVersion: number | null
}

const dayColumns = 'day, kind, name, hours, source'

export function stampOf(siteId: string, hoursKey: string): RawStatement<StampRow> {
  return raw(
    `select s.zone, v.version,
       (select max(version) from setting where site_id = s.id and key = $2) as "hoursVersion"
     from site s left join calendar_version v on v.site_id = s.id where s.id = $1`,
    [siteId, hoursKey],
  )
}

export function daysOf(siteId: string): RawStatement<DayRow> {
  return raw(`select ${dayColumns} from calendar_day where site_id = $1 order by day`, [siteId])
}

export function daysOfYear(siteId: string, year: number): RawStatement<DayRow> {
  return raw(
    `select ${dayColumns} from calendar_day
     where site_id = $1 and day >= make_date($2, 1, 1) and day < make_date($2 + 1, 1, 1) order by day`,
    [siteId, year],
  )
}

export function oneDay(siteId: string, day: string): RawStatement<DayRow> {
  return raw(`select ${dayColumns} from calendar_day where site_id = $1 and day = $2`, [siteId, day])
}

export function yearsOf(siteId: string): RawStatement<YearRow> {
  return raw('select year, source from calendar_year where site_id = $1', [siteId])
}

export function oneYear(siteId: string, year: number): RawStatement<YearRow> {
  return raw('select year, source from calendar_year where site_id = $1 and year = $2', [siteId, year])
}

/** Sets the version and locks it to the end of the transaction: edits of one site come one after the other. */
export function touch(siteId: string, version: string): RawStatement<unknown> {
  return raw(
    `insert into calendar_version (site_id, version) values ($1, $2)
     on conflict (site_id) do update set version = excluded.version`,
    [siteId, version],
  )
}

export function putDay(siteId: string, day: string, spec: DaySpec, source: Source): RawStatement<unknown> {
  return raw(
    `insert into calendar_day (site_id, day, kind, name, hours, source) values ($1, $2, $3, $4, $5, $6)
     on conflict (site_id, day) do update
     set kind = excluded.kind, name = excluded.name, hours = excluded.hours, source = excluded.source`,
    [siteId, day, spec.kind, json(spec.name), spec.hours === undefined ? null : json(spec.hours), source],
  )
}

export function removeDay(siteId: string, day: string): RawStatement<unknown> {
  return raw('delete from calendar_day where site_id = $1 and day = $2', [siteId, day])
}

export function removeSeeded(siteId: string, year: number): RawStatement<unknown> {
  return raw(
    `delete from calendar_day
     where site_id = $1 and source = 'seed' and day >= make_date($2, 1, 1) and day < make_date($2 + 1, 1, 1)`,
    [siteId, year],
  )
}

/** Days the house has set itself stay as they are. */
export function insertSeeded(siteId: string, days: readonly CalendarDay[]): RawStatement<unknown> {
  return raw(
    `insert into calendar_day (site_id, day, kind, name, source)
     select $1, d.day, d.kind, d.name, 'seed'
     from jsonb_to_recordset($2::jsonb) as d (day date, kind text, name jsonb)
     on conflict (site_id, day) do nothing`,
    [siteId, json(days)],
  )
}

export function putYear(siteId: string, year: number, source: Source): RawStatement<unknown> {
  return raw(
    `insert into calendar_year (site_id, year, source) values ($1, $2, $3)
     on conflict (site_id, year) do update set source = excluded.source`,
    [siteId, year, source],
  )
}
