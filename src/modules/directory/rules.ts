/** Pure decisions of the directory: the tree, who is asked after whom (V5), masking (G5). */

import { maskNumber } from '../../kernel/telephone/mask.ts'

export interface TreeNode {
  readonly id: string
  readonly parentId: string | null
}

/** Levels of the tree; deeper ones are a mistake in a file rather than a house. */
export const deepest = 12

/** Path from the root down to `id`, `id` included; stops where a parent is unknown or (never in our data) repeats. */
export function pathTo<N extends TreeNode>(nodes: ReadonlyMap<string, N>, id: string): N[] {
  const path: N[] = []
  const seen = new Set<string>()
  for (let at = nodes.get(id); at !== undefined && !seen.has(at.id); at = nodes.get(at.parentId ?? '')) {
    seen.add(at.id)
    path.unshift(at)
  }
  return path
}

/** Whether hanging `id` under `parentId` would make a department its own ancestor. */
export function wouldCycle(
  nodes: ReadonlyMap<string, TreeNode>,
  id: string,
  parentId: string | null,
): boolean {
  if (parentId === null) return false
  return parentId === id || pathTo(nodes, parentId).some((node) => node.id === id)
}

/** Levels from `id` downwards, itself included. */
export function heightOf(nodes: ReadonlyMap<string, TreeNode>, id: string): number {
  let highest = 1
  for (const node of nodes.values()) {
    const path = pathTo(nodes, node.id)
    const at = path.findIndex((one) => one.id === id)
    if (at >= 0) highest = Math.max(highest, path.length - at)
  }
  return highest
}

/** Whether `id`, with what hangs below it, still fits under `parentId`. `id` null: a new department. */
export function tooDeep(
  nodes: ReadonlyMap<string, TreeNode>,
  id: string | null,
  parentId: string | null,
): boolean {
  const above = parentId === null ? 0 : pathTo(nodes, parentId).length
  return above + (id === null ? 1 : heightOf(nodes, id)) > deepest
}

export interface ConsentFacts {
  readonly deputyId: string | null
  readonly deputyName: string | null
  readonly departmentId: string | null
  readonly departmentName: string | null
  readonly departmentDeputyId: string | null
  readonly departmentDeputyName: string | null
  readonly departmentHeadId: string | null
  readonly departmentHeadName: string | null
}

export interface ConsentStep {
  readonly kind: 'person' | 'post'
  /** Employee id, or `department:<id>`: an owner of tasks either way. */
  readonly id: string
  readonly name: string
}

/**
 * V5: deputy of the host, deputy of the department, its head, then the department as a post. The facts name active
 * people only; nobody is asked twice and the host not again.
 */
export function orderConsent(hostId: string, facts: ConsentFacts): ConsentStep[] {
  const people = [
    [facts.deputyId, facts.deputyName],
    [facts.departmentDeputyId, facts.departmentDeputyName],
    [facts.departmentHeadId, facts.departmentHeadName],
  ] as const
  const steps: ConsentStep[] = []
  for (const [id, name] of people) {
    if (id === null || id === hostId || steps.some((step) => step.id === id)) continue
    steps.push({ kind: 'person', id, name: name ?? '' })
  }
  if (facts.departmentId !== null) {
    steps.push({ kind: 'post', id: `department:${facts.departmentId}`, name: facts.departmentName ?? '' })
  }
  return steps
}

/** As everywhere in the house (G5). */
export function maskMobile(e164: string | null): string | null {
  return e164 === null ? null : maskNumber(e164)
}

/** As people here write it: without the country's own code. */
export function showMobile(e164: string | null): string | null {
  return e164 === null ? null : e164.replace(/^\+86(?=1\d{10}$)/, '')
}
