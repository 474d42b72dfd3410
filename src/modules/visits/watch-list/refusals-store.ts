/** Refusals on record (V12). */
import { type RawStatement, raw } from '../../../kernel/db/sql.ts'
import type { Place } from './entries-store.ts'

export interface RefusalInsert {
  readonly id: string
  readonly siteId: string
  readonly visitId: string
  readonly at: Date
  readonly by: string
  readonly byName: string
  readonly reason: string
  readonly suspicious: boolean
  readonly told: readonly string[]
}

export function insertRefusal(one: RefusalInsert): RawStatement<unknown> {
  return raw(
    `insert into visit_refusal (id, site_id, visit_id, at, by_id, by_name, reason, suspicious, told)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [one.id, one.siteId, one.visitId, one.at, one.by, one.byName, one.reason, one.suspicious, one.told],
  )
}

export function undoRefusal(visitId: string, at: Date): RawStatement<unknown> {
  return raw('update visit_refusal set undone_at = $2 where visit_id = $1 and undone_at is null', [
    visitId,
    at,
  ])
}

/** Taken back with the refusal that carried it out. */
export function reopenHits(visitId: string): RawStatement<unknown> {
  return raw(
    `update watch_hit set decision = null, decided_at = null, decided_by = null, decided_by_name = '', note = ''
     where visit_id = $1 and decision = 'confirmed'`,
    [visitId],
  )
}

export interface RefusalFilter {
  readonly siteId: string
  readonly from: Date | null
  readonly to: Date | null
  readonly suspicious: boolean
  readonly text: string | null
}

export interface RefusalRow {
  readonly id: string
  readonly visit_id: string
  readonly number: number
  readonly at: Date
  readonly visitor_name: string
  readonly organisation: string
  readonly phone: string
  readonly document_tail: string | null
  readonly host_name: string
  readonly purpose: string
  readonly reason: string
  readonly suspicious: boolean
  readonly told: readonly string[]
  readonly by_name: string
  readonly undone_at: Date | null
}

function where(filter: RefusalFilter) {
  const values: unknown[] = [filter.siteId]
  const add = (value: unknown) => `$${values.push(value)}`
  const parts = ['r.site_id = $1']
  if (filter.from !== null) parts.push(`r.at >= ${add(filter.from)}`)
  if (filter.to !== null) parts.push(`r.at < ${add(filter.to)}`)
  if (filter.suspicious) parts.push('r.suspicious')
  if (filter.text !== null) {
    const like = add(`%${filter.text.replace(/[%_\\]/g, '\\$&')}%`)
    parts.push(`(v.visitor_name ilike ${like} or v.organisation ilike ${like} or r.reason ilike ${like}
      or 'V' || lpad(v.number::text, 6, '0') ilike ${like})`)
  }
  return { text: parts.join(' and '), values, add }
}

export function refusalPage(
  filter: RefusalFilter,
  after: Place | null,
  limit: number,
): RawStatement<RefusalRow> {
  const { text, values, add } = where(filter)
  const place = after === null ? '' : ` and (r.at, r.id) < (${add(after.at)}, ${add(after.id)}::uuid)`
  return raw(
    `select r.id, r.visit_id, v.number, r.at, v.visitor_name, v.organisation, v.phone, v.document_tail, v.host_name,
       v.purpose, r.reason, r.suspicious, r.told, r.by_name, r.undone_at
     from visit_refusal r join visit v on v.id = r.visit_id
     where ${text}${place} order by r.at desc, r.id desc limit ${add(limit)}`,
    values,
  )
}

export function refusalCount(filter: RefusalFilter): RawStatement<{ n: number }> {
  const { text, values } = where(filter)
  return raw(
    `select count(*)::int as n from (select 1 from visit_refusal r join visit v on v.id = r.visit_id
       where ${text} limit 10001) counted`,
    values,
  )
}
