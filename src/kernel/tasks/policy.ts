/** Who may see a task and what they may do with it. PURE. */
import { allows } from '../transitions.ts'
import { mayStillUndo, type Owner, sameOwner, type TaskStatus, taskTable } from './rules.ts'

/** Posts that come with a role; departments' posts come from the modules (`posts` of `FoyerModule`). */
const rolePosts: ReadonlyMap<string, string> = new Map([
  ['receptionist', 'desk'],
  ['guard', 'gate'],
  ['duty_manager', 'duty_manager'],
  ['office_admin', 'office_admin'],
  ['agent', 'agent'],
  ['technician', 'technician'],
])

/** Every post of the house that is staffed by a role. */
export const fixedPosts: readonly string[] = [...rolePosts.values()]

/** The role that staffs a post; undefined for a module's own posts. */
export function roleOfPost(post: string): string | undefined {
  return [...rolePosts].find(([, staffed]) => staffed === post)?.[0]
}

export function postsOf(roles: readonly string[], more: readonly string[]): string[] {
  return [...new Set([...roles.flatMap((role) => rolePosts.get(role) ?? []), ...more])]
}

/** action → roles. Everyone owes something sometimes; the desk and those above it see the whole site's list. */
export const taskMatrix = {
  'task.use': [
    ...['receptionist', 'guard', 'host', 'agent', 'duty_manager', 'department_head', 'office_admin'],
    ...['technician', 'quality', 'director', 'tenant_admin', 'tenant_member', 'system_admin'],
  ],
  'task.read-all': ['receptionist', 'duty_manager', 'office_admin', 'quality', 'director', 'system_admin'],
  'task.manage': ['receptionist', 'duty_manager', 'office_admin', 'system_admin'],
  'task.configure': ['office_admin', 'director', 'system_admin'],
  /** Consoles that hear of every task of the site; others only of their own. */
  'task.watch': [
    ...['receptionist', 'guard', 'agent', 'duty_manager', 'department_head', 'office_admin'],
    ...['technician', 'quality', 'director', 'system_admin'],
  ],
} as const satisfies Record<string, readonly string[]>

export interface Viewer {
  /** Employee id; accounts without a person (API keys) own nothing. */
  readonly person: string | null
  /** How the journal and the task name them: person, else account. */
  readonly self: string
  readonly posts: readonly string[]
  readonly readAll: boolean
  readonly manage: boolean
}

export interface Subject {
  readonly owner: Owner
  readonly status: TaskStatus
  readonly settledAt: Date | null
  readonly settledBy: string | null
  /** Only the subject's own command settles it. */
  readonly settledBySubject: boolean
}

export function owns(viewer: Viewer, owner: Owner): boolean {
  return owner.kind === 'person' ? owner.id === viewer.person : viewer.posts.includes(owner.id)
}

export function maySee(viewer: Viewer, task: Subject): boolean {
  return (
    viewer.readAll || owns(viewer, task.owner) || (task.settledBy !== null && task.settledBy === viewer.self)
  )
}

export interface TaskCan {
  readonly settle: boolean
  readonly takeOver: boolean
  readonly handOn: boolean
  readonly postpone: boolean
  readonly reopen: boolean
}

/** G1: only the owner settles or postpones; whoever manages first takes the task over, so the record names them. */
export function can(viewer: Viewer, task: Subject, now: Date): TaskCan {
  const own = owns(viewer, task.owner)
  const responsible = own || viewer.manage
  const alreadyMine = viewer.person === null || sameOwner(task.owner, { kind: 'person', id: viewer.person })
  const undo =
    (own || task.settledBy === viewer.self) && task.settledAt !== null && mayStillUndo(task.settledAt, now)
  return {
    settle: allows(taskTable, task.status, 'settle') && own && !task.settledBySubject,
    takeOver: allows(taskTable, task.status, 'takeOver') && responsible && !alreadyMine,
    handOn: allows(taskTable, task.status, 'handOn') && responsible,
    postpone: allows(taskTable, task.status, 'postpone') && own && !task.settledBySubject,
    reopen: allows(taskTable, task.status, 'reopen') && undo && !task.settledBySubject,
  }
}
