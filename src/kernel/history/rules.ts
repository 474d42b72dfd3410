/** PURE */
interface Timed {
  readonly at: Date
  readonly id: string
}

/**
 * One list out of several that are newest first each. A page grows beyond its limit while items share the instant of its
 * last one: the next page begins before that instant, and would pass them over.
 */
export function mergeNewest<T extends Timed>(
  parts: readonly (readonly T[])[],
  limit: number,
): { items: T[]; more: boolean } {
  const all = parts
    .flat()
    .sort((a, b) => b.at.getTime() - a.at.getTime() || (a.id < b.id ? 1 : a.id > b.id ? -1 : 0))
  const last = all[limit - 1]
  if (last === undefined) return { items: all, more: false }
  let end = limit
  while (all[end]?.at.getTime() === last.at.getTime()) end += 1
  return { items: all.slice(0, end), more: all.length > end }
}
