/** PURE: which of two records is right, field by field, and what taking a merge back restores. */

type Value = unknown
export type Choice = 'kept' | 'merged'
export type Changed = Readonly<Record<string, { readonly was: Value; readonly is: Value }>>

/** What says nothing gives way to what says something, unless somebody chose. */
function isBlank(value: Value): boolean {
  return value === '' || value === null || value === undefined || value === false || value === 'normal'
}

const same = (a: Value, b: Value) => JSON.stringify(a) === JSON.stringify(b)

/** @returns the fields of the kept record that change; tags of both are joined */
export function chosen(
  keys: readonly string[],
  kept: Readonly<Record<string, Value>>,
  merged: Readonly<Record<string, Value>>,
  choices: Readonly<Partial<Record<string, Choice>>>,
): Changed {
  const changed: Record<string, { was: Value; is: Value }> = {}
  for (const key of keys) {
    const takes = choices[key] ?? (isBlank(kept[key]) && !isBlank(merged[key]) ? 'merged' : 'kept')
    if (takes === 'merged' && !same(kept[key], merged[key]))
      changed[key] = { was: kept[key], is: merged[key] }
  }
  const [own, other] = [texts(kept.tags), texts(merged.tags)]
  const all = [...new Set([...own, ...other])]
  if (!same(all, own)) changed.tags = { was: own, is: all }
  return changed
}

/** @returns what to put back: fields edited since the merge stay as they are; tags lose only what the merge brought */
export function putBack(changed: Changed, now: Readonly<Record<string, Value>>): Record<string, Value> {
  const patch: Record<string, Value> = {}
  for (const [key, { was, is }] of Object.entries(changed)) {
    if (same(now[key], is)) patch[key] = was
    else if (key === 'tags') {
      const brought = new Set(texts(is).filter((tag) => !texts(was).includes(tag)))
      patch.tags = texts(now.tags).filter((tag) => !brought.has(tag))
    }
  }
  return patch
}

function texts(value: Value): string[] {
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : []
}

/** Values of the changed fields: before or after. */
export function side(changed: Changed, which: 'was' | 'is'): Record<string, Value> {
  return Object.fromEntries(Object.entries(changed).map(([key, value]) => [key, value[which]]))
}
