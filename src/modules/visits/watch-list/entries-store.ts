/** The list itself: entries, hits, refusals as their screens read them. */
import { type RawStatement, raw } from '../../../kernel/db/sql.ts'
import type { EntryStatus } from './rules.ts'

export interface EntryRow {
  readonly id: string
  readonly site_id: string
  readonly version: number
  readonly status: EntryStatus
  readonly level: 'alert' | 'block'
  readonly name: string
  readonly name_pinyin: string
  readonly aliases: readonly string[]
  readonly organisation: string
  readonly phones: readonly string[]
  readonly plates: readonly string[]
  readonly document_kind: string | null
  readonly document_sealed: string | null
  readonly document_index: string | null
  readonly document_tail: string | null
  readonly reason: string
  readonly valid_from: Date
  readonly valid_until: Date | null
  readonly withdrawn_why: string
  readonly visit_id: string | null
  readonly source_key: string | null
  readonly keys: readonly string[]
  readonly keys_version: number
  readonly grams: readonly string[]
  readonly created_at: Date
  readonly created_by: string
  readonly created_by_name: string
  readonly updated_at: Date
}

const columns = [
  'id',
  'site_id',
  'version',
  'status',
  'level',
  'name',
  'name_pinyin',
  'aliases',
  'organisation',
  'phones',
  'plates',
  'document_kind',
  'document_sealed',
  'document_index',
  'document_tail',
  'reason',
  'valid_from',
  'valid_until',
  'withdrawn_why',
  'visit_id',
  'source_key',
  'keys',
  'keys_version',
  'grams',
  'created_at',
  'created_by',
  'created_by_name',
  'updated_at',
] as const satisfies readonly (keyof EntryRow)[]

const selected = columns.map((column) => `e.${column}`).join(', ')
const insertText = `insert into watch_entry (${columns.join(', ')}) values (${columns.map((_, i) => `$${i + 1}`).join(', ')})`
const changed = columns.filter(
  (column) => !['id', 'site_id', 'created_at', 'created_by', 'created_by_name'].includes(column),
)
const updateText = `update watch_entry set ${changed.map((column, i) => `${column} = $${i + 2}`).join(', ')} where id = $1`

export function insertEntry(row: EntryRow): RawStatement<unknown> {
  return raw(
    insertText,
    columns.map((column) => row[column]),
  )
}

export function updateEntry(row: EntryRow): RawStatement<unknown> {
  return raw(updateText, [row.id, ...changed.map((column) => row[column])])
}

export function lockEntry(siteId: string, id: string): RawStatement<EntryRow> {
  return raw(`select ${selected} from watch_entry e where e.site_id = $1 and e.id = $2 for update`, [
    siteId,
    id,
  ])
}

export function findEntry(siteId: string, id: string): RawStatement<EntryRow> {
  return raw(`select ${selected} from watch_entry e where e.site_id = $1 and e.id = $2`, [siteId, id])
}

export function entriesBySource(siteId: string, keys: readonly string[]): RawStatement<EntryRow> {
  return raw(
    `select ${selected} from watch_entry e where e.site_id = $1 and e.source_key = any($2) and e.status <> 'withdrawn'
     for update`,
    [siteId, keys],
  )
}

/** Imported and untouched since. */
export function removeEntries(siteId: string, ids: readonly string[]): RawStatement<{ id: string }> {
  return raw(
    `delete from watch_entry where site_id = $1 and id = any($2) and version = 1
       and not exists (select 1 from watch_hit h where h.entry_id = watch_entry.id) returning id`,
    [siteId, ids],
  )
}

/** The person was described anew: what was judged before was judged of somebody else. */
export function forgetDismissals(entryId: string): RawStatement<unknown> {
  return raw('delete from watch_dismissal where entry_id = $1', [entryId])
}

export function endedEntries(now: Date): RawStatement<{ id: string; site_id: string; version: number }> {
  return raw(
    `select id, site_id, version from watch_entry where status = 'active' and valid_until <= $1
     order by valid_until limit 500`,
    [now],
  )
}

export function entriesKeyedBefore(
  version: number,
  most: number,
): RawStatement<{ id: string; site_id: string }> {
  return raw(
    'select id, site_id from watch_entry where keys_version < $1 order by keys_version, id limit $2',
    [version, most],
  )
}

export function lockEntries(siteId: string, ids: readonly string[]): RawStatement<EntryRow> {
  return raw(
    `select ${selected} from watch_entry e where e.site_id = $1 and e.id = any($2) order by e.id for update`,
    [siteId, ids],
  )
}

export function rekeyEntry(id: string, keys: readonly string[], version: number): RawStatement<unknown> {
  return raw('update watch_entry set keys = $2, keys_version = $3 where id = $1', [id, keys, version])
}

export interface Place {
  readonly at: Date
  readonly id: string
}

