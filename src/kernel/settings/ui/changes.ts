/** What differs between two versions of a setting. PURE. */
import { isList, isObject, type Json } from './json.ts'

export interface ChangedValue {
  readonly path: readonly string[]
  /** `undefined`: was not there. */
  readonly before: Json | undefined
  readonly after: Json | undefined
}

/** Leaf by leaf, in the order of the newer one; a whole part that came or went is one change. */
export function changesBetween(
  before: Json | undefined,
  after: Json | undefined,
  path: readonly string[] = [],
): ChangedValue[] {
  if (isObject(before) && isObject(after)) {
    const names = new Set([...Object.keys(after), ...Object.keys(before)])
    return [...names].flatMap((name) => changesBetween(before[name], after[name], [...path, name]))
  }
  if (isList(before) && isList(after)) {
    const length = Math.max(before.length, after.length)
    return Array.from({ length }, (_, n) => changesBetween(before[n], after[n], [...path, String(n)])).flat()
  }
  return JSON.stringify(before) === JSON.stringify(after) ? [] : [{ path, before, after }]
}
