/** All SQL of areas and their approvals. */
import { json, type RawStatement, raw } from '../../../kernel/db/sql.ts'
import type { VisitStatus } from '../rules.ts'
import type { ApprovalStatus } from './rules.ts'

export interface AreaRow {
  readonly id: string
  readonly version: number
  readonly parent_id: string | null
  readonly name_zh: string
  readonly name_en: string
  readonly restricted: boolean
  readonly responsible_kind: 'person' | 'department' | 'post' | null
  readonly responsible_id: string | null
  readonly responsible_name: string
  readonly way_zh: string
  readonly way_en: string
  readonly note: string
  readonly position: number
  readonly archived: boolean
}

const areaColumns = `id, version, parent_id, name_zh, name_en, restricted, responsible_kind, responsible_id, responsible_name,
  way_zh, way_en, note, position, archived`

export function areaRows(siteId: string, archived: boolean): RawStatement<AreaRow> {
  return raw(
    `select ${areaColumns} from area where site_id = $1 and (not archived or $2) order by position, name_zh, id`,
    [siteId, archived],
  )
}

/** The whole tree, locked: two moves at once could otherwise close a circle that neither sees. */
export function lockAreas(siteId: string): RawStatement<AreaRow> {
  return raw(`select ${areaColumns} from area where site_id = $1 order by id for update`, [siteId])
}

const values = (row: AreaRow, siteId: string, at: Date) => [
  row.id,
  siteId,
  row.version,
  row.parent_id,
  row.name_zh,
  row.name_en,
  row.restricted,
  row.responsible_kind,
  row.responsible_id,
  row.responsible_name,
  row.way_zh,
  row.way_en,
  row.note,
  row.position,
  row.archived,
  at,
]

export function saveArea(row: AreaRow, siteId: string, at: Date): RawStatement<unknown> {
  return raw(
    `insert into area (id, site_id, version, parent_id, name_zh, name_en, restricted, responsible_kind, responsible_id,
       responsible_name, way_zh, way_en, note, position, archived, created_at, updated_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $16)
     on conflict (id) do update set version = excluded.version, parent_id = excluded.parent_id, name_zh = excluded.name_zh,
       name_en = excluded.name_en, restricted = excluded.restricted, responsible_kind = excluded.responsible_kind,
       responsible_id = excluded.responsible_id, responsible_name = excluded.responsible_name, way_zh = excluded.way_zh,
       way_en = excluded.way_en, note = excluded.note, position = excluded.position, archived = excluded.archived,
       updated_at = excluded.updated_at`,
    values(row, siteId, at),
  )
}

const open = `('expected', 'held', 'asking', 'admitted', 'with_host', 'signed_off')`

/**
 * Visits still to come or going on, permits and doors name an area by its words: they follow it, or a restriction would
 * end with a new name. What is over keeps the name of its day.
 */
export function renamed(siteId: string, before: AreaRow, after: AreaRow): RawStatement<unknown>[] {
  const names = [
    [before.name_zh, after.name_zh],
    [before.name_en, after.name_en || after.name_zh],
  ] as const
  return names
    .filter(([from, to]) => from !== '' && from !== to)
    .flatMap(([from, to]) => {
      const list = `(select jsonb_agg(case when one = $2 then $3 else one end order by n)
        from jsonb_array_elements_text(areas) with ordinality as named(one, n))`
      const values = [siteId, from, to]
      return [
        raw(
          `update visit set areas = ${list} where site_id = $1 and status in ${open} and areas ? $2`,
          values,
        ),
        raw(
          `update permit set areas = ${list} where site_id = $1 and status <> 'ended' and areas ? $2`,
          values,
        ),
        raw('update door set area = $3, version = version + 1 where site_id = $1 and area = $2', values),
      ]
    })
}

/** The trigger counts anew what the visits still owe; it looks at every row whose areas are written. */
export function recount(siteId: string, names: readonly string[]): RawStatement<unknown> {
  return raw(
    `update visit set areas = areas where site_id = $1 and status in ${open} and areas ?| $2::text[]`,
    [siteId, names],
  )
}

export interface ApprovalRow {
  readonly id: string
  readonly version: number
  readonly visit_id: string
  readonly area_id: string
  readonly status: ApprovalStatus
  readonly status_at: Date
  readonly status_by: string
  readonly asked_kind: 'person' | 'post'
  readonly asked_id: string
  readonly asked_name: string
  readonly asked_at: Date
  readonly asked_by_name: string
  readonly decided_by_name: string
  readonly decided_at: Date | null
  readonly until: Date | null
  readonly note: string
  readonly name_zh: string
  readonly name_en: string
  readonly number: number
  readonly visit_status: VisitStatus
  readonly visitor_name: string
  readonly organisation: string
  readonly purpose: string
  readonly host_id: string | null
  readonly host_name: string
  readonly receiver_id: string | null
  readonly expected_at: Date | null
  readonly arrived_at: Date | null
}