export interface EntryFilter {
  readonly siteId: string
  readonly status: string | null
  readonly level: string | null
  readonly text: {
    readonly prefix: string
    readonly pinyin: string | null
    readonly grams: readonly string[]
    readonly phone: string | null
    readonly plate: string
    readonly documents: readonly string[]
  } | null
}

function whereEntry(filter: EntryFilter) {
  const values: unknown[] = [filter.siteId]
  const parts = ['e.site_id = $1']
  const add = (value: unknown) => `$${values.push(value)}`
  if (filter.status !== null) parts.push(`e.status = ${add(filter.status)}`)
  if (filter.level !== null) parts.push(`e.level = ${add(filter.level)}`)
  const { text } = filter
  if (text !== null) {
    const any = [`e.name like ${add(`${text.prefix}%`)}`]
    if (text.pinyin !== null) any.push(`e.name_pinyin like ${add(`${text.pinyin}%`)}`)
    if (text.grams.length > 0) any.push(`e.grams @> ${add(text.grams)}`)
    if (text.phone !== null)
      any.push(`exists (select 1 from unnest(e.phones) p where p like ${add(`%${text.phone}`)})`)
    if (text.plate !== '')
      any.push(`exists (select 1 from unnest(e.plates) p where p like ${add(`%${text.plate}%`)})`)
    if (text.documents.length > 0) any.push(`e.document_index = any(${add(text.documents)})`)
    parts.push(`(${any.join(' or ')})`)
  }
  return { text: parts.join(' and '), values, add }
}

export function entryPage(filter: EntryFilter, after: Place | null, limit: number): RawStatement<EntryRow> {
  const { text, values, add } = whereEntry(filter)
  const place = after === null ? '' : ` and (e.created_at, e.id) < (${add(after.at)}, ${add(after.id)}::uuid)`
  return raw(
    `select ${selected} from watch_entry e where ${text}${place} order by e.created_at desc, e.id desc limit ${add(limit)}`,
    values,
  )
}

export const mostCounted = 10_000

export function entryCount(filter: EntryFilter): RawStatement<{ n: number }> {
  const { text, values } = whereEntry(filter)
  return raw(
    `select count(*)::int as n from (select 1 from watch_entry e where ${text} limit ${mostCounted + 1}) counted`,
    values,
  )
}

export interface HitView {
  readonly id: string
  readonly visit_id: string
  readonly number: number
  readonly visit_status: string
  readonly created_by: string
  readonly status_by: string
  readonly host_id: string | null
  readonly consent_by: string | null
  readonly document_checked_by: string | null
  readonly moment: string
  readonly at: Date
  readonly by_name: string
  readonly level: 'alert' | 'block'
  readonly score: number
  readonly agreed: readonly { attribute: string; how: string; weight: number }[]
  readonly differed: readonly string[]
  readonly effect: 'held' | 'alert'
  readonly person: {
    name: string
    organisation: string
    phoneMasked: string
    plate: string
    documentTail: string
  }
  readonly entry_id: string
  readonly name: string
  readonly aliases: readonly string[]
  readonly organisation: string
  readonly phones: readonly string[]
  readonly plates: readonly string[]
  readonly document_tail: string | null
  readonly reason: string
  readonly valid_until: Date | null
  readonly decision: string | null
  readonly decided_at: Date | null
  readonly decided_by_name: string
  readonly note: string
}

const hitView = `select h.id, h.visit_id, v.number, v.status as visit_status, v.created_by, v.status_by, v.document_checked_by, v.host_id, v.consent_by,
    h.moment, h.at, h.by_name, h.level, h.score::float8 as score, h.agreed, h.differed, h.effect, h.person, h.entry_id, e.name,
    e.aliases, e.organisation, e.phones, e.plates, e.document_tail, e.reason, e.valid_until, h.decision, h.decided_at,
    h.decided_by_name, h.note
  from watch_hit h join visit v on v.id = h.visit_id join watch_entry e on e.id = h.entry_id`

export function hitsOfVisit(siteId: string, visitId: string): RawStatement<HitView> {
  return raw(`${hitView} where h.site_id = $1 and h.visit_id = $2 order by h.score desc, h.id limit 50`, [
    siteId,
    visitId,
  ])
}

export function hitPage(
  siteId: string,
  filter: { readonly open: boolean | null; readonly entryId: string | null },
  after: Place | null,
  limit: number,
): RawStatement<HitView> {
  const values: unknown[] = [siteId]
  const add = (value: unknown) => `$${values.push(value)}`
  const parts = ['h.site_id = $1']
  if (filter.open !== null) parts.push(`h.decision is ${filter.open ? '' : 'not '}null`)
  if (filter.entryId !== null) parts.push(`h.entry_id = ${add(filter.entryId)}`)
  if (after !== null) parts.push(`(h.at, h.id) < (${add(after.at)}, ${add(after.id)}::uuid)`)
  return raw(
    `${hitView} where ${parts.join(' and ')} order by h.at desc, h.id desc limit ${add(limit)}`,
    values,
  )
}
