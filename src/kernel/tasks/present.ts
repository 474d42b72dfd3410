/** Rows to answers: names, links and what the caller may do are added here. */
import type { z } from 'zod'
import { rolesAt } from '../actor.ts'
import { may } from '../authorize.ts'
import type { Sql } from '../db/sql.ts'
import { contactsOf } from '../notifications/notice.ts'
import type { Ctx } from '../work/command.ts'
import type { task as taskShape } from './contract.ts'
import { can, maySee, owns, postsOf, type Subject, type Viewer } from './policy.ts'
import type { Owner } from './rules.ts'
import type { TaskRow } from './store.ts'

export type TaskAnswer = z.input<typeof taskShape>

export async function viewerOf(ctx: Ctx, sql: Sql): Promise<Viewer> {
  const { actor, siteId, kernel } = ctx
  const more = await Promise.all(
    kernel.modules.list.map((module) => module.posts?.(sql, actor, siteId, kernel) ?? []),
  )
  return {
    person: actor.employeeId,
    self: actor.employeeId ?? actor.id,
    posts: postsOf(rolesAt(actor, siteId), more.flat()),
    readAll: may(ctx, 'task.read-all'),
    manage: may(ctx, 'task.manage'),
  }
}

export function subjectOf(ctx: Ctx, row: TaskRow): Subject {
  return {
    owner: ownerOf(row),
    status: row.status,
    settledAt: row.settledAt,
    settledBy: row.settledBy,
    settledBySubject: ctx.kernel.modules.taskKinds.get(row.kind)?.settledBySubject === true,
  }
}

export function ownerOf(row: TaskRow): Owner {
  return { kind: row.ownerKind, id: row.ownerId }
}

export function sees(ctx: Ctx, viewer: Viewer, row: TaskRow): boolean {
  return maySee(viewer, subjectOf(ctx, row))
}

/** Names of owners: people from whoever knows people, posts from whoever made them. */
export async function namesOf(
  ctx: Ctx,
  sql: Sql,
  owners: readonly Owner[],
): Promise<ReadonlyMap<string, string>> {
  const idsOf = (kind: Owner['kind']) =>
    owners.filter((owner) => owner.kind === kind).map((owner) => owner.id)
  const posts = [...new Set(idsOf('post'))]
  const [people, ...made] = await Promise.all([
    contactsOf(
      ctx.kernel,
      sql,
      idsOf('person').filter((id) => uuidLike.test(id)),
    ),
    ...ctx.kernel.modules.list.map((module) =>
      posts.length === 0 ? undefined : module.postNames?.(sql, ctx.siteId, posts, ctx.kernel),
    ),
  ])
  const names = new Map([...people].map(([id, contact]) => [id, contact.name]))
  for (const part of made) for (const [id, name] of part ?? []) names.set(id, name)
  return names
}

const uuidLike = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

export async function presentAll(
  ctx: Ctx,
  sql: Sql,
  viewer: Viewer,
  rows: readonly TaskRow[],
): Promise<TaskAnswer[]> {
  const names = await namesOf(ctx, sql, rows.map(ownerOf))
  return rows.map((row) => present(ctx, viewer, row, names))
}

export async function presentOne(ctx: Ctx, sql: Sql, viewer: Viewer, row: TaskRow): Promise<TaskAnswer> {
  return present(ctx, viewer, row, await namesOf(ctx, sql, [ownerOf(row)]))
}

function present(ctx: Ctx, viewer: Viewer, row: TaskRow, names: ReadonlyMap<string, string>): TaskAnswer {
  const owner = ownerOf(row)
  const { handed, ...facts } = row.facts
  const now = ctx.kernel.clock.now()
  return {
    id: row.id,
    kind: row.kind,
    facts,
    subject: { entity: row.subjectEntity, id: row.subjectId },
    link: ctx.kernel.modules.taskKinds.get(row.kind)?.link?.(row) ?? null,
    owner: { ...owner, name: names.get(owner.id) ?? null },
    mine: owns(viewer, owner),
    status: row.status,
    dueAt: row.dueAt.toISOString(),
    remindAt: row.remindAt?.toISOString() ?? null,
    escalations: Math.max(0, row.level - 1),
    note: isNote(handed) ? handed : null,
    outcome: row.outcome,
    settledAt: row.settledAt?.toISOString() ?? null,
    settledBy: row.settledByName,
    createdAt: row.createdAt.toISOString(),
    createdBy: row.createdByName,
    version: row.version,
    can: can(viewer, subjectOf(ctx, row), now),
  }
}

export interface HandedNote {
  readonly text: string
  readonly by: string
  readonly at: string
}

function isNote(value: unknown): value is HandedNote {
  return typeof value === 'object' && value !== null && 'text' in value && 'by' in value && 'at' in value
}
