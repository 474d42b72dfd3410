import { json, type RawStatement, raw } from '../db/sql.ts'
import type { Applied, LineProblem } from './importer.ts'
import type { Mapping } from './mapping.ts'

export interface RunRow {
  readonly id: string
  readonly kind: string
  readonly fileName: string
  readonly sha256: string
  readonly headings: readonly string[]
  readonly mapping: Record<string, string>
  readonly status: 'draft' | 'running' | 'done' | 'undone'
  readonly total: number
  readonly progress: number
  readonly created: number
  readonly updated: number
  readonly unchanged: number
  readonly bad: number
  readonly kept: number
  readonly at: Date
  readonly finishedAt: Date | null
  readonly by: string
}

const columns = `id, kind, file_name as "fileName", sha256, headings, mapping, status, total, progress, created, updated, unchanged,
  bad, kept, at, finished_at as "finishedAt", actor_name as by`

export function insertRun(
  siteId: string,
  run: Pick<
    RunRow,
    'id' | 'kind' | 'fileName' | 'sha256' | 'headings' | 'mapping' | 'total' | 'at' | 'by'
  > & { actorId: string },
): RawStatement<unknown> {
  return raw(
    `insert into import_run (id, site_id, kind, file_name, sha256, mapping, status, total, created, updated, unchanged,
       bad, at, actor_id, actor_name, headings)
     values ($1, $2, $3, $4, $5, $6, 'draft', $7, 0, 0, 0, 0, $8, $9, $10, $11)`,
    [
      run.id,
      siteId,
      run.kind,
      run.fileName,
      run.sha256,
      json(run.mapping),
      run.total,
      run.at,
      run.actorId,
      run.by,
      json(run.headings),
    ],
  )
}

export function runById(siteId: string, kind: string, id: string): RawStatement<RunRow> {
  return raw(`select ${columns} from import_run where id = $3 and site_id = $1 and kind = $2`, [
    siteId,
    kind,
    id,
  ])
}

export function lockRun(siteId: string, kind: string, id: string): RawStatement<RunRow> {
  return raw(`select ${columns} from import_run where id = $3 and site_id = $1 and kind = $2 for update`, [
    siteId,
    kind,
    id,
  ])
}

export function runsPage(
  siteId: string,
  kind: string,
  before: { readonly at: string; readonly id: string } | null,
  limit: number,
): RawStatement<RunRow> {
  return raw(
    `select ${columns} from import_run where site_id = $1 and kind = $2 and status <> 'draft'
       and ($3::timestamptz is null or (at, id) < ($3, $4::uuid))
     order by at desc, id desc limit $5`,
    [siteId, kind, before?.at ?? null, before?.id ?? null, limit],
  )
}

export function startRun(id: string, mapping: Mapping, total: number): RawStatement<unknown> {
  return raw("update import_run set status = 'running', mapping = $2, total = $3 where id = $1", [
    id,
    json(mapping),
    total,
  ])
}

export function rememberMapping(id: string, mapping: Mapping): RawStatement<unknown> {
  return raw("update import_run set mapping = $2 where id = $1 and status = 'draft'", [id, json(mapping)])
}

export interface Counts {
  readonly created: number
  readonly updated: number
  readonly unchanged: number
  readonly bad: number
}

export function addProgress(id: string, progress: number, add: Counts): RawStatement<unknown> {
  return raw(
    `update import_run set progress = $2, created = created + $3, updated = updated + $4, unchanged = unchanged + $5,
       bad = bad + $6 where id = $1`,
    [id, progress, add.created, add.updated, add.unchanged, add.bad],
  )
}

export function finishRun(
  id: string,
  status: 'done' | 'undone',
  kept: number,
  at: Date,
): RawStatement<unknown> {
  return raw('update import_run set status = $2, kept = $3, finished_at = $4 where id = $1', [
    id,
    status,
    kept,
    at,
  ])
}

export interface StoredLine {
  readonly line: number
  readonly result: Applied['result'] | 'bad'
  readonly entityId: string | null
  readonly before: unknown
  readonly problems: readonly LineProblem[] | null
  /** The line as it stood in the file; kept of bad lines only, until they are mended or forgotten. */
  readonly cells: readonly string[] | null
}

export function insertLines(runId: string, lines: readonly StoredLine[]): RawStatement<unknown> {
  return raw(
    `insert into import_line (run_id, line, result, entity_id, before, problems, cells)
     select $1, l.line, l.result, l."entityId", l.before, l.problems, l.cells
     from jsonb_to_recordset($2::jsonb)
       as l (line int, result text, "entityId" uuid, before jsonb, problems jsonb, cells jsonb)`,
    [runId, json(lines)],
  )
}

export interface BadRow {
  readonly line: number
  readonly problems: LineProblem[]
  readonly cells: string[] | null
}

export function badLines(runId: string, limit: number): RawStatement<BadRow> {
  return raw(
    "select line, problems, cells from import_line where run_id = $1 and result = 'bad' order by line limit $2",
    [runId, limit],
  )
}

export interface DoneRow {
  readonly line: number
  readonly entityId: string
  readonly before: unknown
  readonly result: 'created' | 'updated'
}

/** What a run stored, the last line first; `below` goes on behind a chunk. */
export function storedLines(runId: string, below: number, limit: number): RawStatement<DoneRow> {
  return raw(
    `select line, entity_id as "entityId", before, result from import_line
     where run_id = $1 and line < $2 and result in ('created', 'updated') order by line desc limit $3`,
    [runId, below, limit],
  )
}

export function markUndone(runId: string, lines: readonly number[]): RawStatement<unknown> {
  return raw("update import_line set result = 'undone' where run_id = $1 and line = any($2::int[])", [
    runId,
    lines,
  ])
}

export interface ProfileRow {
  readonly id: string
  readonly name: string
  readonly mapping: Record<string, string>
}

export function profilesOf(siteId: string, kind: string): RawStatement<ProfileRow> {
  return raw(
    'select id, name, mapping from import_profile where site_id = $1 and kind = $2 order by updated_at desc, id',
    [siteId, kind],
  )
}

export function putProfile(siteId: string, kind: string, one: ProfileRow, now: Date): RawStatement<unknown> {
  return raw(
    `insert into import_profile (id, site_id, kind, name, mapping, updated_at) values ($1, $2, $3, $4, $5, $6)
     on conflict (site_id, kind, name) do update set mapping = excluded.mapping, updated_at = excluded.updated_at`,
    [one.id, siteId, kind, one.name, json(one.mapping), now],
  )
}

export function deleteProfile(siteId: string, kind: string, id: string): RawStatement<ProfileRow> {
  return raw(
    'delete from import_profile where id = $3 and site_id = $1 and kind = $2 returning id, name, mapping',
    [siteId, kind, id],
  )
}

/** Another draft, an unfinished run or an attachment may hold the same content. */
export function fileInUse(sha256: string): RawStatement<{ used: boolean }> {
  return raw(
    `select exists (select from import_run where sha256 = $1 and status in ('draft', 'running'))
       or exists (select from file where sha256 = $1 and removed_at is null) as used`,
    [sha256],
  )
}

/** Uploads nobody went on with. */
export function deleteDrafts(before: Date): RawStatement<{ sha256: string }> {
  return raw("delete from import_run where status = 'draft' and at < $1 returning sha256", [before])
}
