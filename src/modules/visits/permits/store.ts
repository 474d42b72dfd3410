import type { Insertable, Selectable, Updateable } from 'kysely'
import type { DB } from '../../../../db/types.ts'
import { q, type RawStatement, raw } from '../../../kernel/db/sql.ts'

/** Days as text: a day of the site is no instant. */
export type PermitRow = Omit<Selectable<DB['permit']>, 'valid_from' | 'valid_to'> & {
  readonly valid_from: string
  readonly valid_to: string
  readonly inside_visit_id: string | null
  /** The first day after which something of it is no longer good. */
  readonly runs_out: string
}
export type PermitPatch = Updateable<DB['permit']>

export interface PaperRow {
  readonly id: string
  readonly permit_id: string
  readonly kind: string
  readonly number: string
  readonly expires_on: string | null
  readonly blocks: boolean
}

const select = `select p.id, p.site_id, p.number, p.version, p.status, p.status_at, p.status_by_name, p.status_reason,
  p.visitor_id, p.holder_name, p.holder_pinyin, p.holder_initials, p.organisation, p.phone, p.document_kind, p.document_sealed,
  p.document_index, p.document_tail, p.plate, p.kind, p.category, p.purpose, p.host_id, p.host_name, p.host_department_id,
  p.host_department, p.host_extension, p.valid_from::text, p.valid_to::text, p.weekdays, p.from_minute, p.to_minute, p.areas,
  p.note, p.source_key, p.created_at, p.created_by, p.created_by_name, p.updated_at,
  (select v.id from visit v where v.permit_id = p.id and v.status in ('held', 'asking', 'admitted', 'with_host', 'signed_off')
    order by v.sort_at desc limit 1) as inside_visit_id,
  least(p.valid_to, (select min(e.expires_on) from permit_paper e where e.permit_id = p.id))::text as runs_out
  from permit p`

export const insertPermit = (row: Insertable<DB['permit']>) => q.insertInto('permit').values(row)

/** The state the decision was made on is part of the condition (design §1.1). */
export const updatePermit = (id: string, from: PermitRow['status'], patch: PermitPatch) =>
  q.updateTable('permit').set(patch).where('id', '=', id).where('status', '=', from)

export function lockPermit(siteId: string, id: string): RawStatement<PermitRow> {
  return raw(`${select} where p.site_id = $1 and p.id = $2 for update of p`, [siteId, id])
}

export function findPermit(siteId: string, id: string): RawStatement<PermitRow> {
  return raw(`${select} where p.site_id = $1 and p.id = $2`, [siteId, id])
}

export function permitsNumbered(siteId: string, numbers: readonly number[]): RawStatement<PermitRow> {
  return raw(`${select} where p.site_id = $1 and p.number = any($2::bigint[])`, [siteId, numbers])
}

export function permitsWithKeys(siteId: string, keys: readonly string[]): RawStatement<PermitRow> {
  return raw(`${select} where p.site_id = $1 and p.source_key = any($2)`, [siteId, keys])
}

export function papersOf(permitIds: readonly string[]): RawStatement<PaperRow> {
  return raw(
    `select id, permit_id, kind, number, expires_on::text, blocks from permit_paper where permit_id = any($1)
     order by expires_on nulls last, kind`,
    [permitIds],
  )
}

export function removePapers(permitId: string): RawStatement<unknown> {
  return raw('delete from permit_paper where permit_id = $1', [permitId])
}

/** Only what nobody has activated: a draft opens no door. */
export function removeDrafts(siteId: string, ids: readonly string[]): RawStatement<{ id: string }> {
  return raw("delete from permit where site_id = $1 and id = any($2) and status = 'draft' returning id", [
    siteId,
    ids,
  ])
}

export const insertPaper = (row: Insertable<DB['permit_paper']>) => q.insertInto('permit_paper').values(row)

export interface PermitFilter {
  readonly siteId: string
  readonly status: PermitRow['status'] | null
  /** Papers or the permit itself run out up to this day. */
  readonly expiringBy: string | null
  readonly hostId: string | null
  readonly text: string | null
  readonly number: number | null
}

