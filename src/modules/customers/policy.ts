/** PURE: who may do what with customers. The matrix says what a role may at all; this looks at the record. */

import { allows } from '../../kernel/transitions.ts'
import { isLocked, type TransferCommand, type TransferStatus, transferTable, withinUndo } from './rules.ts'

const reception = ['receptionist', 'agent', 'duty_manager'] as const
const leading = ['department_head', 'director', 'office_admin', 'system_admin'] as const
const knowing = [...reception, ...leading, 'quality'] as const

/** action → roles. A salesperson is a host: they have customers of their own and no others. */
export const customerMatrix = {
  'customer.read': [...knowing, 'host', 'technician'],
  /** Every record in full; without it only one's own, those served, and those whose visitor or call it was (G5). */
  'customer.read-all': knowing,
  'customer.write': [...reception, ...leading, 'host'],
  'customer.assign': leading,
  'customer.merge': ['receptionist', 'agent', 'duty_manager', 'director', 'office_admin', 'system_admin'],
  'customer.import': ['director', 'office_admin', 'system_admin'],
  'customer.export': ['director', 'office_admin', 'system_admin'],
  'customer.configure': ['director', 'office_admin', 'system_admin'],
  'customer.reveal': [...reception, ...leading, 'quality', 'host', 'technician'],
} as const satisfies Record<string, readonly string[]>

export interface Viewer {
  readonly employeeId: string | null
  /** Id written into `…_by`. */
  readonly self: string
  readonly readsAll: boolean
  readonly writes: boolean
  readonly assigns: boolean
  readonly merges: boolean
  readonly reveals: boolean
  /** Departments whose head or deputy this is. */
  readonly leads: readonly string[]
}

export interface Subject {
  /** The company's owner, and whether the viewer serves it or had its people as visitors or callers. */
  readonly ownerId: string | null
  readonly concerns: boolean
}

export function seesInFull(viewer: Viewer, record: Subject): boolean {
  return (
    viewer.readsAll || record.concerns || (viewer.employeeId !== null && record.ownerId === viewer.employeeId)
  )
}

/** Records nobody owns are everybody's to complete, but for what only its people see. */
export function mayEdit(viewer: Viewer, record: Subject): boolean {
  return viewer.writes && seesInFull(viewer, record)
}

export interface Claimable {
  readonly active: boolean
  readonly ownerId: string | null
  readonly ownerActive: boolean
  readonly lockedUntil: string | null
}

/** C5: nobody's; or, where the house says so, one whose protection has run out. Whoever has left protects nothing. */
export function mayClaim(viewer: Viewer, of: Claimable, today: string, openAfterLock: boolean): boolean {
  if (!viewer.writes || viewer.employeeId === null || !of.active) return false
  if (of.ownerId === null) return true
  if (of.ownerId === viewer.employeeId) return false
  if (!of.ownerActive) return true
  return openAfterLock && of.lockedUntil !== null && !isLocked(of.lockedUntil, today)
}

export interface Transfer {
  readonly status: TransferStatus
  readonly fromId: string | null
  readonly fromDepartmentId: string | null
  readonly toId: string
  readonly askedBy: string
  readonly decidedBy: string | null
  readonly decidedAt: Date | null
}

/**
 * The head or deputy of the present owner's department decides, or whoever assigns customers; never the one who asked or
 * gets it, unless they assign.
 */
function mayDecide(viewer: Viewer, transfer: Transfer): boolean {
  if (viewer.assigns) return true
  const party = viewer.employeeId === transfer.toId || viewer.self === transfer.askedBy
  return !party && transfer.fromDepartmentId !== null && viewer.leads.includes(transfer.fromDepartmentId)
}

export function maySeeTransfer(viewer: Viewer, transfer: Transfer): boolean {
  return (
    mayDecide(viewer, transfer) ||
    viewer.readsAll ||
    viewer.self === transfer.askedBy ||
    (viewer.employeeId !== null && [transfer.fromId, transfer.toId].includes(viewer.employeeId))
  )
}

export function transferCan(
  viewer: Viewer,
  transfer: Transfer,
  now: Date,
  undoMinutes: number,
): Record<TransferCommand, boolean> {
  const can = (order: TransferCommand, may: boolean) => allows(transferTable, transfer.status, order) && may
  const decides = mayDecide(viewer, transfer)
  const own = transfer.status === 'withdrawn' ? transfer.askedBy : transfer.decidedBy
  return {
    approve: can('approve', decides),
    refuse: can('refuse', decides),
    withdraw: can('withdraw', viewer.self === transfer.askedBy),
    undo: can('undo', viewer.self === own && withinUndo(transfer.decidedAt, now, undoMinutes)),
  }
}
