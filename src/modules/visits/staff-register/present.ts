/** Rows of the staff register as the interface sees them, with what the caller may do. */
import type { StaffMember } from '../../directory/public.ts'
import type { OutingCard, StaffState } from './contract.ts'
import { mayCommandOuting, type OutingViewer } from './policy.ts'
import { isLate, type OutingCommand, outingTransitions } from './rules.ts'
import type { OutingRow, PresenceRow } from './store.ts'

const undoMinutes = 2

export interface OutingLens {
  readonly viewer: OutingViewer
  readonly now: Date
}

export function stillUndoable(row: OutingRow, now: Date): boolean {
  return now.getTime() - row.status_at.getTime() <= undoMinutes * 60_000
}

/** Where undo leads: back to the step before; what was written down at the gate at once is taken out. */
export function undoTarget(row: OutingRow): OutingRow['status'] | null {
  const to = row.previous_status ?? (row.status === 'out' ? 'cancelled' : null)
  return to !== null && (outingTransitions[row.status].undo ?? []).includes(to) ? to : null
}

function permitted(row: OutingRow, { viewer, now }: OutingLens): OutingCard['can'] {
  const can: Partial<Record<OutingCommand, true>> = {}
  for (const command of Object.keys(outingTransitions[row.status]) as OutingCommand[]) {
    if (!mayCommandOuting(viewer, row, command)) continue
    if (command === 'undo' && (!stillUndoable(row, now) || undoTarget(row) === null)) continue
    can[command] = true
  }
  return can
}

const iso = (at: Date | null) => at?.toISOString() ?? null

export function presentOuting(row: OutingRow, lens: OutingLens): OutingCard {
  return {
    id: row.id,
    version: row.version,
    status: row.status,
    employeeId: row.employee_id,
    employeeName: row.employee_name,
    employeeNumber: row.employee_number,
    departmentId: row.department_id,
    department: row.department,
    reason: row.reason,
    destination: row.destination,
    note: row.note,
    leaveAt: row.leave_at.toISOString(),
    returnBy: iso(row.return_by),
    approval: row.approval,
    decidedByName: row.decided_by_name,
    decidedAt: iso(row.decided_at),
    declineReason: row.decline_reason,
    outAt: iso(row.out_at),
    outByName: row.out_by_name,
    backAt: iso(row.back_at),
    backByName: row.back_by_name,
    late: isLate(row, lens.now),
    createdByName: row.created_by_name,
    createdAt: row.created_at.toISOString(),
    can: permitted(row, lens),
  }
}

export function presentStaff(
  person: StaffMember,
  presence: Omit<PresenceRow, 'employeeId'> | undefined,
  outing: OutingRow | undefined,
  lens: OutingLens,
): StaffState {
  return {
    id: person.id,
    name: person.name,
    number: person.number,
    title: person.title,
    department: person.departmentName,
    inside: presence === undefined ? null : presence.inside && outing?.status !== 'out',
    zone: presence?.zone ?? '',
    since: iso((presence?.inside === true ? presence.arrivedAt : presence?.leftAt) ?? null),
    outing: outing === undefined ? null : presentOuting(outing, lens),
  }
}
