/** Turns the targets of a route into colleagues with telephones (C4, C5, C9). */
import type { Sql } from '../../../kernel/db/sql.ts'
import type { CallRules, Route, RouteTarget } from '../settings.ts'
import type { ResolvedTarget } from './rules.ts'
import * as store from './store.ts'

function askedOf(to: RouteTarget, step: number, posts: CallRules['dutyPosts']): store.TargetAsked {
  const post = 'post' in to ? (posts.find(({ key }) => key === to.post)?.department ?? null) : null
  return {
    step,
    kind: to.kind,
    post: 'post' in to ? to.post : null,
    staff: 'staffNumber' in to ? to.staffNumber : null,
    department: 'department' in to ? to.department : post || null,
    extension: to.kind === 'extension' ? to.extension : null,
  }
}

/**
 * In the route's order; targets nobody was found for are left out. No telephone twice, and never the caller's own:
 * somebody from inside who complains of the hotline is not put through to themselves.
 */
export async function resolveTargets(
  sql: Sql,
  route: Route,
  whom: store.Whom,
  callerExtension: string,
  dutyPosts: CallRules['dutyPosts'],
): Promise<ResolvedTarget[]> {
  if (route.targets.length === 0) return []
  const found = await sql.all(
    store.targetsOf(
      whom,
      route.targets.map(({ to }, step) => askedOf(to, step, dutyPosts)),
    ),
  )
  return distinct(
    found.map((row) => named(route, row)),
    callerExtension,
  )
}

/** A telephone of the route goes by the route's name for it: the hotline, whoever sits there. */
function named(route: Route, row: store.TargetFound): ResolvedTarget {
  const to = route.targets[row.step]?.to
  const name = row.name ?? ''
  const own = to?.kind === 'extension' ? to.name : { zh: name, en: name }
  return {
    step: row.step,
    kind: to?.kind ?? 'extension',
    id: row.id,
    name: own.zh,
    nameEn: own.en,
    extension: row.extension ?? '',
    instead: row.instead ?? '',
  }
}

/** PURE */
export function distinct(targets: readonly ResolvedTarget[], callerExtension: string): ResolvedTarget[] {
  const seen = new Set([callerExtension, ''])
  return targets.filter(({ extension }) => {
    if (seen.has(extension)) return false
    seen.add(extension)
    return true
  })
}
