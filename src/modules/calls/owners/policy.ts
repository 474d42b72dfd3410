/** PURE: who looks at a message or a promise, as the policies see them. */
import type { Owner } from '../../../kernel/tasks/rules.ts'

export interface Viewer {
  readonly employeeId: string | null
  /** Written into `status_by`, `taken_by`, `promised_by`. */
  readonly id: string
  /** Posts staffed: those of the roles, `department:<id>`, `duty:<key>`. */
  readonly posts: readonly string[]
  /** Colleagues whose deputy they are or whose department they lead. */
  readonly standsFor: readonly string[]
  /** Handles calls: receptionist, agent, duty manager. */
  readonly atDesk: boolean
  readonly readsMessages: boolean
  readonly readsCallbacks: boolean
  readonly dials: boolean
}

/** The owner, somebody of the post, or whoever stands in for the owner (G1, G2: where it is escalated to). */
export function answersFor(viewer: Viewer, owner: Owner): boolean {
  if (owner.kind === 'post') return viewer.posts.includes(owner.id)
  return owner.id === viewer.employeeId || viewer.standsFor.includes(owner.id)
}
