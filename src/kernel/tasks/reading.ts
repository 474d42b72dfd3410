import { must } from '../authorize.ts'
import { DomainError, fail } from '../errors.ts'
import { type Ctx, query } from '../work/command.ts'
import { fixedPosts, type Viewer } from './policy.ts'
import { presentAll, presentOne, sees, type TaskAnswer, viewerOf } from './present.ts'
import * as store from './store.ts'

type Whose = 'mine' | 'all'

const soonMs = 15 * 60_000

export interface ListQuery {
  readonly cursor?: string | undefined
  readonly limit: number
  readonly whose: Whose
  readonly status: 'open' | 'settled'
  readonly kind?: string | undefined
  readonly entity?: string | undefined
  readonly subject?: string | undefined
}

export async function list(
  ctx: Ctx,
  input: { query: ListQuery },
): Promise<{ items: TaskAnswer[]; next: string | null }> {
  const { limit, whose, status, kind, entity, subject } = input.query
  const sql = query(ctx)
  const viewer = await viewerOf(ctx, sql)
  const after = readCursor(input.query.cursor)
  const rows = await sql.all(
    store.taskPage({
      ...whoseOf(ctx, viewer, whose),
      status,
      kind: kind ?? null,
      subjectEntity: entity ?? null,
      subjectId: subject ?? null,
      afterAt: after?.at ?? null,
      afterId: after?.id ?? null,
      limit: limit + 1,
    }),
  )
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  const lastAt = status === 'open' ? last?.dueAt : last?.settledAt
  const more = rows.length > limit && last !== undefined && lastAt != null
  return {
    items: await presentAll(ctx, sql, viewer, page),
    next: more ? `${lastAt.getTime()}.${last.id}` : null,
  }
}

function readCursor(text: string | undefined): { at: Date; id: string } | null {
  if (text === undefined) return null
  const match = /^(\d{1,15})\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(text)
  if (match?.[1] === undefined || match[2] === undefined) {
    throw new DomainError('input.invalid', {}, [{ path: 'cursor', code: 'cursor' }])
  }
  return { at: new Date(Number(match[1])), id: match[2] }
}

function whoseOf(ctx: Ctx, viewer: Viewer, whose: Whose): store.Whose {
  if (whose === 'all') must(ctx, 'task.read-all')
  const people = whose === 'all' ? null : viewer.person === null ? [] : [viewer.person]
  return { siteId: ctx.siteId, people, posts: viewer.posts }
}

export async function summary(ctx: Ctx, input: { query: { whose: Whose } }): Promise<store.TaskSums> {
  const sql = query(ctx)
  const viewer = await viewerOf(ctx, sql)
  const now = ctx.kernel.clock.now()
  return await sql.one(
    store.taskSums(whoseOf(ctx, viewer, input.query.whose), now, new Date(now.getTime() + soonMs)),
  )
}

export async function read(ctx: Ctx, input: { params: { id: string } }): Promise<TaskAnswer> {
  const sql = query(ctx)
  const [viewer, row] = await Promise.all([
    viewerOf(ctx, sql),
    sql.maybe(store.oneTask(ctx.siteId, input.params.id)),
  ])
  if (row === undefined || !sees(ctx, viewer, row)) return fail('entity.not-found')
  return await presentOne(ctx, sql, viewer, row)
}

/** Posts first, then whoever the modules find for the text. */
export async function owners(ctx: Ctx, input: { query: { q: string } }) {
  const { q } = input.query
  const found = await Promise.all(ctx.kernel.modules.list.map((module) => module.findOwners?.(ctx, q) ?? []))
  const posts = fixedPosts.map((id) => ({ kind: 'post' as const, id, name: null, detail: '' }))
  return { items: [...(q === '' ? posts : []), ...found.flat()] }
}
