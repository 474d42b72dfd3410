/** PURE: the tree of areas, the life of an approval (V9). */
import { type TransitionTable, transitions as table } from '../../../kernel/transitions.ts'

export const approvalStatuses = ['asked', 'approved', 'declined', 'withdrawn', 'expired'] as const
export type ApprovalStatus = (typeof approvalStatuses)[number]

const approvalCommands = ['approve', 'decline', 'withdraw', 'expire', 'undo'] as const
export type ApprovalCommand = (typeof approvalCommands)[number]

/** What may follow what; the trigger `area_approval_transition` repeats it (a test compares them). */
export const approvalTransitions: TransitionTable<ApprovalStatus, ApprovalCommand> = table({
  asked: { approve: ['approved'], decline: ['declined'], withdraw: ['withdrawn'], expire: ['expired'] },
  approved: { withdraw: ['withdrawn'], expire: ['expired'], undo: ['asked'] },
  declined: { undo: ['asked'] },
  withdrawn: {},
  expired: {},
})

/** Minutes in which the last decision may be taken back by whoever made it. */
export const undoMinutes = 2

/** Somebody stands at the counter: minutes. Announced: hours, but before they come. */
export function answerDueAt(now: Date, expectedAt: Date | null, arrived: boolean): Date {
  const soon = new Date(now.getTime() + 5 * 60_000)
  if (arrived || expectedAt === null) return soon
  const before = new Date(expectedAt.getTime() - 30 * 60_000)
  const usual = new Date(now.getTime() + 4 * 3_600_000)
  return new Date(Math.max(soon.getTime(), Math.min(before.getTime(), usual.getTime())))
}

/** Would `id` stand below itself? */
export function makesCircle(
  nodes: readonly { readonly id: string; readonly parentId: string | null }[],
  id: string,
  parentId: string | null,
): boolean {
  const parents = new Map(nodes.map((node) => [node.id, node.parentId]))
  const seen = new Set<string>()
  for (let at = parentId; at !== null; at = parents.get(at) ?? null) {
    if (at === id || seen.has(at)) return true
    seen.add(at)
  }
  return false
}
