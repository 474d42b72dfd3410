import type { Insertable, Selectable, Updateable } from 'kysely'
import type { DB } from '../../../../db/types.ts'
import { q, type RawStatement, raw } from '../../../kernel/db/sql.ts'
import type { VisitStatus } from '../rules.ts'
import { selectVisit, type VisitRow } from '../store.ts'

export type GroupRow = Selectable<DB['visit_group']>
export type GroupPatch = Updateable<DB['visit_group']>

const columns = `g.id, g.site_id, g.source, g.source_key, g.title, g.size, g.host_name, g.place, g.expected_at, g.created_at,
  g.version, g.organiser, g.host_id, g.host_department_id, g.host_department, g.host_extension, g.kind, g.category, g.purpose,
  g.note, g.leader_name, g.leader_phone, g.plates, g.pass_mode, g.pass_number, g.valid_until, g.headcount, g.counted_in,
  g.counted_out, g.crowd_visit_id, g.asked_at, g.consent_by, g.consent_by_name, g.consent_how, g.consent_at, g.declined_at,
  g.decline_reason, g.leader_signed_at, g.host_signed_at, g.host_signed_by_name, g.cancelled_at, g.created_by,
  g.created_by_name`

export const insertGroup = (row: Insertable<DB['visit_group']>) => q.insertInto('visit_group').values(row)

/** The lock every change of the group and of several members takes first: one order, so that nobody waits in a ring. */
export function lockGroup(siteId: string, id: string): RawStatement<GroupRow> {
  return raw(`select ${columns} from visit_group g where g.site_id = $1 and g.id = $2 for update`, [
    siteId,
    id,
  ])
}

export function findGroup(siteId: string, id: string): RawStatement<GroupRow> {
  return raw(`select ${columns} from visit_group g where g.site_id = $1 and g.id = $2`, [siteId, id])
}

export const updateGroup = (id: string, patch: GroupPatch) =>
  q.updateTable('visit_group').set(patch).where('id', '=', id)

export interface MemberRow extends VisitRow {
  readonly name_pinyin: string | null
  readonly name_initials: string | null
}

const selectMember = selectVisit.replace(
  'g.title as group_title',
  'g.title as group_title, p.name_pinyin, p.name_initials',
)

export function membersOf(siteId: string, groupId: string): RawStatement<MemberRow> {
  return raw(
    `${selectMember} left join visitor p on p.id = v.visitor_id
     where v.site_id = $1 and v.group_id = $2 order by v.number, v.id limit 3000`,
    [siteId, groupId],
  )
}

/** `ids` null: everybody in one of these statuses, at most `most`, in the order of the list. */
export function lockMembers(
  siteId: string,
  groupId: string,
  ids: readonly string[] | null,
  statuses: readonly VisitStatus[] | null,
  most: number,
): RawStatement<VisitRow> {
  return raw(
    `${selectVisit} where v.site_id = $1 and v.group_id = $2 and ($3::uuid[] is null or v.id = any($3))
       and ($4::text[] is null or v.status = any($4))
     order by v.number, v.id limit $5 for update of v`,
    [siteId, groupId, ids, statuses, most],
  )
}

export interface TallyRow {
  readonly group_id: string
  readonly status: VisitStatus
  readonly people: number
  readonly late: number
}

/** Without the visit that stands for the count: the count itself says how many they are. */
export function talliesOf(siteId: string, groupIds: readonly string[]): RawStatement<TallyRow> {
  return raw(
    `select v.group_id, v.status, sum(v.party_size)::int as people, count(*) filter (where v.late_signature)::int as late
     from visit v join visit_group g on g.id = v.group_id
     where v.site_id = $1 and v.group_id = any($2) and v.source is distinct from 'crowd' group by v.group_id, v.status`,
    [siteId, groupIds],
  )
}

export interface GroupFilter {
  readonly siteId: string
  readonly from: Date | null
  readonly to: Date | null
  readonly text: string | null
  /** Only groups of this host, or announced by them; null: all of the site. */
  readonly ownId: string | null
}

export function groupPage(
  filter: GroupFilter,
  order: 'newest' | 'soonest',
  after: { readonly at: Date; readonly id: string } | null,
  limit: number,
): RawStatement<GroupRow> {
  const values: unknown[] = [filter.siteId, filter.from, filter.to, filter.text, filter.ownId, limit]
  const newest = order === 'newest'
  let place = ''
  if (after !== null) {
    values.push(after.at, after.id)
    place = `and (g.expected_at, g.id) ${newest ? '<' : '>'} ($7, $8::uuid)`
  }
  return raw(
    `select ${columns} from visit_group g where g.site_id = $1
       and ($2::timestamptz is null or g.expected_at >= $2) and ($3::timestamptz is null or g.expected_at < $3)
       and ($4::text is null or g.title ilike $4 or g.organiser ilike $4 or g.leader_name ilike $4 or g.host_name ilike $4)
       and ($5::text is null or g.host_id::text = $5 or g.created_by = $5) ${place}
     order by g.expected_at ${newest ? 'desc' : 'asc'}, g.id ${newest ? 'desc' : 'asc'} limit $6`,
    values,
  )
}

/** Today's groups made here, and older ones with somebody still inside. */
export function groupsOfDay(siteId: string, from: Date, to: Date): RawStatement<GroupRow> {
  return raw(
    `select ${columns} from visit_group g where g.site_id = $1 and g.source <> 'import' and g.cancelled_at is null
       and ((g.expected_at >= $2 and g.expected_at < $3) or (g.expected_at < $2 and exists (select 1 from visit v
         where v.group_id = g.id and v.site_id = $1 and v.status in ('held', 'asking', 'admitted', 'with_host', 'signed_off'))))
     order by g.expected_at limit 50`,
    [siteId, from, to],
  )
}

