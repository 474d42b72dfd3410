/** Areas that somebody chose for a visit: known to the tree, kept by name (V9). */
import { DomainError } from '../../../kernel/errors.ts'
import type { Work } from '../../../kernel/work/command.ts'
import { texts } from '../present.ts'
import type { VisitRow } from '../store.ts'
import * as store from './store.ts'

/**
 * @returns names as the tree has them; undefined when nothing was chosen
 * @throws DomainError `area.unknown` at the first that is not in the tree of this site, or out of use
 */
export async function chosenAreas(
  work: Work,
  ids: readonly string[] | undefined,
): Promise<string[] | undefined> {
  if (ids === undefined) return undefined
  if (ids.length === 0) return []
  const tree = await work.all(store.areaRows(work.ctx.siteId, false))
  const names = new Map(tree.map((area) => [area.id, area.name_zh]))
  return ids.map((id, at) => {
    const name = names.get(id)
    if (name === undefined)
      throw new DomainError('area.unknown', {}, [{ path: `areaIds.${at}`, code: 'unknown' }])
    return name
  })
}

/** A correction: what is chosen takes the place of the tree's areas, plain places stay unless they are named anew. */
export async function correctedAreas(
  work: Work,
  visit: Pick<VisitRow, 'areas'>,
  body: { readonly areaIds?: readonly string[] | undefined; readonly areas?: readonly string[] | undefined },
): Promise<readonly string[] | undefined> {
  const chosen = await chosenAreas(work, body.areaIds)
  if (chosen === undefined) return body.areas
  const tree = await work.all(store.areaRows(work.ctx.siteId, false))
  const known = new Set(tree.flatMap((area) => [area.name_zh, area.name_en]).filter(Boolean))
  const plain = body.areas ?? texts(visit.areas).filter((name) => !known.has(name))
  return [...new Set([...plain, ...chosen])]
}
