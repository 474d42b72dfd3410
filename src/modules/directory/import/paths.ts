/** Departments by their path. Pure. */
interface Node {
  readonly id: string
  readonly name: string
  readonly parentId: string | null
}

/**
 * The department a path names. A single name may stand for a department anywhere in the tree when only one has it:
 * most staff lists name the innermost department only.
 */
export function findPath<N extends Node>(nodes: readonly N[], path: readonly string[]): N | undefined {
  let at: N | undefined
  for (const name of path) {
    const parentId = at?.id ?? null
    at = nodes.find((node) => node.name === name && node.parentId === parentId)
    if (at === undefined) break
  }
  if (at !== undefined || path.length !== 1) return at
  const anywhere = nodes.filter((node) => node.name === path[0])
  return anywhere.length === 1 ? anywhere[0] : undefined
}
