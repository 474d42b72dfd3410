import { may } from '../authorize.ts'
import type { RouteAnswer, RouteInput } from '../contract.ts'
import { fail } from '../errors.ts'
import type { Ctx } from '../work/command.ts'
import type { history } from './contract.ts'
import { mergeNewest } from './rules.ts'
import type { HistorySource } from './source.ts'

/**
 * The module whose card it is says what belongs to it, and whether the caller may see it; then every module that has
 * something to tell is asked at once.
 * @throws DomainError `entity.not-found` for an entity without a timeline
 */
export async function read(
  ctx: Ctx,
  { query }: RouteInput<typeof history.read>,
): Promise<RouteAnswer<typeof history.read>> {
  const sources = ctx.kernel.modules.list.flatMap((module): HistorySource[] =>
    module.history === undefined ? [] : [module.history],
  )
  const home = sources.find((source) => source.cards?.entities.includes(query.entity) === true)
  if (home?.cards === undefined || !may(ctx, home.action)) return fail('entity.not-found')
  const subjects = await home.cards.subjects(ctx, { entity: query.entity, id: query.id })
  const before = query.before === undefined ? null : new Date(query.before)
  const parts = await Promise.all(
    sources
      .filter((source) => may(ctx, source.action))
      // One more than a page: so the last item of a page is known not to be the last of all.
      .map((source) => source.read(ctx, subjects, before, query.limit + 1)),
  )
  const { items, more } = mergeNewest(parts, query.limit)
  const last = items.at(-1)
  return {
    items: items.map((item) => ({ ...item, at: item.at.toISOString(), facts: { ...item.facts } })),
    next: more && last !== undefined ? last.at.toISOString() : null,
  }
}