const selectApproval = `select p.id, p.version, p.visit_id, p.area_id, p.status, p.status_at, p.status_by, p.asked_kind, p.asked_id,
  p.asked_name, p.asked_at, p.asked_by_name, p.decided_by_name, p.decided_at, p.until, p.note, a.name_zh, a.name_en,
  v.number, v.status as visit_status, v.visitor_name, v.organisation, v.purpose, v.host_id, v.host_name, v.receiver_id,
  v.expected_at, v.arrived_at
  from area_approval p join area a on a.id = p.area_id join visit v on v.id = p.visit_id`

export function approvalsOf(visitId: string): RawStatement<ApprovalRow> {
  return raw(`${selectApproval} where p.visit_id = $1 order by p.asked_at, p.id`, [visitId])
}

export function visitOfApproval(siteId: string, id: string): RawStatement<{ visit_id: string }> {
  return raw('select visit_id from area_approval where site_id = $1 and id = $2', [siteId, id])
}

/** The visit is locked first, as everywhere: whoever decides and whoever changes the visit take turns. */
export function lockApproval(siteId: string, id: string): RawStatement<ApprovalRow> {
  return raw(`${selectApproval} where p.site_id = $1 and p.id = $2 for update of p`, [siteId, id])
}

export function approvalsAsked(
  siteId: string,
  people: readonly string[],
  posts: readonly string[],
  everything: boolean,
): RawStatement<ApprovalRow> {
  return raw(
    `${selectApproval} where p.site_id = $1 and p.status = 'asked'
       and ($4 or (p.asked_kind = 'person' and p.asked_id = any($2::text[])) or (p.asked_kind = 'post' and p.asked_id = any($3::text[])))
     order by p.asked_at limit 200`,
    [siteId, people, posts, everything],
  )
}

export function approvalsDecidedBy(siteId: string, by: string, from: Date): RawStatement<ApprovalRow> {
  return raw(
    `${selectApproval} where p.site_id = $1 and p.decided_by = $2 and p.status_at >= $3 order by p.status_at desc limit 50`,
    [siteId, by, from],
  )
}

export interface NewApproval {
  readonly id: string
  readonly siteId: string
  readonly visitId: string
  readonly areaId: string
  readonly askedKind: 'person' | 'post'
  readonly askedId: string
  readonly askedName: string
  readonly askedByName: string
  readonly by: string
  readonly at: Date
}

export function insertApproval(one: NewApproval): RawStatement<unknown> {
  return raw(
    `insert into area_approval (id, site_id, visit_id, area_id, status, status_at, status_by, asked_kind, asked_id, asked_name,
       asked_at, asked_by_name) values ($1, $2, $3, $4, 'asked', $5, $6, $7, $8, $9, $5, $10)`,
    [
      one.id,
      one.siteId,
      one.visitId,
      one.areaId,
      one.at,
      one.by,
      one.askedKind,
      one.askedId,
      one.askedName,
      one.askedByName,
    ],
  )
}

export interface Decision {
  readonly status: ApprovalStatus
  readonly by: string
  readonly byName: string
  readonly at: Date
  readonly how: string | null
  readonly until: Date | null
  readonly note: string
}

export function setApproval(row: ApprovalRow, to: Decision): RawStatement<unknown> {
  return raw(
    `update area_approval set previous_status = status, status = $3::text, status_at = $4, status_by = $5, version = version + 1,
       decided_by = case when $3 in ('approved', 'declined') then $5 when $3 = 'asked' then null else decided_by end,
       decided_by_name = case when $3 in ('approved', 'declined') then $6 when $3 = 'asked' then '' else decided_by_name end,
       decided_at = case when $3 in ('approved', 'declined') then $4 when $3 = 'asked' then null else decided_at end,
       how = $7, until = $8, note = $9 where id = $1 and status = $2`,
    [row.id, row.status, to.status, to.at, to.by, to.byName, to.how, to.until, to.note],
  )
}

/** Visits that owe a question, or still ask one that nobody needs answered. */
export function visitsToAsk(
  siteId: string,
  ids: readonly string[],
  everywhere: boolean,
): RawStatement<{ id: string }> {
  return raw(
    `select v.id from visit v where v.site_id = $1 and (v.id = any($2::uuid[]) or $3)
       and ((v.approvals_due > 0 and v.status in ${open})
         or exists (select 1 from area_approval p join area a on a.id = p.area_id where p.visit_id = v.id
           and (p.status = 'asked' or (p.status = 'approved' and v.status in ${open}
             and not (v.areas ? a.name_zh or (a.name_en <> '' and v.areas ? a.name_en))))))
     order by v.id`,
    [siteId, ids, everywhere],
  )
}

export function approvalsRunOut(now: Date): RawStatement<{ id: string; site_id: string }> {
  return raw(
    `select id, site_id from area_approval where status = 'approved' and until is not null and until <= $1 order by until limit 500`,
    [now],
  )
}

export function seenAt(visitId: string, area: string, at: Date): RawStatement<unknown> {
  return raw('update visit set seen_area = $2, seen_at = $3 where id = $1', [visitId, area, at])
}

export function writeAreas(visitId: string, names: readonly string[]): RawStatement<unknown> {
  return raw('update visit set areas = $2, version = version + 1 where id = $1', [visitId, json(names)])
}
