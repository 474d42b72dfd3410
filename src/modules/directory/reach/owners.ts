/** What the kernel's to-do list asks: posts of department heads, their names, whom a task may be handed to (G1, G3). */
import type { Actor } from '../../../kernel/actor.ts'
import type { Sql } from '../../../kernel/db/sql.ts'
import type { OwnerFound } from '../../../kernel/tasks/kind.ts'
import type { Ctx } from '../../../kernel/work/command.ts'
import { find } from '../employees/service.ts'
import { hiddenDepartments, isHidden } from '../scope.ts'
import * as store from './store.ts'

const post = /^department:([0-9a-f-]{36})$/

/** The departments whose head or deputy the actor is. */
export async function postsLed(sql: Sql, actor: Actor): Promise<readonly string[]> {
  if (actor.employeeId === null) return []
  return (await sql.all(store.departmentsLedBy(actor.employeeId))).map((row) => `department:${row.id}`)
}

export async function departmentPosts(
  sql: Sql,
  siteId: string,
  posts: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const ids = posts.flatMap((text) => post.exec(text)?.[1] ?? [])
  if (ids.length === 0) return new Map()
  const rows = await sql.all(store.departmentNames(siteId, ids))
  return new Map(rows.map((row) => [`department:${row.id}`, row.name]))
}

/** Colleagues by name, pinyin, initials or extension; departments by a part of their name. */
export async function findOwners(ctx: Ctx, text: string): Promise<readonly OwnerFound[]> {
  if (text === '') return []
  const [people, departments, hidden] = await Promise.all([
    find(ctx, { query: { q: text, limit: 8 } }),
    ctx.kernel.sql.all(store.departmentsNamedLike(ctx.siteId, text)),
    hiddenDepartments(ctx),
  ])
  return [
    ...people.items.map((one) => ({
      kind: 'person' as const,
      id: one.id,
      name: one.name,
      detail: [one.departmentName, one.title].filter(Boolean).join(' · '),
    })),
    ...departments
      .filter(({ id }) => !isHidden(hidden, id))
      .map((one) => ({
        kind: 'post' as const,
        id: `department:${one.id}`,
        name: one.name,
        detail: '',
      })),
  ]
}
