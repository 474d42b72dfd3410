/**
 * What a schema cannot know: whether a place of a route is there in this house (C4, C5), and whether a sentence has
 * braces left over (G7). Asked when somebody changes a setting; what was stored before stays in force and may be kept.
 */
import type { Sql } from '../../kernel/db/sql.ts'
import type { FieldProblem } from '../../kernel/errors.ts'
import { fixedPosts } from '../../kernel/tasks/policy.ts'
import type { Ctx } from '../../kernel/work/command.ts'
import { leadersOfNamed, staffNumbered } from '../directory/public.ts'
import { postOfRole } from './owners/owner.ts'
import { type Route, rulesSetting, type Script } from './settings.ts'

interface Place {
  readonly path: string
  readonly what: 'duty' | 'post' | 'person' | 'department'
  readonly name: string
}

const unknown = {
  duty: 'unknown-duty',
  post: 'unknown-post',
  person: 'unknown-person',
  department: 'unknown-department',
} as const

/** PURE. Every place a route names by a word somebody typed. */
function placesOf(routes: readonly Route[]): Place[] {
  return routes.flatMap(({ targets, last }, n) => {
    const named = targets.flatMap(({ to }, m): Place[] => {
      const path = `${n}.targets.${m}.to`
      if ('post' in to) return [{ path: `${path}.post`, what: 'duty', name: to.post }]
      if ('staffNumber' in to) return [{ path: `${path}.staffNumber`, what: 'person', name: to.staffNumber }]
      return 'department' in to
        ? [{ path: `${path}.department`, what: 'department', name: to.department }]
        : []
    })
    return last.owner.kind === 'post'
      ? [...named, { path: `${n}.last.owner.post`, what: 'post', name: last.owner.post }]
      : named
  })
}

export async function checkRoutes(
  ctx: Ctx,
  sql: Sql,
  routes: readonly Route[],
  before: readonly Route[],
): Promise<FieldProblem[]> {
  const kept = new Set(placesOf(before).map(({ what, name }) => `${what} ${name}`))
  const fresh = placesOf(routes).filter(({ what, name }) => !kept.has(`${what} ${name}`))
  if (fresh.length === 0) return []
  const { dutyPosts } = await ctx.kernel.settings.get(ctx.siteId, rulesSetting)
  const isDuty = (name: string) => dutyPosts.some(({ key }) => key === name)
  const isThere = async ({ what, name }: Place): Promise<boolean> => {
    if (what === 'duty') return isDuty(name)
    if (what === 'post') return isDuty(name) || fixedPosts.includes(postOfRole.get(name) ?? name)
    const rows =
      what === 'person'
        ? await sql.all(staffNumbered(ctx.siteId, [name]))
        : await sql.all(leadersOfNamed(ctx.siteId, name))
    return rows.length > 0
  }
  const found = await Promise.all(fresh.map(isThere))
  return fresh
    .filter((_, n) => found[n] === false)
    .map(({ path, what }) => ({ path, code: 'unknown', data: { message: unknown[what] } }))
}

/** PURE. Whatever stands in braces and is no placeholder would be left out when it is spoken. */
export async function checkWording(
  _ctx: Ctx,
  _sql: Sql,
  scripts: readonly Script[],
): Promise<FieldProblem[]> {
  return scripts.flatMap((script, n) =>
    (['zh', 'en'] as const)
      .filter((language) => /[{}]/.test(script[language].replace(/\{\{[^{}]*\}\}/g, '')))
      .map((language) => ({
        path: `${n}.${language}`,
        code: 'custom',
        data: { message: 'unknown-placeholder' },
      })),
  )
}
