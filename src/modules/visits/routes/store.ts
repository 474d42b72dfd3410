/** SQL of who was asked, in order (V5, V6). */
import { type RawStatement, raw } from '../../../kernel/db/sql.ts'
import type { HopResult } from './rules.ts'

export interface HopRow {
  readonly n: number
  readonly target: string
  readonly asked_kind: 'person' | 'post'
  readonly asked_id: string
  readonly name: string
  readonly name_en: string
  readonly department: string
  readonly extension: string
  readonly asked_at: Date
  readonly asked_by_name: string
  readonly how: string
  readonly result: HopResult | null
  readonly ended_at: Date | null
  readonly ended_by_name: string
  readonly seconds: number | null
  readonly note: string
}

export interface NewHop {
  readonly visitId: string
  readonly siteId: string
  readonly target: string
  readonly kind: 'person' | 'post'
  readonly id: string
  readonly name: string
  readonly nameEn: string
  readonly department: string
  readonly extension: string
  readonly at: Date
  readonly by: string
  readonly byName: string
  readonly how: string
  /** Given: answered in the same moment. */
  readonly result: HopResult | null
}

/** Numbered behind the ones before; the visit is locked, so nobody else counts at the same moment. */
export function addHop(hop: NewHop): RawStatement<unknown> {
  return raw(
    `insert into visit_hop (visit_id, n, site_id, target, asked_kind, asked_id, name, name_en, department, extension,
       asked_at, asked_by, asked_by_name, how, result, ended_at, ended_by_name)
     select $1, (select coalesce(max(n), 0) + 1 from visit_hop where visit_id = $1), $2, $3, $4, $5, $6, $7, $8, $9,
       $10::timestamptz, $11, $12, $13, $14::text, case when $14::text is null then null else $10::timestamptz end,
       case when $14::text is null then '' else $12::text end`,
    [
      hop.visitId,
      hop.siteId,
      hop.target,
      hop.kind,
      hop.id,
      hop.name,
      hop.nameEn,
      hop.department,
      hop.extension,
      hop.at,
      hop.by,
      hop.byName,
      hop.how,
      hop.result,
    ],
  )
}

export function endHop(
  visitId: string,
  end: {
    readonly result: HopResult
    readonly at: Date
    readonly byName: string
    readonly how: string | null
    readonly note: string
  },
): RawStatement<unknown> {
  return raw(
    `update visit_hop set result = $2, ended_at = $3, ended_by_name = $4, how = coalesce($5, how), note = $6
     where visit_id = $1 and ended_at is null`,
    [visitId, end.result, end.at, end.byName, end.how, end.note],
  )
}

/** An answer was taken back: the question is open again, as a question of its own (G4). */
export function askAgain(visitId: string, at: Date, by: string, byName: string): RawStatement<unknown> {
  return raw(
    `insert into visit_hop (visit_id, n, site_id, target, asked_kind, asked_id, name, name_en, department, extension,
       asked_at, asked_by, asked_by_name)
     select visit_id, n + 1, site_id, target, asked_kind, asked_id, name, name_en, department, extension, $2, $3, $4
     from visit_hop where visit_id = $1 order by n desc limit 1`,
    [visitId, at, by, byName],
  )
}

export function hopsOf(visitId: string): RawStatement<HopRow> {
  return raw(
    `select n, target, asked_kind, asked_id, name, name_en, department, extension, asked_at, asked_by_name, how, result,
       ended_at, ended_by_name, seconds, note from visit_hop where visit_id = $1 order by n`,
    [visitId],
  )
}

export function openHop(visitId: string): RawStatement<{ n: number }> {
  return raw('select n from visit_hop where visit_id = $1 and ended_at is null', [visitId])
}

/** The known person behind the visit: what the customers know them as, and whether they were here before. */
export function visitorBehind(siteId: string, visitorId: string): RawStatement<{ contactId: string | null }> {
  return raw('select contact_id as "contactId" from visitor where site_id = $1 and id = $2', [
    siteId,
    visitorId,
  ])
}
