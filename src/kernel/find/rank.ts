/** PURE: the answers of several modules as one list (C5). */
import type { Found } from './finder.ts'

export interface FoundGroup {
  readonly entity: string
  readonly items: readonly Found[]
}

/** Best first: by score, then whoever was seen last, then by name, so that the list does not jump between two keys. */
export function better(a: Found, b: Found): number {
  return (
    b.score - a.score ||
    (b.seenAt?.getTime() ?? 0) - (a.seenAt?.getTime() ?? 0) ||
    (a.label < b.label ? -1 : a.label > b.label ? 1 : 0) ||
    (a.id < b.id ? -1 : a.id > b.id ? 1 : 0) ||
    (a.entity < b.entity ? -1 : a.entity > b.entity ? 1 : 0)
  )
}

/**
 * One of each (the better of two answers for the same record), at most `limit` per kind, kinds in the order of their
 * best: whatever was typed exactly stands on top.
 */
export function groupsOf(answers: readonly (readonly Found[])[], limit: number): FoundGroup[] {
  const best = new Map<string, Found>()
  for (const one of answers.flat()) {
    const key = `${one.entity} ${one.id}`
    const before = best.get(key)
    if (before === undefined || better(one, before) < 0) best.set(key, one)
  }
  const groups = new Map<string, Found[]>()
  for (const one of [...best.values()].sort(better)) {
    const items = groups.get(one.entity) ?? []
    if (items.length < limit) items.push(one)
    groups.set(one.entity, items)
  }
  return [...groups].map(([entity, items]) => ({ entity, items }))
}
