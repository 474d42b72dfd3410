/** How one gets to where one may go (V21): floor, room, lift; for paper, mail, the kiosk and the guest's page. */
import type { Sql } from '../../../kernel/db/sql.ts'
import { areasOf } from '../passes/scan.ts'
import type { VisitRow } from '../store.ts'
import { type AreaRow, areaRows } from './store.ts'

export interface Way {
  readonly area: { readonly zh: string; readonly en: string }
  readonly way: { readonly zh: string; readonly en: string }
}

/** Of the areas a visitor may enter now: nobody is sent to a door whose head has not agreed (V9). */
export async function waysOf(sql: Sql, visit: VisitRow, now: Date): Promise<Way[]> {
  const [{ allowed }, tree] = await Promise.all([
    areasOf(sql, visit, now),
    sql.all(areaRows(visit.site_id, false)),
  ])
  return waysTo(allowed, tree)
}

/** PURE. A place without words of its own is reached as what it lies in. */
export function waysTo(names: readonly string[], tree: readonly AreaRow[]): Way[] {
  const byId = new Map(tree.map((area) => [area.id, area]))
  return names.flatMap((name) => {
    const area = tree.find((one) => one.name_zh === name || (one.name_en !== '' && one.name_en === name))
    const told = area && nearest(area, byId)
    if (area === undefined || told === undefined) return []
    return {
      area: { zh: area.name_zh, en: area.name_en || area.name_zh },
      way: { zh: told.way_zh || told.way_en, en: told.way_en || told.way_zh },
    }
  })
}

function nearest(area: AreaRow, byId: ReadonlyMap<string, AreaRow>): AreaRow | undefined {
  const seen = new Set<string>()
  for (let at: AreaRow | undefined = area; at !== undefined && !seen.has(at.id); ) {
    if (at.way_zh !== '' || at.way_en !== '') return at
    seen.add(at.id)
    at = at.parent_id === null ? undefined : byId.get(at.parent_id)
  }
  return undefined
}

export function wayWords(ways: readonly Way[], language: 'zh' | 'en'): string[] {
  return ways.map(({ area, way }) => `${area[language]}${language === 'zh' ? '：' : ': '}${way[language]}`)
}
