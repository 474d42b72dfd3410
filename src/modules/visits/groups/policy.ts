/** PURE: whose group it is, and who may do what with it. */
import type { Viewer } from '../policy.ts'
import type { GroupState } from './rules.ts'

interface Owned {
  readonly host_id: string | null
  readonly host_department_id: string | null
  readonly created_by: string
  readonly cancelled_at: Date | null
  readonly consent_at: Date | null
  readonly declined_at: Date | null
}

function isHost(viewer: Viewer, group: Owned): boolean {
  return (
    (viewer.employeeId !== null && viewer.employeeId === group.host_id) ||
    (group.host_department_id !== null && viewer.posts.includes(`department:${group.host_department_id}`))
  )
}

export function maySeeGroup(viewer: Viewer, group: Owned): boolean {
  return viewer.reads || isHost(viewer, group) || viewer.id === group.created_by
}

/** What the state allows is the table's; this is what the person may, for the buttons and the guard alike. */
export function groupCan(viewer: Viewer, group: Owned, state: GroupState) {
  const open = group.cancelled_at === null
  const host = isHost(viewer, group)
  const changes = viewer.atDesk || host || viewer.id === group.created_by
  const undecided = group.consent_at === null && group.declined_at === null
  return {
    edit: open && changes,
    checkIn: open && viewer.atDesk,
    release: viewer.releases,
    sign: host,
    answer: open && undecided && (host || viewer.atDesk),
    ask: open && undecided && viewer.atDesk && group.host_id !== null,
    cancel: open && changes && state === 'planned',
    reveal: viewer.atDesk || host,
  }
}
export type GroupCan = ReturnType<typeof groupCan>
