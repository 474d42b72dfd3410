/** PURE: areas by what somebody types of a name in either language, with where they lie. */
import type { Area } from '../contract.ts'

interface FoundArea {
  readonly area: Area
  /** From the top down, without itself. */
  readonly path: readonly Area[]
}

const most = 30

/** Names that begin so come first; a parent's name finds what lies below it. Chosen ones are left out. */
export function matchingAreas(
  all: readonly Area[],
  typed: string,
  chosen: readonly string[],
): readonly FoundArea[] {
  const wanted = typed.trim().toLowerCase()
  const byId = new Map(all.map((area) => [area.id, area]))
  const names = ({ name }: Area) => [name.zh.toLowerCase(), name.en.toLowerCase()]
  const rank = ({ area, path }: FoundArea): number => {
    if (wanted === '') return 0
    if (names(area).some((name) => name.startsWith(wanted))) return 0
    if (names(area).some((name) => name.includes(wanted))) return 1
    return path.some((above) => names(above).some((name) => name.includes(wanted))) ? 2 : 3
  }
  return all
    .filter((area) => !area.archived && !chosen.includes(area.id))
    .map((area) => ({ area, path: above(area, byId) }))
    .map((found) => ({ found, rank: rank(found) }))
    .filter((one) => one.rank < 3)
    .toSorted((a, b) => a.rank - b.rank)
    .slice(0, most)
    .map(({ found }) => found)
}

function above(area: Area, byId: ReadonlyMap<string, Area>): Area[] {
  const path: Area[] = []
  for (let id = area.parentId; id !== null && path.length < 20; ) {
    const parent = byId.get(id)
    if (parent === undefined) break
    path.unshift(parent)
    id = parent.parentId
  }
  return path
}