export function permitPage(
  filter: PermitFilter,
  after: { readonly over: boolean; readonly on: string; readonly id: string } | null,
  limit: number,
): RawStatement<PermitRow> {
  const like = filter.text === null ? null : `%${filter.text.replace(/[\\%_]/g, '\\$&')}%`
  const starts = filter.text === null ? null : `${filter.text.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`
  return raw(
    `select * from (${select} where p.site_id = $1 and ($2::text is null or p.status = $2)
       and ($3::date is null or (p.status in ('active', 'suspended') and (p.valid_to <= $3 or exists (
         select 1 from permit_paper e where e.permit_id = p.id and e.expires_on <= $3))))
       and ($4::uuid is null or p.host_id = $4)
       and ($5::text is null or p.holder_name ilike $5 or p.organisation ilike $5 or p.plate ilike $5
         or p.holder_pinyin like $6 or p.holder_initials like $6 or p.number = $7::bigint)) p
     where $8::boolean is null or (p.status = 'ended', p.runs_out, p.id) > ($8, $9, $10::uuid)
     order by p.status = 'ended', p.runs_out, p.id limit $11`,
    [
      filter.siteId,
      filter.status,
      filter.expiringBy,
      filter.hostId,
      like,
      starts,
      filter.number,
      after?.over ?? null,
      after?.on ?? null,
      after?.id ?? null,
      limit,
    ],
  )
}

export interface Meant {
  readonly id: string
  readonly status: PermitRow['status']
  readonly number: number
  readonly name: string
  readonly organisation: string
  /** By number, plate, document or the whole name; otherwise by pinyin, initials, organisation, a part of the name. */
  readonly whole: boolean
}

/** Whom somebody at the door may mean, the usable ones first; what is not whole finds only usable ones. */
export function permitsMeant(
  siteId: string,
  meant: {
    readonly number: number | null
    readonly text: string
    readonly plate: string
    readonly indexes: readonly string[]
  },
): RawStatement<Meant> {
  const like = meant.text.replace(/[\\%_]/g, '\\$&')
  return raw(
    `select * from (
       select id, status, number::int as number, holder_name as name, organisation, valid_to,
         number = $2::bigint or holder_name = $3 or (plate <> '' and plate = $4) or document_index = any($5) as whole,
         holder_pinyin like $6 or holder_initials like $6 or holder_name ilike $7 or organisation ilike $7 as part
       from permit where site_id = $1 and status <> 'ended' or site_id = $1 and (number = $2::bigint or document_index = any($5))
     ) p
     where whole or (part and status = 'active')
     order by whole desc, (status = 'active') desc, valid_to desc limit 20`,
    [
      siteId,
      meant.number,
      meant.text,
      meant.plate,
      meant.indexes,
      // One letter says nothing.
      meant.text.length < 2 ? '' : `${like.toLowerCase().replace(/\s/g, '')}%`,
      [...meant.text].length < 2 ? '' : `%${like}%`,
    ],
  )
}

/** Papers that run out soon and of which nobody has been reminded for this very day. */
export function papersToRemind(
  siteId: string,
  until: string,
): RawStatement<{ permit_id: string; paper_id: string; kind: string; on: string }> {
  return raw(
    `select e.permit_id, e.id as paper_id, e.kind, e.expires_on::text as on
     from permit_paper e join permit p on p.id = e.permit_id
     where p.site_id = $1 and p.status in ('active', 'suspended') and e.expires_on <= $2
       and e.reminded_for is distinct from e.expires_on
     order by e.permit_id, e.expires_on limit 1000 for update of e skip locked`,
    [siteId, until],
  )
}

/** Permits near their own last day; the journal knows who has been told of which day. */
export function permitsToRemind(siteId: string, today: string, until: string): RawStatement<PermitRow> {
  return raw(
    `${select} where p.site_id = $1 and p.status in ('active', 'suspended') and p.valid_to between $2 and $3
       and not exists (select 1 from journal j where j.entity = 'permit' and j.entity_id = p.id::text
         and j.action = 'permit.expiry-reminded' and j.data->>'lastDay' = p.valid_to::text)
     order by p.id limit 1000 for update of p skip locked`,
    [siteId, today, until],
  )
}

export function markReminded(paperIds: readonly string[]): RawStatement<unknown> {
  return raw('update permit_paper set reminded_for = expires_on where id = any($1)', [paperIds])
}

export function endOver(siteId: string, today: string): RawStatement<{ id: string }> {
  return raw(
    `select id from permit where site_id = $1 and status in ('active', 'suspended') and valid_to < $2
     order by id limit 1000 for update skip locked`,
    [siteId, today],
  )
}