export interface SoughtMember {
  readonly id: string
  readonly groupId: string
  readonly groupTitle: string
  readonly visitorName: string
  readonly organisation: string
  readonly status: VisitStatus
}

/** Members of the groups on the board, whoever is still to come first. */
export function membersSought(
  siteId: string,
  from: Date,
  to: Date,
  typed: string,
): RawStatement<SoughtMember> {
  const like = typed.replace(/[\\%_]/g, '\\$&')
  return raw(
    `select v.id, g.id as "groupId", g.title as "groupTitle", v.visitor_name as "visitorName", v.organisation, v.status
     from visit_group g join visit v on v.group_id = g.id left join visitor p on p.id = v.visitor_id
     where g.site_id = $1 and g.source <> 'import' and g.cancelled_at is null
       and g.expected_at >= $2::timestamptz - interval '2 days' and g.expected_at < $3
       and (g.expected_at >= $2 or v.status in ('held', 'asking', 'admitted', 'with_host', 'signed_off'))
       and v.status not in ('cancelled', 'left') and v.source_key is null
       and (v.visitor_name ilike $4 or v.organisation ilike $4 or p.name_pinyin like $5 or p.name_initials like $5)
     order by v.status <> 'expected', not starts_with(v.visitor_name, $6), v.number limit 20`,
    [siteId, from, to, `%${like}%`, `${like.toLowerCase().replace(/\s/g, '')}%`, typed],
  )
}

export function nextNumbers(n: number): RawStatement<{ number: number }> {
  return raw("select nextval('visit_number') as number from generate_series(1, $1::int)", [n])
}

/** The lowest free ones; numbers another gate is just handing out are passed over. */
export function freePasses(siteId: string, n: number): RawStatement<{ number: string }> {
  return raw(
    `select number from pass p where site_id = $1 and status = 'in_stock' and not exists (
       select 1 from pass_lease l where l.site_id = p.site_id and l.number = p.number and l.until > now())
     order by number limit $2 for update skip locked`,
    [siteId, n],
  )
}

export function markAllIssued(
  siteId: string,
  numbers: readonly string[],
  visitIds: readonly string[],
  at: Date,
): RawStatement<unknown> {
  return raw(
    `update pass set status = 'issued', visit_id = given.visit_id, issued_at = $4, reason = '', version = version + 1
     from (select unnest($2::text[]) as number, unnest($3::uuid[]) as visit_id) given
     where pass.site_id = $1 and pass.number = given.number`,
    [siteId, numbers, visitIds, at],
  )
}

/** Back in stock, or missing until found; only what these visits really hold (V11). */
export function markAllBack(
  siteId: string,
  visitIds: readonly string[],
  missing: readonly string[],
): RawStatement<unknown> {
  return raw(
    `update pass set status = case when number = any($3) then 'missing' else 'in_stock' end, issued_at = null,
       visit_id = case when number = any($3) then visit_id end, version = version + 1
     where site_id = $1 and visit_id = any($2) and status = 'issued'`,
    [siteId, visitIds, missing],
  )
}

/** The group's one pass goes on to somebody who is still inside. */
export function handOnPass(siteId: string, number: string, visitId: string): RawStatement<unknown> {
  return raw(
    "update pass set visit_id = $3, version = version + 1 where site_id = $1 and number = $2 and status = 'issued'",
    [siteId, number, visitId],
  )
}

export function passHolder(
  siteId: string,
  groupId: string,
): RawStatement<{ holder_id: string | null; other_id: string | null }> {
  return raw(
    `select p.visit_id as holder_id, (select v.id from visit v where v.group_id = g.id and v.id <> p.visit_id
         and v.status in ('held', 'asking', 'admitted', 'with_host', 'signed_off') order by v.number limit 1) as other_id
     from visit_group g left join pass p on p.site_id = g.site_id and p.number = g.pass_number and p.status = 'issued'
     where g.site_id = $1 and g.id = $2 and g.pass_mode = 'group'`,
    [siteId, groupId],
  )
}

export function documentSeen(
  visitId: string,
  document: { kind: string; sealed: string | null; index: string | null; tail: string | null },
): RawStatement<unknown> {
  return raw(
    `update visit set document_kind = $2, document_sealed = $3, document_index = $4, document_tail = $5 where id = $1`,
    [visitId, document.kind, document.sealed, document.index, document.tail],
  )
}

export function membersByDocument(
  siteId: string,
  groupId: string,
  indexes: readonly string[],
): RawStatement<{ id: string }> {
  return raw(
    'select id from visit where site_id = $1 and group_id = $2 and document_index = any($3) limit 10',
    [siteId, groupId, indexes],
  )
}

export function membersByContact(
  siteId: string,
  groupId: string,
  tail: string,
  pass: string,
): RawStatement<{ id: string }> {
  return raw(
    `select id from visit where site_id = $1 and group_id = $2
       and (pass_number = $4 or document_tail = $4 or (length($3) >= 4 and phone like '%' || $3)) limit 10`,
    [siteId, groupId, tail, pass],
  )
}

/** The visits that stand for those counted without names: who went out with an earlier one of them. */
export function crowdsGone(groupId: string): RawStatement<{ people: number }> {
  return raw(
    `select coalesce(sum(party_size), 0)::int as people from visit
     where group_id = $1 and source = 'crowd' and status = 'left'`,
    [groupId],
  )
}

export function markCrowd(visitId: string, key: string): RawStatement<unknown> {
  return raw("update visit set source = 'crowd', source_key = $2 where id = $1", [visitId, key])
}

export function allCountedOut(groupId: string): RawStatement<unknown> {
  return raw(
    'update visit_group set counted_out = counted_in, crowd_visit_id = null, version = version + 1 where id = $1',
    [groupId],
  )
}
