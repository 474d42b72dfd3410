import { lockKeyOf } from '../db/leadership.ts'
import { type RawStatement, raw } from '../db/sql.ts'

/** Begins the id of every node, so that workers of another make are left alone. */
export const nodePrefix = 'node '

/** Shared, so that nodes that look at the same moment do not take each other for the one they look for. */
const nobodyHolds = (id: string) => `pg_try_advisory_xact_lock_shared(${lockKeyOf(id)})`

/** Nodes other than `own` that have jobs under way and whose lock nobody holds. */
export function unheldNodes(own: string): RawStatement<{ id: string }> {
  return raw(
    `with busy as materialized (
       select distinct locked_by as id from graphile_worker.jobs where starts_with(locked_by, $1) and locked_by <> $2)
     select id from busy where ${nobodyHolds('id')}`,
    [nodePrefix, own],
  )
}

export interface FreedJob {
  readonly id: number
  readonly task: string
  readonly attempts: number
  readonly most: number
}

/** Asks for the locks once more and keeps them while it frees: a node that lives cannot lose a job, whatever was seen before. */
export function freeJobsOf(nodes: readonly string[]): RawStatement<FreedJob> {
  return raw(
    `with dead as materialized (select id from unnest($1::text[]) as node (id) where ${nobodyHolds('id')}),
     job as materialized (
       select id, task_identifier as task, attempts, max_attempts as most
       from graphile_worker.jobs where locked_by in (select id from dead)),
     freed as materialized (select graphile_worker.force_unlock_workers(array(select id from dead)))
     select job.id, job.task, job.attempts, job.most from job, freed`,
    [[...nodes]],
  )
}
