/** PURE: may the bearer of this pass go through this door now (V9, V11)? One rule for the server and for a gate without one. */

export interface AreaNode {
  readonly id: string
  readonly parentId: string | null
  readonly zh: string
  readonly en: string
  readonly restricted: boolean
}

export interface Bearer {
  readonly forged: boolean
  readonly foreignSite: boolean
  readonly pass: 'good' | 'void' | 'returned'
  /** `unknown`: no server to ask; the code alone speaks. `void`: called off, declined or refused. */
  readonly visit: 'inside' | 'held' | 'left' | 'void' | 'not-admitted' | 'unknown'
  /** Names of the areas allowed: of a restricted one only when its head has agreed. */
  readonly areas: readonly string[]
  /** Names for which the head was asked and has not agreed. */
  readonly pending: readonly string[]
  readonly from: number
  readonly until: number
}

/** Why somebody stays outside. */
export const refusedEntry = [
  'forged',
  'other-site',
  'void',
  'returned',
  'held',
  'left',
  'not-admitted',
  'early',
  'expired',
  'not-approved',
  'not-on-pass',
] as const
export type EntryVerdict = 'ok' | (typeof refusedEntry)[number]

const isNamed = (node: AreaNode, names: ReadonlySet<string>) =>
  names.has(node.zh) || (node.en !== '' && names.has(node.en))

/** The area or one above it is named; a restricted one is covered by its own name only. */
export function covers(names: readonly string[], id: string, tree: readonly AreaNode[]): boolean {
  const named = new Set(names)
  const byId = new Map(tree.map((node) => [node.id, node]))
  const seen = new Set<string>()
  for (let node = byId.get(id); node !== undefined && !seen.has(node.id); ) {
    if (isNamed(node, named)) return true
    if (node.restricted || node.parentId === null) return false
    seen.add(node.id)
    node = byId.get(node.parentId)
  }
  return false
}

/** Names of a visit as they stand on its pass: a restricted area only with its head's word. */
export function splitAreas(
  names: readonly string[],
  tree: readonly AreaNode[],
  approvedIds: ReadonlySet<string>,
): { allowed: string[]; pending: string[] } {
  const allowed: string[] = []
  const pending: string[] = []
  for (const name of names) {
    const node = tree.find((one) => isNamed(one, new Set([name])))
    const waits = node?.restricted === true && !approvedIds.has(node.id)
    ;(waits ? pending : allowed).push(name)
  }
  return { allowed, pending }
}

/** @param areaId null: the gate itself, no door of an area */
export function mayEnter(
  bearer: Bearer,
  areaId: string | null,
  tree: readonly AreaNode[],
  now: number,
): EntryVerdict {
  if (bearer.forged) return 'forged'
  if (bearer.foreignSite) return 'other-site'
  if (bearer.pass !== 'good') return bearer.pass
  if (bearer.visit !== 'inside' && bearer.visit !== 'unknown') return bearer.visit
  if (now < bearer.from) return 'early'
  if (now > bearer.until) return 'expired'
  if (areaId === null || covers(bearer.areas, areaId, tree)) return 'ok'
  return covers(bearer.pending, areaId, tree) ? 'not-approved' : 'not-on-pass'
}
