import { json, type RawStatement, raw } from '../db/sql.ts'
import type { LadderStep, Owner } from './rules.ts'

export interface TaskRow {
  readonly id: string
  readonly siteId: string
  readonly kind: string
  readonly subjectEntity: string
  readonly subjectId: string
  readonly facts: Record<string, unknown>
  readonly ownerKind: Owner['kind']
  readonly ownerId: string
  readonly status: 'open' | 'done' | 'cancelled'
  readonly dueAt: Date
  readonly remindAt: Date | null
  readonly nextAt: Date | null
  readonly reminded: boolean
  readonly level: number
  readonly ladder: readonly LadderStep[]
  readonly outcome: string | null
  readonly settledAt: Date | null
  readonly settledByName: string | null
  readonly createdAt: Date
  readonly createdByName: string
  readonly version: number
}

const columns = `id, site_id as "siteId", kind, subject_entity as "subjectEntity", subject_id as "subjectId", facts,
  owner_kind as "ownerKind", owner_id as "ownerId", status, due_at as "dueAt", remind_at as "remindAt",
  next_at as "nextAt", (next_at is null or next_at >= due_at) as reminded, level, ladder, outcome,
  settled_at as "settledAt", settled_by_name as "settledByName", created_at as "createdAt",
  created_by_name as "createdByName", version`

export interface TaskInsert {
  readonly id: string
  readonly siteId: string
  readonly kind: string
  readonly subjectEntity: string
  readonly subjectId: string
  readonly facts: Record<string, unknown>
  readonly owner: Owner
  readonly dueAt: Date
  readonly remindAt: Date | null
  readonly nextAt: Date | null
  readonly ladder: readonly LadderStep[]
}

export interface Stamp {
  readonly at: Date
  readonly by: string
  readonly byName: string
}

export function insertTasks(stamp: Stamp, tasks: readonly TaskInsert[]): RawStatement<unknown> {
  const values: unknown[] = [stamp.at, stamp.by, stamp.byName]
  const rows = tasks.map((task) => {
    const start = values.length
    values.push(task.id, task.siteId, task.kind, task.subjectEntity, task.subjectId, json(task.facts))
    values.push(task.owner.kind, task.owner.id, task.dueAt, task.remindAt, task.nextAt, json(task.ladder))
    const own = Array.from({ length: 12 }, (_, n) => `$${start + n + 1}`).join(', ')
    return `(${own}, $1, $2, $3)`
  })
  return raw(
    `insert into task (id, site_id, kind, subject_entity, subject_id, facts, owner_kind, owner_id, due_at, remind_at,
       next_at, ladder, created_at, created_by, created_by_name) values ${rows.join(', ')}`,
    values,
  )
}

/** Settles the open tasks of one subject, of the kinds named (empty: all). */
export function settleSubject(
  subject: { entity: string; id: string },
  kinds: readonly string[],
  status: 'done' | 'cancelled',
  outcome: string,
  stamp: Stamp,
): RawStatement<unknown> {
  return raw(
    `update task set status = $4, outcome = $5, settled_at = $6, settled_by = $7, settled_by_name = $8, next_at = null,
       version = version + 1
     where subject_entity = $1 and subject_id = $2 and (kind = any($3) or cardinality($3::text[]) = 0)
       and status = 'open'`,
    [subject.entity, subject.id, kinds, status, outcome, stamp.at, stamp.by, stamp.byName],
  )
}

export function lockTask(siteId: string, id: string): RawStatement<TaskRow> {
  return raw(`select ${columns} from task where site_id = $1 and id = $2 for update`, [siteId, id])
}

/** The oldest due task nobody else is working on; `skip locked` makes several nodes safe (design §1.3). */
export function nextDueTask(now: Date): RawStatement<TaskRow> {
  return raw(
    `select ${columns} from task where status = 'open' and next_at <= $1 order by next_at limit 1
     for update skip locked`,
    [now],
  )
}

export function updateTask(
  id: string,
  patch: {
    status: string
    owner: Owner
    level: number
    nextAt: Date | null
    dueAt: Date
    outcome: string | null
    settled: Stamp | null
  },
): RawStatement<unknown> {
  return raw(
    `update task set status = $2, owner_kind = $3, owner_id = $4, level = $5, next_at = $6, due_at = $7, outcome = $8,
       settled_at = $9, settled_by = $10, settled_by_name = $11, failures = 0, last_error = null, version = version + 1
     where id = $1`,
    [
      id,
      patch.status,
      patch.owner.kind,
      patch.owner.id,
      patch.level,
      patch.nextAt,
      patch.dueAt,
      patch.outcome,
      patch.settled?.at ?? null,
      patch.settled?.by ?? null,
      patch.settled?.byName ?? null,
    ],
  )
}

/** A handler that fails must neither block the queue nor lose the task: tried again later, the error visible. */
export function postponeFailedTask(id: string, nextAt: Date, error: string): RawStatement<unknown> {
  return raw(
    'update task set failures = failures + 1, last_error = $3, next_at = $2 where id = $1 and status = \'open\'',
    [id, nextAt, error.slice(0, 500)],
  )
}

export interface TaskFilter {
  readonly siteId: string
  readonly status: 'open' | 'settled'
  /** Owners whose tasks are listed; `null` lists everybody's. */
  readonly people: readonly string[] | null
  readonly posts: readonly string[] | null
  readonly kind: string | null
  readonly subjectEntity: string | null
  readonly subjectId: string | null
  readonly afterAt: Date | null
  readonly afterId: string | null
  readonly limit: number
}

export function openTasks(filter: TaskFilter): RawStatement<TaskRow> {
  const order = filter.status === 'open' ? ['due_at', '>', 'asc'] : ['settled_at', '<', 'desc']
  return raw(
    `select ${columns} from task
     where site_id = $1 and status ${filter.status === 'open' ? '=' : '<>'} 'open'
       and ($2::text[] is null or (owner_kind = 'person' and owner_id = any($2))
            or (owner_kind = 'post' and owner_id = any($3::text[])))
       and ($4::text is null or kind = $4)
       and ($5::text is null or (subject_entity = $5 and subject_id = $6))
       and ($7::timestamptz is null or (${order[0]}, id) ${order[1]} ($7, $8::uuid))
     order by ${order[0]} ${order[2]}, id ${order[2]} limit $9`,
    [
      filter.siteId,
      filter.people,
      filter.posts,
      filter.kind,
      filter.subjectEntity,
      filter.subjectId,
      filter.afterAt,
      filter.afterId,
      filter.limit,
    ],
  )
}
