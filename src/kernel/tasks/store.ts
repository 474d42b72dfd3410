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
  /** Person id, or account id where there is no person. */
  readonly settledBy: string | null
  readonly settledByName: string | null
  readonly createdAt: Date
  readonly createdByName: string
  readonly version: number
}

const columns = `id, site_id as "siteId", kind, subject_entity as "subjectEntity", subject_id as "subjectId", facts,
  owner_kind as "ownerKind", owner_id as "ownerId", status, due_at as "dueAt", remind_at as "remindAt",
  next_at as "nextAt", (next_at is null or next_at >= due_at) as reminded, level, ladder, outcome,
  settled_at as "settledAt", settled_by as "settledBy", settled_by_name as "settledByName", created_at as "createdAt",
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

export function oneTask(siteId: string, id: string): RawStatement<TaskRow> {
  return raw(`select ${columns} from task where site_id = $1 and id = $2`, [siteId, id])
}

/** The oldest due task nobody else is working on; `skip locked` makes several nodes safe (design §1.3). */
export function nextDueTask(now: Date): RawStatement<TaskRow> {
  return raw(
    `select ${columns} from task where status = 'open' and next_at <= $1 order by next_at limit 1
     for update skip locked`,
    [now],
  )
}

/** The dispatcher has looked at the task; first of its writes, so that a handler may settle the task after it. */
export function advanceTask(id: string, level: number, nextAt: Date | null): RawStatement<unknown> {
  return raw(
    `update task set level = $2, next_at = $3, failures = 0, last_error = null, version = version + 1
     where id = $1 and status = 'open'`,
    [id, level, nextAt],
  )
}

export function setOwner(id: string, owner: Owner): RawStatement<unknown> {
  return raw(
    `update task set owner_kind = $2, owner_id = $3, version = version + 1 where id = $1 and status = 'open'`,
    [id, owner.kind, owner.id],
  )
}

export function setTimes(
  id: string,
  times: { dueAt: Date; remindAt: Date | null; nextAt: Date | null },
): RawStatement<unknown> {
  return raw(
    `update task set due_at = $2, remind_at = $3, next_at = $4, level = 0, failures = 0, last_error = null,
       version = version + 1
     where id = $1 and status = 'open'`,
    [id, times.dueAt, times.remindAt, times.nextAt],
  )
}

export function setSettled(id: string, outcome: string, stamp: Stamp): RawStatement<unknown> {
  return raw(
    `update task set status = 'done', outcome = $2, settled_at = $3, settled_by = $4, settled_by_name = $5,
       next_at = null, version = version + 1
     where id = $1 and status = 'open'`,
    [id, outcome, stamp.at, stamp.by, stamp.byName],
  )
}

export function setReopened(id: string, nextAt: Date | null): RawStatement<unknown> {
  return raw(
    `update task set status = 'open', outcome = null, settled_at = null, settled_by = null, settled_by_name = null,
       next_at = $2, version = version + 1
     where id = $1 and status = 'done'`,
    [id, nextAt],
  )
}

/**
 * A handler that fails must neither block the queue nor lose the task: tried again after growing pauses, the error
 * visible. The version keeps this from undoing what another node did with the task meanwhile.
 */
export function postponeFailedTask(task: TaskRow, now: Date, error: string): RawStatement<unknown> {
  return raw(
    `update task set failures = failures + 1, last_error = $4,
       next_at = $3::timestamptz + make_interval(secs => least(1800, 30 * 2 ^ least(failures, 10)))
     where id = $1 and version = $2 and status = 'open'`,
    [task.id, task.version, now, error.slice(0, 500)],
  )
}

/** Its subject is locked by a command that may settle it in a moment: looked at again soon, no failure. */
export function deferTask(task: TaskRow, nextAt: Date): RawStatement<unknown> {
  return raw(`update task set next_at = $3 where id = $1 and version = $2 and status = 'open'`, [
    task.id,
    task.version,
    nextAt,
  ])
}

/** What travels with a task to whoever gets it next. */
export function setFact(id: string, name: string, value: unknown): RawStatement<unknown> {
  return raw(`update task set facts = facts || jsonb_build_object($2::text, $3::jsonb) where id = $1`, [
    id,
    name,
    json(value),
  ])
}

/** Whose tasks: with `people` null everybody's. */
export interface Whose {
  readonly siteId: string
  readonly people: readonly string[] | null
  readonly posts: readonly string[]
}

export interface TaskFilter extends Whose {
  readonly status: 'open' | 'settled'
  readonly kind: string | null
  readonly subjectEntity: string | null
  readonly subjectId: string | null
  readonly afterAt: Date | null
  readonly afterId: string | null
  readonly limit: number
}

const whose = `($2::text[] is null or (owner_kind = 'person' and owner_id = any($2))
  or (owner_kind = 'post' and owner_id = any($3::text[])))`

/** One page: open ones by due time, settled ones newest first. */
export function taskPage(filter: TaskFilter): RawStatement<TaskRow> {
  const open = filter.status === 'open'
  const [at, after, order] = open ? ['due_at', '>', 'asc'] : ['settled_at', '<', 'desc']
  return raw(
    `select ${columns} from task
     where site_id = $1 and status ${open ? '=' : '<>'} 'open' and ${whose}
       and ($4::text is null or kind = $4) and ($5::text is null or subject_entity = $5)
       and ($6::text is null or subject_id = $6)
       and ($7::timestamptz is null or (${at}, id) ${after} ($7, $8::uuid))
     order by ${at} ${order}, id ${order} limit $9`,
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

export interface TaskSums {
  readonly open: number
  readonly overdue: number
  readonly dueSoon: number
}

export function taskSums(of: Whose, now: Date, soon: Date): RawStatement<TaskSums> {
  return raw(
    `select count(*)::int as open, count(*) filter (where due_at <= $4)::int as overdue,
       count(*) filter (where due_at > $4 and due_at <= $5)::int as "dueSoon"
     from task where site_id = $1 and status = 'open' and ${whose}`,
    [of.siteId, of.people, of.posts, now, soon],
  )
}
