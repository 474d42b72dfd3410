import type { RouteAnswer } from '../../kernel/contract.ts'
import type { find } from '../../kernel/find/contract.ts'

export type Found = RouteAnswer<typeof find.search>['groups'][number]['items'][number]

/** What was opened lately, of each site. In memory alone: names do not stay on a machine that several people use (G5). */
const opened = new Map<string, readonly Found[]>()
const mostRecent = 6

export function forgetRecent() {
  opened.clear()
}

export function remember(siteId: string, one: Found) {
  const before = recentOf(siteId).filter(({ entity, id }) => entity !== one.entity || id !== one.id)
  opened.set(siteId, [{ ...one, labelLit: [], detailLit: [] }, ...before].slice(0, mostRecent))
}

export function recentOf(siteId: string): readonly Found[] {
  return opened.get(siteId) ?? []
}
